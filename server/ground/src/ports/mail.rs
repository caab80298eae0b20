//! Mail.

use crate::letter::Letter;
use futures::future::BoxFuture;

/// Hands letters to people: an SMTP server, or the built-in mailbox of development.
pub trait Mail: Send + Sync + 'static {
    /// Sends one letter; `Ok` means that the other side has taken responsibility for it.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailError>>;
}

/// Why a letter was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Comes again later: connection, 4xx, and what servers call final although it passes.
    #[error("mail not taken for now: {0}")]
    Temporary(String),
    /// Will never be taken: there is no such person, or it is the letter itself.
    #[error("mail refused: {0}")]
    Refused(String),
}
