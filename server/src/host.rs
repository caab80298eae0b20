//! Only requests to a name of ours: whoever makes a browser or a cache believe in another one gets nothing.

use crate::web::Web;
use axum::extract::Request;
use http::header;

/// Whether the `Host` (and the host of an absolute target) is known.
pub(crate) fn is_ours(web: &Web, request: &Request) -> bool {
    let mut named = request.headers().get_all(header::HOST).iter();
    let host = named.next().and_then(|value| value.to_str().ok());
    let is_known = host.is_some_and(|host| web.knows_host(host)) && named.next().is_none();
    let target_fits = request.uri().authority().is_none_or(|authority| web.knows_host(authority.as_str()));
    is_known && target_fits
}
