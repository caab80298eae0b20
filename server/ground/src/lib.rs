//! What every feature stands on: database, outbox, events, keys, time, text, ports and scopes.
//!
//! This crate knows no feature. Whoever adds one needs it and changes nothing in it: a job is a row that its feature
//! declares ([`outbox::Work`]), and what stands above the queue is a [`outbox::Dispatcher`].

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
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
pub mod time;

pub use keys::{CannotOpen, Keys, fingerprint, is_mac, mac};
pub use portal::{Actor, Buyer, Inner, Options, Origin, Portal, new_id};
