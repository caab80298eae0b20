//! One line in the log for each request, under an id that the answer carries too. Secrets in an address are left out,
//! and so are questions after `?`: they may hold an e-mail.

use axum::extract::Request;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use portal::Portal;
use std::borrow::Cow;
use std::sync::LazyLock;
use std::time::Instant;
use tracing::Span;
use types::place::addresses;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Beginnings of addresses whose next part is a secret, of what is no page of the portal. A test of every address there
/// is sees to it that none is missing.
const OF_OTHERS: [&str; 7] = [
    "/hooks/guru/",
    "/hooks/sandbox/",
    "/hooks/stripe/",
    "/sandbox/pay/",
    "/sandbox/confirm/",
    "/sandbox/boleto/",
    "/sandbox/pix/",
];

/// Beginnings of addresses whose next part is a secret.
pub static SECRET_AFTER: LazyLock<Vec<&str>> =
    LazyLock::new(|| addresses().filter_map(|address| address.before_secret()).chain(OF_OTHERS).collect());

/// A request that was named and is not answered yet.
pub struct Trace {
    id: String,
    started: Instant,
    /// Everything that is logged while the request is answered belongs in here.
    pub span: Span,
}

impl Trace {
    /// Names the request.
    pub fn begin(portal: &Portal, request: &Request) -> Self {
        let id = portal.new_id().simple().to_string();
        let span =
            tracing::info_span!("request", id, method = request.method().as_str(), path = %shown(request.uri().path()));
        Self { id, started: Instant::now(), span }
    }

    /// Logs the answer, and names the request in it.
    pub fn end(self, response: &mut Response) {
        let status = response.status().as_u16();
        let millis = self.started.elapsed().as_secs_f64() * 1000.0;
        self.span.in_scope(|| tracing::info!(status, millis, "answered"));
        if let Ok(id) = HeaderValue::try_from(self.id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
    }
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
