//! What stands on a document, in words: the same for the page and for the PDF.

use crate::format::Calendar;
use crate::phrase;
use crate::text::Texts;
use types::view::{DocumentKind, DocumentView};
use types::{Instant, Money};

/// A document in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sheet {
    /// What it is.
    pub title: String,
    /// Who sold it.
    pub producer: String,
    /// What it is not.
    pub note: String,
    /// Producer and buyer.
    pub parties: Vec<(String, String)>,
    /// Order, day, method, numbers.
    pub facts: Vec<(String, String)>,
    /// Lines, with a price where the prices add up.
    pub items: Vec<(String, Option<String>)>,
    /// The amount.
    pub total: (String, String),
    /// What follows the amount.
    pub after: Vec<(String, String)>,
    /// Small print.
    pub foot: String,
    /// What stands at the foot of each page.
    pub reference: String,
}

/// Puts a document into words.
pub(crate) fn sheet(texts: Texts, document: &DocumentView, now: Instant) -> Sheet {
    let calendar = Calendar::new(texts.language(), &document.producer.time_zone, now);
    let (title, note, total, at) = match &document.kind {
        DocumentKind::Receipt { .. } => {
            ("document-receipt", "document-receipt-note", "document-paid", "document-paid-at")
        }
        DocumentKind::CreditNote { is_settled: true, .. } | DocumentKind::SourceCreditNote { .. } => {
            ("document-credit", "document-credit-note", "document-returned", "document-returned-at")
        }
        DocumentKind::CreditNote { is_settled: false, .. } => {
            ("document-credit", "document-credit-note-sent", "document-returned", "document-sent-at")
        }
    };
    let amount = phrase::money(texts, document.amount);
    let (made, zone) = (calendar.moment(now), phrase::zone(texts, &document.producer.time_zone));
    Sheet {
        title: texts.text(title),
        producer: document.producer.name.clone(),
        note: texts.text(note),
        parties: parties(texts, document),
        facts: facts(texts, document, at, &calendar),
        items: items(texts, document),
        total: (texts.text(total), amount),
        after: after(texts, document),
        foot: texts.with("document-made", &[("moment", (&made).into()), ("zone", (&zone).into())]),
        reference: format!(
            "{} · {}",
            document.producer.name,
            texts.with("order-title", &[("code", document.code.as_str().into())])
        ),
    }
}

/// The lines, and what was taken off them.
fn items(texts: Texts, document: &DocumentView) -> Vec<(String, Option<String>)> {
    let money = |amount| phrase::money(texts, amount);
    let lines = document.items.iter().map(|(name, price)| (name.clone(), price.map(money)));
    let off = document
        .taken_off
        .map(|off| (texts.text("document-taken-off"), Some(money(Money::new(-off.amount, off.currency)))));
    lines.chain(off).collect()
}

fn parties(texts: Texts, document: &DocumentView) -> Vec<(String, String)> {
    let billing = &document.billing;
    let mut parties =
        vec![(texts.text("document-producer"), format!("{} ({})", document.producer.name, document.producer.contact))];
    let legal = &document.producer.particulars.legal;
    parties.extend(legal.name.as_ref().map(|name| (texts.text("document-producer-legal"), name.to_string())));
    parties.extend(legal.tax_id.as_ref().map(|id| {
        let key = if id.is_company() { "document-producer-cnpj" } else { "document-producer-cpf" };
        (texts.text(key), id.to_string())
    }));
    let address = legal.address.as_ref();
    parties.extend(address.map(|address| (texts.text("document-producer-address"), address.to_string())));
    parties.push((texts.text("document-buyer"), billing.name.clone()));
    parties.extend(billing.tax_id.clone().map(|id| (texts.text("account-tax-id"), id)));
    parties.extend(billing.address.clone().map(|address| (texts.text("billing-address"), address)));
    parties.push((texts.text("document-email"), document.email.to_string()));
    parties
}

fn facts(texts: Texts, document: &DocumentView, at: &str, calendar: &Calendar) -> Vec<(String, String)> {
    let mut facts = vec![
        (texts.text("mail-order"), document.code.to_string()),
        (texts.text("document-ordered-at"), calendar.date(document.ordered_at)),
        (texts.text(at), calendar.moment(document.at)),
    ];
    if let Some((start, end)) = document.period {
        let (from, until) = (calendar.date(start), calendar.last_date(end));
        let words = texts.with("payment-period", &[("from", (&from).into()), ("until", (&until).into())]);
        facts.push((texts.text("document-period"), words));
    }
    if let DocumentKind::CreditNote { protocol, .. } = &document.kind {
        facts.push((texts.text("receipt-protocol"), protocol.to_string()));
    }
    let mut method = phrase::payment(texts, &document.payment);
    if document.installments > 1 {
        method =
            format!("{method}, {}", texts.with("payment-installments", &[("count", document.installments.into())]));
    }
    facts.push((texts.text("payment-method"), method));
    facts.push((texts.text("document-reference"), document.reference.clone()));
    facts
}

fn after(texts: Texts, document: &DocumentView) -> Vec<(String, String)> {
    match &document.kind {
        DocumentKind::Receipt { refunded, .. } if refunded.amount > 0 => {
            vec![(texts.text("items-refunded"), phrase::money(texts, *refunded))]
        }
        _ => Vec::new(),
    }
}
