//! One try after another: what was tried before is asked about first, and none uses up the day of the next.

use super::{
    BROKE, has_access, id_of, installments, keeps, on, plan, reference, report, report_subscription, slip, states,
    status, subscribed, whole, zone,
};
use crate::harness::{ANA, DAY, assert_mails, assert_sound, each_world, mails, place, producer};
use portal::Producer;
use portal::billing::{self, Collected, collect_now};
use portal::ledger::PaymentMethod;
use portal::policy::{self, AfterDunning, Policy};
use portal::ports::{ChargeProgress, SavedCard};
use portal::testing::{GatewayFault, World};
use std::time::Duration;
use types::{ChargeStatus, DeclineReason, Instant, IntervalUnit, InvoiceState, Method, OrderId, SubscriptionStatus};

const HOUR: Duration = Duration::from_secs(3600);

fn action_required() -> ChargeProgress {
    ChargeProgress::ActionRequired { url: "https://gateway.test/confirm".to_owned() }
}

fn card(token: &str) -> PaymentMethod {
    let (token, brand, last4) = (token.to_owned(), "visa".to_owned(), "1111".to_owned());
    PaymentMethod::from(SavedCard { token, brand, last4, exp_month: 1, exp_year: 2030 })
}

async fn pay_by(world: &World, order: OrderId, method: &PaymentMethod) {
    let mut tx = world.portal.db.begin().await.unwrap();
    billing::set_method(&world.portal, &mut tx, order, method).await.unwrap();
    world.portal.commit(tx).await.unwrap();
}

/// The tokens of the cards that were charged, the methods of the rest.
fn charged_with(world: &World) -> Vec<String> {
    let mut charges = world.gateway.charges();
    charges.sort_by_key(|(order, _)| order.key.clone());
    let with = |order: &portal::ports::ChargeInstruction| {
        order.card.as_ref().and_then(|card| card.token.clone()).unwrap_or_else(|| order.method.to_string())
    };
    charges.iter().map(|(order, _)| with(order)).collect()
}

fn last_key(world: &World) -> String {
    world.gateway.charges().iter().map(|(order, _)| order.key.clone()).max().unwrap()
}

async fn retries(world: &World, producer: &Producer, (days, then): (&[i64], AfterDunning)) {
    let mut policy = Policy::default();
    (policy.dunning.retry_days, policy.dunning.then) = (days.to_vec(), then);
    let mut tx = world.portal.db.begin().await.unwrap();
    policy::write(&mut tx, producer.id(), None, &policy, world.portal.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_is_overdue_and_wants_a_word_is_charged_once_however_often_it_is_tried() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        keeps(world, &producer).await;
        world.gateway.next_charges(&vec![BROKE; 5]);
        for day in [0, 1, 3, 5, 7] {
            on(world, due.plus(DAY * day)).await;
        }
        let id = id_of(world, "S-1").await;
        pay_by(world, id, &card("three")).await;
        world.gateway.next_charges(&[action_required()]);
        for _ in 0..3 {
            let asked = collect_now(&world.portal, id).await.unwrap();
            assert!(matches!(asked, Collected::ActionRequired { .. }), "{asked:?}");
            world.clock.forward(HOUR);
            world.settle().await;
        }
        assert_eq!(world.gateway.charges().len(), 6);
        assert_eq!(mails(world, "ChargeFailed"), 6);
        assert_sound(world).await;
        // Confirmed at last, and the gateway's word got lost: it is asked.
        world.gateway.charge_progress(&last_key(world), ChargeProgress::Paid);
        assert!(matches!(collect_now(&world.portal, id).await.unwrap(), Collected::Paid { .. }));
        world.settle().await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Active);
        assert_eq!(world.gateway.charges().len(), 6);
    })
    .await;
}

