//! Another card or another way to pay, kept once and told.

use super::{place_of, saved, shop, subscribe, subscriber, update_at};
use crate::harness::browserless::form;
use crate::harness::http::Request;
use crate::harness::{ANA, buy, each_world, mails, paid_order, place, producer, sign_in};
use portal::card::{CardError, begin, page, update, use_for_others};
use portal::intake::Card;
use portal::ports::{CardProgress, SavedCard};
use portal::refund::new_request_id;
use std::time::Duration;
use types::OrderKind;
use types::view::{CardPlace, CardRefusal, SwapOutcome, SwapState};

#[tokio::test]
async fn a_card_is_kept_once_however_many_look_and_the_buyer_is_told_once() {
    each_world(async |world| {
        let (buyer, place) = subscriber(world).await;
        let form = new_request_id(&world.portal);
        let url = begin(&buyer, &place, form).await.unwrap().url;
        assert_eq!(begin(&buyer, &place, form).await.unwrap().url, url, "the same form is the same card update");
        let id = update_at(&url);
        assert!(matches!(update(&buyer, &place, id).await.unwrap().state, SwapState::Open { .. }));
        world.gateway.end_card(&id.to_string(), saved("tok"));
        let looks = futures::future::join_all((0..6).map(|_| update(&buyer, &place, id))).await;
        for look in looks {
            let SwapState::Saved { card, outcome } = look.unwrap().state else { panic!("not saved") };
            assert_eq!((card.last4.as_str(), outcome), ("1881", SwapOutcome::Nothing));
        }
        world.settle().await;
        assert_eq!(mails(world, "CardChanged"), 1);
        let seen = page(&buyer, &place).await.unwrap();
        assert_eq!(seen.payment.card.unwrap().last4, "1881");
    })
    .await;
}

#[tokio::test]
async fn a_buyer_who_never_comes_back_has_the_new_card_all_the_same() {
    each_world(async |world| {
        let (buyer, place) = subscriber(world).await;
        let url = begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap().url;
        world.gateway.end_card(&update_at(&url).to_string(), saved("tok"));
        world.clock.forward(Duration::from_secs(120));
        world.settle().await;
        world.settle().await;
        assert_eq!(page(&buyer, &place).await.unwrap().payment.card.unwrap().last4, "1881");
        assert_eq!(mails(world, "CardChanged"), 1);
        // A card update that nobody ends is forgotten at last.
        let url = begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap().url;
        for _ in 0..40 {
            world.clock.forward(Duration::from_secs(3600));
            world.settle().await;
        }
        // The session ended long ago: the state is looked at on disk.
        let rows = crate::harness::rows::rows(&world.portal.db, &[]).await;
        let closed = rows["card_updates"].iter().any(|row| row.contains("'closed'"));
        assert!(closed, "{url}: {:?}", rows["card_updates"]);
    })
    .await;
}

