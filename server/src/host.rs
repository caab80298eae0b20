//! Only requests to a name of ours: whoever makes a browser or a cache believe in another one gets nothing.

use crate::web::Web;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

/// 421 unless the `Host` (and the host of an absolute target) is known.
pub async fn check(State(web): State<Web>, request: Request, next: Next) -> Response {
    let mut named = request.headers().get_all(header::HOST).iter();
    let host = named.next().and_then(|value| value.to_str().ok());
    let is_known = host.is_some_and(|host| web.knows_host(host)) && named.next().is_none();
    let target_fits = request.uri().authority().is_none_or(|authority| web.knows_host(authority.as_str()));
    if is_known && target_fits { next.run(request).await } else { StatusCode::MISDIRECTED_REQUEST.into_response() }
}
