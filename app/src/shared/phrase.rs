//! Short phrases that several screens make in the same way: a card, a price, a way to write to the producer.

use crate::format;
use crate::text::Texts;
use crate::zone;
use leptos::prelude::*;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use types::plan::PlanPrice;
use types::view::{CardView, PaymentView, ProducerView};
use types::{Contacts, DeclineReason, Legal, MailKind, MemberRole, Method, Money, web_page};

/// An amount in the reader's language.
pub fn money(texts: Texts, amount: Money) -> String {
    format::money(texts.language(), amount)
}

/// A zone of time as people name it: by the clock that they know, else by its place.
pub fn zone(texts: Texts, name: &str) -> String {
    match name {
        "America/Sao_Paulo" => texts.text("zone-brasilia"),
        other => texts.with("zone-other", &[("zone", (&zone::place(texts, other)).into())]),
    }
}

/// What somebody may do for a producer, in a word.
pub fn member_role(texts: Texts, role: MemberRole) -> String {
    texts.text(match role {
        MemberRole::Owner => "people-owner",
        MemberRole::Agent => "people-agent",
    })
}

/// `Visa final 4242`.
pub fn card(texts: Texts, card: &CardView) -> String {
    texts.with("payment-card", &[("brand", (&brand(&card.brand)).into()), ("last4", (&card.last4).into())])
}

/// A brand as it is written on the card.
fn brand(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "visa" => "Visa".to_owned(),
        "mastercard" | "master" => "Mastercard".to_owned(),
        "amex" | "american_express" => "American Express".to_owned(),
        "elo" => "Elo".to_owned(),
        "hipercard" => "Hipercard".to_owned(),
        "diners" | "diners_club" => "Diners Club".to_owned(),
        "" => "•••".to_owned(),
        _ => name.to_owned(),
    }
}

/// How something was paid, in few words.
pub fn payment(texts: Texts, payment: &PaymentView) -> String {
    match (&payment.card, payment.method) {
        (Some(of_card), Method::Card) => card(texts, of_card),
        (_, method) => self::method(texts, method),
    }
}

/// Why a charge was not taken, and what to do about it.
pub fn decline(texts: Texts, reason: DeclineReason) -> String {
    texts.text(match reason {
        DeclineReason::Generic => "decline-generic",
        DeclineReason::InsufficientFunds => "decline-funds",
        DeclineReason::ExpiredCard => "decline-expired-card",
        DeclineReason::IncorrectNumber => "decline-number",
        DeclineReason::IncorrectCvc => "decline-code",
        // That a card was reported is between its holder and the bank.
        DeclineReason::LostCard | DeclineReason::StolenCard => "decline-generic",
        DeclineReason::ProcessingError => "decline-processing",
        DeclineReason::AuthenticationFailed => "decline-authentication",
        DeclineReason::Expired => "decline-expired",
    })
}

/// The name of a method.
pub fn method(texts: Texts, method: Method) -> String {
    texts.text(match method {
        Method::Card => "payment-card-only",
        Method::Boleto => "payment-boleto",
        Method::Pix => "payment-pix",
        Method::Other => "payment-other",
    })
}

/// `R$ 99,90 por mês`.
pub fn price(texts: Texts, price: PlanPrice) -> String {
    let (unit, count) = price.interval;
    let amount = money(texts, price.amount);
    let values = [("price", (&amount).into()), ("unit", unit.as_str().into()), ("count", count.into())];
    texts.with("subscription-every", &values)
}

/// Everything that could end or change a mail address inside a `mailto:`.
const MAILTO: &AsciiSet = &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_');

/// Opens a mail to an address.
pub fn mail_address(email: &str) -> String {
    format!("mailto:{}", utf8_percent_encode(email, MAILTO))
}

/// Opens a mail to the producer that already says which order it is about.
pub fn contact(texts: Texts, producer: &ProducerView, code: &str) -> impl IntoView + use<> {
    let address = utf8_percent_encode(producer.contact.as_str(), MAILTO);
    let subject = texts.with("order-title", &[("code", code.into())]);
    let href = format!("mailto:{address}?subject={}", utf8_percent_encode(&subject, MAILTO));
    let label = texts.with("contact-producer", &[("producer", (&producer.name).into())]);
    view! { <p><a class="button" href=href>{label}</a></p> }
}

/// The producer's own notices: names and addresses, as far as it gave them.
pub fn notices(texts: Texts, legal: &Legal) -> Vec<(String, String)> {
    let links = [("legal-privacy", &legal.privacy_url), ("legal-terms", &legal.terms_url)];
    let notice = |(name, address): (&str, &Option<String>)| Some((texts.text(name), address.clone()?));
    links.into_iter().filter_map(notice).collect()
}

/// Other ways to reach the producer, as far as it gave them.
pub fn contacts(texts: Texts, contacts: &Contacts) -> Option<impl IntoView + use<>> {
    let whatsapp = contacts.whatsapp.as_ref().zip(contacts.whatsapp_digits()).map(|(number, digits)| {
        let address = format!("https://wa.me/{digits}");
        view! { <li>"WhatsApp: "<a href=address rel="noopener">{number.to_string()}</a></li> }
    });
    let phone = contacts.phone.as_ref().map(|number| {
        let digits: String =
            number.as_str().chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
        view! { <li>{texts.text("contact-phone")}" "<a href=format!("tel:{digits}")>{number.to_string()}</a></li> }
    });
    let page = contacts.url.clone().map(|address| {
        view! { <li><a href=address rel="noopener">{texts.text("contact-page")}</a></li> }
    });
    let hours = contacts.hours.as_ref().map(|hours| {
        view! { <li>{texts.with("contact-hours", &[("hours", hours.as_str().into())])}</li> }
    });
    let has_any = whatsapp.is_some() || phone.is_some() || page.is_some() || hours.is_some();
    has_any.then(|| view! { <ul class="lines">{whatsapp}{phone}{page}{hours}</ul> })
}

/// A page of a gateway: of another site, or of the sandbox, which lives here.
pub fn gateway_address(address: &str) -> Option<&str> {
    let is_page = web_page::host(address).is_some() || address.starts_with("/sandbox/");
    is_page.then_some(address)
}

/// Only addresses that a browser may open as a page: what a member area or a gateway told us is no script.
pub fn web_address(address: &str) -> Option<&str> {
    (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
}

/// A mail by what it told: the text has the kind's name. A mail that is not about an order is a mail all the same.
pub fn mail_words(texts: Texts, kind: MailKind) -> String {
    texts.find(&mail_key(kind)).unwrap_or_else(|| texts.text("timeline-mail"))
}

/// The name of the text that tells of a mail of this kind.
pub fn mail_key(kind: MailKind) -> String {
    format!("timeline-mail-{}", kind.as_str().replace('_', "-"))
}
