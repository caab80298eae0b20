//! The page of a checkout session: a card to be saved, or a payment.

use super::frame::{error, escape};
use super::{Page, Typed};
use crate::stripe::books::Books;
use crate::stripe::card::by_number;
use crate::stripe::checkout::{address_after, complete, line_items};
use crate::stripe::currency::shown;
use crate::stripe::error::Failure;
use crate::stripe::params::Params;
use crate::stripe::payment_method::{keep_card, make, no_details};
use crate::stripe::value::{list, text, whole};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value, json};

/// The page, with what went wrong and what was typed before.
pub(super) fn show(books: &Books, id: &str, message: &str, typed: Option<&Typed>) -> Page {
    let Ok(session) = books.find("checkout.session", id, "id") else { return Page::nothing() };
    match text(&session, "status") {
        "open" => {}
        "complete" => {
            let intent = if session["setup_intent"].is_string() { "setup_intent" } else { "payment_intent" };
            return address_after(books, text(&session, intent)).map_or_else(Page::nothing, Page::Next);
        }
        _ => return Page::Shown(410, "This page has expired", "<p>Go back and start again.</p>".to_owned()),
    }
    let is_setup = text(&session, "mode") == "setup";
    let message = if message.is_empty() { last_error(books, &session) } else { message.to_owned() };
    let status = if message.is_empty() { 200 } else { 402 };
    let cancel = text(&session, "cancel_url");
    let back = if cancel.is_empty() {
        String::new()
    } else {
        format!("<p><a href=\"{}\">Cancel and go back</a></p>", escape(cancel))
    };
    let head = if is_setup { "<p>Save a card for later payments.</p>".to_owned() } else { goods(books, &session) };
    let body = format!("{head}{}{}{back}{TEST_CARDS}", error(&message), fields(&session, typed));
    Page::Shown(status, if is_setup { "Save your card" } else { "Pay" }, body)
}

/// What a bank, or a Pix that expired, said last.
fn last_error(books: &Books, session: &Value) -> String {
    let intent = books.get(text(session, "setup_intent")).or_else(|| books.get(text(session, "payment_intent")));
    let error = |name: &str| intent.map(|intent| text(&intent[name], "message").to_owned()).unwrap_or_default();
    let setup = error("last_setup_error");
    if setup.is_empty() { error("last_payment_error") } else { setup }
}

fn goods(books: &Books, session: &Value) -> String {
    let currency = text(session, "currency");
    let rows: String = list(&line_items(books, text(session, "id")), "data")
        .iter()
        .map(|line| {
            let amount = shown(whole(line, "amount_total"), currency);
            let name = escape(text(line, "description"));
            format!("<tr><td>{name}</td><td>{} x</td><td>{amount}</td></tr>", whole(line, "quantity"))
        })
        .collect();
    format!("<table>{rows}</table><p class=\"total\">{}</p>", shown(whole(session, "amount_total"), currency))
}

fn fields(session: &Value, typed: Option<&Typed>) -> String {
    let was = |name: &str| escape(typed.map(|typed| typed.text(name)).unwrap_or_default());
    let kinds = list(session, "payment_method_types");
    let card = "<label for=\"number\">Card number</label><input id=\"number\" name=\"number\" inputmode=\"numeric\" \
                autocomplete=\"cc-number\"><label for=\"expiry\">Expiry (MM/YY)</label>";
    let kind = if kinds.len() > 1 { choice(kinds, &was("kind")) } else { String::new() };
    let boleto = if kinds.contains(&json!("boleto")) {
        format!(
            "<label for=\"tax_id\">CPF or CNPJ (for a boleto)</label><input id=\"tax_id\" name=\"tax_id\" value=\"{}\">",
            was("tax_id")
        )
    } else {
        String::new()
    };
    format!(
        "<form method=\"post\">{kind}{card}<input id=\"expiry\" name=\"expiry\" inputmode=\"numeric\" \
         autocomplete=\"cc-exp\" value=\"{}\"><label for=\"cvc\">Security code (CVC)</label><input id=\"cvc\" name=\"cvc\" \
         inputmode=\"numeric\" autocomplete=\"cc-csc\"><label for=\"name\">Name</label><input id=\"name\" name=\"name\" \
         autocomplete=\"name\" value=\"{}\"><label for=\"email\">E-mail</label><input id=\"email\" name=\"email\" \
         type=\"email\" autocomplete=\"email\" value=\"{}\">{boleto}<button>{}</button></form>",
        was("expiry"),
        was("name"),
        was("email"),
        if text(session, "mode") == "setup" { "Save card" } else { "Pay" },
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

/// Somebody sends the form.
pub(super) fn submit(books: &mut Books, id: &str, typed: &Typed) -> Page {
    let is_open = books.find("checkout.session", id, "id").is_ok_and(|session| text(&session, "status") == "open");
    if !is_open {
        return show(books, id, "", None);
    }
    let result = method(books, typed).and_then(|method| complete::submit(books, id, &method, typed.text("email")));
    match result {
        Ok(address) => Page::Next(address),
        Err(failure) if failure.status >= 500 => {
            Page::Shown(503, "Out of order", "<p>The payment service does not answer. Try again later.</p>".to_owned())
        }
        Err(failure) => show(books, id, text(&failure.error(), "message"), Some(typed)),
    }
}

/// The payment method that was typed.
fn method(books: &mut Books, typed: &Typed) -> Result<String, Failure> {
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

const TEST_CARDS: &str = "<details><summary>Test cards</summary><table>\
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
