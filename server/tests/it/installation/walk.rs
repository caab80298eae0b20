//! Who may call what: every address there is, walked as a stranger, as another buyer, and as another producer.
//! Whatever is not one's own looks exactly like what is not there.

use crate::harness::browserless::{Browser, form};
use crate::harness::http::{Answer, Request, call};
use crate::harness::member_areas::Area;
use crate::harness::shop::{
    GURU_TOKEN, catalogue, guru_source, order, other_plans, sell, sign_in, subscription, subscription_of,
};
use crate::harness::site::{Api, Site};
use http::Method;
use portal::on;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use types::place;

/// Who may call an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Who {
    /// Everybody.
    Anyone,
    /// A signed-in buyer, for their own things.
    Buyer,
    /// A signed-in producer, for the producer's own things.
    Producer,
    /// Somebody of the support staff, signed in.
    Staff,
    /// A producer's program with its key, for the producer's own things.
    Program,
    /// Another system that knows the address and its token.
    Source,
    /// Whoever reaches an installation that has no mail server, which only a development has; nobody in others.
    Development,
}

use Who::{Anyone, Buyer, Development, Producer, Program, Source, Staff};

/// What is no page of the portal. An address that is not here must be thought about before it is let in.
const OTHERS: &[(&str, &str, Who)] = &[
    ("GET", "/favicon.ico", Anyone),
    // The sandbox's own pages: for whoever has their address, where the sandbox is the gateway; and its operators'
    // page, in development.
    ("GET", "/sandbox/pay/{page}", Anyone),
    ("POST", "/sandbox/pay/{page}", Anyone),
    ("GET", "/sandbox/confirm/{page}", Anyone),
    ("POST", "/sandbox/confirm/{page}", Anyone),
    ("GET", "/sandbox/boleto/{page}", Anyone),
    ("POST", "/sandbox/boleto/{page}", Anyone),
    ("GET", "/sandbox/pix/{page}", Anyone),
    ("POST", "/sandbox/pix/{page}", Anyone),
    ("GET", "/sandbox", Anyone),
    ("POST", "/sandbox/clock", Anyone),
    ("POST", "/sandbox/fail-next", Anyone),
    ("POST", "/sandbox/dispute", Anyone),
    ("POST", "/sandbox/fault", Anyone),
    ("POST", "/sandbox/redeliver", Anyone),
    ("POST", "/hooks/sandbox/{key}", Source),
    ("PUT", "/api/v1/products/{code}", Program),
    ("PUT", "/api/v1/products/{code}/policy", Program),
    ("GET", "/api/v1/products/{code}/policy", Program),
    ("PUT", "/api/v1/policy", Program),
    ("GET", "/api/v1/policy", Program),
    ("PUT", "/api/v1/offers/{code}", Program),
    ("PUT", "/api/v1/member-areas/{code}", Program),
    ("PUT", "/api/v1/access-rules/{code}", Program),
    ("PUT", "/api/v1/sources/{code}", Program),
    ("POST", "/api/v1/orders", Program),
    ("GET", "/api/v1/orders", Program),
    ("GET", "/api/v1/orders/{code}", Program),
    ("POST", "/api/v1/orders/{code}/links", Program),
    ("POST", "/api/v1/orders/{code}/refunds/{protocol}/answer", Program),
    ("GET", "/api/v1/openapi.json", Anyone),
    ("GET", "/api/docs", Anyone),
    ("GET", "/api/{*rest}", Anyone),
    ("GET", "/api", Anyone),
    ("POST", "/hooks/guru/{key}", Source),
    ("GET", "/healthz", Anyone),
    ("GET", "/readyz", Anyone),
    ("GET", "/dev/mailbox", Development),
    ("GET", "/dev/mailbox/{id}", Development),
    ("GET", "/dev/mailbox.json", Development),
];

