//! The account: what a person may do with what is known about them.

use crate::harness::{assert_sound, buy, email, line, order, origin, paid_order, place, seller, sign_in, worlds};
use futures::future::join_all;
use portal::account::{
    EmailChangeError, ErasureError, LinkGone, Profile, ask_email, ask_erasure, confirm_email, erasure, export,
    look_email, undo_erasure, view, withdraw_email, write_profile,
};
use portal::refund::new_request_id;
use portal::testing::World;
use portal::{Buyer, on, session};
use std::time::Duration;
use types::view::{OpenMatter, TimelineEvent};
use types::{Language, TaxId};

const ANA: &str = "ana@example.com";
const NEW: &str = "ana.nova@example.org";
const DAY: Duration = Duration::from_secs(86_400);

async fn bought(world: &World) -> Buyer {
    let producer = seller(world, "luz").await;
    buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
    world.settle().await;
    sign_in(world, ANA).await
}

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

fn mails_to(world: &World, who: &str, subject: &str) -> usize {
    let letters = world.mail.taken();
    letters.iter().filter(|letter| letter.to.as_str() == who && letter.subject == subject).count()
}

#[tokio::test]
async fn what_people_say_of_themselves_is_kept_and_told_in_the_log_without_the_number() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let profile = Profile {
            name: line("Ana S. Souza"),
            phone: Some(line("(11) 99999-0001")),
            tax_id: TaxId::parse("12.ABC.345/01DE-35").ok(),
        };
        write_profile(&buyer, &profile).await.unwrap();
        write_profile(&buyer, &profile).await.unwrap();
        let seen = view(&buyer).await.unwrap();
        assert_eq!((seen.name.as_str(), seen.phone.as_deref()), ("Ana S. Souza", Some("(11) 99999-0001")));
        assert_eq!(seen.tax_id, profile.tax_id);
        let sql = "select after from audit_entries where action = 'account.profile'";
        let rows: Vec<(String,)> = on!(world.portal.db.reader(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert_eq!(rows.len(), 1, "{}: what changes nothing is not told", world.engine);
        assert!(rows[0].0.contains("**.ABC.345/01DE-**") && !rows[0].0.contains("12ABC"), "{rows:?}");
    }
}

#[tokio::test]
async fn a_chosen_language_stays_whatever_browser_comes() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        assert_eq!(view(&buyer).await.unwrap().language, None);
        session::set_language(&buyer, Language::English).await.unwrap();
        world.clock.forward(Duration::from_secs(120));
        // Signs in again from a page in Portuguese.
        let again = sign_in(&world, ANA).await;
        assert_eq!((again.origin().language, again.language()), (Language::English, Some(Language::English)));
        assert_eq!(view(&again).await.unwrap().language, Some(Language::English), "{}", world.engine);
    }
}

#[tokio::test]
async fn one_session_or_all_of_them_end_at_once() {
    for world in worlds().await {
        let first = bought(&world).await;
        world.clock.forward(Duration::from_secs(120));
        let second = sign_in(&world, ANA).await;
        let seen = view(&first).await.unwrap().sessions;
        assert_eq!(seen.iter().map(|session| session.is_this).collect::<Vec<_>>(), [false, true]);
        assert!(session::end_one(&first, second.session()).await.unwrap());
        assert!(!session::end_one(&first, second.session()).await.unwrap(), "ended once");
        let producer = seller(&world, "sol").await;
        buy(&world, &producer, "bob@example.com", "P-9", &[("photo", 100)]).await;
        world.settle().await;
        let bob = sign_in(&world, "bob@example.com").await;
        assert!(!session::end_one(&bob, first.session()).await.unwrap(), "somebody else's is absent");
        session::end_all(&first).await.unwrap();
        assert!(view(&first).await.unwrap().sessions.is_empty(), "{}", world.engine);
        assert_eq!(view(&bob).await.unwrap().sessions.len(), 1);
    }
}

