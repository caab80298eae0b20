//! Another card or payment method for an order, and paying what is open with it (rule 10). Card numbers never come
//! here: they are typed on the gateway's page.
//!
//! A *card update* is one visit of a buyer to that page. It is written down before the gateway hears of it. Whoever
//! looks first afterwards keeps the card, once: the buyer who comes back, the gateway's webhook, or the job. Then what
//! is owed is tried with the new card, and the result is kept with the card update.

mod advance;
mod job;
mod look;
mod mail;
mod method;
mod remind;
mod state;
mod store;
mod swap;
mod traces;
mod whose;

pub use advance::advance;
pub use job::Job;
pub(crate) use job::run;
pub use look::{page, update};
pub(crate) use mail::draft;
pub use mail::{Content, Mail, PaymentLetter};
pub use method::{change_method, come_back, pay_open};
pub use remind::remind;
pub use state::{InvalidTransition, State};
pub use swap::{Leading, begin, use_for_others};
pub(crate) use traces::TRACES;
pub use whose::CardError;
pub(crate) use whose::is_changeable;

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
