//! What every feature stands on: database, outbox, events, mails, keys, time, text, ports and scopes.
//!
//! This crate knows no feature. A job is a row that its feature declares ([`outbox::Work`]), and what stands above the
//! queue is an [`outbox::Dispatcher`]. A new feature changes nothing here but the list of events.

pub mod db;
pub mod event;
pub mod inquiry;
pub mod jwt;
mod keys;
pub mod letter;
pub mod mail;
pub mod outbox;
mod portal;
pub mod ports;
pub mod private_file;
mod scope;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
pub mod time;
pub mod traces;
pub mod turns;

pub use keys::{CannotOpen, Keys, fingerprint, is_mac, mac};
pub use portal::{Inner, Options, Portal};
pub use scope::{Actor, Buyer, COMMAND_LINE, CameBy, Member, Origin, Producer, ProducerProfile, Staff, particulars};
