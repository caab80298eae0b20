//! The lines of the file, as a spreadsheet of the reader's language opens it: UTF-8 that says so, `;` where the comma
//! divides amounts, amounts and days as the language writes them. Nothing that a buyer typed is a formula.

use crate::format::Calendar;
use crate::status::order_word;
use crate::text::Texts;
use crate::{found, phrase};
use csv::{Terminator, Writer, WriterBuilder};
use portal::search::FoundOrder;
use std::borrow::Cow;
use types::{Instant, Language, Money, TaxId};

/// By this a spreadsheet knows that the letters are UTF-8.
const MARK: &str = "\u{feff}";
/// What a spreadsheet takes for the beginning of a formula.
const BEGINNINGS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// How the lines are written.
pub(super) struct Sheet {
    texts: Texts,
    calendar: Calendar,
}

type Lines = Result<Vec<u8>, axum::BoxError>;

impl Sheet {
    pub(super) fn new(texts: Texts, zone: &str, now: Instant) -> Self {
        Self { texts, calendar: Calendar::new(texts.language(), zone, now) }
    }

    /// The first line, and what stands before it.
    pub(super) fn head(&self) -> Lines {
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
        let mut writer = self.writer(MARK.as_bytes().to_vec());
        writer.write_record(keys.map(|key| self.texts.text(key)))?;
        Ok(writer.into_inner()?)
    }

    /// A line for each order.
    pub(super) fn lines(&self, orders: &[FoundOrder]) -> Lines {
        let mut writer = self.writer(Vec::new());
        for order in orders {
            let line = self.line(order);
            writer.write_record(line.iter().map(|value| value.as_bytes()))?;
        }
        Ok(writer.into_inner()?)
    }

    fn writer(&self, begun: Vec<u8>) -> Writer<Vec<u8>> {
        let between = match self.texts.language() {
            Language::Portuguese => b';',
            Language::English => b',',
        };
        WriterBuilder::new().delimiter(between).terminator(Terminator::CRLF).from_writer(begun)
    }

    fn line(&self, order: &FoundOrder) -> [String; 14] {
        let texts = self.texts;
        let email = if order.email.is_unknown() { String::new() } else { order.email.to_string() };
        [
            plain(order.code.as_str()),
            plain(&order.buyer_name),
            plain(&email),
            order.tax_id.as_deref().map(tax_id).unwrap_or_default(),
            order.phone.as_deref().map(phone).unwrap_or_default(),
            plain(&found::title(texts, order)),
            found::kind(texts, order.kind),
            order_word(texts, order.status),
            amount(texts.language(), order.total),
            order.total.currency.as_str().to_owned(),
            self.moment(order.ordered_at),
            order.paid_at.map(|at| self.moment(at)).unwrap_or_default(),
            phrase::method(texts, order.method),
            order.last4.as_deref().map(plain).unwrap_or_default(),
        ]
    }

    fn moment(&self, at: Instant) -> String {
        format!("{} {}", self.calendar.date(at), self.calendar.hour(at))
    }
}

/// A text that no spreadsheet takes for a formula.
fn plain(text: &str) -> String {
    let begins = |text: &str| text.starts_with(BEGINNINGS);
    if begins(text) || begins(text.trim_start()) { format!("'{text}") } else { text.to_owned() }
}

/// With its marks: its zeros stay, because it is no number.
fn tax_id(text: &str) -> String {
    TaxId::parse(text).map_or_else(|_| plain(text), |id| id.to_string())
}

/// A phone as people read it. Its digits stand in groups, so that it is no number and no sum, and may keep its plus.
fn phone(text: &str) -> String {
    let is_phone = |letter: char| letter.is_ascii_digit() || " ()+-.".contains(letter);
    if !text.chars().all(is_phone) {
        return plain(text);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = if text.trim_start().starts_with('+') { "+" } else { "" };
    let (country, rest) = match digits.strip_prefix("55").filter(|rest| matches!(rest.len(), 10 | 11)) {
        Some(rest) => ("55 ", rest),
        None => ("", digits.as_str()),
    };
    let is_known = !country.is_empty() || (plus.is_empty() && matches!(rest.len(), 10 | 11));
    let grouped = if is_known { area_and_number(rest) } else { threes(rest) };
    format!("{plus}{country}{grouped}")
}

/// `11 99999-0001`.
fn area_and_number(digits: &str) -> String {
    let (area, number) = digits.split_at(2);
    let (first, last) = number.split_at(number.len() - 4);
    format!("{area} {first}-{last}")
}

fn threes(digits: &str) -> String {
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == 0 {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
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
    fn nothing_that_was_typed_is_a_formula() {
        for text in ["=1+1", "+SUM(A1)", "-2+3", "@x", "\t=1", "\r=1", "  =1"] {
            assert_eq!(plain(text), format!("'{text}"));
        }
        for text in ["Ana", "", "a=b", "João & Cia"] {
            assert_eq!(plain(text), text);
        }
        assert_eq!(phone("+55=cmd|' /C calc'!A0"), "'+55=cmd|' /C calc'!A0");
    }

    #[test]
    fn phones_are_read_as_phones() {
        for (on_file, written) in [
            ("+5511999990001", "+55 11 99999-0001"),
            ("5511999990001", "55 11 99999-0001"),
            ("(11) 3333-0001", "11 3333-0001"),
            ("11999990001", "11 99999-0001"),
            ("+351912345678", "+351 912 345 678"),
            ("99990001", "999 900 01"),
            ("", ""),
        ] {
            assert_eq!(phone(on_file), written);
        }
    }

    #[test]
    fn amounts_are_numbers_of_the_language() {
        let money = Money::new(123_456, Currency::BRL);
        assert_eq!(amount(Language::Portuguese, money), "1234,56");
        assert_eq!(amount(Language::English, money), "1234.56");
        assert_eq!(amount(Language::English, Money::new(-5, Currency::BRL)), "-0.05");
        assert_eq!(amount(Language::English, Money::new(500, Currency::parse("jpy").unwrap())), "500");
    }

    #[test]
    fn a_tax_id_keeps_its_zeros() {
        assert_eq!(tax_id("00000000191"), "000.000.001-91");
        assert_eq!(tax_id("=1"), "'=1");
    }
}
