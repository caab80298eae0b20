//! What other systems tell us. One folder a source: how its bodies are read, what they mean, and the answer it gets.
//!
//! A body counts only with the secret of the source at its address. What was answered with 200 is on disk, together
//! with its effect.

pub mod asaas;
mod connected;
pub mod guru;
pub mod sandbox;
pub mod stripe;

use crate::state::Installation;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::post;

/// The largest body of a hook.
const LARGEST_BODY: usize = 256 * 1024;

/// `POST /hooks/guru/{key}`, also with the slash that people put at the end, `POST /hooks/sandbox/{key}`,
/// `POST /hooks/asaas/{key}` and `POST /hooks/stripe/{key}`.
pub fn routes() -> Router<Installation> {
    Router::new()
        .route("/hooks/asaas/{key}", post(asaas::take))
        .route("/hooks/guru/{key}", post(guru::take))
        .route("/hooks/guru/{key}/", post(guru::take))
        .route("/hooks/sandbox/{key}", post(sandbox::take))
        .route("/hooks/stripe/{key}", post(stripe::take))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}
