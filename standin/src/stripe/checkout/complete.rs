//! What somebody does on the page of a session, and how the session ends.

use super::lines::beside;
use crate::stripe::books::Books;
use crate::stripe::error::Failure;
use crate::stripe::payment_intent::{confirm, create};
use crate::stripe::setup_intent;
use crate::stripe::value::{maybe, text, whole};
use serde_json::{Value, json};

/// Somebody submits the page with a payment method. Returns where they go from there.
pub(in crate::stripe) fn submit(books: &mut Books, id: &str, method: &str, email: &str) -> Result<String, Failure> {
    let session = books.find("checkout.session", id, "id")?;
    let details = books.get(method).map(|method| method["billing_details"].clone()).unwrap_or_default();
    books.change(id, |session| {
        let email = if email.is_empty() { session["customer_email"].clone() } else { email.into() };
        session["customer_details"] = json!({"address": details["address"], "business_name": null, "email": email,
            "individual_name": null, "name": details["name"], "phone": null, "tax_exempt": "none", "tax_ids": []});
    });
    let intent = match maybe(&session, "setup_intent") {
        Some(intent) => {
            take_method(books, &intent, method);
            setup_intent::confirm_now(books, &intent, None)?;
            intent
        }
        None => {
            let intent = payment(books, &session);
            take_method(books, &intent, method);
            confirm::confirm(books, &intent, &confirm::Terms::default())?;
            intent
        }
    };
    Ok(next(books, id, &intent))
}

fn take_method(books: &mut Books, intent: &str, method: &str) {
    books.change(intent, |intent| {
        intent["payment_method"] = method.into();
        intent["status"] = "requires_confirmation".into();
    });
}

/// Where somebody goes while or after the intent is confirmed.
fn next(books: &Books, id: &str, intent: &str) -> String {
    let action = books.get(intent).map(|intent| intent["next_action"].clone()).unwrap_or_default();
    match text(&action, "type") {
        "redirect_to_url" | "use_stripe_sdk" => format!("/3ds/{intent}"),
        "pix_display_qr_code" => format!("/pix/{intent}"),
        _ => success(books, id),
    }
}

/// The payment intent of a session: made when somebody first tries to pay.
fn payment(books: &mut Books, session: &Value) -> String {
    if let Some(intent) = maybe(session, "payment_intent") {
        return intent;
    }
    let id = text(session, "id");
    let kept = books.get(&beside(id)).cloned().unwrap_or_default();
    let customer = maybe(session, "customer").or_else(|| new_customer(books, id));
    let mut intent = create::blank(whole(session, "amount_total"), text(session, "currency"), customer.as_deref());
    for name in ["description", "metadata", "setup_future_usage"] {
        intent[name] = kept[name].clone();
    }
    intent["payment_method_types"] = session["payment_method_types"].clone();
    for (kind, name) in [("boleto", "expires_after_days"), ("pix", "expires_after_seconds")] {
        if !kept[name].is_null() {
            intent["payment_method_options"][kind][name] = kept[name].clone();
        }
    }
    let intent = create::keep(books, intent);
    books.change(id, |session| session["payment_intent"] = intent.clone().into());
    books.tell("payment_intent.created", &intent);
    intent
}

/// A customer for a session that wants one, with what was typed.
fn new_customer(books: &mut Books, session: &str) -> Option<String> {
    let session = books.get(session)?.clone();
    if text(&session, "customer_creation") != "always" {
        return None;
    }
    let mut values = serde_json::Map::new();
    for name in ["email", "name"] {
        if let Some(text) = maybe(&session["customer_details"], name) {
            values.insert(name.to_owned(), text.into());
        }
    }
    let params = crate::stripe::params::Params::new(values, crate::stripe::event::VERSION);
    let customer = maybe(&crate::stripe::customer::create(books, &params).ok()?, "id")?;
    books.change(text(&session, "id"), |session| session["customer"] = customer.clone().into());
    Some(customer)
}

/// Where somebody goes after a session: `{CHECKOUT_SESSION_ID}` is its id.
fn success(books: &Books, id: &str) -> String {
    let address = books.get(id).and_then(|session| maybe(session, "success_url")).unwrap_or_default();
    address.replace("{CHECKOUT_SESSION_ID}", id)
}

/// The session to which an intent belongs.
fn session_of(books: &Books, intent: &str) -> Option<String> {
    let is_its =
        |session: &&Value| text(session, "setup_intent") == intent || text(session, "payment_intent") == intent;
    books.all("checkout.session").rev().find(is_its).map(|session| text(session, "id").to_owned())
}

/// Where somebody goes after a page of the bank, or of a Pix, that a session led to; none if there was no session.
pub(in crate::stripe) fn address_after(books: &Books, intent: &str) -> Option<String> {
    let id = session_of(books, intent)?;
    let is_open = books.get(&id).is_some_and(|session| text(session, "status") == "open");
    Some(if is_open { format!("/c/pay/{id}") } else { success(books, &id) })
}

/// What follows in a session from its intent.
pub(in crate::stripe) fn follow(books: &mut Books, intent: &str) {
    let (Some(id), Some(intent)) = (session_of(books, intent), books.get(intent).cloned()) else { return };
    let session = books.get(&id).cloned().unwrap_or_default();
    let is_open = text(&session, "status") == "open";
    let waits = text(&session, "payment_status") == "unpaid";
    match text(&intent, "status") {
        "succeeded" if is_open => complete(books, &id, true, "checkout.session.completed"),
        "succeeded" if waits => complete(books, &id, true, "checkout.session.async_payment_succeeded"),
        "requires_action" if is_open && text(&intent["next_action"], "type") == "boleto_display_details" => {
            complete(books, &id, false, "checkout.session.completed");
        }
        "requires_payment_method" if !is_open && waits => {
            complete(books, &id, false, "checkout.session.async_payment_failed");
        }
        _ => {}
    }
}

fn complete(books: &mut Books, id: &str, is_paid: bool, event: &str) {
    books.change(id, |session| {
        session["status"] = "complete".into();
        session["url"] = Value::Null;
        if is_paid && text(session, "payment_status") == "unpaid" {
            session["payment_status"] = "paid".into();
        }
    });
    books.tell(event, id);
}
