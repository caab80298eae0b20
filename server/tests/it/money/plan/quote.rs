//! What a change comes to, and for how long that holds (rule 12).

use super::{BRL, at, changed, policy, put, shop, sold, state, subscribed, subscription};
use crate::harness::{ANA, assert_sound, classroom, each_world, email, mails, order, place, sign_in};
use portal::Buyer;
use portal::plan::{PlanError, QuoteStanding, confirm, plans, preview, quote, seen_quote, undo};
use portal::policy::Effect;
use std::time::Duration;
use types::plan::QuoteLine;
use types::{ChargeStatus, IntervalUnit, Money, PlanChangeState, QuoteId, SubscriptionId, SubscriptionStatus};

#[tokio::test]
async fn a_dearer_plan_is_paid_by_days_and_there_at_once() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        assert_eq!(world.area.access_of(ANA).into_keys().collect::<Vec<_>>(), [classroom(222)]);
        let seen = preview(&buyer, id, "gold").await.unwrap();
        let until = at("2026-11-27T15:00:00Z");
        let lines =
            [QuoteLine::Credit(Money::new(2_256, BRL)), QuoteLine::Plan { amount: Money::new(4_514, BRL), until }];
        assert_eq!(seen.lines.as_slice(), lines.as_slice());
        assert_eq!(seen.due.amount, 2_258);
        assert_eq!(seen.installments_max, 1);
        assert_eq!((seen.id, seen.next_charge_at, seen.price.amount.amount), (None, until, 19_990));
        let number = changed(world, &buyer, id, "gold").await;
        let charges = world.gateway.charges();
        assert_eq!(charges.len(), 1);
        assert_eq!(charges[0].0.amount.amount, 2_258);
        assert_eq!(charges[0].0.key.clone(), number.to_string());
        let view = order(&buyer, "S-1").await;
        let plan = view.subscription.unwrap();
        assert_eq!((&*plan.plan, plan.price.amount, plan.period_end), ("Plano gold", 19_990, until));
        assert_eq!((plan.next_charge_at, plan.status), (Some(until), SubscriptionStatus::Active));
        let taken: Vec<_> = view.charges.iter().map(|charge| (charge.amount.amount, charge.status)).collect();
        assert_eq!(taken, [(2_258, ChargeStatus::Paid), (9_990, ChargeStatus::Paid)]);
        assert_eq!((&*view.items[0].name, view.items[0].offer.as_deref()), ("Curso photo", Some("Plano gold")));
        assert_eq!(world.area.access_of(ANA).len(), 2, "access follows the new plan's product");
        assert_eq!((mails(world, "PlanChanged"), state(&buyer, id, number).await), (1, PlanChangeState::Applied));
        assert_sound(world).await;
        // The new plan is worth its own price now.
        let back = preview(&buyer, id, "year").await.unwrap();
        assert_eq!(back.lines[0], QuoteLine::Credit(Money::new(4_514, BRL)));
    })
    .await;
}

#[tokio::test]
async fn a_longer_cycle_begins_today_and_its_instalments_end_before_the_next_one() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        let seen = preview(&buyer, id, "year").await.unwrap();
        let end = at("2027-11-20T12:00:00Z");
        assert_eq!(seen.due.amount, 49_900 - 2_256);
        assert_eq!(seen.installments_max, 12);
        assert_eq!(seen.next_charge_at, end);
        let number = quote(&buyer, id, "year").await.unwrap();
        for wrong in [0, 13, -1] {
            let refused = confirm(&buyer, id, number, wrong, true).await;
            assert!(matches!(refused, Err(PlanError::Installments)), "{refused:?}");
        }
        confirm(&buyer, id, number, 12, true).await.unwrap();
        world.settle().await;
        assert_eq!(world.gateway.charges()[0].0.installments, 12);
        let view = order(&buyer, "S-1").await;
        assert_eq!(view.charges[0].installments, 12);
        let plan = view.subscription.unwrap();
        assert_eq!((plan.interval, plan.period_end, plan.next_charge_at), ((IntervalUnit::Year, 1), end, Some(end)));
    })
    .await;
}

