//! What people see. A page function reads what it needs from the rules and hands it to markup; a form function changes
//! something and redirects.
//!
//! Screens stand in a wing for each audience (`buyer`, `producer`, `staff`), over what all are made of (`shared`) and the mails.
//! A wing never imports another audience's.

mod buyer;
pub mod mail;
mod producer;
mod shared;
mod staff;

pub use buyer::{account, card, document, home, order, plan, refund, sign_in, subscription};
pub use shared::route::{Route, Verb};
use shared::{download, found, said};
pub use shared::{draft, fields, format, frame, language, page, phrase, session, status, text, ui, visitor};

use axum::Router;
use portal::Portal;
use shared::{function, route};

#[cfg(test)]
mod tests;

/// Everything that answers at an address of the screens, a list a wing. The router is made of this list and of nothing
/// else.
pub fn all_routes() -> Vec<Route> {
    [shared::routes(), buyer::routes(), producer::routes(), staff::routes()].into_iter().flatten().collect()
}

/// The screens. The server puts [`visitor::ClientAddress`] into each request, and a [`frame::Frame`]
/// around everything that answers people: until then an answer is data.
pub fn routes() -> Router<Portal> {
    let router = Router::new();
    let router = all_routes().into_iter().fold(router, |router, one| router.route(one.address.pattern, one.handler));
    router
        .fallback(async || page::PageError::NotFound)
        .method_not_allowed_fallback(async || page::PageError::MethodNotAllowed)
}
