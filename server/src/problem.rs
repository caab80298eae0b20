//! API and hooks answer machines: what a layer refused with a bare status becomes a problem document (RFC 9457).

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

/// Puts bare refusals into words; what has a body of its own passes.
pub(crate) fn as_problem(response: Response) -> Response {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_bare = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !is_bare || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let mut problem = document(status);
    for (name, value) in response.headers() {
        // The layer may have said more, such as which methods are allowed.
        if !matches!(*name, header::CONTENT_TYPE | header::CONTENT_LENGTH) {
            problem.headers_mut().insert(name, value.clone());
        }
    }
    problem
}

fn document(status: StatusCode) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let code = title.to_lowercase().replace(' ', "_");
    let mut response =
        (status, Json(json!({"type": "about:blank", "title": title, "status": status.as_u16(), "code": code})))
            .into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
