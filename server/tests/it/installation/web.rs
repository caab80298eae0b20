//! The layers around every page, document and file.

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use futures::stream;
use http::{Request, StatusCode, header};
use portal::ports::NamedGateway;
use portal::testing::{World, databases_on};
use server::config::{Config, Flags, Given};
use server::router::router;
use server::state::Installation;
use tower::ServiceExt;

const HOST: &str = "127.0.0.1:3000";

async fn web(variables: &[(&str, &str)]) -> Router {
    let (engine, db) = databases_on(None).await.remove(0);
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).into()));
    let config = Config::read(&Given::new(&Flags::default(), variables)).unwrap();
    let installation = Installation { portal: World::over(engine, db).portal, sandbox: None };
    router(&installation, &config, config.listen)
}

async fn asked(web: &Router, request: http::request::Builder, body: Body) -> Response {
    web.clone().oneshot(request.body(body).unwrap()).await.unwrap()
}

fn get(path: &str) -> http::request::Builder {
    Request::get(path).header(header::HOST, HOST)
}

fn post(path: &str) -> http::request::Builder {
    Request::post(path).header(header::HOST, HOST).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn only_names_of_ours_are_answered() {
    let web = web(&[]).await;
    for path in ["/sign-in", "/api/v1/openapi.json", "/hooks/guru/x", "/nothing"] {
        for host in ["evil.example", "127.0.0.1", "127.0.0.1:3001", ""] {
            let response = asked(&web, Request::get(path).header(header::HOST, host), Body::empty()).await;
            assert_eq!(response.status(), StatusCode::MISDIRECTED_REQUEST, "{path} {host}");
        }
    }
    assert_eq!(
        asked(&web, Request::get("/healthz").header(header::HOST, "10.0.0.9:80"), Body::empty()).await.status(),
        StatusCode::OK
    );
    assert_eq!(asked(&web, get("/sign-in"), Body::empty()).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn another_site_changes_nothing() {
    let web = web(&[]).await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let response = asked(&web, post("/sign-in").header(name, value), Body::from("email=ana%40example.com")).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let ours =
        asked(&web, post("/sign-in").header("sec-fetch-site", "same-origin"), Body::from("email=ana%40example.com"))
            .await;
    assert_eq!(ours.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_announced_or_streamed() {
    let web = web(&[]).await;
    for (path, limit) in [("/sign-in", 64 * 1024), ("/hooks/guru/x", 256 * 1024)] {
        let announced = asked(&web, post(path).header(header::CONTENT_LENGTH, limit + 1), Body::empty()).await;
        assert_eq!(announced.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let chunks = (0..=limit / 1024).map(|_| Ok::<_, std::io::Error>(vec![b'a'; 1024]));
        let streamed = asked(&web, post(path), Body::from_stream(stream::iter(chunks))).await;
        assert!(streamed.status().is_client_error(), "{path}: {}", streamed.status());
    }
}

#[tokio::test]
async fn every_answer_carries_its_headers() {
    let web = web(&[("AFTERSALE_BASE_URL", "https://portal.test")]).await;
    for path in ["/sign-in", "/nothing", "/healthz", "/api/v1/orders"] {
        let request = Request::get(path).header(header::HOST, "portal.test");
        let response = asked(&web, request, Body::empty()).await;
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let policy = header("content-security-policy");
        assert!(
            policy.contains("frame-ancestors 'none'")
                && policy.contains("default-src 'none'")
                && !policy.contains("unsafe-inline"),
            "{path}: {policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(header("strict-transport-security").starts_with("max-age="), "{path}");
        assert_eq!(header("x-request-id").len(), 32, "{path}");
    }
}

#[tokio::test]
async fn the_mailbox_is_there_only_while_it_is_in_use() {
    let built_in = asked(&web(&[]).await, get("/dev/mailbox.json?to=ana@example.com"), Body::empty()).await;
    assert_eq!(built_in.status(), StatusCode::OK);
    let real =
        asked(&web(&[("AFTERSALE_SMTP_URL", "smtp://127.0.0.1:25")]).await, get("/dev/mailbox"), Body::empty()).await;
    assert_eq!(real.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_that_names_no_icon_has_one_all_the_same() {
    let web = web(&[]).await;
    let asked_for = asked(&web, get("/favicon.ico"), Body::empty()).await;
    let icon = asked_for.headers()[header::LOCATION].to_str().unwrap();
    assert_eq!(asked(&web, get(icon), Body::empty()).await.headers()[header::CONTENT_TYPE], "image/svg+xml");
}

#[tokio::test]
async fn malformed_addresses_are_the_callers_fault() {
    let web = web(&[]).await;
    for path in [
        "/orders/%ff%fe",
        "/l/%ff",
        "/o/%c3%28",
        "/sign-in?next=%ff",
        "/dev/mailbox/nonsense",
        "/dev/mailbox.json?to=%ff",
        "/%00",
        "//",
        "/orders/..%2f..%2fetc",
    ] {
        let status = asked(&web, get(path), Body::empty()).await.status();
        assert!(!status.is_server_error(), "{path}: {status}");
    }
}

#[tokio::test]
async fn long_pages_are_compressed_unless_another_site_asked() {
    let web = web(&[]).await;
    let coding = |response: Response| {
        response.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap().to_owned())
    };
    let plain = asked(&web, get("/sign-in").header(header::ACCEPT_ENCODING, "br"), Body::empty()).await;
    assert_eq!(coding(plain).as_deref(), Some("br"));
    let strange = get("/sign-in").header(header::ACCEPT_ENCODING, "br").header("sec-fetch-site", "cross-site");
    assert_eq!(coding(asked(&web, strange, Body::empty()).await), None);
}

/// A gateway that an order names and nobody connected.
fn named(name: &str) -> NamedGateway {
    NamedGateway::unconnected(name)
}

/// The router and the gateways of a production installation with these settings beside the ones it needs.
async fn production(more: &[(&str, &str)]) -> (Router, portal::Portal) {
    let needed = [
        ("AFTERSALE_ENV", "production"),
        ("AFTERSALE_BASE_URL", "https://compras.example.com"),
        ("AFTERSALE_SECRET_KEY", "a key for tests, of thirty-two bytes or more"),
        ("AFTERSALE_SMTP_URL", "smtp://127.0.0.1:25"),
        ("AFTERSALE_MAIL_FROM", "portal@example.com"),
    ];
    let database = portal::testing::sqlite_url();
    let own = ("AFTERSALE_DATABASE_URL", database.as_str());
    let all = needed.iter().chain(more).chain([&own]);
    let variables = all.map(|(name, value)| ((*name).to_owned(), (*value).into()));
    let config = Config::read(&Given::new(&Flags::default(), variables)).unwrap();
    let installation = server::state::open(&config, server::state::Migrate::Yes).await.unwrap();
    (router(&installation, &config, config.listen), installation.portal)
}

async fn status(web: &Router, method: &str, path: &str) -> StatusCode {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "compras.example.com");
    asked(web, request, Body::empty()).await.status()
}

#[tokio::test]
async fn production_has_no_sandbox_unless_it_is_told_and_then_under_its_own_name_only() {
    let (web, portal) = production(&[]).await;
    for name in ["sandbox", "guru", "stripe", "asaas", ""] {
        assert!(portal.ports.gateways.own(name).is_none() && !portal.ports.gateways.bills(&named(name)), "{name}");
    }
    let operators =
        ["/sandbox/clock", "/sandbox/fail-next", "/sandbox/dispute", "/sandbox/fault", "/sandbox/redeliver"];
    let hosted = ["pay", "confirm", "boleto", "pix"].map(|page| format!("/sandbox/{page}/{}", "a".repeat(32)));
    for path in operators.into_iter().chain(hosted.iter().map(String::as_str)) {
        assert_eq!(status(&web, "POST", path).await, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(status(&web, "GET", "/sandbox").await, StatusCode::NOT_FOUND);
    assert_eq!(status(&web, "GET", "/dev/mailbox").await, StatusCode::NOT_FOUND);
    assert_eq!(status(&web, "POST", "/hooks/sandbox/any").await, StatusCode::UNAUTHORIZED);

    let (web, portal) = production(&[("AFTERSALE_ALLOW_SANDBOX", "yes")]).await;
    assert!(portal.ports.gateways.own("sandbox").is_some() && portal.ports.gateways.bills(&named("sandbox")));
    for name in ["guru", "stripe", "asaas", "Sandbox", ""] {
        assert!(portal.ports.gateways.own(name).is_none() && !portal.ports.gateways.bills(&named(name)), "{name}");
    }
    for path in operators {
        assert_eq!(status(&web, "POST", path).await, StatusCode::NOT_FOUND, "nobody turns the clock of buyers: {path}");
    }
    assert_eq!(status(&web, "GET", "/sandbox").await, StatusCode::NOT_FOUND);
    // The page is there, and says so with a method it does not take.
    assert_eq!(status(&web, "DELETE", &hosted[0]).await, StatusCode::METHOD_NOT_ALLOWED);
}
