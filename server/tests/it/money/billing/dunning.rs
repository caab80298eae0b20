//! Charges that fail, and are tried again by the policy.

use super::reference;
use super::{BROKE, has_access, id_of, keeps, on, report, states, status, subscribed, whole};
use crate::harness::{DAY, assert_mails, assert_sound, each_world, mails};
use portal::billing::{self, Collected, collect_now};
use portal::ledger::PaymentMethod;
use portal::ports::{ChargeProgress, SavedCard};
use portal::testing::GatewayFault;
use std::time::Duration;
use types::{ChargeStatus, DeclineReason, InvoiceState, Method, SubscriptionStatus};

#[tokio::test]
async fn a_charge_that_fails_is_tried_on_each_day_of_the_policy_and_then_it_ends() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        world.gateway.next_charges(&[BROKE, BROKE, BROKE, BROKE, BROKE]);
        for (tries, day) in [(1, 0), (2, 1), (3, 3), (4, 5)] {
            on(world, due.plus(DAY * day).minus(Duration::from_secs(1))).await;
            assert_eq!(world.gateway.charges().len(), tries - 1, "day {day}");
            on(world, due.plus(DAY * day)).await;
            assert_eq!(world.gateway.charges().len(), tries, "day {day}");
            assert_eq!(status(world, &producer).await, SubscriptionStatus::PastDue);
            assert!(has_access(world), "access is left while it is tried again");
            assert_sound(world).await;
        }
        on(world, due.plus(DAY * 7)).await;
        assert_eq!(world.gateway.charges().len(), 5);
        assert_eq!(mails(world, "ChargeFailed"), 5);
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Ended);
        assert_eq!(states(world, &producer, "S-1").await, [InvoiceState::Void]);
        assert!(!has_access(world));
        on(world, due.plus(DAY * 90)).await;
        assert_eq!(world.gateway.charges().len(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_charge_that_goes_through_later_keeps_the_day_of_the_plan() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        world.gateway.next_charges(&[BROKE, BROKE]);
        for day in [0, 1, 3] {
            on(world, due.plus(DAY * day)).await;
        }
        let order = whole(world, &producer, "S-1").await;
        let subscription = order.subscription.unwrap();
        assert_eq!((subscription.status, subscription.period_start), (SubscriptionStatus::Active, due));
        assert_mails(world, &[("ChargeFailed", 2), ("ChargeRecovered", 1)]);
        let failed = order.charges.iter().filter(|charge| charge.status == ChargeStatus::Failed).count();
        assert_eq!(failed, 2);
        assert_eq!(order.charges.len(), 4);
        assert!(has_access(world));
    })
    .await;
}

#[tokio::test]
async fn a_producer_may_keep_what_is_overdue_and_whoever_pays_has_access_again() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        keeps(world, &producer).await;
        world.gateway.next_charges(&vec![BROKE; 5]);
        for day in [0, 1, 3, 5, 7, 40] {
            on(world, due.plus(DAY * day)).await;
        }
        assert_eq!(status(world, &producer).await, SubscriptionStatus::PastDue);
        assert_eq!(states(world, &producer, "S-1").await, [InvoiceState::Overdue]);
        assert_eq!((world.gateway.charges().len(), has_access(world)), (5, false));
        assert_sound(world).await;
        let id = id_of(world, "S-1").await;
        world.gateway.next_charges(&[BROKE]);
        assert_eq!(
            collect_now(&world.portal, id).await.unwrap(),
            Collected::Declined(DeclineReason::InsufficientFunds)
        );
        let card = SavedCard {
            token: "card-2".to_owned(),
            brand: "visa".to_owned(),
            last4: "1111".to_owned(),
            exp_month: 1,
            exp_year: 2030,
        };
        let mut tx = world.portal.db.begin().await.unwrap();
        billing::set_method(&world.portal, &mut tx, id, &PaymentMethod::from(card)).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        let paid = collect_now(&world.portal, id).await.unwrap();
        assert!(matches!(paid, Collected::Paid { amount } if amount.amount == 4_990), "{paid:?}");
        assert_eq!(collect_now(&world.portal, id).await.unwrap(), Collected::NothingOpen);
        world.settle().await;
        let subscription = whole(world, &producer, "S-1").await.subscription.unwrap();
        assert_eq!(subscription.status, SubscriptionStatus::Active);
        assert_eq!(subscription.period_start, world.portal.now(), "what was suspended begins now");
        let last = world.gateway.charges().into_iter().find(|(_, end)| *end == ChargeProgress::Paid).unwrap().0;
        assert_eq!(last.card.unwrap().token.as_deref(), Some("card-2"));
        assert!(has_access(world));
    })
    .await;
}

#[tokio::test]
async fn an_unclear_answer_is_asked_about_and_charges_once() {
    use GatewayFault::{LostAfter, LostBefore, Unavailable};
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        let mut at = due;
        for faults in [&[LostAfter][..], &[LostBefore, LostAfter], &[Unavailable, LostBefore, Unavailable]] {
            world.gateway.fail_next_charges(faults);
            let before = world.gateway.charges().len();
            for _ in 0..6 {
                on(world, at).await;
                at = at.plus(Duration::from_secs(60));
            }
            assert_eq!(world.gateway.charges().len(), before + 1, "{faults:?}");
            let subscription = whole(world, &producer, "S-1").await.subscription.unwrap();
            assert_eq!(subscription.status, SubscriptionStatus::Active);
            at = subscription.next_charge_at.unwrap();
        }
        assert_eq!(states(world, &producer, "S-1").await, [InvoiceState::Paid; 3]);
    })
    .await;
}

#[tokio::test]
async fn a_person_and_the_calendar_at_once_charge_once() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        world.gateway.next_charges(&[BROKE]);
        on(world, due).await;
        let id = id_of(world, "S-1").await;
        world.clock.jump(due.plus(DAY));
        let people = futures::future::join_all((0..4).map(|_| collect_now(&world.portal, id)));
        let (_, collected) = tokio::join!(world.settle(), people);
        assert!(collected.iter().all(Result::is_ok), "{collected:?}");
        world.settle().await;
        assert_eq!(world.gateway.charges().len(), 2, "{collected:?}");
        assert_eq!(states(world, &producer, "S-1").await, [InvoiceState::Paid]);
    })
    .await;
}

#[tokio::test]
async fn the_bank_that_wants_a_word_is_waited_for_and_not_charged_beside() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        let url = "https://gateway.test/confirm".to_owned();
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: url.clone() }]);
        on(world, due).await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::PastDue);
        assert_eq!(mails(world, "ChargeFailed"), 1);
        let id = id_of(world, "S-1").await;
        assert_eq!(collect_now(&world.portal, id).await.unwrap(), Collected::ActionRequired { url });
        let reference = reference(world, &producer, "S-1").await;
        report(world, &reference, ChargeProgress::Paid).await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Active);
        on(world, due.plus(DAY * 7)).await;
        assert_eq!(world.gateway.charges().len(), 1);
    })
    .await;
}
