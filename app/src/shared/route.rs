//! What answers at an address of the screens, and to which verb.

use crate::draft;
use axum::handler::Handler;
use axum::middleware::from_fn;
use axum::routing::{self, MethodRouter};
use portal::Portal;
use types::place::Address;

/// How an address is called.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// Looks; changes nothing. Also answers HEAD.
    Get,
    /// Changes something.
    Post,
}

/// A page or a form at its address.
#[derive(Clone, Debug)]
pub struct Route {
    /// How it is called.
    pub verb: Verb,
    /// Where it is, and who may call it.
    pub address: Address,
    /// Whether it takes a file, which is larger than a form.
    pub takes_file: bool,
    pub(crate) handler: MethodRouter<Portal>,
}

/// The largest form with a file, in bytes.
pub const LARGEST_FILE: usize = 256 * 1024;

/// A page.
pub(crate) fn get<H: Handler<T, Portal>, T: 'static>(address: impl Into<Address>, handler: H) -> Route {
    Route { verb: Verb::Get, address: address.into(), takes_file: false, handler: routing::get(handler) }
}

/// A form.
pub(crate) fn post<H: Handler<T, Portal>, T: 'static>(address: impl Into<Address>, handler: H) -> Route {
    let handler = routing::post(handler).layer(from_fn(draft::remember));
    Route { verb: Verb::Post, address: address.into(), takes_file: false, handler }
}

/// A form with a file, of which nothing is remembered.
pub(crate) fn upload<H: Handler<T, Portal>, T: 'static>(address: impl Into<Address>, handler: H) -> Route {
    Route { verb: Verb::Post, address: address.into(), takes_file: true, handler: routing::post(handler) }
}
