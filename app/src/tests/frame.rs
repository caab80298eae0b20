//! The frame around pages and problems.

use super::sample::HOSTILE;
use crate::frame::{Assets, Frame, Nonce};
use crate::page::{Area, Page, PageError, lead_out};
use crate::text::Texts;
use crate::ui;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::get;
use leptos::prelude::*;
use std::time::Duration;
use tower::ServiceExt;
use types::Language;

const ASSETS: Assets = Assets {
    style: "/pkg/style.css",
    islands: Some(("/pkg/client.js", "/pkg/client.wasm")),
    area: Some(("/pkg/area.js", "/pkg/area.wasm")),
};

fn router() -> Router {
    let plain = async || Page::new(HOSTILE.to_owned(), view! { <h1>"Plain"</h1> });
    let island = async || {
        Page::new("Island".to_owned(), ui::copy(Texts::of(Language::English), "A".to_owned(), "Copy".to_owned()))
    };
    let in_area = async || {
        let body = ui::copy(Texts::of(Language::English), "A".to_owned(), "Copy".to_owned());
        let (name, who, sign_out) = ("Luz".to_owned(), "a@example.com".to_owned(), "/producer/sign-out".to_owned());
        let area = Area { name, who, leads: Vec::new(), sign_out, language: Language::English };
        Page::new("Area".to_owned(), body).in_area(area)
    };
    let answer = async || Page::new("Answer".to_owned(), ()).for_producer();
    let secret = async || Page::new("Secret".to_owned(), ()).with_secret_address();
    let many = async || PageError::TooMany { retry_after: Duration::from_secs(61) };
    Router::new()
        .route("/sign-in", get(plain))
        .route("/island", get(island))
        .route("/area", get(in_area))
        .route("/answer", get(answer))
        .route("/secret", get(secret))
        .route("/many", get(many))
        .route("/bare", get(async || StatusCode::PAYLOAD_TOO_LARGE))
        .route("/json", get(async || (StatusCode::NOT_FOUND, axum::Json(1)).into_response()))
        .fallback(async || PageError::NotFound)
        .layer(from_fn(framed))
}

async fn framed(request: Request<Body>, next: Next) -> Response<Body> {
    let nonce = Nonce("abc".to_owned());
    let frame = Frame::of(&request, Some(ASSETS), &nonce);
    frame.around(next.run(request).await)
}

async fn get_page(path: &str) -> (Response<()>, String) {
    let request = Request::get(path).header("accept-language", "en").body(Body::empty()).unwrap();
    let (parts, body) = router().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (Response::from_parts(parts, ()), String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn a_page_without_islands_loads_no_script_and_its_title_is_text() {
    let (response, html) = get_page("/sign-in").await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(html.starts_with("<!doctype html><html lang=\"en\">"), "{html}");
    assert!(!html.contains("<script") && html.contains("<title>&lt;/title&gt;"), "{html}");
    assert!(html.contains("name=\"back\" value=\"/sign-in\""), "{html}");
}

#[tokio::test]
async fn a_page_with_islands_loads_one_script_by_its_mark() {
    let (_, html) = get_page("/island").await;
    assert!(
        html.contains(
            "<script type=\"module\" id=\"client\" src=\"/pkg/client.js\" data-wasm=\"/pkg/client.wasm\" nonce=\"abc\">"
        ),
        "{html}"
    );
    assert_eq!(html.matches("<script").count(), 1, "{html}");
}

#[tokio::test]
async fn a_page_of_an_area_loads_what_buyers_do_not() {
    let (_, html) = get_page("/area").await;
    assert!(html.contains("src=\"/pkg/area.js\" data-wasm=\"/pkg/area.wasm\""), "{html}");
    assert_eq!(html.matches("<script").count(), 1, "{html}");
}

#[tokio::test]
async fn only_buyers_read_that_the_orders_are_theirs() {
    let sentence = |html: &str| ["Aftersale: your orders", "Aftersale: what happens"].map(|words| html.contains(words));
    for (path, said) in [("/sign-in", [true, false]), ("/area", [false, true]), ("/answer", [false, true])] {
        let (_, html) = get_page(path).await;
        assert_eq!(sentence(&html), said, "{path}: {html}");
    }
}

#[tokio::test]
async fn an_address_that_is_a_secret_is_told_to_nobody() {
    let (response, _) = get_page("/secret").await;
    assert_eq!(response.headers()["referrer-policy"], "strict-origin");
}

#[tokio::test]
async fn what_is_not_there_looks_the_same_everywhere() {
    let (response, html) = get_page("/orders/mine").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(html, get_page("/orders/another").await.1);
}

#[tokio::test]
async fn an_address_with_a_mark_at_its_end_leads_to_the_one_that_was_meant() {
    for (path, meant) in [("/orders/A-1.", "/orders/A-1"), ("/l/a.b.c/", "/l/a.b.c"), ("/e/abc%20", "/e/abc")] {
        let (response, _) = get_page(path).await;
        assert_eq!(
            (response.status(), &response.headers()["location"]),
            (StatusCode::SEE_OTHER, &meant.parse().unwrap())
        );
    }
    let (response, _) = get_page("/nowhere.").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn too_many_says_when_to_come_again() {
    let (response, html) = get_page("/many").await;
    assert_eq!(
        (response.status(), &response.headers()["retry-after"]),
        (StatusCode::TOO_MANY_REQUESTS, &"61".parse().unwrap())
    );
    assert!(html.contains("Wait 2 minutes"), "{html}");
}

#[tokio::test]
async fn a_bare_status_becomes_a_page_and_documents_are_left_alone() {
    let (response, html) = get_page("/bare").await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(html.contains("<h1>"), "{html}");
    assert_eq!(get_page("/json").await.1, "1");
}

#[test]
fn a_form_leads_to_the_page_of_another_site_by_one_of_ours_and_to_a_script_never() {
    let texts = Texts::of(Language::Portuguese);
    let answer = lead_out(texts, "https://pay.example/confirm?a=1");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["refresh"], "0; url=https://pay.example/confirm?a=1");
    let page = answer.extensions().get::<Page>().unwrap();
    assert!(page.body.contains("href=\"https://pay.example/confirm?a=1\""), "{}", page.body);
    assert_eq!(lead_out(texts, "/sandbox/card/1").status(), StatusCode::SEE_OTHER);
    assert_eq!(lead_out(texts, "javascript:alert(1)").status(), StatusCode::INTERNAL_SERVER_ERROR);
}
