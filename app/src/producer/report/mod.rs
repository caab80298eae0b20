//! What became of it all: figures of a period, each with its table, and the cancellations behind a reason.

mod canceled;
mod chart;
mod page;
mod sections;

use crate::route::{Route, get};
use crate::text::Texts;
use types::place::producer::Page;

/// What answers at the address of this part.
pub(super) fn routes() -> Vec<Route> {
    vec![get(Page::Report, page::show)]
}

/// A reason in words: those that every producer offers have theirs, a producer's own is named by its word.
fn reason_word(texts: Texts, reason: &str) -> String {
    if reason.is_empty() {
        return texts.text("report-no-reason");
    }
    texts.find(&format!("reason-{reason}")).unwrap_or_else(|| reason.to_owned())
}
