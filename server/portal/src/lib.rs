//! The rules of Aftersale. This crate knows neither web nor screen: whatever must reach another system goes through the
//! outbox and a port.
//!
//! A feature is a folder: `state.rs` (what can be, and how it changes), `store.rs` (private: the only SQL), and a file
//! for each verb. Features stand in wings, and an import goes down only: `sale`, then `access`, then `money` and
//! `people`, then `desk` and `door`, then [`work`]. `ARCHITECTURE.md` has the map.
//!
//! Comments cite the rules of the product by number, as in "(rule 7)": `docs/RULES.md` lists all twenty.

pub mod access;
mod desk;
mod door;
pub mod message;
mod money;
mod people;
mod sale;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod work;

pub use desk::{document, drawer, portal_link, purchases, report, sales, search, verify};
pub use door::{gateway_inbox, intake};
pub use ground::{
    Actor, Buyer, COMMAND_LINE, CameBy, Keys, Member, Options, Origin, Portal, Producer, Staff, db, event, fingerprint,
    is_mac, mac, mail, outbox, ports, private_file, text, time, traces,
};
pub use money::{billing, card, connection, plan, refund, subscription};
pub use people::{account, login, session, sign_in};
pub use sale::{catalogue, ledger, order, policy};
pub use work::statements;

pub use ground::{again, between, mails, on, row, statements};