#[tokio::test]
async fn a_word_that_is_never_given_is_waited_for_a_day_and_told_once() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        retries(world, &producer, (&[], AfterDunning::Keep)).await;
        world.gateway.next_charges(&[action_required()]);
        for hours in [0, 12, 24, 48] {
            on(world, due.plus(HOUR * hours)).await;
        }
        let order = whole(world, &producer, "S-1").await;
        assert_eq!(order.invoices[0].state.name(), InvoiceState::Overdue);
        assert_eq!((order.invoices[0].attempt(), order.charges[0].status), (None, ChargeStatus::Failed));
        assert_eq!(world.gateway.charges().len(), 1);
        assert_eq!(mails(world, "ChargeFailed"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_word_that_is_not_given_uses_up_no_day_of_the_policy() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        world.gateway.next_charges(&[action_required(), action_required()]);
        on(world, due).await;
        // On the first day the gateway has given up by itself, on the second it still waits.
        let first = reference(world, &producer, "S-1").await;
        world.clock.jump(due.plus(DAY));
        report(world, &first, ChargeProgress::Declined(DeclineReason::AuthenticationFailed)).await;
        assert_eq!(world.gateway.charges().len(), 2);
        on(world, due.plus(DAY * 3)).await;
        assert_eq!(world.gateway.charges().len(), 3);
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Active);
        assert_mails(world, &[("ChargeFailed", 2), ("ChargeRecovered", 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_boleto_that_was_paid_unheard_is_found_before_a_card_is_charged() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 3)]);
        world.settle().await;
        world.gateway.charge_progress(&last_key(world), ChargeProgress::Paid);
        let id = id_of(world, "S-1").await;
        pay_by(world, id, &card("new")).await;
        assert!(matches!(collect_now(&world.portal, id).await.unwrap(), Collected::Paid { .. }));
        world.settle().await;
        let order = whole(world, &producer, "S-1").await;
        assert_eq!(charged_with(world), ["boleto"]);
        // In the books as what it was, whatever is on file by now.
        assert_eq!((order.charges[0].status, order.charges[0].method), (ChargeStatus::Paid, Method::Boleto));
        assert_eq!(states(world, &producer, "S-1").await, [InvoiceState::Paid]);
    })
    .await;
}

#[tokio::test]
async fn a_boleto_that_was_not_paid_gives_way_to_the_card_at_once() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 3), BROKE]);
        world.settle().await;
        let id = id_of(world, "S-1").await;
        pay_by(world, id, &card("new")).await;
        let declined = collect_now(&world.portal, id).await.unwrap();
        assert_eq!(declined, Collected::Declined(DeclineReason::InsufficientFunds));
        assert_eq!(charged_with(world), ["boleto", "new"]);
        world.settle().await;
        // What fails ahead of its day is tried again on that day.
        on(world, due).await;
        assert_eq!(charged_with(world), ["boleto", "new", "new"]);
        assert_eq!(states(world, &producer, "S-1").await, [InvoiceState::Paid]);
    })
    .await;
}

#[tokio::test]
async fn a_boleto_that_was_paid_unheard_is_in_the_books_of_what_was_cancelled() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 3)]);
        world.settle().await;
        world.gateway.charge_progress(&last_key(world), ChargeProgress::Paid);
        report_subscription(world, "S-1", |reported| {
            (reported.status, reported.next_charge_at) = (SubscriptionStatus::Ending, None)
        })
        .await;
        let order = whole(world, &producer, "S-1").await;
        assert_eq!(order.charges[0].status, ChargeStatus::Paid);
        let audit = crate::harness::rows::rows(&world.portal.db, &[]).await["events"].join("\n");
        assert_eq!(audit.matches("billing.paid_in_vain").count(), 1, "{audit}");
        // The gateway's own word about the same money comes late, and is nothing new.
        assert!(!report(world, &order.charges[0].reference, ChargeProgress::Paid).await);
        on(world, due).await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Ended);
    })
    .await;
}

#[tokio::test]
async fn money_that_was_heard_of_is_not_taken_for_a_second_payment_when_it_is_asked_about() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 3)]);
        world.settle().await;
        let (id, reference) = (id_of(world, "S-1").await, reference(world, &producer, "S-1").await);
        pay_by(world, id, &card("new")).await;
        world.gateway.charge_progress(&last_key(world), ChargeProgress::Paid);
        assert!(report(world, &reference, ChargeProgress::Paid).await);
        assert_eq!(states(world, &producer, "S-1").await, [InvoiceState::Paid]);
        let audit = crate::harness::rows::rows(&world.portal.db, &[]).await["events"].join("\n");
        assert!(!audit.contains("billing.paid_twice"), "{audit}");
        assert_eq!(charged_with(world), ["boleto"]);
    })
    .await;
}

