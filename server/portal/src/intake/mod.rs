//! How an order gets in: one door for the API, for hooks and for imports.
//!
//! [`create`] takes an order that must be new, with its idempotency key; [`report`] takes what a source says about an order, in any order and any
//! number of times. Both go through [`place()`]: what is stored of an order is a set of registers (buyer and payment, each item, each charge, the
//! subscription), each of which the greatest version wins; status, total and payment time follow from them by the pure rules of `standing.rs`.
//! So the end depends on what was said, not on when it arrived. Beside them the sale is kept as it was: there the smallest version wins.

mod create;
mod dispute;
mod idempotency;
mod inbox;
mod items;
mod merge;
mod new_order;
mod place;
mod replan;
mod settle;
mod standing;
mod store;
mod tell;
pub mod view;

pub use create::{Receipt, create};
pub use dispute::dispute;
pub use inbox::{Event, Outcome, Said, report};
pub use new_order::{Card, NewBuyer, NewCharge, NewItem, NewOrder, NewPayment, NewSubscription, Sold, Version};
pub use place::{Placed, Way, place};
pub(crate) use replan::{MainItem, replan};
pub use settle::restate;
pub(crate) use tell::{set_payment, tell_of_calendar};
pub use tell::{tell, told};

use crate::db::{self, Statement};

/// Why an order is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Items that name something the seller does not have: position, and what is wrong there.
    #[error("items name what is not there")]
    Items(Vec<(usize, ItemFault)>),
    /// There is such an order already, and it is another one.
    #[error("there is another order with this code")]
    OrderExists,
    /// The key was used for another request.
    #[error("this idempotency key was used with another body")]
    KeyReused,
    /// The gateway's name of the charge belongs to another order.
    #[error("this charge belongs to another order")]
    ChargeTaken,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// What is wrong with an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ItemFault {
    /// No product with this code.
    #[error("there is no product with this code")]
    UnknownProduct,
    /// No offer with this code.
    #[error("there is no offer with this code")]
    UnknownOffer,
    /// The offer is one of another product.
    #[error("this offer belongs to another product")]
    OfferOfAnotherProduct,
}

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
