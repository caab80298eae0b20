//! What everything stands on: the databases, the outbox, the mail.

mod mail;
mod mail_answers;
mod operator;
mod outbox;
mod storage;
mod upgrade;
