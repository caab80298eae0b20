//! What is no form, or too large a one.

use super::forms::{LAST_SEEN, every_form};
use super::{elsewhere, shop};
use crate::harness::http::Request;
use crate::harness::rows::{assert_same, at_rest, rows};

#[tokio::test]
async fn a_form_that_is_too_large_or_no_form_is_refused_on_sqlite() {
    malformed_forms("sqlite").await;
}

#[tokio::test]
async fn a_form_that_is_too_large_or_no_form_is_refused_on_postgres() {
    malformed_forms("postgres").await;
}

/// Bodies that no form has, beside the name of its first field.
fn bodies(name: &str) -> Vec<(&'static str, Vec<u8>)> {
    let form_kind = "application/x-www-form-urlencoded";
    vec![
        (form_kind, vec![]),
        (form_kind, format!("{name}={}", "a".repeat(64 * 1024)).into_bytes()),
        (form_kind, vec![b'a'; 5 * 1024 * 1024]),
        (form_kind, format!("{name}=%ff%fe").into_bytes()),
        (form_kind, [name.as_bytes(), b"=caf\xe9\0"].concat()),
        (form_kind, format!("{name}=a&{name}=b").into_bytes()),
        (form_kind, b"&&&===%%%".to_vec()),
        ("application/json", br#"{"email":"ana@example.com"}"#.to_vec()),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nx\r\n--x--\r\n".to_vec()),
        ("text/plain", b"email=ana@example.com".to_vec()),
    ]
}

/// Addresses that are none.
const PATHS: [&str; 20] = [
    "/orders/%ff",
    "/orders/%00",
    "/orders/..%2f..",
    "/l/%ff",
    "/o/%00",
    "/%ff",
    "/?q=%ff",
    "/sign-in/sent?request=%ff",
    "/orders/A-1/refund/%ff",
    "/subscriptions/%ff",
    "/subscriptions/%00/cancel",
    "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/cancel/%ff",
    "/subscriptions/%ff/plan",
    "/subscriptions/%00/plan/preview?offer=%ff",
    "/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/plan/quote/%ff",
    "/orders/A-1/refund/preview?item=%00",
    "/?cursor=%00",
    "/?q=%00&status=%00",
    "/pkg/../Cargo.toml",
    "/pkg/%2e%2e/x",
];

async fn malformed_forms(engine: &'static str) {
    let (site, _, ana) = shop(engine).await;
    let db = site.db().await;
    at_rest(&db).await;
    let before = rows(&db, &[LAST_SEEN]).await;
    for (method, path, fields) in every_form().into_iter().filter(|(method, ..)| *method == "POST") {
        let name = fields.first().map_or("x", |(name, _)| *name);
        for (kind, body) in bodies(name) {
            let length = body.len();
            let answer = elsewhere(&site, &ana).send(Request::new(method, path).body(kind, body)).await;
            let what = format!("{method} {path}: {length} bytes of {kind}");
            // A link and its form carry no fields at all: what comes along is not read.
            let reads = !["/l/", "/e/", "/account/sessions/"].iter().any(|start| path.starts_with(start))
                && !["/withdraw", "/card/pay"].iter().any(|end| path.ends_with(end));
            match length {
                65_537.. if reads => assert_eq!(answer.status, 413, "{what}"),
                _ if reads => assert!((400..500).contains(&answer.status), "{what}: {}", answer.status),
                _ => assert!(answer.status < 500, "{what}: {}", answer.status),
            }
            assert!(
                answer.status == 303 || answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")),
                "{what}: {answer:?}"
            );
        }
    }
    for path in PATHS {
        let answer = elsewhere(&site, &ana).get(path).await;
        assert!(answer.status < 500, "{path}: {answer:?}");
    }
    let long = format!("/orders/{}", "a".repeat(8_000));
    assert_eq!(elsewhere(&site, &ana).get(&long).await.status, 404);
    assert_same(&before, &rows(&db, &[LAST_SEEN]).await, &format!("{engine}: a malformed form"));
    site.assert_sound().await;
}
