//! Sessions of buyers, producers and staff: kept, listed and ended in the same way, and each worth nothing to the other
//! audiences.

use crate::harness::{ANA, buy, each_world, email, line, origin, producer, sign_in};
use app::visitor::{Buyer, Producer, Staff};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::routing::get;
use http::{StatusCode, header};
use portal::login::{NewStaff, create_staff};
use portal::policy::{self, Policy};
use portal::session::{
    self, Holder, Scope, SessionKind, end_all, end_one, list, resume_buyer, resume_producer, resume_staff,
};
use portal::testing::{World, owner_of, session_of};
use portal::{Portal, on};
use std::time::Duration;
use tower::ServiceExt;
use types::{SessionId, StaffRole};
use uuid::Uuid;

const ADDRESS: &str = "192.0.2.1";

/// A buyer, a producer and somebody of the staff.
async fn holders(world: &World) -> [Holder; 3] {
    let producer = producer(world, "luz").await;
    buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
    world.settle().await;
    let ana = sign_in(world, ANA).await;
    let new = NewStaff {
        email: email("rui@example.com"),
        name: line("Rui"),
        role: StaffRole::Agent,
        password: "correct horse battery".to_owned(),
    };
    let staff = create_staff(&world.portal, new).await.unwrap();
    [Holder::Buyer(ana.person()), owner_of(&world.portal, producer.id()).await, Holder::Staff(staff)]
}

async fn begin(world: &World, holder: Holder) -> String {
    session_of(&world.portal, holder, &origin(ADDRESS)).await
}

/// Who the token is, asked for as each kind.
async fn known_as(portal: &Portal, token: &str) -> [Option<Holder>; 3] {
    let from = || origin(ADDRESS);
    let buyer = resume_buyer(portal, token, from()).await.unwrap();
    let producer = resume_producer(portal, token, from()).await.unwrap();
    let staff = resume_staff(portal, token, from()).await.unwrap();
    [buyer.and_then(|who| who.holder()), producer.and_then(|who| who.holder()), staff.and_then(|who| who.holder())]
}

const KINDS: [SessionKind; 3] = [SessionKind::Buyer, SessionKind::Producer, SessionKind::Staff];

#[tokio::test]
async fn a_session_of_one_kind_is_nobodys_as_another() {
    each_world(async |world| {
        let portal = &world.portal;
        for (own, holder) in holders(world).await.into_iter().enumerate() {
            let token = begin(world, holder).await;
            let mut only = [None; 3];
            only[own] = Some(holder);
            assert_eq!(known_as(portal, &token).await, only);
            for other in KINDS.into_iter().filter(|kind| *kind != KINDS[own]) {
                session::end(portal, other, &token, &origin(ADDRESS)).await.unwrap();
                assert_eq!(known_as(portal, &token).await, only, "not ended as {other:?}");
            }
            session::end(portal, KINDS[own], &token, &origin(ADDRESS)).await.unwrap();
            assert_eq!(known_as(portal, &token).await, [None; 3]);
        }
    })
    .await;
}

