//! The money that a change takes: once, and the old plan stays until it is there.

use super::{at, changed, shop, sold, state, subscribed, subscription};
use crate::harness::{ANA, Cut, assert_sound, each_world, line, mails, order, place, sign_in, wait_for_the_dead};
use futures::future::join_all;
use portal::intake::NewSubscription;
use portal::ledger;
use portal::outbox::{Claim, Run};
use portal::plan::Reporter;
use portal::plan::{PlanError, change, confirm, plans, quote};
use portal::ports::ChargeProgress;
use portal::testing::GatewayFault;
use std::time::Duration;
use types::plan::PlanRefusal;
use types::view::{CardPlace, OrderView};
use types::{DeclineReason, IntervalUnit, Method, PlanChangeState, SubscriptionStatus};

#[tokio::test]
async fn fifty_rounds_of_eight_presses_are_one_change_and_one_charge_each() {
    each_world(async |world| {
        let producer = shop(world).await;
        place(world, &producer, sold(world, "S-0", "basic", "ebook", 9_990)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        for round in 1..=50 {
            let number = format!("S-{round}");
            place(world, &producer, sold(world, &number, "basic", "ebook", 9_990)).await;
            let id = subscription(&buyer, &number).await.id;
            // Half of the presses are of one form, half of forms in another tab.
            let forms = [quote(&buyer, id, "gold").await.unwrap(), quote(&buyer, id, "gold").await.unwrap()];
            let presses = join_all((0..8).map(|n| confirm(&buyer, id, forms[n % 2], 1, true))).await;
            assert!(presses.iter().any(Result::is_ok), "round {round}: {presses:?}");
            let refused = presses.iter().filter_map(|press| press.as_ref().err());
            for error in refused {
                assert!(matches!(error, PlanError::Refused(PlanRefusal::UnderWay(_))), "{error:?}");
            }
        }
        world.settle().await;
        let charges = world.gateway.charges();
        assert_eq!(charges.len(), 50);
        assert!(charges.iter().all(|(charge, _)| charge.amount.amount == 2_258));
        assert_eq!(mails(world, "PlanChanged"), 50);
    })
    .await;
}

#[tokio::test]
async fn a_decline_leaves_everything_as_it_was() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        // But for what the buyer can read of the try.
        let order = async || OrderView { timeline: Vec::new(), ..order(&buyer, "S-1").await };
        let before = order().await;
        world.gateway.next_charges(&[ChargeProgress::Declined(DeclineReason::InsufficientFunds)]);
        let number = changed(world, &buyer, id, "gold").await;
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.decline), (PlanChangeState::Declined, Some(DeclineReason::InsufficientFunds)));
        assert_eq!(order().await, before);
        assert_eq!(mails(world, "PlanChanged"), 0);
        // It may be tried again, by a quote of its own.
        changed(world, &buyer, id, "gold").await;
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 19_990);
        assert_eq!(world.gateway.charges().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_unclear_answer_is_asked_about_before_anything_is_charged_again() {
    use GatewayFault::{LostAfter, LostBefore, Unavailable};
    each_world(async |world| {
        let producer = shop(world).await;
        let faults: [&[GatewayFault]; 4] =
            [&[LostAfter], &[LostBefore], &[Unavailable, LostBefore, Unavailable], &[LostBefore, LostAfter]];
        for (round, faults) in faults.iter().enumerate() {
            let number = format!("S-{round}");
            place(world, &producer, sold(world, &number, "basic", "ebook", 9_990)).await;
            world.settle().await;
            let buyer = sign_in(world, ANA).await;
            world.clock.forward(Duration::from_secs(90));
            let id = subscription(&buyer, &number).await.id;
            world.gateway.fail_next_charges(faults);
            let number = changed(world, &buyer, id, "gold").await;
            assert_ne!(state(&buyer, id, number).await, PlanChangeState::Applied);
            assert_eq!(subscription(&buyer, &format!("S-{round}")).await.price.amount, 9_990);
            for _ in 0..5 {
                world.clock.forward(Duration::from_secs(60));
                world.settle().await;
            }
            assert_eq!(state(&buyer, id, number).await, PlanChangeState::Applied, "{faults:?}");
            assert_eq!(world.gateway.charges().len(), round + 1, "{faults:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_stays_away_for_an_hour_charges_nobody_later() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        world.gateway.fail_next_charges(&[GatewayFault::Unavailable; 60]);
        let number = changed(world, &buyer, id, "gold").await;
        for _ in 0..70 {
            world.clock.forward(Duration::from_secs(60));
            world.settle().await;
        }
        world.clock.forward(Duration::from_secs(6 * 3600));
        world.settle().await;
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.decline), (PlanChangeState::Declined, Some(DeclineReason::ProcessingError)));
        assert!(world.gateway.charges().is_empty());
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990);
    })
    .await;
}