#[tokio::test]
async fn a_slip_that_runs_out_ahead_of_its_day_ends_nothing_and_is_replaced() {
    for days in [&[][..], &[1, 3, 5, 7]] {
        each_world(async |world| {
            let producer = producer(world, "luz").await;
            retries(world, &producer, (days, AfterDunning::End)).await;
            let start = world.portal.now();
            place(world, &producer, plan(world, ANA, "S-1", Method::Pix, 4_990)).await;
            place(world, &producer, installments(world, ANA, "P-1", Method::Pix, 10_000, 3)).await;
            world.settle().await;
            let due = zone().intervals_after(start, IntervalUnit::Month, 1);
            world.clock.jump(due.minus(DAY * 3));
            world.gateway.next_charges(&[slip(world, 1), slip(world, 1)]);
            world.settle().await;
            world.clock.jump(due.minus(DAY * 2));
            world.gateway.next_charges(&[slip(world, 2), slip(world, 2)]);
            for order in ["S-1", "P-1"] {
                let reference = reference(world, &producer, order).await;
                report(world, &reference, ChargeProgress::Declined(DeclineReason::Expired)).await;
            }
            assert_eq!(status(world, &producer).await, SubscriptionStatus::Active, "{days:?}");
            for order in ["S-1", "P-1"] {
                assert_eq!(states(world, &producer, order).await.last(), Some(&InvoiceState::Open), "{order}");
            }
            assert!(has_access(world));
            world.settle().await;
            assert_eq!(world.gateway.charges().len(), 4, "{days:?}");
            on(world, due).await;
            assert_eq!(world.gateway.charges().len(), 4, "{days:?}");
            let latest = reference(world, &producer, "S-1").await;
            assert!(report(world, &latest, ChargeProgress::Paid).await);
            assert_eq!(states(world, &producer, "S-1").await, [InvoiceState::Paid]);
        })
        .await;
    }
}

#[tokio::test]
async fn after_an_outage_another_card_is_tried_under_a_key_of_its_own() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        world.gateway.fail_next_charges(&[GatewayFault::LostBefore]);
        on(world, due).await;
        let id = id_of(world, "S-1").await;
        pay_by(world, id, &card("new")).await;
        // For a moment the old try may still be on its way.
        assert_eq!(collect_now(&world.portal, id).await.unwrap(), Collected::Unknown);
        assert_eq!(world.gateway.charges().len(), 0);
        world.clock.forward(Duration::from_secs(61));
        assert!(matches!(collect_now(&world.portal, id).await.unwrap(), Collected::Paid { .. }));
        world.settle().await;
        assert_eq!(charged_with(world), ["new"]);
        assert!(last_key(world).ends_with("-2"), "{}", last_key(world));
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Active);
    })
    .await;
}

#[tokio::test]
async fn what_a_person_began_is_looked_after_by_the_calendar_if_nobody_comes_back() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        keeps(world, &producer).await;
        world.gateway.next_charges(&vec![BROKE; 5]);
        for day in [0, 1, 3, 5, 7] {
            on(world, due.plus(DAY * day)).await;
        }
        // Cut off while the gateway is called.
        let id = id_of(world, "S-1").await;
        world.gateway.fail_next_charges(&[GatewayFault::Hangs]);
        let cut = tokio::time::timeout(Duration::from_secs(1), collect_now(&world.portal, id)).await;
        assert!(cut.is_err());
        assert_eq!(world.gateway.charges().len(), 6);
        assert_sound(world).await;
        world.clock.forward(Duration::from_secs(61));
        world.settle().await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Active);
        assert_eq!(world.gateway.charges().len(), 6);
    })
    .await;
}

/// A plan whose first week is free, and when that ends.
async fn on_trial(world: &World) -> (Producer, Instant) {
    let producer = producer(world, "luz").await;
    let mut order = plan(world, ANA, "S-1", Method::Card, 4_990);
    let ends = world.portal.now().plus(DAY * 7);
    order.charge = None;
    let trial = order.subscription.as_mut().unwrap();
    (trial.status, trial.period_end, trial.next_charge_at) = (SubscriptionStatus::Trialing, ends, Some(ends));
    place(world, &producer, order).await;
    world.settle().await;
    (producer, ends)
}

#[tokio::test]
async fn a_trial_is_charged_once_when_it_ends_and_is_a_plan_from_then_on() {
    each_world(async |world| {
        let (producer, ends) = on_trial(world).await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Trialing);
        assert!(has_access(world));
        on(world, ends.minus(Duration::from_secs(1))).await;
        assert_eq!(world.gateway.charges().len(), 0);
        for _ in 0..3 {
            on(world, ends).await;
            assert_eq!(world.gateway.charges().len(), 1);
        }
        let after = zone().intervals_after(ends, IntervalUnit::Month, 1);
        let seen = whole(world, &producer, "S-1").await.subscription.unwrap();
        assert_eq!((seen.status, seen.period_start, seen.period_end), (SubscriptionStatus::Active, ends, after));
        assert_eq!(world.gateway.charges()[0].0.amount.amount, 4_990);
        assert!(has_access(world));
        on(world, after).await;
        assert_eq!(world.gateway.charges().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_trial_whose_first_charge_fails_is_tried_again_like_a_renewal() {
    each_world(async |world| {
        let (producer, ends) = on_trial(world).await;
        world.gateway.next_charges(&[BROKE]);
        on(world, ends).await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::PastDue);
        on(world, ends.plus(DAY)).await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Active);
        assert_eq!(world.gateway.charges().len(), 2);
    })
    .await;
}
