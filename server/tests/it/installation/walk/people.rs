//! The addresses of people, walked by strangers and by other people.

use super::table::Who::{Anyone, Buyer, Development, Owner, Producer, Program, Staff};
use super::table::{Who, paths_of, table};
use super::two::{NOBODYS, absent, page_request, theirs, two};
use crate::harness::browserless::Browser;
use crate::harness::http::Answer;
use crate::harness::site::Site;

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

/// The cookie of each audience, and where whoever has none is led.
const AUDIENCES: [(Who, &str, &str); 4] = [
    (Buyer, "aftersale", "/sign-in"),
    (Producer, "aftersale-producer", "/producer/sign-in"),
    (Owner, "aftersale-producer", "/producer/sign-in"),
    (Staff, "aftersale-staff", "/admin/sign-in"),
];

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
                    let led = stranger.send(page_request(method, path.clone())).await.expect(303);
                    assert!(led.header("location").unwrap().starts_with(sign_in), "{method} {path}: {led:?}");
                }
            }
        }
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
                .replace("{accent}", "1d4f91")
                .replace("{logo}", &"a".repeat(64))
                .replace("{picture}", &"a".repeat(64))
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

/// Whether nobody on the way and no browser keeps the answer.
fn assert_not_kept(answer: &Answer, what: &str) {
    assert_eq!(answer.header("cache-control"), Some("no-store"), "{what}: {answer:?}");
}

#[tokio::test]
async fn nobody_on_the_way_keeps_an_answer() {
    let mut two = two("sqlite").await;
    let mut shown = 0;
    for (method, path, who) in table() {
        let own = theirs(&two, path, "A-1");
        let what = format!("{method} {path}");
        if path == "/favicon.ico" {
            continue;
        }
        assert_not_kept(&two.site.browser().send(page_request(method, own.clone())).await, &what);
        assert_not_kept(&two.bob.send(page_request(method, own.clone())).await, &what);
        // Ana's own things only looked at: they are to be there for all addresses.
        if method == "GET" && who != Program {
            let answer = two.ana.get(&own).await;
            assert_not_kept(&answer, &what);
            shown += usize::from(who == Buyer && answer.status == 200);
        } else if method == "GET" {
            assert_not_kept(&two.luz.send(page_request(method, own)).await.unwrap(), &what);
        }
    }
    assert!(shown > 10, "{shown} pages of Ana's were seen");
}