#[tokio::test]
async fn the_card_is_used_for_other_plans_only_where_that_was_chosen() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let sol = producer(world, "sol").await;
        for (producer, code) in [(&luz, "P-1"), (&luz, "P-2"), (&luz, "P-3"), (&sol, "S-1")] {
            subscribe(world, producer, code).await;
        }
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let place = place_of(&buyer, "P-1").await;
        let id = update_at(&begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap().url);
        world.gateway.end_card(&id.to_string(), saved("tok"));
        let seen = update(&buyer, &place, id).await.unwrap();
        assert_eq!(seen.others.len(), 2, "those of another producer are not offered");
        let CardPlace::Subscription(foreign) = place_of(&buyer, "S-1").await else { unreachable!() };
        let chosen = [seen.others[0].id, foreign];
        for _ in 0..2 {
            use_for_others(&buyer, &place, id, &chosen).await.unwrap();
        }
        world.settle().await;
        let used: Vec<bool> =
            update(&buyer, &place, id).await.unwrap().others.iter().map(|one| one.is_changed).collect();
        assert_eq!(used, [true, false]);
        assert_eq!(mails(world, "CardChanged"), 2);
        let untouched = page(&buyer, &CardPlace::Subscription(foreign)).await.unwrap();
        assert_ne!(untouched.payment.card.map(|card| card.last4), Some("1881".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn what_has_no_card_to_change_says_why() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "ONE", &[("photo", 29_700)]).await;
        let mut slips = paid_order(world, ANA, "SLIP", &[("photo", 29_700)]);
        slips.kind = OrderKind::SlipInstallments;
        place(world, &producer, slips).await;
        let mut smart = paid_order(world, ANA, "SMART", &[("photo", 29_700)]);
        smart.kind = OrderKind::SmartInstallments;
        place(world, &producer, smart).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        for (code, expected) in
            [("ONE", Some(CardRefusal::OneOff)), ("SLIP", Some(CardRefusal::SlipInstallments)), ("SMART", None)]
        {
            let place = CardPlace::Order(code.to_owned());
            assert_eq!(page(&buyer, &place).await.unwrap().refusal, expected, "{code}");
            let begun = begin(&buyer, &place, new_request_id(&world.portal)).await;
            match (expected, begun) {
                (None, Ok(_)) => {}
                (Some(refusal), Err(CardError::Refused(said))) => assert_eq!(said, refusal),
                (_, begun) => panic!("{code}: {begun:?}"),
            }
        }
        let absent = CardPlace::Order("NOPE".to_owned());
        assert!(matches!(page(&buyer, &absent).await, Err(CardError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_card_that_expires_next_month_is_told_once() {
    each_world(async |world| {
        let (buyer, place) = subscriber(world).await;
        let id = update_at(&begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap().url);
        let card =
            SavedCard { token: "t".into(), brand: "visa".into(), last4: "4242".into(), exp_month: 12, exp_year: 2026 };
        world.gateway.end_card(&id.to_string(), CardProgress::Saved(card));
        update(&buyer, &place, id).await.unwrap();
        for _ in 0..2 {
            portal::card::remind(&world.portal).await.unwrap();
            world.settle().await;
        }
        assert_eq!(mails(world, "CardExpiring"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_card_that_cannot_be_changed_here_is_no_mail_when_it_expires() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let mut order = crate::money::billing::plan(world, ANA, "S-9", types::Method::Card, 4_990);
        order.payment.card =
            Some(Card { brand: crate::harness::line("visa"), last4: "4242".to_owned(), exp_month: 12, exp_year: 2026 });
        order.gateway = crate::harness::line("elsewhere");
        place(world, &luz, order).await;
        world.settle().await;
        portal::card::remind(&world.portal).await.unwrap();
        world.settle().await;
        assert_eq!(mails(world, "CardExpiring"), 0, "its page would only say that the card is kept elsewhere");
    })
    .await;
}

#[tokio::test]
async fn another_way_to_pay_is_chosen_and_refusals_say_why() {
    for engine in crate::harness::site::ENGINES {
        let (site, _luz, mut ana, address) = shop(engine).await;
        let page = ana.visit(&address).await.expect(200);
        let method = form(&page, &format!("{address}/method"));
        let changed = ana.submit(&method, &[("method", "pix")]).await.expect(200).text();
        assert!(changed.contains("Pix") && changed.contains("Usar um cartão"), "{changed}");
        site.mail.wait(ANA, "/card").await;
        ana.press(&method, &[("method", "pix")]).await.expect(303);
        ana.press(&method, &[("method", "other")]).await.expect(409);
        ana.press(&method, &[("method", "gold")]).await.expect(409);
        let refused = ana.visit("/orders/A-1/card").await.expect(200).text();
        assert!(refused.contains("paga de uma vez") && !refused.contains("Trocar cartão<"), "{refused}");
        let request = [("request".to_owned(), "01890a5d-ac96-774b-bcce-b302099a8057".to_owned())];
        ana.send(Request::new("POST", "/orders/A-1/card").form(&request)).await.expect(409);
        site.assert_sound().await;
    }
}
