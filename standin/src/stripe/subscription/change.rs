//! What a change of a subscription comes to: the same figures for its preview and for itself.

use super::item;
use super::wish::{Proration, TrialEnd, Wish};
use crate::stripe::books::Books;
use crate::stripe::error::Failure;
use crate::stripe::interval::{is_same, next_end};
use crate::stripe::invoice::line;
use crate::stripe::proration::part;
use crate::stripe::value::{data, text, whole};
use serde_json::Value;

/// What a change comes to.
#[derive(Clone)]
pub(in crate::stripe) struct Change {
    /// The items after it.
    pub(in crate::stripe) items: Vec<Value>,
    /// Invoice items, without ids, for the rest of the period.
    pub(in crate::stripe) lines: Vec<Value>,
    /// The lines of a period that begins by it.
    pub(in crate::stripe) whole: Vec<Value>,
    /// From which moment periods are counted, if that changes.
    pub(in crate::stripe) anchor: Option<i64>,
    /// Until when there is a trial, if that changes.
    pub(in crate::stripe) trial_end: Option<i64>,
    pub(in crate::stripe) is_billed_now: bool,
    pub(in crate::stripe) at: i64,
}

impl Change {
    /// No change.
    pub(in crate::stripe) fn none(subscription: &Value) -> Self {
        Self {
            items: data(subscription, "items").to_vec(),
            lines: Vec::new(),
            whole: Vec::new(),
            anchor: None,
            trial_end: None,
            is_billed_now: false,
            at: 0,
        }
    }
}

/// What a wish comes to.
pub(in crate::stripe) fn plan(books: &Books, subscription: &Value, wish: &Wish) -> Result<Change, Failure> {
    let old = data(subscription, "items");
    let items = wish.items.clone().unwrap_or_else(|| old.to_vec());
    let is_trial = text(subscription, "status") == "trialing";
    let mut change = Change { items, at: wish.at, ..Change::none(subscription) };
    let counts = wish.proration != Proration::Nothing && !is_trial;
    let is_as_often = is_same(&old[0]["price"]["recurring"], &change.items[0]["price"]["recurring"]);
    match wish.trial_end {
        Some(TrialEnd::At(end)) => try_until(books, subscription, &mut change, end, counts)?,
        None if is_trial && !wish.begins_anew => {}
        None if is_as_often && !wish.begins_anew => {
            if counts {
                change.lines = differences(books, subscription, &change.items, wish.at);
            }
            change.is_billed_now = wish.proration == Proration::Now && !change.lines.is_empty();
        }
        _ => begin_anew(books, subscription, &mut change, counts),
    }
    Ok(change)
}

fn try_until(books: &Books, subscription: &Value, change: &mut Change, end: i64, counts: bool) -> Result<(), Failure> {
    if end <= books.now() {
        return Err(Failure::parameter(
            "",
            "trial_end",
            "Invalid timestamp: must be an integer Unix timestamp in the future.",
        ));
    }
    if counts {
        change.lines = credits(books, subscription, data(subscription, "items"), change.at);
    }
    change.anchor = Some(end);
    change.trial_end = Some(end);
    change.items = item::in_period(std::mem::take(&mut change.items), (books.now(), end));
    Ok(())
}

/// A period begins now, and is paid whole; what remains of the old one is credited.
fn begin_anew(books: &Books, subscription: &Value, change: &mut Change, counts: bool) {
    let now = books.now();
    if counts {
        change.lines = credits(books, subscription, data(subscription, "items"), change.at);
    }
    let period = (now, next_end(now, now, &change.items[0]["price"]["recurring"]));
    change.items = item::in_period(std::mem::take(&mut change.items), period);
    change.whole = change.items.iter().map(|item| line::whole_period(books, item, period, false)).collect();
    change.anchor = Some(now);
    change.trial_end = (text(subscription, "status") == "trialing").then_some(now);
    change.is_billed_now = true;
}

/// A period that begins now, with nothing of an old one.
pub(super) fn anew(books: &Books, subscription: &Value) -> Change {
    let mut change = Change { at: books.now(), ..Change::none(subscription) };
    begin_anew(books, subscription, &mut change, false);
    change
}

/// The credits for what remains of the period of these items.
pub(in crate::stripe) fn credits(books: &Books, subscription: &Value, items: &[Value], at: i64) -> Vec<Value> {
    items.iter().filter_map(|item| rest(books, subscription, item, at, -1)).collect()
}

/// For each item that differs a credit of the old, and what the new costs for the rest of the period.
fn differences(books: &Books, subscription: &Value, items: &[Value], at: i64) -> Vec<Value> {
    let old = data(subscription, "items");
    let same = |one: &Value, other: &Value| {
        one["id"] == other["id"] && one["price"]["id"] == other["price"]["id"] && one["quantity"] == other["quantity"]
    };
    let gone: Vec<Value> = old.iter().filter(|one| !items.iter().any(|item| same(one, item))).cloned().collect();
    let new = items.iter().filter(|item| !old.iter().any(|one| same(one, item)));
    let debits = new.filter_map(|item| rest(books, subscription, item, at, 1));
    credits(books, subscription, &gone, at).into_iter().chain(debits).collect()
}

/// What an item costs for the rest of its period, as an invoice item; none if that is nothing.
fn rest(books: &Books, subscription: &Value, item: &Value, at: i64, sign: i64) -> Option<Value> {
    let (start, end) = item::period(subscription);
    let full = whole(&item["price"], "unit_amount") * whole(item, "quantity");
    let amount = sign * part(full, end - at, end - start);
    (amount != 0).then(|| line::proration(books, subscription, item, amount, (at, end)))
}