/// The pages and forms of the portal that everybody may call: one more must be thought about before it is let in.
const FOR_ANYONE: &[(&str, &str)] = &[
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/sent"),
    ("POST", "/sign-in/resend"),
    ("GET", "/sign-in/code"),
    ("POST", "/sign-in/code"),
    ("GET", "/l/{token}"),
    ("POST", "/l/{token}"),
    ("POST", "/l/{token}/resend"),
    ("GET", "/o/{order_ref}"),
    ("POST", "/o/{order_ref}"),
    ("POST", "/sign-out"),
    ("POST", "/language"),
    // Whoever knows the token: only the producer's mailbox got it.
    ("GET", "/refund-requests/{token}"),
    ("POST", "/refund-requests/{token}"),
    ("GET", "/account/email/changed"),
    ("GET", "/e/{token}"),
    ("POST", "/e/{token}"),
];

/// Every address there is.
fn table() -> Vec<(&'static str, &'static str, Who)> {
    let pages = app::all_routes().into_iter().map(|route| {
        let method = if route.verb == app::Verb::Get { "GET" } else { "POST" };
        let who = match route.address.who {
            place::Who::Anyone => Anyone,
            place::Who::Buyer => Buyer,
            place::Who::Producer => Producer,
            place::Who::Staff => Staff,
        };
        (method, route.address.pattern, who)
    });
    pages.chain(OTHERS.iter().copied()).collect()
}

fn paths_of(who: Who) -> impl Iterator<Item = (&'static str, &'static str)> {
    table().into_iter().filter(move |(.., of)| *of == who).map(|(method, path, _)| (method, path))
}

