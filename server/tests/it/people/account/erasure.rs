//! People who want to be forgotten, and what the law keeps.

use super::{bought, days, logged, mails_to};
use crate::harness::{ANA, DAY, buy, each_world, order, paid_order, place, producer, sign_in};
use crate::money::billing::installments;
use futures::future::join_all;
use portal::account::{ErasureError, ask_erasure, erasure, undo_erasure, view};
use portal::intake::{Version, Way};
use portal::ports::Verdict;
use portal::refund::new_request_id;
use portal::{intake, on};
use sqlx::AssertSqlSafe;
use std::time::Duration;
use types::view::OpenMatter;
use types::{EventName, Method};

#[tokio::test]
async fn erasing_waits_a_week_can_be_undone_and_leaves_the_record_of_the_sale() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let offer = erasure(&buyer).await.unwrap();
        assert_eq!(offer.kept_until.as_deref(), Some("2031-11-20"));
        assert_eq!(offer.open.len(), 0);
        let form = new_request_id(&world.portal);
        let protocol = ask_erasure(&buyer, form).await.unwrap();
        assert_eq!(ask_erasure(&buyer, form).await.unwrap(), protocol, "the same form is the same request");
        let other = ask_erasure(&buyer, new_request_id(&world.portal)).await;
        assert!(matches!(other, Err(ErasureError::Waiting)), "{other:?}");
        assert!(undo_erasure(&buyer).await.unwrap() && !undo_erasure(&buyer).await.unwrap());
        world.clock.forward(DAY * 8);
        world.settle().await;
        assert_eq!(mails_to(world, ANA, "ErasureAsked"), 0);
        assert_eq!(mails_to(world, ANA, "ErasureUndone"), 1);
        assert_eq!(world.area.access_of(ANA).len(), 2, "undone is undone");

        let buyer = sign_in(world, ANA).await;
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        world.clock.forward(DAY * 6);
        world.settle().await;
        assert_eq!(world.area.access_of(ANA).len(), 2);
        assert_eq!(mails_to(world, ANA, "ErasureAsked"), 1);
        world.clock.forward(DAY);
        world.settle().await;
        assert!(world.area.access_of(ANA).is_empty(), "the member area knows");
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        let sql = "select p.email, p.name, o.buyer_name, o.total from people p join orders o on o.person_id = p.id";
        let rows: Vec<(String, String, String, i64)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert!(rows[0].0.ends_with("@erased.invalid") && rows[0].1 == "—", "{rows:?}");
        assert_eq!((rows[0].2.as_str(), rows[0].3), ("Ana Souza", 29_700));
    })
    .await;
}

/// What is not known to have been given may have been given: it is taken away first, under the address that was told.
#[tokio::test]
async fn nobody_is_erased_while_the_first_grant_has_no_answer() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        world.area.fail_next(&[Verdict::Again(None); 12]);
        buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        for _ in 0..12 {
            days(world, 1).await;
        }
        days(world, 30).await;
        let told = world.area.told();
        let last = told.last().unwrap();
        assert_eq!((last.person.email.as_str(), last.is_active), (ANA, false), "of {} calls", told.len());
        assert_eq!(logged(world, EventName::AccountErased).await.len(), 1);
    })
    .await;
}

