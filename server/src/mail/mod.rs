//! Two ways by which letters reach people: an SMTP server, or, in development, the built-in mailbox that a browser can
//! look into.

pub mod mailbox;
mod smtp;
mod traces;

pub use mailbox::Mailbox;
pub use smtp::{InvalidSmtpUrl, Smtp};
pub use traces::TRACES;
