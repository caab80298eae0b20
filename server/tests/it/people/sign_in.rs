//! Coming in: rules 1 to 5.

use crate::harness::{ANA, buy, each_world, email, link_and_code, origin, producer, sign_in};
use futures::future::join_all;
use portal::sign_in::{
    CodeFor, CodeProblem, LinkProblem, LinkRequestError, enter_code, look, open, request_order_link,
    request_purchases_link, resend_by_token, sent,
};
use portal::testing::World;
use portal::{Origin, on, session};
use std::time::Duration;
use types::view::Target;
use types::{LinkPlace, OrderRef};

async fn world_with_ana(world: &World) {
    let producer = producer(world, "luz").await;
    buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
    world.settle().await;
}

async fn ask(world: &World, who: &str, from: &Origin) -> types::LinkId {
    let asked = request_purchases_link(&world.portal, from, email(who), Target::Home).await.unwrap();
    world.settle().await;
    asked.request
}

#[tokio::test]
async fn a_link_opens_once_and_looking_changes_nothing() {
    each_world(async |world| {
        world_with_ana(world).await;
        let from = origin("192.0.2.1");
        ask(world, " ANA@Example.com", &from).await;
        let (token, _) = link_and_code(world, ANA);
        for _ in 0..20 {
            assert_eq!(look(&world.portal, &token).await.unwrap().masked_email, "a***@example.com");
        }
        let signed_in = open(&world.portal, &from, &token).await.unwrap();
        assert_eq!(signed_in.target, Target::Home);
        assert!(session::resume_buyer(&world.portal, &signed_in.token, from.clone()).await.unwrap().is_some());
        assert!(matches!(look(&world.portal, &token).await, Err(LinkProblem::Used)));
        assert!(matches!(open(&world.portal, &from, &token).await, Err(LinkProblem::Used)));
    })
    .await;
}

#[tokio::test]
async fn two_hundred_rounds_of_eight_presses_begin_one_session_each() {
    each_world(async |world| {
        world_with_ana(world).await;
        let from = origin("192.0.2.1");
        for round in 0..200 {
            // Ten a day for one address: the next round is on another day.
            world.clock.forward(Duration::from_secs(86_400));
            ask(world, ANA, &from).await;
            let (token, _) = link_and_code(world, ANA);
            let presses = join_all((0..8).map(|_| open(&world.portal, &from, &token))).await;
            let opened = presses.iter().filter(|press| press.is_ok()).count();
            assert_eq!(opened, 1, "round {round}");
            assert!(presses.iter().all(|press| matches!(press, Ok(_) | Err(LinkProblem::Used))));
        }
    })
    .await;
}

#[tokio::test]
async fn an_ended_link_is_sent_again_to_the_same_place() {
    each_world(async |world| {
        world_with_ana(world).await;
        let from = origin("192.0.2.1");
        let order = Target::Order { handle: "P-1".to_owned() };
        request_purchases_link(&world.portal, &from, email(ANA), order.clone()).await.unwrap();
        world.settle().await;
        let (token, _) = link_and_code(world, ANA);
        world.clock.forward(Duration::from_secs(599));
        assert!(look(&world.portal, &token).await.is_ok());
        world.clock.forward(Duration::from_secs(1));
        assert!(matches!(look(&world.portal, &token).await, Err(LinkProblem::Expired)));
        assert!(matches!(open(&world.portal, &from, &token).await, Err(LinkProblem::Expired)));
        resend_by_token(&world.portal, &from, &token).await.unwrap();
        world.settle().await;
        let (again, _) = link_and_code(world, ANA);
        assert_ne!(again, token);
        assert_eq!(open(&world.portal, &from, &again).await.unwrap().target, order);
    })
    .await;
}

