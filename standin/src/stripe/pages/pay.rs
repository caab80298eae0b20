//! The page of a checkout session: a card to be saved, or a payment.

use super::fields::{TEST_CARDS, form, method};
use super::frame::{error, escape};
use super::{Page, Typed};
use crate::stripe::books::Books;
use crate::stripe::checkout::{address_after, complete, line_items};
use crate::stripe::currency::shown;
use crate::stripe::value::{list, text, whole};
use serde_json::Value;

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
    let status = if message.is_empty() { 200 } else { 402 };
    let message = if message.is_empty() { last_error(books, &session) } else { message.to_owned() };
    let cancel = text(&session, "cancel_url");
    let back = if cancel.is_empty() {
        String::new()
    } else {
        format!("<p><a href=\"{}\">Cancel and go back</a></p>", escape(cancel))
    };
    let head = if is_setup { "<p>Save a card for later payments.</p>".to_owned() } else { goods(books, &session) };
    let kinds = list(&session, "payment_method_types").to_vec();
    let label = if is_setup { "Save card" } else { "Pay" };
    let body = format!("{head}{}{}{back}{TEST_CARDS}", error(&message), form(&kinds, label, typed));
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
