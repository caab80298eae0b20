//! Access: what a person should have in each member area, and telling the member area.
//!
//! What a person should have is computed from state: all orders of the person with one producer. Events only say "look
//! again". The result is compared with what the area was last told, and the difference is delivered; so repeated, lost
//! and disordered events end in the same place (rule 13).
//!
//! - An *entitlement* is what one line of one order gives in a member area (`entitlement.rs`).
//! - A *step* is one thing to tell an area: give or take away some targets (`difference.rs`).
//! - A *delivery* is a step with a stable id; an *attempt* is one call of it (`delivery.rs`).
//!
//! The job in `sync.rs` goes through all of them.

mod delivery;
mod difference;
mod due;
mod entitlement;
mod job;
mod look;
mod mail;
mod notice;
mod send_again;
mod store;
mod sync;
mod traces;
mod view;

pub(crate) use entitlement::{Entitlement, entitlements};
pub use job::Job;
pub(crate) use job::run;
pub(crate) use look::look_again;
pub(crate) use mail::draft;
pub use mail::{AccessLetter, Content, Mail};
pub(crate) use send_again::send_again;
pub(crate) use traces::TRACES;
pub use view::AccessLine;
pub(crate) use view::{AccessOfOrder, of_order, of_record};

use crate::db::{Error, Statement, Tx};
use types::ItemId;

/// These lines are sold no more: what was told about the end of access to them is forgotten with them.
pub(crate) async fn let_go(tx: &mut Tx, items: &[ItemId]) -> Result<(), Error> {
    for item in items {
        store::forget_notices(tx, *item).await?;
    }
    Ok(())
}

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
