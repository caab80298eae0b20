//! The account: what a person may do with what is known about them.

use crate::billing::{parts, plan};
use crate::harness::{assert_sound, buy, code, email, line, order, origin, paid_order, place, seller, sign_in, worlds};
use futures::future::join_all;
use portal::account::{
    EmailChangeError, ErasureError, LinkGone, Profile, ask_email, ask_erasure, confirm_email, erasure, export,
    look_email, undo_erasure, view, withdraw_email, write_profile,
};
use portal::intake::{Version, Way};
use portal::ports::Verdict;
use portal::refund::new_request_id;
use portal::testing::World;
use portal::{Buyer, intake, on, session};
use std::time::Duration;
use types::view::{OpenMatter, TimelineEvent};
use types::{Language, Method, RefundState, TaxId};

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
        let rows: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
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
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
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

/// The reasons in the log's entries of an action.
async fn logged(world: &World, action: &str) -> Vec<(Option<String>,)> {
    let sql = "select reason from audit_entries where action = $1 order by at, id";
    on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).bind(action).fetch_all(c).await.unwrap())
}

async fn days(world: &World, number: u32) {
    for _ in 0..number {
        world.clock.forward(DAY);
        world.settle().await;
    }
    world.clock.forward(Duration::from_secs(700));
    world.settle().await;
}

#[tokio::test]
async fn nobody_is_erased_while_parts_of_a_price_are_not_paid() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        place(&world, &producer, parts(&world, ANA, "P-1", Method::Card, 12_000, 3)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let refused = ask_erasure(&buyer, new_request_id(&world.portal)).await;
        assert!(matches!(refused, Err(ErasureError::Open)), "{}: {refused:?}", world.engine);
        assert_eq!(erasure(&buyer).await.unwrap().open, [(OpenMatter::Parts, "P-1~luz".to_owned())]);
        days(&world, 65).await;
        assert_eq!(world.gateway.charges().len(), 2, "the other parts were charged");
        let buyer = sign_in(&world, ANA).await;
        assert!(erasure(&buyer).await.unwrap().open.is_empty(), "{}", world.engine);
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
    }
}

#[tokio::test]
async fn a_purchase_undoes_an_erasure_that_waits_and_says_so() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let producer = seller(&world, "sol").await;
        let earlier = paid_order(&world, ANA, "P-2", &[("ebook", 1_990)]);
        world.clock.forward(Duration::from_secs(60));
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        world.clock.forward(DAY);
        place(&world, &producer, earlier).await;
        assert!(erasure(&buyer).await.unwrap().waiting.is_some(), "what was ordered before is no new purchase");
        buy(&world, &producer, ANA, "P-3", &[("photo", 9_900)]).await;
        world.settle().await;
        assert!(erasure(&buyer).await.unwrap().waiting.is_none(), "{}", world.engine);
        let letters = world.mail.taken();
        let letter = letters.iter().rev().find(|letter| letter.subject == "ErasureUndone").unwrap();
        assert!(letter.text.contains("by_purchase: true"), "{}", letter.text);
        assert_eq!(logged(&world, "account.erasure_undo").await.len(), 1);
        days(&world, 8).await;
        let buyer = sign_in(&world, ANA).await;
        assert_eq!(order(&buyer, "P-1").await.email.as_str(), ANA, "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn whoever_buys_while_an_erasure_is_carried_out_is_somebody_new() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let first = paid_order(&world, ANA, "P-1", &[("photo", 29_700)]);
        place(&world, &producer, first.clone()).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        world.settle().await;
        world.clock.forward(DAY * 7);
        // The member area is down: the erasure has begun and cannot end.
        world.area.fail_next(&[Verdict::Again(None), Verdict::Again(None)]);
        world.settle().await;
        assert_eq!(world.area.held(ANA).len(), 2, "{}", world.engine);
        let codes = ["N-1", "N-2", "N-3", "N-4"];
        let buys = codes.map(|code| buy(&world, &producer, ANA, code, &[("ebook", 1_990)]));
        join_all(buys).await;
        // The source goes on speaking of the old order: it stays where it is.
        let later = intake::NewOrder { version: Version::of_charge(world.portal.now()), ..first };
        let mut tx = world.portal.db.begin().await.unwrap();
        intake::place(&world.portal, &mut tx, &producer, later, Way::Report("api")).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        // The area is up again, and takes the old person out before it lets the new one in.
        days(&world, 3).await;
        let buyer = sign_in(&world, ANA).await;
        for code in codes {
            assert_eq!(order(&buyer, code).await.email.as_str(), ANA, "{} {code}", world.engine);
        }
        assert!(portal::order::for_buyer(&buyer, "P-1").await.unwrap().is_none(), "{}", world.engine);
        assert_eq!(world.area.held(ANA).len(), 1, "{}: what the new orders give, and no more", world.engine);
        let sql = "select p.email, e.state, e.given_email from people p join erasures e on e.person_id = p.id";
        let rows: Vec<(String, String, Option<String>)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert_eq!((rows.len(), rows[0].1.as_str(), &rows[0].2), (1, "done", &None), "{}: {rows:?}", world.engine);
        assert!(rows[0].0.ends_with("@erased.invalid"), "{rows:?}");
        assert!(!view(&buyer).await.unwrap().sessions.is_empty(), "the new person's traces are not the old one's");
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn an_order_that_comes_in_while_its_buyer_moves_is_in_one_home() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let home =
            "select p.email from orders o join people p on p.id = o.person_id where p.moved_to is null and o.code = $1";
        for round in 0..8 {
            let (old, new) = (format!("old{round}@example.com"), format!("new{round}@example.org"));
            buy(&world, &producer, &old, &format!("P-{round}"), &[("photo", 100)]).await;
            world.settle().await;
            world.clock.forward(Duration::from_secs(90));
            let buyer = sign_in(&world, &old).await;
            let token = asked(&world, &buyer, &new).await;
            // The order has its person, and is not there yet, when the press comes.
            let number = format!("Q-{round}");
            let coming = paid_order(&world, &old, &number, &[("ebook", 100)]);
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
                let rows: Vec<(String,)> = on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(home).bind(&code).fetch_all(c).await.unwrap());
                assert_eq!(rows, [(new.clone(),)], "{} {code}", world.engine);
            }
        }
        world.settle().await;
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn the_order_of_two_addresses_that_are_confirmed_and_asked_for_at_once_does_not_matter() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let token = asked(&world, &buyer, NEW).await;
        let from = origin("192.0.2.9");
        let other = email("outra@example.org");
        let (pressed, wished) = futures::join!(confirm_email(&world.portal, &from, &token), ask_email(&buyer, &other));
        // One of them came first: then the other one is told so, and nobody waits for ever.
        assert!(pressed.is_ok() != wished.is_ok(), "{}: {pressed:?} {wished:?}", world.engine);
    }
}

