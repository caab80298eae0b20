//! Another card, another way to pay, and what is open paid with it (rule 10). Card numbers never come here: the
//! gateway's own page takes them.
//!
//! A swap is a visit to that page. It is written down before the gateway hears of it; whoever looks first, the buyer
//! who comes back, the gateway's webhook or the job, keeps the card, once. Then what is owed is tried with it, and what
//! came of that is kept with the visit.

mod advance;
mod content;
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
pub use content::{Content, PaymentLetter};
pub use job::{Job, Mail};
pub(crate) use job::{draft, run};
pub use look::{page, update};
pub use method::{change_method, pay_open};
pub use remind::remind;
pub use state::{InvalidTransition, State};
pub use swap::{begin, use_for_others};
pub(crate) use traces::TRACES;
pub use whose::CardError;

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
