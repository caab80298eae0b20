//! The pages of a boleto and of a Pix, and the receipt of a charge.

use super::frame::{button, escape};
use super::{Page, Typed};
use crate::stripe::books::Books;
use crate::stripe::checkout::address_after;
use crate::stripe::currency::shown;
use crate::stripe::payment_intent::{self, voucher};
use crate::stripe::value::{text, whole};
use serde_json::Value;

/// What is to be paid, with buttons for whoever tries it out.
pub(super) fn show(books: &Books, id: &str) -> Page {
    let Some(intent) = books.get(id) else { return Page::nothing() };
    let title = title(intent);
    let amount = shown(whole(intent, "amount"), text(intent, "currency"));
    let Some(code) = code(intent) else {
        let is_paid = text(intent, "status") == "succeeded";
        let state = if is_paid { "is paid" } else { "is not to be paid any more" };
        return Page::Shown(200, title, format!("<p class=\"total\">{amount}</p><p>It {state}.</p>"));
    };
    let body = format!(
        "<p class=\"total\">{amount}</p><p>Copy and paste:</p><p><code>{}</code></p><form method=\"post\">\
         <p>This can be paid nowhere. Here you say what becomes of it:</p>{}{}</form>",
        escape(&code),
        button("pay", "Pay"),
        button("expire", "Let it expire"),
    );
    Page::Shown(200, title, body)
}

fn title(intent: &Value) -> &'static str {
    match text(&intent["next_action"], "type") {
        "boleto_display_details" => "Boleto",
        "pix_display_qr_code" => "Pix",
        _ => "Payment",
    }
}

fn code(intent: &Value) -> Option<String> {
    let action = &intent["next_action"];
    let code = match text(action, "type") {
        "boleto_display_details" => text(&action["boleto_display_details"], "number"),
        "pix_display_qr_code" => text(&action["pix_display_qr_code"], "data"),
        _ => return None,
    };
    Some(code.to_owned())
}

/// Somebody pays, or does not.
pub(super) fn answer(books: &mut Books, id: &str, form: &Typed) -> Page {
    if books.get(id).and_then(code).is_some() {
        match form.text("do") {
            "pay" => {
                payment_intent::pay(books, id);
            }
            "expire" => voucher::lapse(books, id),
            _ => {}
        }
    }
    address_after(books, id).map_or_else(|| show(books, id), Page::Next)
}

/// Stands where Stripe has the picture of a Pix.
pub(super) fn picture(books: &Books, id: &str) -> Page {
    if books.get(id).is_none() {
        return Page::nothing();
    }
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 200\" role=\"img\" \
               aria-label=\"No real Pix\"><rect width=\"200\" height=\"200\" fill=\"#ffd54a\"/>\
               <text x=\"100\" y=\"95\" text-anchor=\"middle\" font-family=\"sans-serif\">Stand-in of Stripe</text>\
               <text x=\"100\" y=\"120\" text-anchor=\"middle\" font-family=\"sans-serif\">no real Pix</text></svg>";
    Page::Picture(svg.to_owned())
}

/// The receipt of a charge.
pub(super) fn receipt(books: &Books, id: &str) -> Page {
    let Some(charge) = books.get(id).filter(|charge| charge["paid"] == true) else { return Page::nothing() };
    let currency = text(charge, "currency");
    let (paid, back) = (shown(whole(charge, "amount"), currency), shown(whole(charge, "amount_refunded"), currency));
    Page::Shown(200, "Receipt", format!("<p class=\"total\">{paid}</p><p>Given back: {back}</p>"))
}
