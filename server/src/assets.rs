//! Stylesheet, islands and public files, out of the binary.

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use portal::Portal;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Where the browser finds style and islands; none in a build without a stylesheet.
pub fn addresses() -> Option<app::frame::Assets> {
    Some(app::frame::Assets { style: STYLE_CSS?, islands: CLIENT_JS.zip(CLIENT_WASM), area: AREA_JS.zip(AREA_WASM) })
}

/// What may be another file tomorrow.
const KEPT: &str = "public, max-age=3600";

/// Every file under its address.
pub fn routes() -> Router<Portal> {
    // Where a page names no icon, as a PDF does not, browsers ask for this one.
    let icon = || async { ([(header::CACHE_CONTROL, KEPT)], Redirect::permanent("/favicon.svg")) };
    let icon = Router::new().route("/favicon.ico", get(icon));
    ASSETS.iter().fold(icon, |router, asset| {
        router.route(
            &format!("/{}", asset.path),
            get(move |request: Request| async move { serve(asset, request.headers()) }),
        )
    })
}

fn serve(asset: &'static Asset, asked: &HeaderMap) -> Response {
    let kept = if asset.immutable { "public, max-age=31536000, immutable" } else { KEPT };
    let fixed = |name: HeaderName, value: &'static str| (name, HeaderValue::from_static(value));
    let common =
        [fixed(header::CACHE_CONTROL, kept), fixed(header::ETAG, asset.etag), fixed(header::VARY, "accept-encoding")];
    if lists(asked, &header::IF_NONE_MATCH, |tag| tag == "*" || tag.trim_start_matches("W/") == asset.etag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let kind = [fixed(header::CONTENT_TYPE, asset.content_type)];
    match asset.brotli.filter(|_| lists(asked, &header::ACCEPT_ENCODING, accepts_brotli)) {
        Some(small) => (common, kind, [fixed(header::CONTENT_ENCODING, "br")], small).into_response(),
        None => (common, kind, asset.bytes).into_response(),
    }
}

fn lists(headers: &HeaderMap, name: &HeaderName, fits: impl Fn(&str) -> bool) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|part| fits(part.trim()))
}

fn accepts_brotli(coding: &str) -> bool {
    let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
    name.trim() == "br" && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILE: Asset = Asset {
        path: "pkg/x.1.css",
        content_type: "text/css",
        bytes: b"plain",
        brotli: Some(b"small"),
        etag: "\"1\"",
        immutable: true,
    };

    fn asked(name: HeaderName, value: &'static str) -> Response {
        serve(&FILE, &HeaderMap::from_iter([(name, HeaderValue::from_static(value))]))
    }

    #[test]
    fn a_browser_that_knows_brotli_gets_it() {
        for (value, coding) in [("gzip, deflate, br", Some("br")), ("br;q=0, gzip", None), ("gzip", None)] {
            let response = asked(header::ACCEPT_ENCODING, value);
            assert_eq!(
                response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap()),
                coding,
                "{value}"
            );
            assert!(response.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        }
    }

    #[test]
    fn a_file_that_is_known_is_not_sent_again() {
        for (value, status) in [("\"1\"", 304), ("\"0\", W/\"1\"", 304), ("*", 304), ("\"2\"", 200)] {
            assert_eq!(asked(header::IF_NONE_MATCH, value).status().as_u16(), status, "{value}");
        }
    }
}
