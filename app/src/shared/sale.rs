//! What a checkout asked of the buyer, and what a sale says beside its items, as facts: for the buyer, the producer and
//! the staff alike.

use crate::phrase;
use crate::text::Texts;
use crate::ui::Facts;
use types::{Currency, Money, PostalAddress, SaleDetails, TaxId};

/// How the total came to be, and the number of the payment; what is not said is left out.
pub(crate) fn details(facts: Facts, texts: Texts, details: &SaleDetails, currency: Currency) -> Facts {
    let money = |amount: i64| phrase::money(texts, Money::new(amount, currency));
    let line = |line: &Option<types::Line>| line.as_ref().map(ToString::to_string);
    facts
        .with_some(texts.text("sale-subtotal"), details.subtotal.map(money))
        .with_some(texts.text("sale-coupon"), line(&details.coupon))
        .with_some(texts.text("sale-discount"), details.discount.map(|amount| money(-amount)))
        .with_some(texts.text("sale-taxes"), details.taxes.map(money))
        .with_some(texts.text("sale-transaction"), line(&details.transaction))
}

/// A CPF or CNPJ with its marks; anything else as it stands.
pub(crate) fn tax_id(text: &str) -> String {
    TaxId::parse(text).map_or_else(|_| text.to_owned(), |id| id.to_string())
}

/// Where the buyer lives.
pub(crate) fn address(facts: Facts, texts: Texts, address: &PostalAddress) -> Facts {
    facts.with_some(texts.text("sale-address"), (!address.is_empty()).then(|| address.one_line()))
}
