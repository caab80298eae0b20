//! The rules of Aftersale. Knows neither web nor screen: what must reach another system goes through the outbox and a port.
//!
//! A feature is a folder: `state.rs` (what can be, and how it changes), `store.rs` (private: the only SQL), and a file for each verb.

pub mod access;
pub mod account;
pub mod audit;
pub mod billing;
pub mod card;
pub mod catalogue;
pub mod db;
pub mod document;
pub mod gateway_inbox;
pub mod intake;
mod jwt;
mod keys;
pub mod message;
pub mod order;
pub mod outbox;
pub mod plan;
pub mod policy;
mod portal;
pub mod ports;
pub mod refund;
pub mod session;
pub mod sign_in;
pub mod subscription;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
pub mod time;
pub mod verify;

pub use keys::{Keys, fingerprint, is_mac, mac};
pub use portal::{Actor, Buyer, Options, Origin, Portal, new_id};

/// Every statement of every store: a test prepares them all on both engines.
pub fn statements() -> Vec<db::Statement> {
    let of_features = [
        access::statements(),
        &account::statements(),
        audit::statements(),
        billing::statements(),
        card::statements(),
        catalogue::statements(),
        document::statements(),
        gateway_inbox::statements(),
        intake::statements(),
        order::statements(),
        outbox::statements(),
        plan::statements(),
        policy::statements(),
        refund::statements(),
        session::statements(),
        sign_in::statements(),
        subscription::statements(),
        verify::statements(),
    ];
    of_features.concat()
}