#[tokio::test]
async fn words_to_a_seller_go_with_their_writer() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        buy(&world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        world.clock.forward(DAY * 30);
        let buyer = sign_in(&world, ANA).await;
        let form = new_request_id(&world.portal);
        let protocol = portal::refund::ask(&buyer, "P-1", form, "Estou doente.").await.unwrap();
        let no = portal::refund::Answer::Decline { reason: Some(line("Fora do prazo")) };
        let state = portal::refund::answer(&world.portal, &producer, &code("P-1"), &protocol, no).await.unwrap();
        assert_eq!(state, RefundState::Declined);
        let told = order(&buyer, "P-1").await.timeline;
        assert!(told.iter().any(|entry| entry.event == TimelineEvent::RefundDeclined(protocol.clone())), "{told:?}");
        assert_eq!(logged(&world, "refund.request").await, [(Some("Estou doente.".to_owned()),)]);
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        days(&world, 8).await;
        assert_eq!(logged(&world, "account.erase").await.len(), 1, "{}", world.engine);
        assert_eq!(logged(&world, "refund.request").await, [(None,)], "{}", world.engine);
        assert_eq!(logged(&world, "refund.answer").await, [(Some("Fora do prazo".to_owned()),)], "the seller's stay");
        assert!(!world.portal.db.dump().await.unwrap().contains("Estou doente"), "{}", world.engine);
    }
}

