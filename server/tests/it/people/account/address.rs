//! Another e-mail address: wished for, confirmed, and two homes that become one.

use super::{NEW, bought, days, mails_to};
use crate::harness::{ANA, DAY, buy, each_world, email, order, origin, paid_order, place, producer, sign_in};
use futures::future::join_all;
use portal::account::{
    EmailChangeError, LinkGone, ask_email, ask_erasure, confirm_email, look_email, view, withdraw_email,
};
use portal::intake::Way;
use portal::refund::new_request_id;
use portal::testing::World;
use portal::{Buyer, intake, on};
use std::time::Duration;

/// The secret in the newest mail that confirms an address.
fn confirm_token(world: &World, who: &str) -> String {
    let letters = world.mail.taken();
    let newest = letters.iter().rev().find(|letter| letter.to.as_str() == who && letter.subject == "EmailChange");
    let text = &newest.expect("a mail with a link to confirm").text;
    text.split("/e/").nth(1).unwrap()[..26].to_owned()
}

async fn asked(world: &World, buyer: &Buyer, new: &str) -> String {
    ask_email(buyer, &email(new)).await.unwrap();
    world.settle().await;
    confirm_token(world, new)
}

#[tokio::test]
async fn a_new_address_takes_orders_and_access_along_and_the_old_one_is_told() {
    each_world(async |world| {
        let buyer = bought(world).await;
        assert_eq!(world.area.access_of(ANA).len(), 2);
        let token = asked(world, &buyer, NEW).await;
        assert_eq!(mails_to(world, NEW, "EmailChange"), 1);
        assert_eq!(mails_to(world, ANA, "EmailNotice"), 1);
        // Looking changes nothing, however often.
        for _ in 0..3 {
            let seen = look_email(&world.portal, &token).await.unwrap();
            assert_eq!(
                (seen.from.as_str(), seen.to.as_str()),
                ("an***@example.com", NEW),
                "the new one can be checked"
            );
        }
        assert_eq!(view(&buyer).await.unwrap().email.as_str(), ANA);
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.settle().await;
        assert!(world.area.access_of(ANA).is_empty(), "the old address has lost it");
        assert_eq!(world.area.access_of(NEW).len(), 2, "the new one has it");
        assert_eq!(mails_to(world, NEW, "EmailChanged"), 1);
        assert_eq!(mails_to(world, ANA, "EmailChanged"), 1);
        assert!(view(&buyer).await.unwrap().sessions.is_empty(), "old sessions are over");
        let now = sign_in(world, NEW).await;
        assert_eq!(order(&now, "P-1").await.email.as_str(), NEW);
        assert!(view(&now).await.unwrap().new_email.is_none());
        // The old address signs nobody in.
        world.clock.forward(DAY);
        let before = mails_to(world, ANA, "SignInLink");
        let home = types::view::Target::Home;
        portal::sign_in::request_purchases_link(&world.portal, &origin("192.0.2.8"), email(ANA), home).await.unwrap();
        world.settle().await;
        assert_eq!(mails_to(world, ANA, "SignInLink"), before);
        // The link is spent.
        let again = confirm_email(&world.portal, &origin("192.0.2.9"), &token).await;
        assert!(matches!(again, Err(LinkGone::Ended)), "{again:?}");
        let unknown = look_email(&world.portal, "abcdefghijkmnpqrstuvwxyz23").await;
        assert!(matches!(unknown, Err(LinkGone::Invalid)), "{unknown:?}");
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_known_already_becomes_one_home_with_the_other() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let producer = producer(world, "sol").await;
        buy(world, &producer, NEW, "P-7", &[("ebook", 1_990)]).await;
        world.settle().await;
        let token = asked(world, &buyer, NEW).await;
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.settle().await;
        let now = sign_in(world, NEW).await;
        assert_eq!(
            (order(&now, "P-1").await.producer.slug, order(&now, "P-7").await.producer.slug),
            ("luz".into(), "sol".into())
        );
        // And back again: the first address is somebody who was here before.
        let token = asked(world, &now, ANA).await;
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.settle().await;
        world.clock.forward(DAY);
        let back = sign_in(world, ANA).await;
        assert_eq!(order(&back, "P-7").await.email.as_str(), ANA);
        assert!(world.area.access_of(NEW).is_empty());
        assert_eq!(world.area.access_of(ANA).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn eight_presses_move_a_person_once() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let token = asked(world, &buyer, NEW).await;
        let from = origin("192.0.2.9");
        let presses = join_all((0..8).map(|_| confirm_email(&world.portal, &from, &token))).await;
        assert_eq!(presses.iter().filter(|press| press.is_ok()).count(), 1, "{presses:?}");
        world.settle().await;
        assert_eq!(mails_to(world, ANA, "EmailChanged"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_wish_ends_after_an_hour_when_taken_back_and_when_a_later_one_comes() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let same = ask_email(&buyer, &email(ANA)).await;
        assert!(matches!(same, Err(EmailChangeError::Same)), "{same:?}");
        let first = asked(world, &buyer, NEW).await;
        let second = asked(world, &buyer, "outra@example.org").await;
        let gone = async |token: &str| matches!(look_email(&world.portal, token).await, Err(LinkGone::Ended));
        assert!(gone(&first).await && !gone(&second).await);
        withdraw_email(&buyer).await.unwrap();
        assert!(gone(&second).await);
        let third = asked(world, &buyer, NEW).await;
        world.clock.forward(Duration::from_secs(3600));
        assert!(gone(&third).await);
        let late = confirm_email(&world.portal, &origin("192.0.2.9"), &third).await;
        assert!(matches!(late, Err(LinkGone::Ended)), "{late:?}");
        assert_eq!(order(&buyer, "P-1").await.email.as_str(), ANA);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_written_to_without_end() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let mut refused = 0;
        for number in 0..8 {
            let asked = ask_email(&buyer, &email(&format!("x{number}@example.org"))).await;
            refused += usize::from(matches!(asked, Err(EmailChangeError::Limited { .. })));
        }
        assert_eq!(refused, 3, "five an hour");
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_source_says_later_of_the_old_address_is_said_of_the_new_one() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let first = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
        place(world, &producer, first.clone()).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let token = asked(world, &buyer, NEW).await;
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.clock.forward(DAY);
        let later =
            portal::intake::NewOrder { version: portal::intake::Version::of_charge(world.portal.now()), ..first };
        let mut tx = world.portal.db.begin().await.unwrap();
        portal::intake::place(&world.portal, &mut tx, &producer, later, portal::intake::Way::Report("api"))
            .await
            .unwrap();
        world.portal.commit(tx).await.unwrap();
        world.settle().await;
        let now = sign_in(world, NEW).await;
        assert_eq!(order(&now, "P-1").await.email.as_str(), NEW);
        assert!(world.area.access_of(ANA).is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_order_that_comes_in_while_its_buyer_moves_is_in_one_home() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let home =
            "select p.email from orders o join people p on p.id = o.person_id where p.moved_to is null and o.code = $1";
        for round in 0..8 {
            let (old, new) = (format!("old{round}@example.com"), format!("new{round}@example.org"));
            buy(world, &producer, &old, &format!("P-{round}"), &[("photo", 100)]).await;
            world.settle().await;
            world.clock.forward(Duration::from_secs(90));
            let buyer = sign_in(world, &old).await;
            let token = asked(world, &buyer, &new).await;
            // The order has its person, and is not there yet, when the press comes.
            let number = format!("Q-{round}");
            let coming = paid_order(world, &old, &number, &[("ebook", 100)]);
            let mut tx = world.portal.db.begin().await.unwrap();
            intake::place(&world.portal, &mut tx, &producer, coming, Way::Report("api")).await.unwrap();
            let from = origin("192.0.2.9");
            let commit = async {
                tokio::time::sleep(Duration::from_millis(30)).await;
                world.portal.commit(tx).await.unwrap();
            };
            let (pressed, ()) = futures::join!(confirm_email(&world.portal, &from, &token), commit);
            pressed.unwrap();
            for code in [number, format!("P-{round}")] {
                let mut reader = world.portal.db.read().await.unwrap();
                let rows: Vec<(String,)> = on!(reader.conn(), c => {
                    sqlx::query_as(home).bind(&code).fetch_all(c).await.unwrap()
                });
                assert_eq!(rows, [(new.clone(),)], "{code}");
            }
        }
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_order_of_two_addresses_that_are_confirmed_and_asked_for_at_once_does_not_matter() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let token = asked(world, &buyer, NEW).await;
        let from = origin("192.0.2.9");
        let other = email("outra@example.org");
        let (pressed, wished) = futures::join!(confirm_email(&world.portal, &from, &token), ask_email(&buyer, &other));
        // One of them came first: then the other one is told so, and nobody waits for ever.
        assert!(pressed.is_ok() != wished.is_ok(), "{pressed:?} {wished:?}");
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_wish_to_be_erased_moves_with_the_person_and_the_mail_says_so() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let producer = producer(world, "sol").await;
        buy(world, &producer, NEW, "P-7", &[("ebook", 1_990)]).await;
        world.settle().await;
        let protocol = ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        let token = asked(world, &buyer, NEW).await;
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.settle().await;
        let now = sign_in(world, NEW).await;
        assert_eq!(view(&now).await.unwrap().erasure.unwrap().protocol, protocol);
        let letters = world.mail.taken();
        let told = letters.iter().filter(|letter| letter.subject == "EmailChanged");
        assert!(told.clone().count() == 2 && told.clone().all(|letter| letter.text.contains(protocol.as_str())));
        days(world, 8).await;
        let sql = "select email from people where email not like '%@erased.invalid'";
        let left: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert!(left.is_empty(), "{left:?}");
        assert!(world.area.access_of(NEW).is_empty() && world.area.access_of(ANA).is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_two_wishes_to_be_erased_one_is_left_when_two_homes_become_one() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let producer = producer(world, "sol").await;
        buy(world, &producer, NEW, "P-7", &[("ebook", 1_990)]).await;
        world.settle().await;
        let second = sign_in(world, NEW).await;
        let kept = ask_erasure(&second, new_request_id(&world.portal)).await.unwrap();
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        let token = asked(world, &buyer, NEW).await;
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.clock.forward(Duration::from_secs(120));
        let now = sign_in(world, NEW).await;
        assert_eq!(view(&now).await.unwrap().erasure.unwrap().protocol, kept);
        let sql = "select undone_by from erasures where state = 'undone'";
        let rows: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert_eq!(rows, [("merged".to_owned(),)]);
    })
    .await;
}

/// The rows of an earlier version, which took `xn--` as it came.
async fn write_as_before(world: &World, address: &str, before: &str) {
    let mut tx = world.portal.db.begin().await.unwrap();
    let sql = "update people set email = $2 where email = $1";
    on!(tx.conn(), c => { sqlx::query(sql).bind(address).bind(before).execute(c).await.unwrap(); });
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_address_written_as_before_is_found_by_either_spelling_and_is_one_home() {
    const BEFORE: &str = "ana@xn--mnchen-3ya.de";
    const TODAY: &str = "ana@münchen.de";
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        buy(world, &luz, TODAY, "P-1", &[("photo", 29_700)]).await;
        write_as_before(world, TODAY, BEFORE).await;
        world.settle().await;
        assert_eq!(world.area.access_of(BEFORE).len(), 2);
        // The other spelling was somebody else.
        buy(world, &luz, TODAY, "P-2", &[("ebook", 1_990)]).await;
        world.settle().await;
        let mut tx = world.portal.db.begin().await.unwrap();
        portal::outbox::put(&world.portal, &mut tx, portal::account::Job::Respell).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        world.settle().await;
        world.settle().await;
        assert!(world.area.access_of(BEFORE).is_empty(), "the area held it under the old spelling");
        assert_eq!(world.area.access_of(TODAY).len(), 2);
        world.clock.forward(DAY);
        let buyer = sign_in(world, TODAY).await;
        for code in ["P-1", "P-2"] {
            assert_eq!(order(&buyer, code).await.email, email(BEFORE), "by either spelling");
        }
        // A source that goes on naming the old spelling means the same person.
        let again = paid_order(world, BEFORE, "P-1", &[("photo", 29_700)]);
        let mut tx = world.portal.db.begin().await.unwrap();
        intake::place(&world.portal, &mut tx, &luz, again, Way::Report("api")).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        assert_eq!(order(&buyer, "P-1").await.email.as_str(), TODAY);
    })
    .await;
}
