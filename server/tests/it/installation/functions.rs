//! Server functions, by one that only these tests have: it runs for a signed-in producer, called by our own pages.

use crate::harness::{each_world, origin, producer};
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderName, Request, StatusCode, header};
use leptos::prelude::{ServerFnError, expect_context, server};
use portal::Portal;
use portal::testing::{owner_of, session_of};
use server::config::{Config, Given};
use server::router::router;
use server::state::Installation;
use tower::ServiceExt;

/// Says who asks, and what was asked.
#[server(prefix = "/producer/fn", endpoint = "echo")]
async fn echo(words: String) -> Result<String, ServerFnError> {
    let producer = expect_context::<portal::Producer>();
    if words == "fail" { Err(ServerFnError::new("a secret")) } else { Ok(format!("{}: {words}", producer.slug())) }
}

const ECHO: &str = "/producer/fn/echo";
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

struct Answer {
    status: StatusCode,
    cache: Option<String>,
    body: String,
}

/// A call as the code of a page makes it, with these headers besides.
async fn call(web: &Router, path: &str, words: &str, headers: &[(HeaderName, &str)]) -> Answer {
    let mut request = Request::post(path)
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let answer = web.clone().oneshot(request.body(Body::from(format!("words={words}"))).unwrap()).await.unwrap();
    let said = |name| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (status, cache) = (answer.status(), said(header::CACHE_CONTROL));
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    Answer { status, cache, body: String::from_utf8(body.to_vec()).unwrap() }
}

fn web(portal: &Portal) -> Router {
    let config = Config::read(&Given::default()).unwrap();
    let installation = Installation { portal: portal.clone(), sandbox: None };
    router(&installation, &config, config.listen)
}

#[tokio::test]
async fn a_function_knows_the_producer_who_asks() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let token = session_of(&world.portal, owner_of(&world.portal, luz.id()).await, &origin("192.0.2.1")).await;
        let cookie = format!("aftersale-producer={token}");
        let own = [(header::COOKIE, &*cookie), (SITE, "same-origin")];
        let web = web(&world.portal);

        let answer = call(&web, ECHO, "bom dia", &own).await;
        assert_eq!((answer.status, &*answer.body), (StatusCode::OK, "\"luz: bom dia\""));
        assert_eq!(answer.cache.as_deref(), Some("no-store"));

        // As the code of a page asks, and as a browser's own form does.
        for accept in ["application/json", "text/html"] {
            let headers = [&own[..], &[(header::ACCEPT, accept), (header::REFERER, "http://127.0.0.1:3000/")]].concat();
            let failed = call(&web, ECHO, "fail", &headers).await;
            assert_eq!(failed.status, StatusCode::INTERNAL_SERVER_ERROR, "{accept}");
            assert!(!failed.body.contains("a secret"), "{}", failed.body);
        }

        let absent = call(&web, "/producer/fn/absent", "x", &own).await;
        let nowhere = call(&web, "/producer/absent", "x", &own).await;
        assert_eq!((absent.status, nowhere.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
        let too_large = call(&web, ECHO, &"x".repeat(65 * 1024), &own).await;
        assert!(too_large.status.is_client_error() || too_large.status.is_server_error(), "{}", too_large.status);
    })
    .await;
}

#[tokio::test]
async fn a_function_runs_neither_for_strangers_nor_for_other_sites() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let token = session_of(&world.portal, owner_of(&world.portal, luz.id()).await, &origin("192.0.2.1")).await;
        let (own, invented) = (format!("aftersale-producer={token}"), format!("aftersale-producer={}", "A".repeat(22)));
        let as_buyer = format!("aftersale={token}");
        let web = web(&world.portal);

        for cookie in ["language=en", &*invented, &*as_buyer] {
            let refused = call(&web, ECHO, "x", &[(header::COOKIE, cookie), (SITE, "same-origin")]).await;
            assert_eq!(refused.status, StatusCode::SEE_OTHER, "led to where producers sign in");
        }
        for site in ["cross-site", "same-site"] {
            let refused = call(&web, ECHO, "x", &[(header::COOKIE, &own), (SITE, site)]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{site}");
        }
        let foreign = [(header::COOKIE, &*own), (header::ORIGIN, "https://elsewhere.example")];
        assert_eq!(call(&web, ECHO, "x", &foreign).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