#[tokio::test]
async fn a_new_address_takes_orders_and_access_along_and_the_old_one_is_told() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        assert_eq!(world.area.held(ANA).len(), 2);
        let token = asked(&world, &buyer, NEW).await;
        assert_eq!((mails_to(&world, NEW, "EmailChange"), mails_to(&world, ANA, "EmailNotice")), (1, 1));
        // Looking changes nothing, however often.
        for _ in 0..3 {
            assert_eq!(look_email(&world.portal, &token).await.unwrap().to, "a***@example.org");
        }
        assert_eq!(view(&buyer).await.unwrap().email.as_str(), ANA);
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.settle().await;
        assert!(world.area.held(ANA).is_empty(), "{}: the old address has lost it", world.engine);
        assert_eq!(world.area.held(NEW).len(), 2, "{}: the new one has it", world.engine);
        assert_eq!((mails_to(&world, NEW, "EmailChanged"), mails_to(&world, ANA, "EmailChanged")), (1, 1));
        assert!(view(&buyer).await.unwrap().sessions.is_empty(), "old sessions are over");
        let now = sign_in(&world, NEW).await;
        assert_eq!(order(&now, "P-1").await.email.as_str(), NEW);
        assert!(view(&now).await.unwrap().new_email.is_none());
        // The old address signs nobody in.
        world.clock.forward(DAY);
        let before = mails_to(&world, ANA, "SignInLink");
        let home = types::view::Target::Home;
        portal::sign_in::request_purchases_link(&world.portal, &origin("192.0.2.8"), email(ANA), home).await.unwrap();
        world.settle().await;
        assert_eq!(mails_to(&world, ANA, "SignInLink"), before);
        // The link is spent.
        let again = confirm_email(&world.portal, &origin("192.0.2.9"), &token).await;
        assert!(matches!(again, Err(LinkGone::Ended)), "{again:?}");
        let unknown = look_email(&world.portal, "abcdefghijkmnpqrstuvwxyz23").await;
        assert!(matches!(unknown, Err(LinkGone::Invalid)), "{unknown:?}");
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn an_address_that_is_known_already_becomes_one_home_with_the_other() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let producer = seller(&world, "sol").await;
        buy(&world, &producer, NEW, "P-7", &[("ebook", 1_990)]).await;
        world.settle().await;
        let token = asked(&world, &buyer, NEW).await;
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.settle().await;
        let now = sign_in(&world, NEW).await;
        assert_eq!(
            (order(&now, "P-1").await.seller.slug, order(&now, "P-7").await.seller.slug),
            ("luz".into(), "sol".into())
        );
        // And back again: the first address is somebody who was here before.
        let token = asked(&world, &now, ANA).await;
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.settle().await;
        world.clock.forward(DAY);
        let back = sign_in(&world, ANA).await;
        assert_eq!(order(&back, "P-7").await.email.as_str(), ANA, "{}", world.engine);
        assert!(world.area.held(NEW).is_empty());
        assert_eq!(world.area.held(ANA).len(), 2);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn eight_presses_move_a_person_once() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let token = asked(&world, &buyer, NEW).await;
        let from = origin("192.0.2.9");
        let presses = join_all((0..8).map(|_| confirm_email(&world.portal, &from, &token))).await;
        assert_eq!(presses.iter().filter(|press| press.is_ok()).count(), 1, "{}: {presses:?}", world.engine);
        world.settle().await;
        assert_eq!(mails_to(&world, ANA, "EmailChanged"), 1);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_wish_ends_after_an_hour_when_taken_back_and_when_a_later_one_comes() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let same = ask_email(&buyer, &email(ANA)).await;
        assert!(matches!(same, Err(EmailChangeError::Same)), "{same:?}");
        let first = asked(&world, &buyer, NEW).await;
        let second = asked(&world, &buyer, "outra@example.org").await;
        let gone = async |token: &str| matches!(look_email(&world.portal, token).await, Err(LinkGone::Ended));
        assert!(gone(&first).await && !gone(&second).await);
        withdraw_email(&buyer).await.unwrap();
        assert!(gone(&second).await);
        let third = asked(&world, &buyer, NEW).await;
        world.clock.forward(Duration::from_secs(3600));
        assert!(gone(&third).await, "{}", world.engine);
        let late = confirm_email(&world.portal, &origin("192.0.2.9"), &third).await;
        assert!(matches!(late, Err(LinkGone::Ended)), "{late:?}");
        assert_eq!(order(&buyer, "P-1").await.email.as_str(), ANA);
    }
}

#[tokio::test]
async fn nobody_is_written_to_without_end() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let mut refused = 0;
        for number in 0..8 {
            let asked = ask_email(&buyer, &email(&format!("x{number}@example.org"))).await;
            refused += usize::from(matches!(asked, Err(EmailChangeError::Limited { .. })));
        }
        assert_eq!(refused, 3, "{}: five an hour", world.engine);
    }
}

#[tokio::test]
async fn what_a_source_says_later_of_the_old_address_is_said_of_the_new_one() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let first = paid_order(&world, ANA, "P-1", &[("photo", 29_700)]);
        place(&world, &producer, first.clone()).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let token = asked(&world, &buyer, NEW).await;
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
        let now = sign_in(&world, NEW).await;
        assert_eq!(order(&now, "P-1").await.email.as_str(), NEW, "{}", world.engine);
        assert!(world.area.held(ANA).is_empty());
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_copy_holds_everything_of_one_person_and_nothing_of_another() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let producer = seller(&world, "sol").await;
        buy(&world, &producer, "bob@example.com", "P-9", &[("photo", 100)]).await;
        portal::refund::request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let copy = serde_json::to_value(export(&buyer).await.unwrap()).unwrap();
        let text = copy.to_string();
        assert_eq!(copy["profile"]["email"], ANA);
        assert_eq!(copy["orders"][0]["charges"][0]["reference"], "ch_P-1");
        assert_eq!(copy["orders"][0]["refunds"][0]["amount"], 29_700);
        assert_eq!(copy["orders"][0]["items"][0]["name"], "Curso photo");
        assert_eq!(copy["orders"][0]["paid_at"], "2026-11-20T12:00:00Z");
        for part in ["sessions", "mails", "log", "access"] {
            assert!(!copy[part].as_array().unwrap().is_empty(), "{}: {part}", world.engine);
        }
        assert!(!text.contains("bob@example.com") && !text.contains("P-9") && !text.contains("token"), "{text}");
    }
}