#[tokio::test]
async fn a_wish_to_be_erased_moves_with_the_person_and_the_mail_says_so() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let producer = seller(&world, "sol").await;
        buy(&world, &producer, NEW, "P-7", &[("ebook", 1_990)]).await;
        world.settle().await;
        let protocol = ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        let token = asked(&world, &buyer, NEW).await;
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.settle().await;
        let now = sign_in(&world, NEW).await;
        assert_eq!(view(&now).await.unwrap().erasure.unwrap().protocol, protocol, "{}", world.engine);
        let letters = world.mail.taken();
        let told = letters.iter().filter(|letter| letter.subject == "EmailChanged");
        assert!(told.clone().count() == 2 && told.clone().all(|letter| letter.text.contains(protocol.as_str())));
        days(&world, 8).await;
        let sql = "select email from people where email not like '%@erased.invalid'";
        let left: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert!(left.is_empty(), "{}: {left:?}", world.engine);
        assert!(world.area.held(NEW).is_empty() && world.area.held(ANA).is_empty());
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn of_two_wishes_to_be_erased_one_is_left_when_two_homes_become_one() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let producer = seller(&world, "sol").await;
        buy(&world, &producer, NEW, "P-7", &[("ebook", 1_990)]).await;
        world.settle().await;
        let second = sign_in(&world, NEW).await;
        let kept = ask_erasure(&second, new_request_id(&world.portal)).await.unwrap();
        ask_erasure(&buyer, new_request_id(&world.portal)).await.unwrap();
        let token = asked(&world, &buyer, NEW).await;
        confirm_email(&world.portal, &origin("192.0.2.9"), &token).await.unwrap();
        world.clock.forward(Duration::from_secs(120));
        let now = sign_in(&world, NEW).await;
        assert_eq!(view(&now).await.unwrap().erasure.unwrap().protocol, kept, "{}", world.engine);
        let sql = "select undone_by from erasures where state = 'undone'";
        let rows: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert_eq!(rows, [("merged".to_owned(),)], "{}", world.engine);
    }
}

#[tokio::test]
async fn signing_out_and_choosing_a_language_are_in_the_log_once() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        for _ in 0..2 {
            session::set_language(&buyer, Language::English).await.unwrap();
        }
        assert_eq!(logged(&world, "account.language").await.len(), 1, "{}", world.engine);
        world.clock.forward(Duration::from_secs(120));
        let from = origin("198.51.100.9");
        let home = types::view::Target::Home;
        let request = portal::sign_in::request_purchases_link(&world.portal, &from, email(ANA), home).await.unwrap();
        world.settle().await;
        let (_, typed) = crate::harness::link_and_code(&world, ANA);
        let code_for = portal::sign_in::CodeFor::Request(request.request);
        let token = portal::sign_in::enter_code(&world.portal, &from, code_for, &typed).await.unwrap().token;
        for _ in 0..2 {
            session::end(&world.portal, &token, &from).await.unwrap();
        }
        session::end(&world.portal, "no such token", &from).await.unwrap();
        assert_eq!(logged(&world, "session.sign_out").await.len(), 1, "{}", world.engine);
    }
}

/// The names under which things are told; a change of them is a change for whoever reads such files.
#[tokio::test]
async fn a_copy_tells_the_same_parts_by_the_same_names() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        place(&world, &producer, plan(&world, ANA, "S-1", Method::Card, 4_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let copy = serde_json::to_value(export(&buyer).await.unwrap()).unwrap();
        let names =
            |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(
            names(&copy),
            "access address_changes erasure_requests log made_at mails orders profile sessions",
            "{}",
            world.engine
        );
        let order = &copy["orders"][0];
        assert_eq!(
            names(order),
            "billing buyer_name cancel_attempts cancellations card_brand card_last4 card_visits charges code created_at currency gateway invoices items \
             kind method ordered_at paid_at payment_methods phone plan_changes refund_parts refunds released_at seller sold source status stay_offers \
             subscriptions tax_id total"
        );
        assert_eq!(names(&order["sold"][0]), "amount currency name offer_name window_days");
        assert_eq!(names(&order["payment_methods"][0]), "brand exp_month exp_year last4 method updated_at");
    }
}

#[tokio::test]
async fn a_copy_holds_what_was_said_to_the_seller_and_how_the_plan_was_changed() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let retention = portal::policy::Retention { reason: None, offer: portal::policy::RetentionOffer::Message };
        let mut policy = portal::policy::Policy::default();
        policy.cancel.retention = vec![retention];
        portal::policy::put(&world.portal, &producer, None, &policy).await.unwrap();
        place(&world, &producer, plan(&world, ANA, "S-1", Method::Card, 4_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let subscription = order(&buyer, "S-1").await.subscription.unwrap().id;
        portal::subscription::open(&buyer, subscription).await.unwrap();
        portal::subscription::accept(&buyer, subscription, "", "Quero falar com alguém.").await.unwrap();
        let copy = serde_json::to_value(export(&buyer).await.unwrap()).unwrap();
        let order = &copy["orders"][0];
        assert_eq!(order["stay_offers"][0]["message"], "Quero falar com alguém.", "{}", world.engine);
        assert_eq!(order["cancel_attempts"][0]["outcome"], "saved");
        assert_eq!(order["payment_methods"][0]["method"], "card");
    }
}