#[tokio::test]
async fn what_the_bank_wants_confirmed_waits_and_is_applied_when_it_is_paid() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        let url = "https://bank.test/3ds".to_owned();
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: url.clone() }]);
        let number = changed(world, &buyer, id, "gold").await;
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.pay_url), (PlanChangeState::Waiting, Some(url)));
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::UnderWay(number)));
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990);
        assert_sound(world).await;
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        // The gateway's webhook wakes it before its time.
        let mut tx = world.portal.db.begin().await.unwrap();
        let reference = format!("test-charge-{number}");
        assert!(
            portal::plan::take_report(&world.portal, &mut tx, Reporter { gateway: "test", producer: None }, &reference)
                .await
                .unwrap()
        );
        assert!(
            !portal::plan::take_report(
                &world.portal,
                &mut tx,
                Reporter { gateway: "other", producer: None },
                &reference
            )
            .await
            .unwrap()
        );
        world.portal.commit(tx).await.unwrap();
        world.settle().await;
        assert_eq!((state(&buyer, id, number).await, world.gateway.charges().len()), (PlanChangeState::Applied, 1));
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 19_990);
    })
    .await;
}

#[tokio::test]
async fn the_charge_of_a_change_says_what_it_was_made_with_whatever_is_on_file_when_it_is_paid() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: "https://bank.test/3ds".to_owned() }]);
        let number = changed(world, &buyer, id, "gold").await;
        let place = CardPlace::Subscription(id);
        let form = portal::refund::new_request_id(&world.portal);
        portal::card::change_method(&buyer, &place, form, Method::Pix).await.unwrap();
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        world.clock.forward(Duration::from_secs(60));
        world.settle().await;
        let after = order(&buyer, "S-1").await;
        assert_eq!(after.payment.method, Method::Pix);
        let methods: Vec<_> = after.charges.iter().map(|charge| charge.method).collect();
        assert_eq!(methods, [Method::Card, Method::Card]);
    })
    .await;
}

/// A renewal that comes between the press and the money is not lost.
#[tokio::test]
async fn a_renewal_before_the_money_keeps_its_days() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: "https://bank.test/3ds".to_owned() }]);
        let number = changed(world, &buyer, id, "gold").await;
        let next = at("2026-12-27T15:00:00Z");
        let renewed = NewSubscription {
            status: SubscriptionStatus::Active,
            plan: Some(line("Plano basic")),
            amount: 9_990,
            interval: (IntervalUnit::Month, 1),
            period_start: at("2026-11-27T15:00:00Z"),
            period_end: next,
            next_charge_at: Some(next),
            canceled_at: None,
            paid_at: Some(at("2026-10-27T15:00:00Z")),
            reference: None,
        };
        let order_id = portal::testing::order_of(&buyer, "S-1").await;
        let mut tx = world.portal.db.begin().await.unwrap();
        ledger::report(&world.portal, &mut tx, order_id, None, Some(renewed)).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        world.clock.forward(Duration::from_secs(60));
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        assert_eq!((plan.price.amount, plan.period_end, plan.next_charge_at), (19_990, next, Some(next)));
    })
    .await;
}

#[tokio::test]
async fn a_crash_at_any_step_heals_by_itself_with_one_effect() {
    each_world(async |world| {
        let producer = shop(world).await;
        place(world, &producer, sold(world, "S-0", "basic", "ebook", 9_990)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let mut charged = 0;
        for steps in 0..48 {
            let number = format!("S-{}", steps + 1);
            place(world, &producer, sold(world, &number, "basic", "ebook", 9_990)).await;
            let id = subscription(&buyer, &number).await.id;
            let form = quote(&buyer, id, "gold").await.unwrap();
            // The press may be cut as well: then it is pressed again.
            if steps % 2 == 0 {
                Cut::at(steps / 2, confirm(&buyer, id, form, 1, true)).await;
            }
            confirm(&buyer, id, form, 1, true).await.unwrap();
            let claim = Claim::of_nobody();
            for left in [steps, steps / 2] {
                let run = Run { claim: &claim, attempt: 1 };
                Cut::at(left, portal::plan::advance(&world.portal, form, run)).await;
            }
            wait_for_the_dead(world).await;
            world.settle().await;
            charged += 1;
            assert_eq!(state(&buyer, id, form).await, PlanChangeState::Applied, "step {steps}");
            assert_eq!(world.gateway.charges().len(), charged, "step {steps}");
            let view = order(&buyer, &number).await;
            assert_eq!(view.charges.len(), 2);
            assert_eq!(view.subscription.unwrap().price.amount, 19_990);
        }
        assert_eq!(mails(world, "PlanChanged"), 48);
    })
    .await;
}

#[tokio::test]
async fn a_pix_is_shown_with_its_code_until_it_is_paid() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        let way = portal::ledger::PaymentMethod::slip(Method::Pix);
        let mut tx = world.portal.db.begin().await.unwrap();
        let order_id = portal::testing::order_of(&buyer, "S-1").await;
        portal::billing::set_method(&world.portal, &mut tx, order_id, &way).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        let (code, url) = ("000201".to_owned(), "https://gateway.test/pix".to_owned());
        let until = world.portal.now().plus(Duration::from_secs(3600));
        world.gateway.next_charges(&[ChargeProgress::Waiting { code, url, until }]);
        let number = changed(world, &buyer, id, "gold").await;
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        let open = seen.open.unwrap();
        assert_eq!((seen.state, open.method, open.code.as_str()), (PlanChangeState::Waiting, Method::Pix, "000201"));
        assert_eq!((open.amount, open.until), (seen.due, Some(until)));
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.open), (PlanChangeState::Applied, None));
    })
    .await;
}
