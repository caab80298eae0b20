//! Documents and what stands on them.

use super::{HOSTILE, NOW, brl, payment, plan_price, producer, protocol};
use types::view::{BillingData, DocumentKind, DocumentView, TermsItem, TermsPlan, TermsView};
use types::{Code, Email};

pub(crate) fn billing() -> BillingData {
    let text = || Some(HOSTILE.to_owned());
    BillingData { name: HOSTILE.to_owned(), tax_id: text(), address: text() }
}

/// Every kind of document.
pub(crate) fn documents() -> Vec<DocumentView> {
    let note = |is_settled| DocumentKind::CreditNote { protocol: protocol(), is_settled };
    let receipt =
        |refunded| DocumentKind::Receipt { charge: types::ChargeId(uuid::Uuid::nil()), refunded: brl(refunded) };
    let document = |kind| DocumentView {
        handle: "A-1~aurora".to_owned(),
        code: Code::parse("A-1").unwrap(),
        producer: producer(),
        billing: billing(),
        email: Email::parse("ana@example.com").unwrap(),
        items: vec![(HOSTILE.to_owned(), Some(brl(29_700))), (HOSTILE.to_owned(), None)],
        taken_off: Some(brl(100)),
        period: Some((NOW, NOW)),
        amount: brl(29_700),
        payment: payment(),
        installments: 3,
        at: NOW,
        ordered_at: NOW,
        reference: HOSTILE.to_owned(),
        kind,
    };
    let by_source = DocumentKind::SourceCreditNote { charge: types::ChargeId(uuid::Uuid::nil()) };
    [receipt(0), receipt(100), note(true), note(false), by_source].map(document).into()
}

pub(crate) fn terms() -> TermsView {
    let item = |is_bump| TermsItem {
        name: HOSTILE.to_owned(),
        offer: Some(format!("{HOSTILE}!")),
        amount: brl(4990),
        is_bump,
        window_days: if is_bump { 30 } else { 7 },
    };
    TermsView {
        handle: "A-1".to_owned(),
        code: Code::parse("A-1").unwrap(),
        producer: producer(),
        ordered_at: NOW,
        items: vec![item(false), item(true)],
        total: brl(9980),
        plan: Some(TermsPlan { name: HOSTILE.to_owned(), price: plan_price() }),
        installments: 12,
    }
}
