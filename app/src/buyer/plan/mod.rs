//! Another plan (rules 11 and 12): choose, see the figures, confirm, and see what became of it. No money moves before
//! the last button says how much.

pub(crate) mod choose;
pub mod form;
pub mod page;
pub(crate) mod quote;
pub(crate) mod refusal;
pub(crate) mod result;
pub(crate) mod words;

pub(crate) use words::scheduled_part;

use crate::route::{Route, get, post};
use types::place::buyer::Page;

/// What answers at its addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(Page::Plan, page::choose),
        get(Page::PlanPreview, page::preview),
        post(Page::PlanFix, form::fix),
        get(Page::PlanQuote, page::seen_quote),
        post(Page::PlanConfirm, form::confirm),
        get(Page::PlanChange, page::result),
        post(Page::PlanUndo, form::undo),
    ]
}