#[tokio::test]
async fn an_order_link_only_causes_a_mail_and_lives_six_hours() {
    each_world(async |world| {
        world_with_ana(world).await;
        let letters = world.mail.taken();
        let purchase = &letters.iter().find(|letter| letter.subject == "Purchase").unwrap().text;
        let order_ref = purchase.split("/o/").nth(1).unwrap()[..26].to_owned();
        let order_ref = OrderRef::parse(&order_ref).unwrap();
        request_order_link(&world.portal, &origin("192.0.2.1"), &order_ref, LinkPlace::Refund).await.unwrap();
        world.settle().await;
        let (token, _) = link_and_code(world, ANA);
        world.clock.forward(Duration::from_secs(6 * 3600 - 1));
        let signed_in = open(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        assert_eq!(signed_in.target, Target::Refund { handle: "P-1".to_owned() });
        let unknown = OrderRef::parse(&"a".repeat(26)).unwrap();
        let asked = request_order_link(&world.portal, &origin("192.0.2.1"), &unknown, LinkPlace::Order).await;
        assert!(matches!(asked, Err(LinkRequestError::Unknown)));
    })
    .await;
}

#[tokio::test]
async fn the_code_does_what_the_link_does_and_is_tried_five_times() {
    each_world(async |world| {
        world_with_ana(world).await;
        let from = origin("192.0.2.1");
        let request = ask(world, ANA, &from).await;
        let (token, code) = link_and_code(world, ANA);
        assert_eq!(code.len(), 8);
        for left in (0..4).rev() {
            match enter_code(&world.portal, &from, CodeFor::Request(request), "AAAAAAAA").await {
                Err(CodeProblem::Wrong { tries_left }) => assert_eq!(tries_left, left + 1),
                other => panic!("{other:?}"),
            }
        }
        let typed = format!(" {}-{} ", &code[..4].to_lowercase(), &code[4..]);
        enter_code(&world.portal, &from, CodeFor::Email(email(ANA)), &typed).await.unwrap();
        assert!(matches!(open(&world.portal, &from, &token).await, Err(LinkProblem::Used)));
        let again = enter_code(&world.portal, &from, CodeFor::Request(request), &code).await;
        assert!(matches!(again, Err(CodeProblem::Ended)));
    })
    .await;
}

#[tokio::test]
async fn after_five_wrong_codes_the_right_one_is_refused_and_the_link_still_opens() {
    each_world(async |world| {
        world_with_ana(world).await;
        let from = origin("192.0.2.1");
        let request = ask(world, ANA, &from).await;
        let (token, code) = link_and_code(world, ANA);
        for _ in 0..5 {
            assert!(enter_code(&world.portal, &from, CodeFor::Request(request), "22222222").await.is_err());
        }
        let late = enter_code(&world.portal, &from, CodeFor::Request(request), &code).await;
        assert!(matches!(late, Err(CodeProblem::Ended)), "{late:?}");
        assert!(open(&world.portal, &from, &token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_stranger_is_answered_like_a_buyer_and_gets_no_mail() {
    each_world(async |world| {
        world_with_ana(world).await;
        let known = ask(world, ANA, &origin("192.0.2.1")).await;
        let before = world.mail.taken().len();
        let unknown = ask(world, "bob@example.com", &origin("192.0.2.2")).await;
        assert_eq!(world.mail.taken().len(), before);
        let (known, unknown) = (sent(&world.portal, known).await.unwrap(), sent(&world.portal, unknown).await.unwrap());
        let (known, unknown) = (known.unwrap(), unknown.unwrap());
        assert_eq!(known.expires_at, unknown.expires_at);
        assert_eq!((known.resend_after, known.tries_left), (unknown.resend_after, unknown.tries_left));
    })
    .await;
}

#[tokio::test]
async fn an_address_gets_one_mail_a_minute_and_a_network_ten_requests() {
    each_world(async |world| {
        world_with_ana(world).await;
        let before = world.mail.taken().len();
        let froms: Vec<Origin> = (0..5).map(|n| origin(&format!("198.51.100.{n}"))).collect();
        // At the same time, from five networks.
        join_all(froms.iter().map(|from| request_purchases_link(&world.portal, from, email(ANA), Target::Home))).await;
        for n in 0..5 {
            ask(world, ANA, &origin(&format!("192.0.2.{n}"))).await;
        }
        assert_eq!(world.mail.taken().len(), before + 1);
        let from = origin("203.0.113.7");
        for n in 0..10 {
            ask(world, &format!("x{n}@example.com"), &from).await;
        }
        let asked = request_purchases_link(&world.portal, &from, email("y@example.com"), Target::Home).await;
        assert!(matches!(asked, Err(LinkRequestError::Limited { .. })), "{asked:?}");
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_idling_by_age_and_by_signing_out() {
    each_world(async |world| {
        world_with_ana(world).await;
        let from = origin("192.0.2.1");
        ask(world, ANA, &from).await;
        let (token, _) = link_and_code(world, ANA);
        let token = open(&world.portal, &from, &token).await.unwrap().token;
        let alive = || async { session::resume_buyer(&world.portal, &token, from.clone()).await.unwrap().is_some() };
        for _ in 0..23 {
            world.clock.forward(Duration::from_secs(29 * 60));
            assert!(alive().await);
        }
        // 12 hours are over although it was never idle.
        world.clock.forward(Duration::from_secs(60 * 60));
        assert!(!alive().await);
        world.clock.forward(Duration::from_secs(86_400));
        let buyer = sign_in(world, ANA).await;
        assert_eq!(buyer.email().as_str(), ANA);
        world.clock.forward(Duration::from_secs(120));
        ask(world, ANA, &from).await;
        let (link, _) = link_and_code(world, ANA);
        let token = open(&world.portal, &from, &link).await.unwrap().token;
        session::end(&world.portal, session::SessionKind::Buyer, &token, &origin("198.51.100.7")).await.unwrap();
        assert!(session::resume_buyer(&world.portal, &token, from.clone()).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn neither_token_nor_code_is_found_in_the_database() {
    each_world(async |world| {
        world_with_ana(world).await;
        ask(world, ANA, &origin("192.0.2.1")).await;
        let (token, code) = link_and_code(world, ANA);
        let dump = world.portal.db.dump().await.unwrap();
        assert!(dump.contains(ANA), "the dump shows what is stored");
        let signature = token.rsplit('.').next().unwrap();
        assert!(!dump.contains(signature) && !dump.contains(&code));
        assert!(!dump.contains("key-of-the-area"));
    })
    .await;
}

#[tokio::test]
async fn another_place_within_the_minute_gets_a_mail_of_its_own_when_it_may() {
    each_world(async |world| {
        world_with_ana(world).await;
        let from = origin("192.0.2.1");
        let home = ask(world, ANA, &from).await;
        let before = world.mail.taken().len();
        let to_order = |handle: &str| Target::Order { handle: handle.to_owned() };
        let wish =
            async |target| request_purchases_link(&world.portal, &from, email(ANA), target).await.unwrap().request;
        assert_eq!(wish(Target::Home).await, home, "the same place: its mail is on its way");
        let first = wish(Target::Refund { handle: "P-1".to_owned() }).await;
        assert_ne!(first, home);
        // One waits at most; it leads where the last request wants.
        assert_eq!(wish(to_order("P-1")).await, first);
        let page = sent(&world.portal, first).await.unwrap().unwrap();
        assert_eq!(page.mail_at, Some(world.portal.wall().plus(Duration::from_secs(60))));
        world.settle().await;
        assert_eq!(world.mail.taken().len(), before, "not before its time");
        // The calendar of development has no say in it.
        world.clock.turn_calendar(Duration::from_secs(86_400));
        world.settle().await;
        assert_eq!(world.mail.taken().iter().filter(|letter| letter.subject == "SignInLink").count(), 1);
        world.clock.forward(Duration::from_secs(60));
        world.settle().await;
        assert_eq!(sent(&world.portal, first).await.unwrap().unwrap().mail_at, None);
        let (token, _) = link_and_code(world, ANA);
        assert_eq!(open(&world.portal, &from, &token).await.unwrap().target, to_order("P-1"));
    })
    .await;
}

#[tokio::test]
async fn after_a_link_was_used_the_next_one_comes_when_it_may() {
    each_world(async |world| {
        world_with_ana(world).await;
        let from = origin("192.0.2.1");
        let used = ask(world, ANA, &from).await;
        let (token, _) = link_and_code(world, ANA);
        let signed_in = open(&world.portal, &from, &token).await.unwrap();
        session::end(&world.portal, session::SessionKind::Buyer, &signed_in.token, &origin("192.0.2.9")).await.unwrap();
        let next = ask(world, ANA, &from).await;
        assert_ne!(next, used);
        world.clock.forward(Duration::from_secs(60));
        world.settle().await;
        let (fresh, _) = link_and_code(world, ANA);
        assert_ne!(fresh, token);
        assert!(open(&world.portal, &from, &fresh).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_code_of_any_mail_of_the_day_opens_and_a_wrong_one_is_charged_to_the_newest() {
    each_world(async |world| {
        world_with_ana(world).await;
        let mut codes = Vec::new();
        for n in 0..5 {
            let order_ref = world.mail.taken()[0].text.split("/o/").nth(1).unwrap()[..26].to_owned();
            let place = if n == 0 { LinkPlace::Order } else { LinkPlace::Refund };
            // Links of orders live long enough for five mails.
            let from = origin(&format!("192.0.2.{n}"));
            let asked = request_order_link(&world.portal, &from, &OrderRef::parse(&order_ref).unwrap(), place).await;
            world.settle().await;
            codes.push((asked.unwrap().request, link_and_code(world, ANA).1));
            world.clock.forward(Duration::from_secs(61));
        }
        let from = origin("198.51.100.1");
        let tries = async |request| sent(&world.portal, request).await.unwrap().unwrap().tries_left;
        let wrong = enter_code(&world.portal, &from, CodeFor::Email(email(ANA)), "22222222").await;
        assert!(matches!(wrong, Err(CodeProblem::Wrong { tries_left: 4 })), "{wrong:?}");
        assert_eq!(tries(codes[4].0).await, 4);
        assert_eq!(tries(codes[3].0).await, 5);
        // The oldest of five still opens, and costs the newest nothing.
        enter_code(&world.portal, &from, CodeFor::Email(email(ANA)), &codes[0].1).await.unwrap();
        assert_eq!(tries(codes[4].0).await, 4);
    })
    .await;
}

#[tokio::test]
async fn addresses_that_nobody_asks_for_any_more_are_forgotten() {
    each_world(async |world| {
        let counts = async || {
            let sql = "select count(*) from rate_counts where subject like 'address:%'";
            let (count,): (i64,) =
                on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
            count
        };
        for n in 0..5 {
            ask(world, &format!("x{n}@example.com"), &origin("192.0.2.1")).await;
        }
        assert_eq!(counts().await, 5);
        world.clock.forward(Duration::from_secs(3 * 86_400));
        ask(world, "y@example.com", &origin("192.0.2.1")).await;
        let mut tx = world.portal.db.begin().await.unwrap();
        portal::sign_in::tidy(&world.portal, &mut tx).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        assert_eq!(counts().await, 1);
    })
    .await;
}