#[tokio::test]
async fn the_database_refuses_a_session_whose_holder_is_of_another_kind() {
    each_world(async |world| {
        let [buyer, ..] = holders(world).await;
        begin(world, buyer).await;
        for wrong in ["update sessions set kind = 'staff'", "update sessions set kind = 'robot'"] {
            let mut tx = world.portal.db.begin().await.unwrap();
            assert!(on!(tx.conn(), c => sqlx::query(wrong).execute(c).await.is_err()), "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_that_opens_more_ends_earlier() {
    each_world(async |world| {
        for (own, (holder, hours)) in holders(world).await.into_iter().zip([12, 8, 4]).enumerate() {
            let token = begin(world, holder).await;
            for _ in 0..hours * 3 - 1 {
                world.clock.forward(Duration::from_secs(20 * 60));
                assert_eq!(known_as(&world.portal, &token).await[own], Some(holder), "{hours} hours");
            }
            world.clock.forward(Duration::from_secs(20 * 60));
            assert_eq!(known_as(&world.portal, &token).await[own], None, "{hours} hours");
            let idle = begin(world, holder).await;
            world.clock.forward(session::IDLE);
            assert_eq!(known_as(&world.portal, &idle).await[own], None, "idle");
        }
    })
    .await;
}

/// What the log says of sessions: what happened, who did it, from where, and whose business it is.
async fn log(portal: &Portal) -> Vec<(String, String, Uuid, String, Option<Uuid>)> {
    let sql = "select name, actor_kind, actor_id, origin, producer_id
        from events
        where name like 'session.%'
        order by actor_kind, name";
    on!(portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap())
}

/// Whoever asks sees two sessions, ends the other one, and then all; a third one of somebody else stays.
async fn lists_and_ends(scope: &impl Scope, foreign: SessionId) {
    let seen = list(scope).await.unwrap();
    assert_eq!(seen.iter().map(|session| session.is_this).collect::<Vec<_>>(), [true, false]);
    assert!(!end_one(scope, foreign).await.unwrap(), "somebody else's is absent");
    assert!(end_one(scope, seen[1].id).await.unwrap());
    assert!(!end_one(scope, seen[1].id).await.unwrap(), "ended once");
    assert_eq!(list(scope).await.unwrap().len(), 1);
    end_all(scope).await.unwrap();
    assert!(list(scope).await.unwrap().is_empty());
}

#[tokio::test]
async fn producers_and_staff_see_and_end_their_own_sessions_and_nobody_elses() {
    each_world(async |world| {
        let portal = &world.portal;
        let [buyer, producer, staff] = holders(world).await;
        let [Holder::Producer(login, producer_id), Holder::Staff(staff_id)] = [producer, staff] else { unreachable!() };
        let mut newest = Vec::new();
        for holder in [producer, producer, staff, staff, buyer] {
            world.clock.forward(Duration::from_secs(1));
            newest.push(begin(world, holder).await);
        }
        let ana = resume_buyer(portal, &newest[4], origin(ADDRESS)).await.unwrap().unwrap();
        let luz = resume_producer(portal, &newest[1], origin(ADDRESS)).await.unwrap().unwrap();
        let rui = resume_staff(portal, &newest[3], origin(ADDRESS)).await.unwrap().unwrap();
        assert_eq!((luz.slug().as_str(), luz.name()), ("luz", "Escola luz"));
        assert_eq!((rui.email().as_str(), rui.role()), ("rui@example.com", StaffRole::Agent));

        lists_and_ends(&luz, rui.session()).await;
        lists_and_ends(&rui, ana.session()).await;

        assert_eq!(known_as(portal, &newest[4]).await[0], Some(buyer), "nobody else's was ended");
        let of = |name: &str, kind: &str, who: Uuid, producer| {
            (name.to_owned(), kind.to_owned(), who, ADDRESS.to_owned(), producer)
        };
        let expected = [
            of("session.all_ended", "producer", login.0, Some(producer_id.0)),
            of("session.ended", "producer", login.0, Some(producer_id.0)),
            of("session.all_ended", "staff", staff_id.0, None),
            of("session.ended", "staff", staff_id.0, None),
        ];
        assert_eq!(log(portal).await, expected);
    })
    .await;
}

#[tokio::test]
async fn what_a_signed_in_producer_writes_is_logged_with_who_and_from_where() {
    each_world(async |world| {
        let [_, producer, _] = holders(world).await;
        let token = begin(world, producer).await;
        let luz = resume_producer(&world.portal, &token, origin(ADDRESS)).await.unwrap().unwrap();
        policy::put(&world.portal, &luz, None, &Policy::default()).await.unwrap();
        let sql = "select actor_kind, actor_id, origin from events where name = 'policy.written'";
        let mut reader = world.portal.db.read().await.unwrap();
        let (kind, actor, from): (String, Uuid, String) =
            on!(reader.conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
        assert_eq!((kind.as_str(), actor, from.as_str()), ("producer", luz.member().unwrap().login.0, ADDRESS));
    })
    .await;
}

/// A page of each audience that says whose it is.
fn pages(portal: &Portal) -> Router {
    let carry = async |State(portal): State<Portal>, request: Request, next: Next| {
        app::session::carry(&portal, request, next).await
    };
    Router::new()
        .route("/orders", get(async |buyer: Buyer| buyer.email().to_string()))
        .route("/producer/orders", get(async |Producer(producer): Producer| producer.slug().to_string()))
        .route("/admin/orders", get(async |Staff(staff): Staff| staff.email().to_string()))
        .layer(from_fn_with_state(portal.clone(), carry))
        .with_state(portal.clone())
}

const PATHS: [&str; 3] = ["/orders", "/producer/orders", "/admin/orders"];
const COOKIES: [&str; 3] = ["aftersale", "aftersale-producer", "aftersale-staff"];
/// What a stranger gets: the way to where each audience signs in.
const STRANGERS: [(StatusCode, &str); 3] = [
    (StatusCode::SEE_OTHER, "/sign-in"),
    (StatusCode::SEE_OTHER, "/producer/sign-in?next=/producer/orders"),
    (StatusCode::SEE_OTHER, "/admin/sign-in"),
];

async fn visit(pages: &Router, path: &str, cookies: &str) -> (StatusCode, String) {
    let request = Request::builder().uri(path).header(header::COOKIE, cookies).body(Body::empty()).unwrap();
    let answer = pages.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    let led = answer.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
    let body = axum::body::to_bytes(answer.into_body(), 1 << 16).await.unwrap();
    (status, led.unwrap_or_else(|| String::from_utf8(body.to_vec()).unwrap()))
}

#[tokio::test]
async fn a_cookie_of_one_audience_never_opens_anothers_page() {
    each_world(async |world| {
        let pages = pages(&world.portal);
        let mut tokens = Vec::new();
        for holder in holders(world).await {
            tokens.push(begin(world, holder).await);
        }
        for (page, path) in PATHS.into_iter().enumerate() {
            for (name, cookie) in COOKIES.into_iter().enumerate() {
                for (whose, token) in tokens.iter().enumerate() {
                    let (status, said) = visit(&pages, path, &format!("{cookie}={token}")).await;
                    if page == name && name == whose {
                        assert_eq!((status, &*said), (StatusCode::OK, [ANA, "luz", "rui@example.com"][page]));
                    } else {
                        assert_eq!((status, &*said), STRANGERS[page], "{cookie} {whose}");
                    }
                }
            }
        }
        let all: Vec<_> = COOKIES.iter().zip(&tokens).map(|(name, token)| format!("{name}={token}")).collect();
        for path in PATHS {
            assert_eq!(visit(&pages, path, &all.join("; ")).await.0, StatusCode::OK, "signed in beside each other");
        }
    })
    .await;
}
