//! What everything stands on: the databases, the outbox, the mail.

mod mail;
mod outbox;
mod storage;
mod upgrade;
