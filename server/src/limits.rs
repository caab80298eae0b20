//! How much and how long: body sizes, time, panics. What goes over a limit is answered with a bare status that the
//! pages' frame, or the problem documents of API and hooks, put into words.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portal::Portal;
use std::any::Any;
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// The largest form.
pub(crate) const FORM: usize = 64 * 1024;
/// The largest document of API and hooks.
pub(crate) const DOCUMENT: usize = 256 * 1024;
/// How long an answer may take, reading the request included.
const PATIENCE: Duration = Duration::from_secs(30);

/// Puts the limits around `router`.
pub(crate) fn limited(router: Router<Portal>, body: usize) -> Router<Portal> {
    router.layer(
        ServiceBuilder::new()
            // Outside of the others, so that nothing that panics inside takes the connection along.
            .layer(CatchPanicLayer::custom(panicked as fn(Panic) -> Response))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
            .layer(RequestBodyLimitLayer::new(body))
            // The layer before counts bytes as they stream in; axum's own limit would only say less clearly what it
            // says.
            .layer(DefaultBodyLimit::disable()),
    )
}

type Panic = Box<dyn Any + Send>;

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn panicked(panic: Panic) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = words.unwrap_or("without words"), "a request panicked");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
