//! 3-D Secure: the bank asks the owner of a card, on a page of its own.

use super::books::Books;
use super::value::text;
use super::{checkout, payment_intent, setup_intent};
use serde_json::{Value, json};

/// What an intent says has to be done next. Without an address to come back to, that is left to Stripe's script.
pub(super) fn next_action(books: &Books, intent: &str, return_url: Option<&str>) -> Value {
    let url = format!("{}/3ds/{intent}", books.base_url);
    match return_url {
        Some(return_url) => {
            json!({"type": "redirect_to_url", "redirect_to_url": {"return_url": return_url, "url": url}})
        }
        None => json!({"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect",
            "stripe_js": url}}),
    }
}

/// What the owner of the card answered. Returns where they go from here; nothing if nobody asked.
pub(super) fn answer(books: &mut Books, intent: &str, does_confirm: bool) -> Option<String> {
    let asked = books.get(intent)?.clone();
    if text(&asked, "status") != "requires_action" {
        return None;
    }
    let is_setup = text(&asked, "object") == "setup_intent";
    if is_setup {
        setup_intent::answered(books, intent, does_confirm);
    } else {
        payment_intent::confirm::answered(books, intent, does_confirm);
    }
    if let Some(address) = checkout::address_after(books, intent) {
        return Some(address);
    }
    let return_url = text(&asked["next_action"]["redirect_to_url"], "return_url");
    Some(if return_url.is_empty() { String::new() } else { back(return_url, &asked, books.get(intent)?) })
}

fn back(return_url: &str, asked: &Value, now: &Value) -> String {
    let name = text(asked, "object");
    let sign = if return_url.contains('?') { '&' } else { '?' };
    let went_well = matches!(text(now, "status"), "succeeded" | "processing");
    let status = if went_well { "succeeded" } else { "failed" };
    let (id, secret) = (text(asked, "id"), text(asked, "client_secret"));
    format!("{return_url}{sign}{name}={id}&{name}_client_secret={secret}&redirect_status={status}")
}
