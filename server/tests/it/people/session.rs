//! The session as a browser over https sees it, and what the database keeps of it.

use crate::harness::{ANA, buy, each_world, email, link_and_code, origin, producer};
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::{Request, StatusCode, header};
use portal::catalogue::producer::of_slug;
use portal::sign_in::request_purchases_link;
use portal::testing::{World, owner_of, session_of};
use portal::{Options, Portal, fingerprint, on};
use server::config::{Config, Flags, Given};
use server::router::router;
use server::state::Installation;
use std::time::Duration;
use tower::ServiceExt;
use types::Slug;
use types::view::Target;

const NAME: &str = "__Host-aftersale";

/// The pages of a world in which Ana has bought, under an address with https.
struct Pages<'a> {
    world: &'a World,
    web: Router,
}

impl<'a> Pages<'a> {
    async fn of(world: &'a World) -> Self {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let base_url = "https://portal.test";
        let variables = [("AFTERSALE_BASE_URL".to_owned(), base_url.into())];
        let config = Config::read(&Given::new(&Flags::default(), variables)).unwrap();
        let inner = world.portal.clone();
        let options = Options { base_url: base_url.to_owned(), ..inner.options.clone() };
        let portal =
            Portal::new(inner.db.clone(), inner.ports.clone(), inner.dispatcher.clone(), inner.keys.clone(), options);
        let web = router(&Installation { portal, sandbox: None }, &config, config.listen);
        Self { world, web }
    }

    async fn send(&self, method: &str, path: &str, cookie: Option<&str>, body: &str) -> Response {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "portal.test");
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, format!("language=en; {NAME}={cookie}"));
        }
        self.web.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap()
    }

    async fn home(&self, cookie: &str) -> StatusCode {
        self.send("GET", "/", Some(cookie), "").await.status()
    }

    /// Signs in with the code of a mail; what the browser is told to keep.
    async fn sign_in(&self, cookie: Option<&str>) -> String {
        self.world.clock.forward(Duration::from_secs(120));
        let from = origin("198.51.100.7");
        let asked = request_purchases_link(&self.world.portal, &from, email(ANA), Target::Home).await.unwrap();
        self.world.settle().await;
        let (_, code) = link_and_code(self.world, ANA);
        let body = format!("request={}&code={code}", asked.request);
        let answer = self.send("POST", "/sign-in/code", cookie, &body).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let [set] = cookies(&answer).try_into().unwrap();
        set
    }

    async fn numbers(&self, sql: &'static str) -> i64 {
        let mut reader = self.world.portal.db.read().await.unwrap();
        let (number,): (i64,) = on!(reader.conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
        number
    }
}

fn cookies(answer: &Response) -> Vec<String> {
    answer.headers().get_all(header::SET_COOKIE).iter().map(|set| set.to_str().unwrap().to_owned()).collect()
}

fn value(set: &str) -> String {
    set.strip_prefix(&format!("{NAME}=")).unwrap().split(';').next().unwrap().to_owned()
}

fn attributes(set: &str) -> Vec<&str> {
    let mut all: Vec<&str> = set.split("; ").skip(1).filter(|attribute| !attribute.starts_with("Expires")).collect();
    all.sort_unstable();
    all
}

#[tokio::test]
async fn a_cookie_is_bound_to_the_host_when_it_is_set_and_when_it_is_taken_away() {
    each_world(async |world| {
        let pages = Pages::of(world).await;
        let set = pages.sign_in(None).await;
        assert_eq!(attributes(&set), ["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=Lax", "Secure"]);
        let token = value(&set);
        assert_eq!((token.len(), pages.home(&token).await), (22, StatusCode::OK));
        let out = pages.send("POST", "/sign-out", Some(&token), "").await;
        let [gone] = cookies(&out).try_into().unwrap();
        // Without `Secure` a browser ignores what it is told of a name with `__Host-`.
        assert_eq!((value(&gone).as_str(), attributes(&gone)), ("", vec!["Max-Age=0", "Path=/", "Secure"]));
        assert_eq!(pages.home(&token).await, StatusCode::SEE_OTHER, "ended on the server too");
        let told = "select count(*) from events where name = 'session.signed_out'";
        assert_eq!(pages.numbers(told).await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_the_hash_of_the_id_and_a_row_for_each_sign_in_alone() {
    each_world(async |world| {
        let pages = Pages::of(world).await;
        for (method, path) in [("GET", "/"), ("GET", "/sign-in"), ("POST", "/sign-out"), ("GET", "/nothing")] {
            let answer = pages.send(method, path, None, "").await;
            assert!(cookies(&answer).is_empty(), "{path}");
        }
        assert_eq!(pages.numbers("select count(*) from sessions").await, 0);
        let token = value(&pages.sign_in(None).await);
        let mut reader = pages.world.portal.db.read().await.unwrap();
        let sql = "select token_hash, kind from sessions";
        let rows: Vec<(String, String)> = on!(reader.conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        drop(reader);
        assert_eq!(rows, [(fingerprint(token.as_bytes()), "buyer".to_owned())]);
        // A page of somebody signed in says nothing new to the browser.
        assert!(cookies(&pages.send("GET", "/", Some(&token), "").await).is_empty());
        // Whoever signs in again in the same browser leaves nobody signed in beside.
        let second = value(&pages.sign_in(Some(&token)).await);
        assert_eq!((pages.home(&token).await, pages.home(&second).await), (StatusCode::SEE_OTHER, StatusCode::OK));
        assert_eq!(pages.numbers("select count(*) from sessions where ended_at is null").await, 1);
    })
    .await;
}

#[tokio::test]
async fn ending_all_sessions_takes_the_cookie_away() {
    each_world(async |world| {
        let pages = Pages::of(world).await;
        let (first, second) = (value(&pages.sign_in(None).await), value(&pages.sign_in(None).await));
        let answer = pages.send("POST", "/account/sessions/end", Some(&second), "").await;
        assert_eq!(cookies(&answer).iter().map(|set| value(set)).collect::<Vec<_>>(), [""]);
        assert_eq!(
            (pages.home(&first).await, pages.home(&second).await),
            (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER)
        );
    })
    .await;
}

#[tokio::test]
async fn a_session_of_another_kind_opens_nothing() {
    each_world(async |world| {
        let pages = Pages::of(world).await;
        let producer = of_slug(&world.portal, &Slug::parse("luz").unwrap()).await.unwrap().unwrap();
        let token =
            session_of(&pages.world.portal, owner_of(&pages.world.portal, producer.id()).await, &origin("192.0.2.1"))
                .await;
        assert_eq!(pages.home(&token).await, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn cookies_that_are_no_ids_are_taken_away_and_open_nothing() {
    each_world(async |world| {
        let pages = Pages::of(world).await;
        let token = value(&pages.sign_in(None).await);
        // Tokens of before had 43 letters. The last letter of an id has four bits to spare, which must be zero.
        let other = format!("{}{}", &token[..21], char::from(token.as_bytes()[21] + 1));
        for wrong in ["A".repeat(43), format!("{token}="), format!("{token}A"), other, "%00".to_owned(), "é".to_owned()]
        {
            let answer = pages.send("GET", "/", Some(&wrong), "").await;
            assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{wrong}");
            assert_eq!(cookies(&answer).iter().map(|set| value(set)).collect::<Vec<_>>(), [""], "{wrong}");
        }
        // One that could be an id is looked for, and not found.
        assert_eq!(pages.home(&"A".repeat(22)).await, StatusCode::SEE_OTHER);
        assert_eq!(pages.home(&token).await, StatusCode::OK);
    })
    .await;
}
