//! What a call, a preview or a schedule wants to change of a subscription.

use super::item;
use crate::stripe::books::Books;
use crate::stripe::error::Failure;
use crate::stripe::params::Params;
use serde_json::Value;

/// What becomes of the difference for the rest of the period.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Proration {
    /// It comes with the next invoice.
    Next,
    /// It is billed at once.
    Now,
    /// There is none.
    Nothing,
}

impl Proration {
    fn of(word: &str) -> Self {
        match word {
            "always_invoice" => Self::Now,
            "none" => Self::Nothing,
            _ => Self::Next,
        }
    }
}

/// When a trial is to end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TrialEnd {
    Now,
    At(i64),
}

/// What a call wants to change.
pub(in crate::stripe) struct Wish {
    pub(super) items: Option<Vec<Value>>,
    pub(super) proration: Proration,
    /// The moment for which the rest of the period is counted.
    pub(super) at: i64,
    pub(super) begins_anew: bool,
    pub(super) trial_end: Option<TrialEnd>,
}

impl Wish {
    /// Reads it from the call that changes a subscription, or from the part of the preview that describes one.
    pub(in crate::stripe) fn read(books: &mut Books, subscription: &Value, params: &Params) -> Result<Self, Failure> {
        let wishes = params.parts("items")?;
        let items = if wishes.is_empty() { None } else { Some(item::after(books, subscription, &wishes)?) };
        let words = ["create_prorations", "always_invoice", "none"];
        let proration = Proration::of(params.word("proration_behavior", &words)?.unwrap_or_default());
        let trial_end = match params.text("trial_end")? {
            Some("now") => Some(TrialEnd::Now),
            Some(_) => params.integer("trial_end")?.map(TrialEnd::At),
            None => None,
        };
        let at = moment(books, subscription, params)?;
        Ok(Self { items, proration, at, begins_anew: begins_anew(params)?, trial_end })
    }

    /// The items of a phase of a schedule, from now on.
    pub(super) fn of_phase(books: &Books, items: Vec<Value>, proration: &str) -> Self {
        let proration = Proration::of(proration);
        Self { items: Some(items), proration, at: books.now(), begins_anew: false, trial_end: None }
    }
}

/// The moment for which the rest of the period is counted: the one that was sent, or now.
fn moment(books: &Books, subscription: &Value, params: &Params) -> Result<i64, Failure> {
    let (start, end) = item::period(subscription);
    let at = params.integer("proration_date")?;
    if at.is_some_and(|at| !(start..=end).contains(&at)) {
        let message = "Cannot specify a proration date outside of the subscription's current period.";
        return Err(Failure::refused("", message).with("param", params.name("proration_date").into()));
    }
    Ok(at.unwrap_or(books.now().min(end)))
}

/// `billing_cycle_anchor` is a word, and since 2026-09-30 an object with a type.
fn begins_anew(params: &Params) -> Result<bool, Failure> {
    let words = ["now", "unchanged"];
    let word = match params.word("billing_cycle_anchor", &words) {
        Ok(word) => word,
        Err(_) => params.part("billing_cycle_anchor")?.word("type", &words)?,
    };
    Ok(word == Some("now"))
}
