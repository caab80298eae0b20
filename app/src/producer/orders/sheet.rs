//! The lines of the file: amounts and days as the language of the reader writes them.

use crate::format::Calendar;
use crate::status::order_word;
use crate::text::Texts;
use crate::{found, phrase, sale as of_sale, sheet};
use portal::search::FoundOrder;
use std::borrow::Cow;
use types::{Instant, Language, Money};

/// How the lines are written.
pub(super) struct Sheet {
    texts: Texts,
    calendar: Calendar,
}

impl Sheet {
    pub(super) fn new(texts: Texts, zone: &str, now: Instant) -> Self {
        Self { texts, calendar: Calendar::new(texts.language(), zone, now) }
    }

    /// The first line, and what stands before it.
    pub(super) fn head(&self) -> Vec<u8> {
        let keys = [
            "orders-code",
            "orders-name",
            "orders-email",
            "orders-tax-id",
            "orders-phone",
            "orders-product",
            "orders-kind",
            "orders-status",
            "orders-total",
            "orders-currency",
            "orders-ordered",
            "orders-paid",
            "orders-method",
            "orders-last4",
        ];
        sheet::head(self.texts, &keys.map(|key| self.texts.text(key)))
    }

    /// A line for each order.
    pub(super) fn lines(&self, orders: &[FoundOrder]) -> Vec<u8> {
        sheet::rows(self.texts, orders.iter().map(|order| self.line(order)))
    }

    fn line(&self, order: &FoundOrder) -> Vec<String> {
        let texts = self.texts;
        let email = if order.email.is_unknown() { String::new() } else { order.email.to_string() };
        vec![
            order.code.to_string(),
            order.buyer_name.clone(),
            email,
            order.tax_id.as_deref().map(of_sale::tax_id).unwrap_or_default(),
            order.phone.as_deref().map(sheet::phone).unwrap_or_default(),
            found::title(texts, order),
            found::kind(texts, order.kind),
            order_word(texts, order.status),
            amount(texts.language(), order.total),
            order.total.currency.as_str().to_owned(),
            self.moment(order.ordered_at),
            order.paid_at.map(|at| self.moment(at)).unwrap_or_default(),
            phrase::method(texts, order.method),
            order.last4.clone().unwrap_or_default(),
        ]
    }

    fn moment(&self, at: Instant) -> String {
        format!("{} {}", self.calendar.date(at), self.calendar.hour(at))
    }
}

/// `1234,56` or `1234.56`: no groups and no sign of the currency, so that it is a number.
fn amount(language: Language, money: Money) -> String {
    let decimals = money.currency.decimals();
    let scale = 10_u64.pow(decimals);
    let (whole, part) = (money.amount.unsigned_abs() / scale, money.amount.unsigned_abs() % scale);
    let sign = if money.amount < 0 { "-" } else { "" };
    let point = match language {
        Language::Portuguese => ',',
        Language::English => '.',
    };
    let part: Cow<'_, str> =
        if decimals == 0 { "".into() } else { format!("{point}{part:0width$}", width = decimals as usize).into() };
    format!("{sign}{whole}{part}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::Currency;

    #[test]
    fn amounts_are_numbers_of_the_language() {
        let money = Money::new(123_456, Currency::BRL);
        assert_eq!(amount(Language::Portuguese, money), "1234,56");
        assert_eq!(amount(Language::English, money), "1234.56");
        assert_eq!(amount(Language::English, Money::new(-5, Currency::BRL)), "-0.05");
        assert_eq!(amount(Language::English, Money::new(500, Currency::parse("jpy").unwrap())), "500");
    }
}
