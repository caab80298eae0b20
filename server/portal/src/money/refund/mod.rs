//! A refund: money, subscription and access of an order go back as one unit, and never twice (rules 7, 8, 9).
//!
//! A request writes the refund and its job in one transaction. The job carries the refund on: before every call to the
//! gateway it writes down that the call begins, so that after a crash or a time-out the gateway is asked what it knows
//! before anything is sent again. Only the job calls the gateway, never the buyer's request itself: there is one path
//! instead of two, and the job wakes within milliseconds.
//!
//! A charge at a gateway that this installation cannot reach is paid back by hand: the producer gets a mail, and two
//! more while nothing comes; the refund settles when the source of the order reports it, or when the producer says that
//! it is done.

mod advance;
mod answer;
mod case;
mod done;
mod give;
mod job;
mod list;
mod mail;
mod offer;
mod part;
mod partly;
mod payee;
mod payee_page;
mod pot;
mod reported;
mod request;
mod settle;
mod state;
mod store;
mod traces;
mod waiting;
mod watch;
pub mod window;

pub use advance::advance;
pub(crate) use advance::is_by_hand;
pub use answer::{Answer, AnswerError, answer, answer_by_link, request_of_link, withdraw};
pub use done::{DoneError, PaidByHand, done};
pub(crate) use give::givable;
pub use give::{Gift, GiftPreview, Givable, Reason, give, preview_gift};
pub use job::Job;
pub(crate) use job::run;
pub(crate) use list::look_at_charge;
pub(crate) use mail::draft;
pub use mail::{AskAgain, Content, Mail, RefundLetter, RefundMoment};
pub(crate) use offer::{RefundStanding, offer};
pub use part::{InvalidStep, PartState, PayeePage};
pub use payee::set_payee;
pub use reported::{reported_by_source, settled_by_source};
pub(crate) use request::preview;
pub use request::{RefundError, ask, ask_for, late_offer, new_request_id, request, request_to};
pub use state::{InvalidTransition, State};
pub(crate) use traces::TRACES;
pub use waiting::{Counted, ProducerRefund, Waiting, WaitingFor, WaitingPage, counted, of_producer, waiting};

use crate::db::{Error, Statement, Tx};
use crate::{Portal, outbox};
use types::RefundPartId;

/// The gateway has news of a part: its refund is looked at. False when there is no such part.
pub(crate) async fn look_again(portal: &Portal, tx: &mut Tx, part: RefundPartId) -> Result<bool, Error> {
    let Some(refund) = store::of_part(tx, part).await? else { return Ok(false) };
    outbox::put(portal, tx, Job::Advance { refund }).await?;
    Ok(true)
}

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
