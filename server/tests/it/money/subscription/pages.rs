//! Subscriptions on the pages: the way out, what is overdue, what comes next.

use super::offers;
use super::{id_of, page, plan, set_policy, subscribed};
use crate::harness::browserless::{form, forms};
use crate::harness::member_areas::Area;
use crate::harness::shop::{self, catalogue, sell, subscription_of};
use crate::harness::site::Site;
use crate::harness::{ANA, DAY, each_world, order, place, producer, sign_in};
use portal::policy::RetentionOffer;
use portal::subscription::accept;
use types::SubscriptionStatus;

#[tokio::test]
async fn the_way_out_takes_three_pages_without_scripts_and_the_way_back_is_one_press() {
    for engine in crate::harness::site::ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        catalogue(&luz, &Area::own().await).await;
        let offer = serde_json::json!({"kind": "discount", "percent": 30, "cycles": 3});
        let policy = serde_json::json!({"cancel": {"retention": [{"reason": "too-expensive", "offer": offer}]}});
        luz.put("policy", &policy).await.expect(200);
        let order_link = sell(&luz, &shop::subscription("S-1", ANA)).await;

        // The link that leads to cancelling leads there once its owner is in.
        let mut ana = site.browser();
        let link_page = ana.visit(&format!("{order_link}?to=cancel")).await.expect(200);
        ana.submit(&form(&link_page, "/o/"), &[]).await.expect(200);
        let letter = site.mail.wait(ANA, "/l/").await;
        assert!(letter.text.contains("Clube Luz"), "{}", letter.text);

        let page = ana.visit(&letter.link("/l/")).await.expect(200);
        let what = ana.submit(&form(&page, "/l/"), &[]).await.expect(200);
        let address = subscription_of(&mut ana).await;
        assert!(what.text().contains("Seu acesso continua até") && what.text().contains("49,90"), "{}", what.text());

        let why = ana.submit(&form(&what, &format!("{address}/cancel/begin")), &[]).await.expect(200);
        assert!(
            why.text().contains("30% de desconto") && why.text().contains("Não, cancelar renovação"),
            "{}",
            why.text()
        );
        assert_eq!(why.text().matches("checked").count(), 0, "nothing is chosen for anybody");

        let confirm = forms(&why.text()).into_iter().find(|form| form.action == format!("{address}/cancel")).unwrap();
        let first = ana.press(&confirm, &[("reason", "too-expensive"), ("comment", "<b>caro</b>")]).await.expect(303);
        let second = ana.press(&confirm, &[]).await.expect(303);
        assert_eq!(first.header("location"), second.header("location"));

        let receipt = ana.follow(first).await.expect(200);
        assert!(receipt.text().contains("Renovação cancelada"), "{}", receipt.text());

        let protocol = second.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
        site.mail.wait(ANA, &protocol).await;
        // Cancelling again leads to the receipt.
        assert!(ana.visit(&format!("{address}/cancel")).await.expect(200).text().contains(&protocol));
        assert!(ana.visit("/orders/S-1").await.expect(200).text().contains("Cancelada, com acesso"));

        let back = ana.submit(&form(&receipt, &format!("{address}/cancel/undo")), &[]).await.expect(200);
        assert!(back.text().contains("Ativa") && back.text().contains("Cancelar renovação"), "{}", back.text());

        let stale = ana.submit(&form(&receipt, &format!("{address}/cancel/undo")), &[]).await.expect(200);
        assert!(stale.text().contains("Ativa"));

        ana.get(&format!("{address}/cancel/C-2222-2222")).await.expect(404);
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn instalments_say_on_their_order_why_they_cannot_be_cancelled() {
    let site = Site::start("sqlite").await;
    let luz = site.producer("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    for (code, kind) in [("P-1", "smart_installments"), ("P-2", "slip_installments")] {
        let mut body = shop::order(code, ANA, &[("foto", 29_700)]);
        body["kind"] = serde_json::json!(kind);
        sell(&luz, &body).await;
    }
    let mut ana = shop::sign_in(&site, ANA).await;
    for code in ["P-1", "P-2"] {
        let text = ana.visit(&format!("/orders/{code}")).await.expect(200).text();
        assert!(text.contains("As parcelas são o preço do que você comprou"), "{text}");
    }
    site.assert_sound().await;
}

#[tokio::test]
async fn what_is_overdue_says_why_when_it_is_tried_again_and_when_access_stops() {
    use portal::ports::ChargeProgress;
    use types::DeclineReason;
    use types::view::AlertKind;
    let broke = ChargeProgress::Declined(DeclineReason::InsufficientFunds);
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        place(world, &producer, plan(world, "S-1", SubscriptionStatus::Active)).await;
        place(world, &producer, crate::money::billing::installments(world, ANA, "P-1", types::Method::Card, 29_700, 3))
            .await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = id_of(&buyer, "S-1").await;
        world.gateway.next_charges(&[broke.clone(), broke.clone()]);
        world.clock.jump(page(&buyer, id).await.next.unwrap().at.plus(DAY));
        world.settle().await;
        let reason = Some(DeclineReason::InsufficientFunds);
        let overdue = page(&buyer, id).await.overdue.unwrap();
        assert_eq!((overdue.reason, overdue.amount.amount), (reason, 4_990));
        // One, three, five and seven days after the first try.
        assert_eq!(overdue.retries.len(), 4, "{overdue:?}");
        assert_eq!(overdue.access_stops, overdue.retries.last().copied());

        let of_parts = order(&buyer, "P-1").await.overdue.unwrap();
        assert_eq!(of_parts.reason, reason);
        assert_eq!(of_parts.amount.amount, 9_900);
        assert_eq!(of_parts.retries.len(), 4);

        let home = portal::purchases::home(&buyer, &portal::purchases::HomeQuery::default()).await.unwrap();
        let access_stops = overdue.access_stops;
        let kinds: Vec<_> = home.alerts.iter().map(|alert| alert.kind).collect();
        assert!(kinds.contains(&AlertKind::PastDue { reason, access_stops }), "{kinds:?}");
        assert!(kinds.iter().any(|kind| matches!(kind, AlertKind::PartLate { reason: why, .. } if *why == reason)));

        // Also where the list does not show them.
        let nothing = portal::purchases::HomeQuery { search: Some("nada disso".to_owned()), ..Default::default() };
        let found = portal::purchases::home(&buyer, &nothing).await.unwrap();
        assert!(found.producers.is_empty());
        assert_eq!(found.alerts, home.alerts);

        // Paid, nothing is left of it.
        world.clock.forward(DAY);
        world.settle().await;
        let home = portal::purchases::home(&buyer, &portal::purchases::HomeQuery::default()).await.unwrap();
        assert!(home.alerts.is_empty() && order(&buyer, "P-1").await.overdue.is_none());

        let view = order(&buyer, "S-1").await;
        let plan = view.subscription.unwrap();
        assert_eq!(view.charges[0].period, Some((plan.period_start, plan.period_end)));
    })
    .await;
}

