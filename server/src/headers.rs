//! Headers that tell a browser what our pages may do: nothing but what they need.

use crate::web::Web;
use app::frame::Nonce;
use data_encoding::BASE64URL_NOPAD;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use portal::Portal;

/// On every answer, unless the answer says otherwise itself.
const FIXED: [(HeaderName, &str); 7] = [
    // Most answers are about somebody, a redirect and a refusal too.
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// For what is no page: nothing in it may run or load.
const BARE_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The headers that every answer carries.
pub(crate) fn fix(web: &Web, headers: &mut HeaderMap) {
    for (name, value) in FIXED {
        set(headers, name, HeaderValue::from_static(value));
    }
    set(headers, header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(BARE_POLICY));
    if web.is_https() {
        set(headers, header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

/// A mark that is new for each answer.
pub(crate) fn nonce(portal: &Portal) -> Nonce {
    Nonce(BASE64URL_NOPAD.encode(&portal.random::<16>()))
}

/// The policy of a page: scripts by the mark of this answer, WebAssembly, our own style and pictures. Forms come back to
/// us; one on a page for a card may lead to the site of its gateway, `leads_to`, and to no other.
pub(crate) fn protect(headers: &mut HeaderMap, Nonce(nonce): &Nonce, leads_to: Option<&str>) {
    let is_origin =
        |origin: &&str| origin.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-[]".contains(&byte));
    let elsewhere = leads_to.filter(is_origin).map(|origin| format!(" {origin}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'{elsewhere}; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::try_from(policy) {
        set(headers, header::CONTENT_SECURITY_POLICY, policy);
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}
