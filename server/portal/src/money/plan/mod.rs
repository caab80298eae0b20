//! A change of plan (rules 11 and 12): which plans there are, what a change costs, and carrying it out.
//!
//! A quote fixes every figure for fifteen minutes. Confirming a quote makes it a change under the same id, so that it
//! can be confirmed once only. A plan that begins now is paid first: a job takes the money in the way in which a refund
//! gives it back, asking the gateway before it sends anything again, and plan, charge and access move together when the
//! money is there. A plan that begins with the next period waits for the calendar ([`due_change`], [`mark_applied`])
//! and can be undone until then.
//!
//! A subscription that its gateway charges by its own calendar is reckoned and changed there (`there.rs`), and told
//! there which plan its next period begins with (`next.rs`).
//!
//! A new plan with a cycle of the same length goes on in the running cycle; a cycle of another length begins anew on
//! the day of the change. Which direction a change has is decided by the price of one cycle (`target.rs`): as much or
//! more is dearer.

mod advance;
mod apply;
mod calendar;
mod confirm;
mod job;
mod mail;
mod next;
pub mod proration;
mod quote;
mod state;
mod store;
mod subject;
mod target;
mod there;
mod traces;
mod view;

pub(crate) use advance::look_at_change;
pub use advance::{Reporter, advance, take_report};
pub use calendar::{ScheduledChange, due_change, mark_applied};
pub use confirm::{confirm, undo};
pub use job::Job;
pub(crate) use job::run;
pub(crate) use mail::draft;
pub use mail::{Content, Mail, PlanLetter, PlanMoment};
pub(crate) use next::{NextRead, read_next, tell_again, told_at};
pub use quote::{QUOTE_LIFETIME, preview, quote};
pub use state::{InvalidTransition, State};
pub(crate) use traces::TRACES;
pub(crate) use view::cheaper;
pub use view::{QuoteStanding, change, come_back, plans, seen_quote, settled, subscription_of_order};

use crate::Portal;
use crate::db::{Error, Statement, Tx};
use std::time::Duration;
use types::Code;
use types::plan::PlanRefusal;

/// Why a plan is not changed.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// No such subscription, quote or change of this buyer.
    #[error("no such subscription, quote or change")]
    NotFound,
    /// Nothing can be changed now.
    #[error("the plan cannot be changed now: {0:?}")]
    Refused(PlanRefusal),
    /// The plan's offer does not list this one, or it cannot be chosen.
    #[error("not a plan to change to")]
    NotATarget,
    /// The figures hold no more: too late, or the subscription is another one by now.
    #[error("the quote has ended")]
    QuoteEnded {
        /// The offer it was for.
        target: Code,
    },
    /// The figures are not on file any more: another node, whose calendar is ahead, has forgotten them.
    #[error("the quote is not on file any more")]
    QuoteForgotten,
    /// Money moves now, and the buyer did not say yes to that.
    #[error("the buyer did not consent")]
    NoConsent,
    /// So many instalments were not quoted.
    #[error("not a number of instalments that was quoted")]
    Installments,
    /// The change began: it cannot be undone any more.
    #[error("the change has begun")]
    Begun,
    /// The gateway that reckons the change does not answer.
    #[error("the gateway does not answer: {0}")]
    Unavailable(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Forgets quotes of yesterday that nobody confirmed.
pub async fn tidy(portal: &Portal, tx: &mut Tx) -> Result<(), Error> {
    store::forget_quotes(tx, portal.now().minus(Duration::from_secs(86_400))).await
}

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
