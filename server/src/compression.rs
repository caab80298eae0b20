//! Smaller pages, where that gives nothing away: the length of a compressed page tells whether something that a
//! stranger put into it also stands in it elsewhere (BREACH). So what another site caused, and pages whose address is a
//! secret, go out plain.

use axum::extract::Request;
use http::{Extensions, HeaderMap, StatusCode, Version, header};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate, SizeAbove};

type Fits = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// Below this the answer fits into a packet anyhow.
const WORTH_IT: u64 = 1024;

/// Compresses text at the fastest level: higher ones cost more than the page itself.
pub(crate) fn layer() -> CompressionLayer<And<SizeAbove, Fits>> {
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(1))
        .compress_when(SizeAbove::new(WORTH_IT).and(fits as Fits))
}

fn fits(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map_or(&b""[..], |kind| kind.as_bytes());
    let is_text = kind.starts_with(b"text/") || kind.starts_with(b"application/json") || kind.starts_with(b"image/svg");
    let is_secret = headers.get(header::REFERRER_POLICY).is_some_and(|policy| policy == "strict-origin");
    is_text && !is_secret
}

/// Lets requests that another site caused ask for plain bytes only.
pub(crate) fn plain_for_strangers(request: &mut Request) {
    let is_ours = |site: &http::HeaderValue| matches!(site.as_bytes(), b"same-origin" | b"none");
    if !request.headers().get("sec-fetch-site").is_none_or(is_ours) {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
}
