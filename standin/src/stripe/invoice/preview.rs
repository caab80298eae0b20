//! What the next invoice would be, or the one that a change would bring at once.

use super::line;
use super::make::{self, Draft};
use crate::stripe::books::Books;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::interval::next_end;
use crate::stripe::params::Params;
use crate::stripe::subscription::change::{self, Change};
use crate::stripe::subscription::item;
use crate::stripe::subscription::wish::Wish;
use crate::stripe::value::{data, text, whole};
use serde_json::Value;

/// `POST /v1/invoices/create_preview`
pub(in crate::stripe) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&["currency", "customer", "preview_mode", "subscription", "subscription_details"])?;
    let id = params.needed("subscription")?;
    let subscription = books.find("subscription", id, "subscription")?;
    if let Some(customer) = params.text("customer")?
        && text(&subscription, "customer") != customer
    {
        return Err(Failure::no_such("subscription", id, "subscription"));
    }
    let details = params.part("subscription_details")?;
    details.only(&[
        "billing_cycle_anchor",
        "cancel_at_period_end",
        "cancel_now",
        "items",
        "proration_behavior",
        "proration_date",
        "trial_end",
    ])?;
    if details.flag("cancel_now")? == Some(true) {
        return cancelled(books, &subscription, &details);
    }
    let ends = details.flag("cancel_at_period_end")?.unwrap_or(subscription["cancel_at_period_end"] == true);
    let wish = Wish::read(books, &subscription, &details)?;
    let change = change::plan(books, &subscription, &wish)?;
    if change.is_billed_now {
        return Ok(invoice(books, &subscription, &change, change.whole.clone()));
    }
    if ends || matches!(text(&subscription, "status"), "canceled" | "incomplete_expired") {
        return Err(Failure::refused("invoice_upcoming_none", "No upcoming invoices for customer"));
    }
    let lines = next_period(books, &subscription, &change);
    Ok(invoice(books, &subscription, &change, lines))
}

/// The lines of the period after the current one.
fn next_period(books: &Books, subscription: &Value, change: &Change) -> Vec<Value> {
    let anchor = change.anchor.unwrap_or(whole(subscription, "billing_cycle_anchor"));
    let line = |item: &Value| {
        let start = whole(item, "current_period_end");
        let end = next_end(anchor, start, &item["price"]["recurring"]);
        line::whole_period(books, item, (start, end), false)
    };
    change.items.iter().map(line).collect()
}

/// The invoice of a subscription that is cancelled now: what remains is credited if one wants it.
fn cancelled(books: &mut Books, subscription: &Value, details: &Params) -> Answer {
    let mut change = Change::none(subscription);
    let at = details.integer("proration_date")?.unwrap_or(books.now());
    if details.text("proration_behavior")? != Some("none") {
        change.lines = change::credits(books, subscription, data(subscription, "items"), at);
    }
    change.at = at;
    Ok(invoice(books, subscription, &change, Vec::new()))
}

fn invoice(books: &mut Books, subscription: &Value, change: &Change, lines: Vec<Value>) -> Value {
    let customer = text(subscription, "customer");
    let waiting = line::waiting(books, customer, Some(text(subscription, "id")));
    let lines: Vec<Value> = waiting.iter().chain(&change.lines).map(line::of_pending).chain(lines).collect();
    let (start, end) = item::period(subscription);
    let draft = Draft {
        customer,
        subscription: Some(subscription),
        reason: "upcoming",
        period: (start, end),
        currency: text(subscription, "currency"),
        lines,
        proration_date: Some(change.at),
    };
    let mut invoice = make::build(books, &draft);
    let id = books.id("upcoming_in_");
    invoice["id"] = id.clone().into();
    for line in invoice["lines"]["data"].as_array_mut().into_iter().flatten() {
        line["id"] = books.id("il_tmp_").into();
        line["invoice"] = id.clone().into();
    }
    invoice["lines"]["url"] = "/v1/invoices/upcoming/lines".into();
    let attempt = if change.is_billed_now { books.now() } else { end };
    invoice["next_payment_attempt"] = attempt.into();
    invoice
}
