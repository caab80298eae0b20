//! Requests that change something come from our own pages, or from no browser at all. One layer before every page, in
//! place of a token in each form: browsers say where a request comes from, and pages cannot make them lie.

use crate::web::Web;
use axum::extract::Request;
use http::{HeaderMap, Method, header};

/// Whether a request has no effect, or was not caused by another site.
pub(crate) fn may_change(web: &Web, request: &Request) -> bool {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    is_safe || comes_from_us(web, request.headers())
}

/// `Sec-Fetch-Site` decides; a browser too old for it sends `Origin`; what sends neither is no browser and carries
/// nobody's cookies.
fn comes_from_us(web: &Web, headers: &HeaderMap) -> bool {
    match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => matches!(site.as_bytes(), b"same-origin" | b"none"),
        (None, Some(origin)) => origin.to_str().is_ok_and(|origin| web.knows_origin(origin)),
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Given};
    use http::HeaderValue;

    #[test]
    fn only_our_own_pages_and_no_browser_at_all_may_change_things() {
        let config = Config::read(&Given::default()).unwrap();
        let web = Web::new(&config, config.listen);
        let table: [(Option<&'static str>, Option<&'static str>, bool); 10] = [
            (Some("same-origin"), None, true),
            (Some("none"), None, true),
            (Some("same-site"), None, false),
            (Some("cross-site"), Some("http://127.0.0.1:3000"), false),
            (Some(""), None, false),
            (None, Some("http://127.0.0.1:3000"), true),
            (None, Some("http://127.0.0.1:3001"), false),
            (None, Some("https://127.0.0.1:3000"), false),
            (None, Some("null"), false),
            (None, None, true),
        ];
        for (site, origin, expected) in table {
            let mut headers = HeaderMap::new();
            site.map(|site| headers.insert("sec-fetch-site", HeaderValue::from_static(site)));
            origin.map(|origin| headers.insert(header::ORIGIN, HeaderValue::from_static(origin)));
            assert_eq!(comes_from_us(&web, &headers), expected, "{site:?} {origin:?}");
        }
    }
}
