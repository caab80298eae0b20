//! An address of the screens: how it is called, by whom, and what answers.

use axum::handler::Handler;
use axum::routing::{self, MethodRouter};
use portal::Portal;

/// How an address is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// Looks; changes nothing. Also answers HEAD.
    Get,
    /// Changes something.
    Post,
}

/// Who may call an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// Everybody, signed in or not.
    Anyone,
    /// A signed-in buyer, for their own things.
    Buyer,
    /// A signed-in producer, for the producer's own things.
    Producer,
    /// Somebody of the support staff, signed in.
    Staff,
}

/// One address.
#[derive(Clone, Debug)]
pub struct Address {
    /// How it is called.
    pub verb: Verb,
    /// Its path; what stands in braces varies.
    pub path: &'static str,
    /// Who may call it.
    pub who: Who,
    pub(crate) handler: MethodRouter<Portal>,
}

/// A page.
pub(crate) fn get<H: Handler<T, Portal>, T: 'static>(path: &'static str, who: Who, handler: H) -> Address {
    Address { verb: Verb::Get, path, who, handler: routing::get(handler) }
}

/// A form.
pub(crate) fn post<H: Handler<T, Portal>, T: 'static>(path: &'static str, who: Who, handler: H) -> Address {
    Address { verb: Verb::Post, path, who, handler: routing::post(handler) }
}