#[tokio::test]
async fn home_says_that_a_boleto_or_pix_for_what_comes_next_waits_to_be_paid() {
    use portal::ports::ChargeProgress;
    use types::Method;
    use types::view::AlertKind;
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        place(world, &producer, crate::money::billing::plan(world, ANA, "S-1", Method::Pix, 4_990)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let kinds = async || {
            let home = portal::purchases::home(&buyer, &portal::purchases::HomeQuery::default()).await.unwrap();
            home.alerts.iter().map(|alert| alert.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds().await, [], "nothing is due yet");
        let until = world.portal.now().plus(DAY * 40);
        let (code, url) = ("000201".to_owned(), "https://gateway.test/pix".to_owned());
        world.gateway.next_charges(&[ChargeProgress::Waiting { code, url, until }]);
        let id = id_of(&buyer, "S-1").await;
        world.clock.jump(page(&buyer, id).await.next.unwrap().at);
        world.settle().await;
        let amount = types::Money::new(4_990, types::Currency::BRL);
        assert_eq!(kinds().await, [AlertKind::ToPay]);
        let home = portal::purchases::home(&buyer, &portal::purchases::HomeQuery::default()).await.unwrap();
        let owed = home.alerts[0].owed.clone().unwrap();
        assert_eq!((owed.amount, owed.method, owed.is_open), (amount, Method::Pix, true));
        assert!(owed.due_on.is_some() && home.producers[0].orders[0].owed.as_ref() == Some(&owed), "{owed:?}");
        // Paid, nothing is left of it.
        let (charge, _) = world.gateway.charges_of(ANA).pop().unwrap();
        world.gateway.charge_progress(&charge.key, ChargeProgress::Paid);
        world.clock.jump(until);
        world.settle().await;
        assert!(!kinds().await.contains(&AlertKind::ToPay));
    })
    .await;
}

#[tokio::test]
async fn home_shows_what_will_really_be_charged_next_and_a_charge_leads_back_to_its_page() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        let discount = RetentionOffer::Discount { percent: 30, cycles: 1 };
        set_policy(world, &producer, offers(&[(None, discount)])).await;
        accept(&buyer, id, "", "").await.unwrap();
        let next = async || {
            let home = portal::purchases::home(&buyer, &portal::purchases::HomeQuery::default()).await.unwrap();
            let plan = home.producers[0].orders[0].subscription.clone().unwrap();
            (plan.next_amount().amount, plan.next_charge_at.unwrap())
        };
        for amount in [3_493, 4_990] {
            let (shown, at) = next().await;
            assert_eq!(shown, amount);
            assert_eq!(order(&buyer, "S-1").await.subscription.unwrap().next_amount().amount, amount);
            world.clock.jump(at);
            world.settle().await;
        }
        let (charged, _) = &world.gateway.charges()[0];
        // The page that asks what came of it.
        assert!(charged.return_url.ends_with(&format!("/subscriptions/{id}/card?back")), "{}", charged.return_url);
        place(world, &producer, crate::money::billing::installments(world, ANA, "P-1", types::Method::Card, 29_700, 3))
            .await;
        world.settle().await;
        world.clock.forward(DAY * 32);
        world.settle().await;
        let all = world.gateway.charges();
        assert!(all.iter().any(|(charge, _)| charge.return_url.ends_with("/orders/P-1~luz/card?back")), "{all:?}");
    })
    .await;
}
