//! What people see. A page function reads what it needs from the rules and hands it to markup; a form function changes
//! something and redirects.
//!
//! Screens stand in a wing for each audience (`buyer`, `producer`, `staff`), over what all are made of (`shared`) and
//! the mails. A wing never imports another audience's.

// The views of the largest pages are deep types.
#![recursion_limit = "256"]

mod buyer;
pub mod mail;
mod producer;
mod shared;
mod staff;

pub use buyer::{account, card, document, home, order, plan, refund, sign_in, subscription};
pub use shared::route::{LARGEST_FILE, Route, Verb};
use shared::{browser, download, drawer, found, function, login, refill, route, said, sale, sheet, upload, zone};
pub use shared::{draft, fields, format, frame, language, page, phrase, session, status, text, ui, visitor};

use axum::Router;
use page::BuyerPages;
use portal::Portal;
use types::RequestId;

#[cfg(test)]
mod tests;

/// The pages of buyers that producers look at.
const BUYER_PAGES: BuyerPages = BuyerPages {
    order: order::view::order,
    subscription: subscription::view::page,
    reasons: |texts, seen, now| {
        let form = subscription::reason::Form::new(RequestId(uuid::Uuid::nil()));
        subscription::reason::page(texts, seen, &form, now)
    },
};

/// Everything that answers at an address of the screens, a list a wing. The router is made of this list and of nothing
/// else.
pub fn all_routes() -> Vec<Route> {
    [shared::routes(), buyer::routes(), producer::routes(BUYER_PAGES), staff::routes()].into_iter().flatten().collect()
}

/// The screens. The server puts [`visitor::ClientAddress`] into each request, and a [`frame::Frame`]
/// around everything that answers people: until then an answer is data.
pub fn routes() -> Router<Portal> {
    router_of(all_routes().into_iter().filter(|route| !route.takes_file))
        .fallback(async || page::PageError::NotFound)
        .method_not_allowed_fallback(async || page::PageError::MethodNotAllowed)
}

/// The forms of the screens that take a file: larger than any other form, [`LARGEST_FILE`] at most.
pub fn uploads() -> Router<Portal> {
    router_of(all_routes().into_iter().filter(|route| route.takes_file))
}

fn router_of(routes: impl Iterator<Item = Route>) -> Router<Portal> {
    routes.fold(Router::new(), |router, one| router.route(one.address.pattern, one.handler))
}
