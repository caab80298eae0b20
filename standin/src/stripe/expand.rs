//! `expand[]`: an id becomes the object it names, and what is left out unless one asks for it comes in.

use super::books::Books;
use super::error::Failure;
use super::value::text;
use super::{charge, invoice};
use serde_json::{Value, json};

/// How many steps a path may have, `data` among them.
const DEPTH: usize = 4;

/// Refuses paths that are too long, before anything is carried out.
pub(super) fn check(paths: &[String]) -> Result<(), Failure> {
    match paths.iter().find(|path| path.split('.').count() > DEPTH) {
        Some(path) => {
            let message = format!("You cannot expand more than {DEPTH} levels of a property. Property: {path}");
            Err(Failure::parameter("", "expand", message))
        }
        None => Ok(()),
    }
}

/// Expands each path in an answer.
pub(super) fn apply(books: &Books, answer: &mut Value, paths: &[String]) -> Result<(), Failure> {
    for path in paths {
        let steps: Vec<&str> = path.split('.').collect();
        if !step(books, answer, &steps) {
            let message = format!("This property cannot be expanded ({path}).");
            return Err(Failure::parameter("", "expand", message));
        }
    }
    Ok(())
}

/// Returns whether the path leads to something.
fn step(books: &Books, value: &mut Value, steps: &[&str]) -> bool {
    let Some((first, rest)) = steps.split_first() else { return true };
    if let Value::Array(list) = value {
        return list.iter_mut().all(|one| step(books, one, steps));
    }
    if value.get(first).is_none()
        && let Some(more) = included(books, value, first)
    {
        value[*first] = more;
    }
    let Some(inner) = value.get_mut(first) else { return false };
    if let Some(object) = inner.as_str().and_then(|id| books.get(id)) {
        *inner = object.clone();
    }
    inner.is_null() || step(books, inner, rest)
}

/// What an object has only if one asks for it.
fn included(books: &Books, object: &Value, field: &str) -> Option<Value> {
    let id = text(object, "id");
    match (text(object, "object"), field) {
        ("charge", "refunds") => Some(charge::refunds(books, id)),
        ("invoice", "payments") => Some(invoice::payment::of(books, id)),
        ("invoice", "confirmation_secret") => Some(invoice::payment::confirmation_secret(books, id)),
        ("customer", "subscriptions") => Some(subscriptions(books, id)),
        ("checkout.session", "line_items") => Some(super::checkout::line_items(books, id)),
        _ => None,
    }
}

fn subscriptions(books: &Books, customer: &str) -> Value {
    let theirs = |one: &&Value| text(one, "customer") == customer && text(one, "status") != "canceled";
    let data: Vec<Value> = books.all("subscription").rev().filter(theirs).cloned().collect();
    json!({"object": "list", "data": data, "has_more": false, "url": format!("/v1/subscriptions?customer={customer}")})
}