#[tokio::test]
async fn erasing_waits_a_week_can_be_undone_and_leaves_the_record_of_the_sale() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let offer = erasure(&buyer).await.unwrap();
        assert_eq!((offer.kept_until.as_deref(), offer.open.len()), (Some("2031-11-20"), 0));
        let form = new_request_id(&world.portal);
        let protocol = ask_erasure(&buyer, form).await.unwrap();
        assert_eq!(ask_erasure(&buyer, form).await.unwrap(), protocol, "the same form is the same request");
        let other = ask_erasure(&buyer, new_request_id(&world.portal)).await;
        assert!(matches!(other, Err(ErasureError::Waiting)), "{other:?}");
        assert!(undo_erasure(&buyer).await.unwrap() && !undo_erasure(&buyer).await.unwrap());
        world.clock.forward(DAY * 8);
        world.settle().await;
        assert_eq!((mails_to(&world, ANA, "ErasureAsked"), mails_to(&world, ANA, "ErasureUndone")), (0, 1));
        assert_eq!(world.area.held(ANA).len(), 2, "{}: undone is undone", world.engine);

        let buyer = sign_in(&world, ANA).await;
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        world.clock.forward(DAY * 6);
        world.settle().await;
        assert_eq!(world.area.held(ANA).len(), 2);
        assert_eq!(mails_to(&world, ANA, "ErasureAsked"), 1);
        world.clock.forward(DAY);
        world.settle().await;
        assert!(world.area.held(ANA).is_empty(), "{}: the member area knows", world.engine);
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        let sql = "select p.email, p.name, o.buyer_name, o.total from people p join orders o on o.person_id = p.id";
        let rows: Vec<(String, String, String, i64)> =
            on!(world.portal.db.reader(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert!(rows[0].0.ends_with("@erased.invalid") && rows[0].1 == "—", "{}: {rows:?}", world.engine);
        assert_eq!((rows[0].2.as_str(), rows[0].3), ("Ana Souza", 29_700));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn nothing_is_erased_while_money_is_on_its_way() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        portal::refund::request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        let refused = ask_erasure(&buyer, new_request_id(&world.portal)).await;
        assert!(matches!(refused, Err(ErasureError::Open)), "{refused:?}");
        assert_eq!(erasure(&buyer).await.unwrap().open, [(OpenMatter::Refund, "P-1~luz".to_owned())]);
        world.settle().await;
        world.gateway.progress(&portal::ports::RefundProgress::Succeeded);
        world.clock.forward(Duration::from_secs(10));
        world.settle().await;
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
    }
}

#[tokio::test]
async fn an_order_tells_its_mails_and_what_the_log_knows() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        portal::refund::request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let events: Vec<TimelineEvent> =
            order(&buyer, "P-1").await.timeline.into_iter().map(|entry| entry.event).collect();
        for kind in ["purchase", "refund_requested", "refund_sent"] {
            let count = events.iter().filter(|event| **event == TimelineEvent::MailSent(kind.to_owned())).count();
            assert_eq!(count, 1, "{} {kind}: {events:?}", world.engine);
        }
        let recorded: Vec<_> = events.iter().filter(|event| matches!(event, TimelineEvent::Recorded(_))).collect();
        assert_eq!(recorded, [&TimelineEvent::Recorded("access.sent".to_owned())], "{}", world.engine);
    }
}

#[tokio::test]
async fn access_that_ends_is_announced_once_and_its_end_is_told_once() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        crate::harness::put_product_with_days(&world, &producer, "photo", 30).await;
        buy(&world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        assert_eq!(mails_to(&world, ANA, "AccessExpiring"), 0);
        world.clock.forward(DAY * 28);
        world.settle().await;
        world.settle().await;
        assert_eq!(
            (mails_to(&world, ANA, "AccessExpiring"), mails_to(&world, ANA, "AccessExpired")),
            (1, 0),
            "{}",
            world.engine
        );
        world.clock.forward(DAY * 4);
        world.settle().await;
        world.settle().await;
        assert_eq!(
            (mails_to(&world, ANA, "AccessExpiring"), mails_to(&world, ANA, "AccessExpired")),
            (1, 1),
            "{}",
            world.engine
        );
    }
}

#[tokio::test]
async fn access_that_another_order_gives_for_longer_does_not_end() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        crate::harness::put_product_with_days(&world, &producer, "ebook", 30).await;
        buy(&world, &producer, ANA, "P-1", &[("ebook", 1_990)]).await;
        buy(&world, &producer, ANA, "P-2", &[("photo", 29_700)]).await;
        world.settle().await;
        world.clock.forward(DAY * 40);
        world.settle().await;
        let told = world.mail.taken().into_iter().filter(|letter| letter.subject.starts_with("AccessExpir")).count();
        assert_eq!(told, 0, "{}", world.engine);
    }
}