/// Of somebody whose order is another's by now, only a call that failed says which member area to ask: of the one who is
/// erased, and of an address that they had before.
#[tokio::test]
async fn somebody_with_nothing_left_but_a_failed_grant_is_erased_too() {
    const BEA: &str = "bea@example.com";
    for erased in [ANA, BEA] {
        each_world(async |world| {
            let luz = producer(world, "luz").await;
            buy(world, &luz, BEA, "P-0", &[("ebook", 1_990)]).await;
            world.settle().await;
            world.area.fail_next(&[Verdict::Again(None); 12]);
            buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
            days(world, 3).await;
            let buyer = sign_in(world, erased).await;
            let bea = "(select id from people where email = 'bea@example.com')";
            let mut tx = world.portal.db.begin().await.unwrap();
            on!(tx.conn(), c => {
                sqlx::query(AssertSqlSafe(format!("update orders set person_id = {bea}"))).execute(&mut *c).await.unwrap();
                if erased == BEA {
                    let moved = format!("update people set moved_to = {bea} where email = '{ANA}'");
                    sqlx::query(AssertSqlSafe(moved)).execute(c).await.unwrap();
                }
            });
            world.portal.commit(tx).await.unwrap();
            if erased == ANA {
                buy(world, &luz, BEA, "P-2", &[("photo", 29_700)]).await;
            }
            ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
            for _ in 0..12 {
                days(world, 1).await;
            }
            assert_eq!(logged(world, EventName::AccountErased).await.len(), 1, "{erased}");
            let told = world.area.told();
            let last = told.iter().rev().find(|told| told.person.email.as_str() == ANA).unwrap();
            assert!(!last.is_active, "{erased}: {last:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn nothing_is_erased_while_money_is_on_its_way() {
    each_world(async |world| {
        let buyer = bought(world).await;
        portal::refund::request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        let refused = ask_erasure(&buyer, new_request_id(&world.portal)).await;
        assert!(matches!(refused, Err(ErasureError::Open)), "{refused:?}");
        assert_eq!(erasure(&buyer).await.unwrap().open, [(OpenMatter::Refund, "P-1~luz".to_owned())]);
        world.settle().await;
        world.gateway.progress(&portal::ports::RefundProgress::Succeeded);
        world.clock.forward(Duration::from_secs(10));
        world.settle().await;
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_erased_while_instalments_of_a_price_are_not_paid() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        place(world, &producer, installments(world, ANA, "P-1", Method::Card, 12_000, 3)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let refused = ask_erasure(&buyer, new_request_id(&world.portal)).await;
        assert!(matches!(refused, Err(ErasureError::Open)), "{refused:?}");
        assert_eq!(erasure(&buyer).await.unwrap().open, [(OpenMatter::Installments, "P-1~luz".to_owned())]);
        days(world, 65).await;
        assert_eq!(world.gateway.charges().len(), 2, "the other instalments were charged");
        let buyer = sign_in(world, ANA).await;
        assert!(erasure(&buyer).await.unwrap().open.is_empty());
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_purchase_undoes_an_erasure_that_waits_and_says_so() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let producer = producer(world, "sol").await;
        let earlier = paid_order(world, ANA, "P-2", &[("ebook", 1_990)]);
        world.clock.forward(Duration::from_secs(60));
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        world.clock.forward(DAY);
        place(world, &producer, earlier).await;
        assert!(erasure(&buyer).await.unwrap().waiting.is_some(), "what was ordered before is no new purchase");
        buy(world, &producer, ANA, "P-3", &[("photo", 9_900)]).await;
        world.settle().await;
        assert!(erasure(&buyer).await.unwrap().waiting.is_none());
        let letters = world.mail.taken();
        let letter = letters.iter().rev().find(|letter| letter.subject == "ErasureUndone").unwrap();
        assert!(letter.text.contains("by_purchase: true"), "{}", letter.text);
        assert_eq!(logged(world, EventName::AccountErasureUndone).await.len(), 1);
        days(world, 8).await;
        let buyer = sign_in(world, ANA).await;
        assert_eq!(order(&buyer, "P-1").await.email.as_str(), ANA);
    })
    .await;
}

#[tokio::test]
async fn whoever_buys_while_an_erasure_is_carried_out_is_somebody_new() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let first = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
        place(world, &producer, first.clone()).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        world.settle().await;
        world.clock.forward(DAY * 7);
        // The member area is down: the erasure has begun and cannot end.
        world.area.fail_next(&[Verdict::Again(None), Verdict::Again(None)]);
        world.settle().await;
        assert_eq!(world.area.access_of(ANA).len(), 2);
        let codes = ["N-1", "N-2", "N-3", "N-4"];
        let buys = codes.map(|code| buy(world, &producer, ANA, code, &[("ebook", 1_990)]));
        join_all(buys).await;
        // The source goes on speaking of the old order: it stays where it is.
        let later = intake::NewOrder { version: Version::of_charge(world.portal.now()), ..first };
        let mut tx = world.portal.db.begin().await.unwrap();
        intake::place(&world.portal, &mut tx, &producer, later, Way::Report("api")).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        // The area is up again, and takes the old person out before it lets the new one in.
        days(world, 3).await;
        let buyer = sign_in(world, ANA).await;
        for code in codes {
            assert_eq!(order(&buyer, code).await.email.as_str(), ANA, "{code}");
        }
        assert!(portal::purchases::for_buyer(&buyer, "P-1").await.unwrap().is_none());
        assert_eq!(world.area.access_of(ANA).len(), 1, "what the new orders give, and no more");
        let sql = "select p.email, e.state, e.given_email from people p join erasures e on e.person_id = p.id";
        let rows: Vec<(String, String, Option<String>)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert_eq!((rows.len(), rows[0].1.as_str(), &rows[0].2), (1, "done", &None), "{rows:?}");
        assert!(rows[0].0.ends_with("@erased.invalid"), "{rows:?}");
        assert!(!view(&buyer).await.unwrap().sessions.is_empty(), "the new person's traces are not the old one's");
    })
    .await;
}
