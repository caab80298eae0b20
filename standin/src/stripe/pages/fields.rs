//! The form with a card, a boleto or a Pix, and what was typed into it.

use super::Typed;
use super::frame::escape;
use crate::stripe::books::Books;
use crate::stripe::card::by_number;
use crate::stripe::error::Failure;
use crate::stripe::params::Params;
use crate::stripe::payment_method::{keep_card, make, no_details};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value, json};

/// The form, for these kinds of payment, with what was typed before except the number and the security code.
pub(super) fn form(kinds: &[Value], label: &str, typed: Option<&Typed>) -> String {
    let was = |name: &str| escape(typed.map(|typed| typed.text(name)).unwrap_or_default());
    let kind = if kinds.len() > 1 { choice(kinds, &was("kind")) } else { String::new() };
    let tax_id = if kinds.contains(&json!("boleto")) {
        field("tax_id", "CPF or CNPJ (for a boleto)", "off", &was("tax_id"))
    } else {
        String::new()
    };
    let fields = [
        field("number", "Card number", "cc-number", ""),
        field("expiry", "Expiry (MM/YY)", "cc-exp", &was("expiry")),
        field("cvc", "Security code (CVC)", "cc-csc", ""),
        field("name", "Name", "name", &was("name")),
        field("email", "E-mail", "email", &was("email")),
        tax_id,
    ];
    format!("<form method=\"post\">{kind}{}<button>{label}</button></form>", fields.concat())
}

fn field(name: &str, label: &str, autocomplete: &str, value: &str) -> String {
    format!(
        "<label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" autocomplete=\"{autocomplete}\" \
         value=\"{value}\">"
    )
}

fn choice(kinds: &[Value], chosen: &str) -> String {
    let chosen = if chosen.is_empty() { "card" } else { chosen };
    let radio = |kind: &str| {
        let checked = if kind == chosen { " checked" } else { "" };
        format!("<label><input type=\"radio\" name=\"kind\" value=\"{kind}\"{checked}> {kind}</label>")
    };
    kinds.iter().filter_map(Value::as_str).map(radio).collect()
}

/// The payment method that was typed.
pub(super) fn method(books: &mut Books, typed: &Typed) -> Result<String, Failure> {
    match typed.text("kind") {
        "" | "card" => card(books, typed),
        kind => {
            let address = json!({"city": "São Paulo", "country": "BR", "line1": "Rua de Teste, 1",
                "postal_code": "01001-000", "state": "SP"});
            let details = json!({"address": address, "email": typed.text("email"), "name": typed.text("name")});
            let values = json!({"type": kind, "billing_details": details, "boleto": {"tax_id": typed.text("tax_id")}});
            let values: Map<String, Value> = values.as_object().cloned().unwrap_or_default();
            make::from_data(books, &Params::new(values, ""))
        }
    }
}

/// The card that was typed. Its number is looked at and dropped.
fn card(books: &mut Books, typed: &Typed) -> Result<String, Failure> {
    let number: String = typed.text("number").chars().filter(|one| !matches!(one, ' ' | '-')).collect();
    let wrong = |code: &str, message: &str| Failure::card(code, None, message);
    let card = by_number(&number).ok_or_else(|| wrong("incorrect_number", "Your card number is incorrect."))?;
    let invalid = || wrong("invalid_expiry_month", "Your card's expiration date is invalid.");
    let (month, year) = expiry(typed.text("expiry")).ok_or_else(invalid)?;
    if is_past(books.now(), month, year) {
        return Err(wrong("invalid_expiry_year", "Your card's expiration year is in the past."));
    }
    let cvc = typed.text("cvc");
    let cvc_digits = if card.brand == "amex" { 4 } else { 3 };
    if cvc.len() != cvc_digits || !cvc.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(wrong("invalid_cvc", "Your card's security code is invalid."));
    }
    let mut details = no_details();
    for name in ["name", "email"] {
        if !typed.text(name).is_empty() {
            details[name] = typed.text(name).into();
        }
    }
    Ok(keep_card(books, &card, (month, year), details))
}

/// `12/34`, `1234`, `12 / 2034`.
fn expiry(text: &str) -> Option<(u32, u32)> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (month, year) = digits.split_at_checked(2)?;
    let (month, year): (u32, u32) = (month.parse().ok()?, year.parse().ok()?);
    let year = if year < 100 { 2000 + year } else { year };
    ((1..=12).contains(&month) && (2000..2100).contains(&year)).then_some((month, year))
}

fn is_past(now: i64, month: u32, year: u32) -> bool {
    let today = Timestamp::from_second(now).unwrap_or_default().to_zoned_datetime(TimeZone::UTC);
    let today = (i64::from(today.year()), i64::from(today.month()));
    (i64::from(year), i64::from(month)) < today
}

/// The cards that one may try.
pub(super) const TEST_CARDS: &str = "<details><summary>Test cards</summary><table>\
<tr><td>4242 4242 4242 4242</td><td>goes well</td></tr>\
<tr><td>4000 0000 0000 0002</td><td>is declined</td></tr>\
<tr><td>4000 0000 0000 9995</td><td>has no money</td></tr>\
<tr><td>4000 0000 0000 0341</td><td>is saved, and declined later</td></tr>\
<tr><td>4000 0025 0000 3155</td><td>asks when it is saved</td></tr>\
<tr><td>4000 0027 6000 3184</td><td>asks each time</td></tr></table>\
<p>Any date to come, any security code.</p></details>";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expiry_is_read_as_people_write_it() {
        assert_eq!(expiry("12/34"), Some((12, 2034)));
        assert_eq!((expiry("01 / 2034"), expiry("0134")), (Some((1, 2034)), Some((1, 2034))));
        assert_eq!((expiry("13/34"), expiry("1"), expiry("")), (None, None, None));
        assert!(is_past(1_700_000_000, 10, 2023) && !is_past(1_700_000_000, 11, 2023));
    }
}
