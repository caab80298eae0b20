//! The sandbox's own pages, as a buyer of a real gateway would see them: another house than the portal, and every page
//! says that no real money moves. Plain forms; no script.

mod admin;
mod card;
mod confirm;
mod frame;
mod slip;

use super::Sandbox;
use axum::Router;
use axum::routing::{get, post};
use portal::Portal;

/// Where buyers type cards, confirm with the bank and pay boletos and Pix.
pub fn hosted(sandbox: &Sandbox) -> Router<Portal> {
    Router::new()
        .route("/sandbox/pay/{page}", get(card::show).post(card::take))
        .route("/sandbox/confirm/{page}", get(confirm::show).post(confirm::take))
        .route("/sandbox/boleto/{page}", get(slip::boleto).post(slip::take))
        .route("/sandbox/pix/{page}", get(slip::pix).post(slip::take))
        .with_state(sandbox.clone())
}

/// What the page for operators needs: time moves for the portal too.
#[derive(Clone)]
struct Operators {
    portal: Portal,
    sandbox: Sandbox,
}

/// Where whoever tries the product turns the clock and breaks things. For development only.
pub fn operators(portal: &Portal, sandbox: &Sandbox) -> Router<Portal> {
    Router::new()
        .route("/sandbox", get(admin::show))
        .route("/sandbox/clock", post(admin::turn_clock))
        .route("/sandbox/fail-next", post(admin::fail_next))
        .route("/sandbox/dispute", post(admin::dispute))
        .route("/sandbox/fault", post(admin::set_fault))
        .route("/sandbox/redeliver", post(admin::redeliver))
        .with_state(Operators { portal: portal.clone(), sandbox: sandbox.clone() })
}
