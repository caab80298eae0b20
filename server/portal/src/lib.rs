//! The rules of Aftersale. Knows neither web nor screen: what must reach another system goes through the outbox and a port.
//!
//! A feature is a folder: `state.rs` (what can be, and how it changes), `store.rs` (private: the only SQL), and a file for each verb.

pub mod access;
pub mod audit;
pub mod billing;
pub mod catalogue;
pub mod db;
pub mod intake;
mod keys;
pub mod message;
pub mod order;
pub mod outbox;
pub mod policy;
mod portal;
pub mod ports;
pub mod refund;
pub mod session;
pub mod sign_in;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
pub mod time;
pub mod verify;

pub use keys::{Keys, fingerprint};
pub use portal::{Actor, Buyer, Options, Origin, Portal};

/// Every statement of every store: a test prepares them all on both engines.
pub fn statements() -> Vec<db::Statement> {
    let of_features = [
        access::statements(),
        audit::statements(),
        billing::statements(),
        catalogue::statements(),
        intake::statements(),
        order::statements(),
        outbox::statements(),
        policy::statements(),
        refund::statements(),
        session::statements(),
        sign_in::statements(),
        verify::statements(),
    ];
    of_features.concat()
}
