//! The page of a bank that asks the owner of a card (3-D Secure).

use super::frame::{button, escape};
use super::{Page, Typed};
use crate::stripe::books::Books;
use crate::stripe::challenge;
use crate::stripe::currency::shown;
use crate::stripe::value::{text, whole};

/// The question.
pub(super) fn show(books: &Books, id: &str) -> Page {
    let Some(intent) = books.get(id).filter(|intent| text(intent, "status") == "requires_action") else {
        return over();
    };
    let method = books.get(text(intent, "payment_method")).cloned().unwrap_or_default();
    let last4 = escape(text(&method["card"], "last4"));
    let what = match intent["amount"].as_i64() {
        Some(_) => format!("pay {}", shown(whole(intent, "amount"), text(intent, "currency"))),
        None => "save your card for later payments".to_owned(),
    };
    let body = format!(
        "<p>Do you want to {what} with the card that ends in {last4}?</p><form method=\"post\">{}{}</form>",
        button("confirm", "Confirm"),
        button("fail", "Fail"),
    );
    Page::Shown(200, "Your bank asks", body)
}

fn over() -> Page {
    Page::Shown(410, "Your bank asks", "<p>There is nothing to confirm any more.</p>".to_owned())
}

/// The answer.
pub(super) fn answer(books: &mut Books, id: &str, form: &Typed) -> Page {
    match challenge::answer(books, id, form.text("do") == "confirm") {
        None => over(),
        Some(address) if address.is_empty() => {
            Page::Shown(200, "Your bank has your answer", "<p>You can close this page.</p>".to_owned())
        }
        Some(address) => Page::Next(address),
    }
}