/// Every source file below a folder of the project.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                // Tests of the sources have addresses that nobody can call.
                path if path.file_stem().is_some_and(|name| name == "tests") => {}
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|end| end == "rs") => {
                    found.push((path.clone(), fs::read_to_string(path).unwrap()));
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn every_address_is_in_the_table() {
    let table = table();
    let known: BTreeSet<(&str, &str)> = table.iter().map(|(method, path, _)| (*method, *path)).collect();
    let paths: BTreeSet<&str> = table.iter().map(|(_, path, _)| *path).collect();
    for address in place::addresses() {
        assert!(paths.contains(address.pattern), "nothing answers at {}", address.pattern);
    }
    let others: BTreeSet<(&str, &str)> = OTHERS.iter().map(|(method, path, _)| (*method, *path)).collect();
    let for_anyone: BTreeSet<(&str, &str)> = paths_of(Anyone).filter(|address| !others.contains(address)).collect();
    assert_eq!(for_anyone, FOR_ANYONE.iter().copied().collect::<BTreeSet<_>>());
    let described = serde_json::to_value(server::api::openapi()).unwrap();
    for (path, item) in described["paths"].as_object().unwrap() {
        for method in
            item.as_object().unwrap().keys().filter(|key| ["get", "put", "post", "patch", "delete"].contains(&&***key))
        {
            let address = (&*method.to_uppercase(), path.as_str());
            assert!(known.contains(&address), "{address:?} is not in the table");
        }
    }
    // What is put into a router by hand, wherever in the sources that is.
    let mut by_hand = 0;
    for (file, text) in sources("server/src").into_iter().chain(sources("app/src")) {
        let text: String = text.split_whitespace().collect();
        let routes = text.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
        for path in routes.filter(|_| !file.to_string_lossy().contains("example_area")) {
            assert!(paths.contains(path), "{path} of {} is not in the table", file.display());
            by_hand += 1;
        }
        assert!(
            !text.contains("nest_service(") && !text.contains(".nest("),
            "{}: a nested router hides its addresses",
            file.display()
        );
    }
    assert!(by_hand >= 10, "the search finds nothing any more: {by_hand}");
}

/// A server function is an address that everybody can call, unless it stands below that of its audience.
#[test]
fn every_server_function_stands_below_the_address_of_an_audience() {
    let below: Vec<&str> = table()
        .into_iter()
        .filter(|(_, _, who)| matches!(who, Buyer | Producer | Staff))
        .filter_map(|(_, path, _)| path.strip_suffix("{function}"))
        .collect();
    let all: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
    assert!(!all.is_empty(), "not even that of the tests is found");
    for (path, method) in all {
        let name = below.iter().find_map(|start| path.strip_prefix(start));
        assert!(method == Method::POST && name.is_some_and(|name| !name.contains('/')), "{method} {path}");
    }
}

/// Two producers with one order each, and the buyers of both.
struct Two {
    site: Site,
    luz: Api,
    sol: Api,
    bob: Browser,
    /// What stands in addresses of Ana's things, by the name of its place.
    things: BTreeMap<&'static str, String>,
}

async fn two(engine: &'static str) -> Two {
    let site = Site::start(engine).await;
    let (luz, sol) = (site.producer("luz", "Escola Luz").await, site.producer("sol", "Escola Sol").await);
    let area = Area::own().await;
    catalogue(&luz, &area).await;
    catalogue(&sol, &area).await;
    sell(&luz, &order("A-1", "ana@example.com", &[("foto", 29_700), ("ebook", 1_990)])).await;
    sell(&luz, &subscription("A-2", "ana@example.com")).await;
    other_plans(&luz).await;
    sell(&sol, &order("B-1", "bob@example.com", &[("foto", 29_700)])).await;
    let mut ana = sign_in(&site, "ana@example.com").await;
    let mut choice = form(&ana.visit("/orders/A-1/refund").await, "/orders/A-1/refund/preview");
    choice.fields.truncate(1);
    let preview = ana.submit(&choice, &[]).await;
    let taken = ana.press(&form(&preview, "/orders/A-1/refund"), &[]).await.expect(303);
    let protocol = taken.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    ana.visit(&format!("/orders/A-1/refund/{protocol}")).await.expect(200);
    let address = subscription_of(&mut ana).await;
    ana.visit(&address).await.expect(200);
    let id = last(&address);
    let update = visit(&mut ana, &address).await;
    let change = change_plan(&mut ana, &address).await;
    let charge = id_after(&ana.visit("/orders/A-1").await.text(), "/orders/A-1/receipts/");
    ana.visit(&format!("/orders/A-1/receipts/{charge}")).await.expect(200);
    let db = site.db().await;
    let sql = "select s.id from sessions s join people p on p.id = s.person_id where p.email = 'ana@example.com'";
    let (session,): (uuid::Uuid,) =
        on!(db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
    let things = [
        ("{protocol}", protocol),
        ("{id}", id),
        ("{update}", update),
        ("{quote}", change.clone()),
        ("{change}", change),
        ("{charge}", charge),
        ("{session}", session.to_string()),
        // Whatever Ana paid for in a year, nobody else has anything of it.
        ("{year}", "1998".to_owned()),
    ];
    let bob = sign_in(&site, "bob@example.com").await;
    Two { site, luz, sol, bob, things: things.into() }
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// The first id in a page that stands behind these words.
fn id_after(page: &str, words: &str) -> String {
    let mut ends = page.split(words).skip(1).filter_map(|rest| rest.get(..36));
    ends.find(|id| id.contains('-') && !id.contains('"'))
        .unwrap_or_else(|| panic!("nothing after {words}: {page}"))
        .to_owned()
}

/// Ana goes to the page for another card and comes back without one: the id of the visit.
async fn visit(ana: &mut Browser, subscription: &str) -> String {
    let page = ana.visit(&format!("{subscription}/card")).await.expect(200);
    let hosted = ana.submit(&form(&page, &format!("{subscription}/card")), &[]).await.expect(200);
    let back = crate::harness::browserless::forms(&hosted.text()).pop().unwrap();
    let left = ana.press(&back, &[]).await.expect(303);
    let update = last(left.header("location").unwrap());
    ana.visit(&format!("{subscription}/card/{update}")).await.expect(200);
    update
}

/// Ana's plan becomes a cheaper one with the renewal: the id of the change, which is that of its quote.
async fn change_plan(ana: &mut Browser, subscription: &str) -> String {
    let plans = format!("{subscription}/plan");
    let choice = form(&ana.visit(&plans).await, &format!("{plans}/quote"));
    let quote = ana.submit(&choice, &[("offer", "mini")]).await.expect(200);
    let taken = ana.press(&form(&quote, &format!("{plans}/confirm")), &[]).await.expect(303);
    let change = taken.header("location").unwrap().to_owned();
    ana.visit(&change).await.expect(200);
    last(&change)
}

/// An id that nobody has.
const NOBODYS: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// An address with Ana's things in it.
fn theirs(two: &Two, path: &str, handle: &str) -> String {
    let path = path.replace("{handle}", handle).replace("{code}", handle);
    two.things.iter().fold(path, |path, (place, thing)| path.replace(place, thing))
}

/// The same address with things that are nobody's.
fn absent(two: &Two, path: &str) -> String {
    let path = path.replace("{handle}", "A-9").replace("{code}", "A-9");
    let path = path.replace("{protocol}", "R-2222-2222").replace("{year}", "1999");
    two.things.keys().fold(path, |path, place| path.replace(place, NOBODYS))
}

fn page_request(method: &str, path: String) -> Request {
    let request = Request::new(method, &path);
    let fields =
        [("request", "01890a5d-ac96-774b-bcce-b302099a8057"), ("item", "01890a5d-ac96-774b-bcce-b302099a8057")];
    match method {
        "POST" => request.form(&fields.map(|(name, value)| (name.to_owned(), value.to_owned()))),
        _ => request,
    }
}

#[tokio::test]
async fn a_buyer_sees_no_difference_between_what_is_absent_and_what_is_somebody_elses() {
    for engine in crate::harness::site::ENGINES {
        let mut two = two(engine).await;
        for (method, path) in paths_of(Buyer) {
            let (own, absent) = (theirs(&two, path, "A-1"), absent(&two, path));
            // Whoever is not signed in is led there, whether or not the order exists.
            let mut stranger = two.site.browser();
            let led = stranger.send(page_request(method, own.clone())).await.expect(303);
            let to_nothing = stranger.send(page_request(method, absent.clone())).await.expect(303);
            assert!(led.header("location").unwrap().starts_with("/sign-in"), "{method} {path}: {led:?}");
            let (status, headers, body) = led.without_marks();
            let as_absent = |value: String| value.replace("A-1", "A-9").replace(&two.things["{id}"], NOBODYS);
            let headers: Vec<_> = headers.into_iter().map(|(name, value)| (name, as_absent(value))).collect();
            assert_eq!((status, headers, body), to_nothing.without_marks(), "{method} {path}");
            // An invented session is no session.
            stranger.cookies.insert("aftersale".to_owned(), "A".repeat(22));
            stranger.send(page_request(method, own.clone())).await.expect(303);
            if !path.contains('{') {
                // Names nothing that could be somebody else's.
                continue;
            }
            let foreign = two.bob.send(page_request(method, own)).await.expect(404);
            let absent = two.bob.send(page_request(method, absent)).await;
            assert_eq!(foreign.without_marks(), absent.without_marks(), "{method} {path}");
            let by_producer = two.bob.send(page_request(method, theirs(&two, path, "A-1~luz"))).await;
            assert_eq!(by_producer.without_marks(), absent.without_marks(), "{method} {path} of a producer");
        }
        let home = two.bob.get("/").await.expect(200).text();
        assert!(home.contains("B-1") && !home.contains("A-1"));
        // Somebody else's receipt under one's own order is as absent.
        let foreign = two.bob.get(&format!("/orders/B-1/refund/{}", two.things["{protocol}"])).await.expect(404);
        assert_eq!(foreign.without_marks(), two.bob.get("/orders/B-1/refund/R-2222-2222").await.without_marks());
        two.site.assert_sound().await;
    }
}

/// The cookie of each audience, and where whoever has none is led: for whom there is no page to sign in on, nothing is
/// there.
const AUDIENCES: [(Who, &str, Option<&str>); 3] =
    [(Buyer, "aftersale", Some("/sign-in")), (Producer, "aftersale-producer", None), (Staff, "aftersale-staff", None)];

#[tokio::test]
async fn a_buyer_is_a_stranger_to_every_address_of_another_audience() {
    for engine in crate::harness::site::ENGINES {
        let two = two(engine).await;
        let token = two.bob.cookies["aftersale"].clone();
        for (who, own, sign_in) in AUDIENCES {
            for (method, path) in paths_of(who) {
                let path = theirs(&two, path, "B-1");
                let mut strangers: Vec<Browser> = vec![two.site.browser()];
                for (_, cookie, _) in AUDIENCES.iter().filter(|(of, ..)| *of != Buyer) {
                    // A buyer's session in the cookie of another audience, this one's too.
                    strangers.push(two.site.browser());
                    strangers.last_mut().unwrap().cookies.insert((*cookie).to_owned(), token.clone());
                }
                if own != "aftersale" {
                    strangers.push(two.bob.clone());
                }
                for mut stranger in strangers {
                    let answer = stranger.send(page_request(method, path.clone())).await;
                    let Some(sign_in) = sign_in else {
                        answer.expect(404);
                        continue;
                    };
                    let led = answer.expect(303);
                    assert!(led.header("location").unwrap().starts_with(sign_in), "{method} {path}: {led:?}");
                }
            }
        }
    }
}

/// A body that the call takes, of this producer's things.
fn body(path: &str) -> Value {
    match path.trim_start_matches("/api/v1/").split('/').next().unwrap() {
        "policy" => json!({"cancel": {"effect": "now"}}),
        "products" if path.ends_with("/policy") => json!({"refund": {"answer_days": 3}}),
        "products" => json!({"name": "Outro"}),
        "offers" => {
            json!({"product": "foto", "name": "Outra", "price": {"amount": 1, "currency": "BRL"}, "interval": null})
        }
        "member-areas" => {
            json!({"kind": "memberkit", "base_url": "https://area.example/api", "api_key": "another-key"})
        }
        "access-rules" => json!({"product": "foto", "member_area": "area", "grant": {"unlimited": true}}),
        "sources" => json!({"kind": "guru", "api_token": GURU_TOKEN}),
        _ if path.ends_with("/answer") => json!({"answer": "approve"}),
        _ if path.ends_with("/links") => json!({"target": "order"}),
        _ => order("S-1", "eve@example.com", &[("foto", 1)]),
    }
}

fn api_request(method: &str, path: &str) -> Request {
    let request = Request::new(method, path);
    if method == "GET" { request } else { request.json(&body(path)) }
}

#[tokio::test]
async fn a_producer_sees_no_difference_between_what_is_absent_and_what_is_another_producers() {
    for engine in crate::harness::site::ENGINES {
        let two = two(engine).await;
        let before = two.luz.order("A-1").await;
        for (method, path) in paths_of(Program) {
            let (own, absent) = (theirs(&two, path, "A-1"), absent(&two, path));
            let mut refusals: Vec<Answer> = Vec::new();
            for key in [
                None,
                Some("Bearer nothing"),
                Some("Basic YTpi"),
                Some("Bearer "),
                Some(&*format!("Bearer {}x", two.luz.key)),
            ] {
                let request = api_request(method, &own);
                let request = key.into_iter().fold(request, |request, key| request.with("authorization", key));
                refusals.push(call(two.site.address, &request).await.unwrap().expect(401));
            }
            assert!(refusals.iter().all(|one| one.without_marks() == refusals[0].without_marks()), "{method} {path}");
            assert_eq!(refusals[0].json()["code"], "unauthorized");
            // A buyer's session opens nothing here.
            let mut bob = two.bob.clone();
            bob.send(api_request(method, &own)).await.expect(401);
            let foreign = two.sol.send(api_request(method, &own)).await.unwrap();
            if path.starts_with("/api/v1/orders/") {
                let absent = two.sol.send(api_request(method, &absent)).await.unwrap().expect(404);
                assert_eq!(foreign.without_marks(), absent.without_marks(), "{method} {path}");
            } else {
                // The same code is another producer's own thing.
                assert!((200..300).contains(&foreign.status), "{method} {path}: {foreign:?}");
            }
        }
        assert_eq!(two.luz.order("A-1").await["buyer"], before["buyer"], "what the other producer wrote is theirs");
        assert_eq!(two.luz.get("orders").await.json()["orders"].as_array().unwrap().len(), 2);
        let listed = two.sol.get("orders?email=ana@example.com").await.expect(200).json();
        assert_eq!(listed["orders"], json!([]));
        let taken = two.luz.post("offers/x", &json!({})).await;
        assert_eq!((taken.status, taken.json()["code"].as_str()), (405, Some("method_not_allowed")));
        two.site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_hook_without_its_token_and_a_hook_that_is_not_there_are_the_same() {
    for engine in crate::harness::site::ENGINES {
        let two = two(engine).await;
        let hook = guru_source(&two.luz).await;
        let other = guru_source(&two.sol).await;
        assert_ne!(hook, other);
        let wrong = json!({"webhook_type": "transaction", "api_token": "wrong", "id": "x", "status": "approved"});
        let send = async |path: &str, body: &Value| {
            call(two.site.address, &Request::new("POST", path).json(body)).await.unwrap()
        };
        let here = send(&hook, &wrong).await.expect(401);
        let nowhere = send("/hooks/guru/AAAAAAAAAAAAAAAAAAAAAAAAAA", &wrong).await.expect(401);
        assert_eq!(here.without_marks(), nowhere.without_marks());
        // The token of one source is worth nothing at the address of another.
        two.sol
            .put("sources/guru", &json!({"kind": "guru", "api_token": "the-token-of-the-other-producer-of-40-letters"}))
            .await
            .expect(200);
        let crossed = json!({"webhook_type": "transaction", "api_token": GURU_TOKEN, "id": "x", "status": "approved"});
        assert_eq!(send(&other, &crossed).await.expect(401).without_marks(), nowhere.without_marks());
        two.site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_is_for_anyone_answers_anyone_and_the_mailbox_is_for_development_only() {
    for engine in crate::harness::site::ENGINES {
        let site = Site::start(engine).await;
        let absent = site.browser().get("/nothing").await.expect(404).without_marks();
        for (method, path) in paths_of(Development) {
            let answer = site
                .browser()
                .send(page_request(method, path.replace("{id}", "01890a5d-ac96-774b-bcce-b302099a8057")))
                .await;
            assert_eq!(answer.without_marks(), absent, "{method} {path}");
        }
        let path_of = |path: &str| {
            path.replace("{token}", "a.b.c")
                .replace("{order_ref}", &"a".repeat(26))
                .replace("{page}", &"a".repeat(32))
                .replace("{*rest}", "x")
        };
        for (method, path) in paths_of(Anyone) {
            let answer = site.browser().send(page_request(method, path_of(path))).await;
            assert!(answer.status < 500 && answer.status != 401, "{method} {path}: {answer:?}");
            assert!(
                answer.header("set-cookie").is_none_or(|cookie| cookie.contains("Max-Age=0")),
                "{method} {path}: {answer:?}"
            );
            // Looking and asking what may be done change nothing anywhere; what is not for a method says so.
            let wrong = site.browser().send(page_request("DELETE", path_of(path))).await;
            assert!(matches!(wrong.status, 404 | 405), "{method} {path}: {wrong:?}");
        }
        site.assert_sound().await;
    }
}

/// Parts of addresses that open something by themselves; an order's link and a buyer's handles open nothing.
const SECRET_PARTS: [&str; 3] = ["{token}", "{page}", "{key}"];

#[test]
fn no_address_that_holds_a_secret_is_logged_whole() {
    let mut starts = BTreeSet::new();
    for (method, path, _) in table() {
        let part = path.split('/').find(|part| SECRET_PARTS.contains(part));
        let Some(start) = part.and_then(|part| path.find(part)).map(|at| &path[..at]) else { continue };
        assert!(server::trace::SECRET_AFTER.contains(&start), "{method} {path} is in the log as it is");
        starts.insert(start);
    }
    let masked: BTreeSet<&str> = server::trace::SECRET_AFTER.iter().copied().collect();
    assert_eq!(starts, masked, "every one of them is an address");
}
