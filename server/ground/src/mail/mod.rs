//! Mails as rows: a mail has a row before it is sent, so that it can be shown, and sent again.
//!
//! The row is written in the transaction that asks for the mail, under the id of the mail's job. Address, language and
//! subject of the mail become known when it is first put into words; from then on the row holds them, with the last
//! answer of the mail server. The text of a mail is never kept: it is read anew when the mail is sent again.

mod store;
mod traces;

pub(crate) use store::{give_up, insert, note, void, wait_again};
pub use traces::TRACES;

use crate::db::Statement;
use crate::ports::MailError;
use types::{Email, Language, MailKind, OrderId, PersonId};

/// How handing over a mail went.
#[derive(Debug)]
pub struct MailAttempt {
    /// The letter's own id: the same mail sent again after a crash carries the same one.
    pub letter: String,
    /// What kind of mail it is.
    pub kind: MailKind,
    /// The address it goes to.
    pub to: Email,
    /// In which language.
    pub language: Language,
    /// The buyer it is about, if it is about one.
    pub person: Option<PersonId>,
    /// The order it is about, if it is about one.
    pub order: Option<OrderId>,
    /// What the mail server said: what it accepted with, or why it did not take the mail.
    pub answer: Result<(), MailError>,
}

/// The statements of this store.
pub fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
