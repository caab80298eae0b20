//! One line in the log for each request, under an id that the answer carries too. Secrets in an address are left out, and so are questions
//! after `?`: they may hold an e-mail.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use portal::Portal;
use std::borrow::Cow;
use std::time::Instant;
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Beginnings of addresses whose next part is a secret. A test of every address there is sees to it that none is missing.
pub const SECRET_AFTER: [&str; 9] = [
    "/l/",
    "/e/",
    "/refund-requests/",
    "/hooks/guru/",
    "/hooks/sandbox/",
    "/sandbox/pay/",
    "/sandbox/confirm/",
    "/sandbox/boleto/",
    "/sandbox/pix/",
];

/// Logs the request and names it.
pub async fn trace(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let id = portal.new_id().simple().to_string();
    let span = tracing::info_span!("request", %id, method = %request.method(), path = %shown(request.uri().path()));
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    let millis = started.elapsed().as_secs_f64() * 1000.0;
    span.in_scope(|| tracing::info!(status, millis, "answered"));
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// An address as it may stand in the log.
fn shown(path: &str) -> Cow<'_, str> {
    match SECRET_AFTER.iter().find_map(|start| Some((start, path.strip_prefix(start)?))) {
        Some((start, secret)) if !secret.is_empty() => Cow::Owned(format!("{start}***")),
        _ => Cow::Borrowed(path),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn secrets_in_addresses_stay_out_of_the_log() {
        assert_eq!(shown("/l/eyJhbGciOi"), "/l/***");
        assert_eq!(shown("/l/eyJhbGciOi/more"), "/l/***");
        assert_eq!(shown("/e/abcdefghijkmnpqrstuvwxyz23"), "/e/***");
        assert_eq!(shown("/hooks/guru/abc"), "/hooks/guru/***");
        assert_eq!(shown("/refund-requests/abc"), "/refund-requests/***");
        assert_eq!(shown("/sandbox/pay/abc/more"), "/sandbox/pay/***");
        assert_eq!(shown("/orders/A-1"), "/orders/A-1");
        assert_eq!(shown("/l/"), "/l/");
    }
}
