//! What a buyer may do with a subscription: look at it, cancel it, undo that, or take an offer to stay (rule 6).
//!
//! A cancellation is a fact of ours beside what the source reports. Where the subscription stands follows from both
//! (`sale/ledger/standing.rs`), so it ends on the day that the buyer was told, whatever the source reports meanwhile. A
//! gateway that charges it by its own calendar is told by a job (`tell.rs`); one that cannot be told, or refuses, is
//! told by the producer, who gets a mail. Once the subscription has ended there, only the producer can begin it again.

mod attempt;
mod by_hand;
mod by_producer;
mod cancel;
mod case;
mod end;
mod finish;
mod job;
mod mail;
mod pause;
mod preview;
mod read;
mod retention;
mod state;
mod store;
mod tell;
mod telling;
mod traces;
mod undo;
mod view;

pub use attempt::{abort, open};
pub(crate) use by_producer::acts;
pub use by_producer::{Acts, At, cancel_for_buyer, undo_for_buyer};
pub use cancel::{CancelError, cancel};
pub use finish::finish;
pub use job::Job;
pub(crate) use job::run;
pub(crate) use mail::draft;
pub use mail::{CancelLetter, CancelMoment, Content, Mail};
pub use pause::carry_on;
pub use preview::{choices, choices_under, preview};
pub(crate) use read::{begin, look, look_again};
pub use retention::{AcceptError, accept};
pub use state::{InvalidTransition, State};
pub(crate) use traces::TRACES;
pub use undo::{UndoError, undo};
pub(crate) use view::{for_buyer, under};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