#[tokio::test]
async fn credit_that_the_new_plan_does_not_use_up_becomes_days() {
    each_world(async |world| {
        let producer = shop(world).await;
        policy(world, &producer, None, |policy| policy.plan.downgrade = Effect::Now).await;
        place(world, &producer, sold(world, "S-1", "gold", "photo", 19_990)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        let seen = preview(&buyer, id, "basic").await.unwrap();
        assert_eq!(seen.lines[2], QuoteLine::Days { amount: Money::new(2_258, BRL), days: 8 });
        let number = quote(&buyer, id, "basic").await.unwrap();
        // Nothing is taken, so nothing need be consented to, and the plan is there at once.
        confirm(&buyer, id, number, 1, false).await.unwrap();
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Applied);
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        let later = at("2026-12-05T15:00:00Z");
        assert_eq!((plan.price.amount, plan.period_end, plan.next_charge_at), (9_990, later, Some(later)));
        assert_eq!(world.gateway.charges().len(), 0);
        assert_eq!(mails(world, "PlanChanged"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_trial_changes_its_plan_without_a_charge_and_ends_when_it_would() {
    each_world(async |world| {
        let producer = shop(world).await;
        let mut trial = sold(world, "S-1", "basic", "ebook", 9_990);
        trial.charge = None;
        if let Some(subscription) = &mut trial.subscription {
            (subscription.status, subscription.paid_at) = (SubscriptionStatus::Trialing, None);
        }
        place(world, &producer, trial).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        for target in ["gold", "free"] {
            let seen = preview(&buyer, id, target).await.unwrap();
            assert!(seen.is_trial && seen.is_now && seen.due.amount == 0 && seen.lines.is_empty(), "{seen:?}");
        }
        changed(world, &buyer, id, "gold").await;
        let plan = subscription(&buyer, "S-1").await;
        let end = at("2026-11-27T15:00:00Z");
        assert_eq!((plan.status, plan.price.amount), (SubscriptionStatus::Trialing, 19_990));
        assert_eq!((plan.period_end, plan.next_charge_at), (end, Some(end)));
        assert!(world.gateway.charges().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_was_not_paid_is_no_credit() {
    each_world(async |world| {
        let producer = shop(world).await;
        let mut discounted = sold(world, "S-1", "basic", "ebook", 9_990);
        if let Some(charge) = &mut discounted.charge {
            charge.amount = 4_995;
        }
        place(world, &producer, discounted).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        let seen = preview(&buyer, id, "gold").await.unwrap();
        assert_eq!(seen.lines[0], QuoteLine::Credit(Money::new(1_128, BRL)));
    })
    .await;
}

#[tokio::test]
async fn a_quote_holds_for_fifteen_minutes_and_for_its_own_subscription_and_buyer_only() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world).await;
        let number = quote(&buyer, id, "gold").await.unwrap();
        // Whoever did not say yes to a charge is not charged.
        assert!(matches!(confirm(&buyer, id, number, 1, false).await, Err(PlanError::NoConsent)));

        place(world, &producer, sold(world, "S-2", "basic", "ebook", 9_990)).await;
        let mut bobs = sold(world, "B-1", "basic", "ebook", 9_990);
        bobs.buyer.email = email("bob@example.com");
        place(world, &producer, bobs).await;
        world.settle().await;
        let other = subscription(&buyer, "S-2").await.id;
        let bob = sign_in(world, "bob@example.com").await;
        let bobs = subscription(&bob, "B-1").await.id;
        let nobodys = QuoteId(world.portal.new_id());
        // Of a subscription of one's own, figures that are nobody's and somebody else's are figures that are gone.
        for (who, subscription, number, is_own) in [
            (&buyer, other, number, true),
            (&bob, id, number, false),
            (&bob, bobs, number, true),
            (&buyer, id, nobodys, true),
        ] {
            match confirm(who, subscription, number, 1, true).await {
                Err(PlanError::QuoteForgotten) => assert!(is_own),
                refused => assert!(matches!(refused, Err(PlanError::NotFound)) && !is_own),
            }
            assert!(seen_quote(who, subscription, number).await.unwrap().is_none());
            assert!(matches!(undo(who, subscription, number).await, Err(PlanError::NotFound)));
        }
        assert!(plans(&bob, id).await.unwrap().is_none());
        assert!(matches!(quote(&bob, id, "gold").await, Err(PlanError::NotFound)));
        assert!(matches!(preview(&bob, id, "gold").await, Err(PlanError::NotFound)));

        world.clock.forward(Duration::from_secs(15 * 60) - Duration::from_micros(1));
        assert_eq!(seen_quote(&buyer, id, number).await.unwrap().unwrap().1, QuoteStanding::Holds);

        world.clock.forward(Duration::from_micros(1));
        assert_eq!(seen_quote(&buyer, id, number).await.unwrap().unwrap().1, QuoteStanding::Over);

        let late = confirm(&buyer, id, number, 1, true).await;
        assert!(matches!(&late, Err(PlanError::QuoteEnded { target }) if target.as_str() == "gold"), "{late:?}");

        // A dearer offer changes no quote; another state of the subscription ends it.
        let fresh = quote(&buyer, id, "gold").await.unwrap();
        let sibling = quote(&buyer, id, "year").await.unwrap();
        put(world, &producer, "gold", "photo", 99_990, BRL, Some((IntervalUnit::Month, 1)), &["year"]).await;
        confirm(&buyer, id, fresh, 1, true).await.unwrap();
        world.settle().await;
        assert_eq!(world.gateway.charges()[0].0.amount.amount, 2_258);
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 19_990);
        assert!(matches!(confirm(&buyer, id, sibling, 1, true).await, Err(PlanError::QuoteEnded { .. })));
        assert_eq!(world.gateway.charges().len(), 1);
    })
    .await;
}

/// What the plan's days are worth on the day it began, by what a change back would credit.
async fn credit(buyer: &Buyer, id: SubscriptionId, target: &str) -> i64 {
    match preview(buyer, id, target).await.unwrap().lines[0] {
        QuoteLine::Credit(money) => money.amount,
        ref other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_change_there_and_back_loses_no_credit_and_makes_none() {
    each_world(async |world| {
        let producer = shop(world).await;
        policy(world, &producer, None, |policy| policy.plan.downgrade = Effect::Now).await;
        let mut new = sold(world, "S-1", "year", "photo", 49_900);
        let subscription = new.subscription.as_mut().unwrap();
        subscription.interval = (IntervalUnit::Year, 1);
        (subscription.period_end, subscription.next_charge_at) =
            (at("2027-10-27T15:00:00Z"), Some(at("2027-10-27T15:00:00Z")));
        place(world, &producer, new).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = self::subscription(&buyer, "S-1").await.id;
        // 341 of 365 days are left of 499,00.
        let left = credit(&buyer, id, "basic").await;
        assert_eq!(left, 46_619);
        let mut paid = 0;
        for target in ["basic", "gold", "basic", "year", "basic"] {
            world.clock.forward(Duration::from_secs(60));
            assert_eq!(credit(&buyer, id, target).await, left + paid, "{target}");
            let due = preview(&buyer, id, target).await.unwrap().due.amount;
            changed(world, &buyer, id, target).await;
            paid += due;
        }
        let taken: i64 = world.gateway.charges().iter().map(|(order, _)| order.amount.amount).sum();
        assert_eq!(taken, paid);
        // Days that credit bought are worth what they cost, also weeks later.
        let plan = self::subscription(&buyer, "S-1").await;
        world.clock.forward(Duration::from_secs(40 * 86_400));
        let days = plan.period_end.since(at("2026-11-20T12:00:00Z")).as_secs().div_ceil(86_400);
        let rest = (2 * (left + paid) * (days as i64 - 40) + days as i64) / (2 * days as i64);
        assert!((credit(&buyer, id, "gold").await - rest).abs() <= left / days as i64, "{rest} {days}");
    })
    .await;
}
