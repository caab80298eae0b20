//! The page of an invoice, on which it can be paid.

use super::fields::{TEST_CARDS, form, method};
use super::frame::{error, escape};
use super::{Page, Typed};
use crate::stripe::books::Books;
use crate::stripe::currency::shown;
use crate::stripe::invoice::{collect, payment};
use crate::stripe::value::{data, list, text, whole};
use serde_json::Value;

/// The page, with what went wrong and what was typed before.
pub(super) fn show(books: &Books, id: &str, message: &str, typed: Option<&Typed>) -> Page {
    let Ok(invoice) = books.find("invoice", id, "id") else { return Page::nothing() };
    let body = format!("{}{}", lines(&invoice), state(books, &invoice, message, typed));
    Page::Shown(if message.is_empty() { 200 } else { 402 }, "Invoice", body)
}

fn lines(invoice: &Value) -> String {
    let currency = text(invoice, "currency");
    let row = |line: &Value| {
        let amount = shown(whole(line, "amount"), currency);
        format!("<tr><td>{}</td><td>{amount}</td></tr>", escape(text(line, "description")))
    };
    let rows: String = data(invoice, "lines").iter().map(row).collect();
    let (number, due) = (escape(text(invoice, "number")), shown(whole(invoice, "amount_due"), currency));
    format!("<p>{number}</p><table>{rows}</table><p class=\"total\">{due}</p>")
}

/// What can be done: it is paid, the bank asks, a boleto or a Pix waits, or one chooses how to pay.
fn state(books: &Books, invoice: &Value, message: &str, typed: Option<&Typed>) -> String {
    let status = text(invoice, "status");
    if status != "open" {
        return format!("<p>This invoice is {status}.</p>");
    }
    let intent = payment::intent_of(books, text(invoice, "id")).and_then(|intent| books.get(&intent).cloned());
    let intent = intent.unwrap_or_default();
    let waits = match next(&intent) {
        Some(address) => format!("<p><a href=\"{address}\">Go on with the payment that has begun</a></p>"),
        None => String::new(),
    };
    let kinds = list(&intent, "payment_method_types");
    format!("{}{waits}{}{TEST_CARDS}", error(message), form(kinds, "Pay", typed))
}

/// Where a payment that has begun goes on.
fn next(intent: &Value) -> Option<String> {
    let id = text(intent, "id");
    match text(&intent["next_action"], "type") {
        "boleto_display_details" => Some(format!("/boleto/{id}")),
        "pix_display_qr_code" => Some(format!("/pix/{id}")),
        "redirect_to_url" | "use_stripe_sdk" => Some(format!("/3ds/{id}")),
        _ => None,
    }
}

/// Somebody pays.
pub(super) fn pay(books: &mut Books, id: &str, typed: &Typed) -> Page {
    let is_open = books.find("invoice", id, "id").is_ok_and(|invoice| text(&invoice, "status") == "open");
    if !is_open {
        return show(books, id, "", None);
    }
    let result = method(books, typed).and_then(|method| collect::attempt(books, id, Some(&method)));
    let intent = payment::intent_of(books, id).and_then(|intent| books.get(&intent).cloned()).unwrap_or_default();
    match (next(&intent), result) {
        (Some(address), _) => Page::Next(address),
        (None, Ok(())) => Page::Next(format!("/i/{id}")),
        (None, Err(failure)) => show(books, id, text(&failure.error(), "message"), Some(typed)),
    }
}
