//! Which plans can be chosen, and why the others cannot.

use super::{BRL, at, changed, policy, put, shop, sold, subscribed, subscription};
use crate::harness::{ANA, code, each_world, line, order, paid_order, place, sign_in};
use portal::intake::NewOrder;
use portal::plan::{PlanError, confirm, plans, preview, quote};
use portal::policy::{Effect, Policy, Retention, RetentionOffer};
use portal::subscription::accept;
use portal::testing::{GatewayFault, World};
use types::plan::{PlanChoice, PlanRefusal};
use types::{ChargeStatus, IntervalUnit, OrderKind, SubscriptionStatus};

#[tokio::test]
async fn an_order_is_about_its_main_line_however_its_lines_came() {
    each_world(async |world| {
        let producer = shop(world).await;
        let mut new = sold(world, "S-1", "basic", "ebook", 9_990);
        let beside = paid_order(world, ANA, "S-1", &[("ebook", 9_990), ("photo", 1_990)]);
        new.items.splice(0..0, beside.items.into_iter().skip(1));
        place(world, &producer, new).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let view = order(&buyer, "S-1").await;
        let lines: Vec<_> = view.items.iter().map(|item| (item.amount.amount, item.is_bump)).collect();
        assert_eq!(lines, [(9_990, false), (1_990, true)]);
        // What the producer wants of the line beside it is not asked.
        policy(world, &producer, Some("photo"), |policy| policy.plan.change = false).await;
        let id = view.subscription.unwrap().id;
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, None);
        policy(world, &producer, Some("ebook"), |policy| policy.plan.change = false).await;
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::ProducerOnly));
    })
    .await;
}

#[tokio::test]
async fn the_list_says_when_each_plan_begins_or_why_it_cannot_be_chosen() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world).await;
        let renewal = PlanChoice::At(at("2026-11-27T15:00:00Z"));
        let choices = async || -> Vec<(String, PlanChoice)> {
            let seen = plans(&buyer, id).await.unwrap().unwrap();
            seen.targets.into_iter().map(|target| (target.code.to_string(), target.choice)).collect()
        };
        let expected = [
            ("gold", PlanChoice::Now),
            ("year", PlanChoice::Now),
            ("dollars", PlanChoice::OtherCurrency),
            ("once", PlanChoice::NotAPlan),
            ("ghost", PlanChoice::Unknown),
            ("free", renewal),
        ];
        assert_eq!(choices().await, expected.map(|(code, choice)| (code.to_owned(), choice)));
        for cannot in ["dollars", "once", "ghost", "basic", "nothing", "", "'; drop table offers"] {
            let refused = quote(&buyer, id, cannot).await;
            assert!(matches!(refused, Err(PlanError::NotATarget)), "{cannot}: {refused:?}");
        }
        policy(world, &producer, Some("photo"), |policy| policy.plan.change = false).await;
        assert_eq!(choices().await[0].1, PlanChoice::Closed);
        policy(world, &producer, Some("photo"), |_| {}).await;
        policy(world, &producer, Some("ebook"), |policy| policy.plan.upgrade = Effect::PeriodEnd).await;
        assert_eq!(choices().await[0].1, renewal);
        // The price that counts is the subscription's own, whatever its offer costs today.
        policy(world, &producer, Some("ebook"), |_| {}).await;
        put(world, &producer, "basic", "ebook", 99_990, BRL, Some((IntervalUnit::Month, 1)), &["gold"]).await;
        assert_eq!(choices().await, [("gold".to_owned(), PlanChoice::Now)]);
        assert_eq!(preview(&buyer, id, "gold").await.unwrap().due.amount, 2_258);
    })
    .await;
}

/// An order for each reason that an order itself can give.
fn refused(world: &World) -> Vec<(NewOrder, PlanRefusal)> {
    use SubscriptionStatus::{Ended, Ending, PastDue, Paused};
    let by_status = [
        (Ended, PlanRefusal::Ended),
        (Ending, PlanRefusal::Ending),
        (PastDue, PlanRefusal::PastDue),
        (Paused, PlanRefusal::Paused),
    ];
    let mut cases = Vec::new();
    for (status, refusal) in by_status {
        let mut new = sold(world, &format!("S-{status}"), "basic", "ebook", 9_990);
        if let Some(subscription) = &mut new.subscription {
            subscription.status = status;
        }
        cases.push((new, refusal));
    }
    let with = |number: &str, change: &dyn Fn(&mut NewOrder)| {
        let mut new = sold(world, number, "basic", "ebook", 9_990);
        change(&mut new);
        new
    };
    let charge = |status| move |new: &mut NewOrder| new.charge.as_mut().unwrap().status = status;
    cases.push((with("S-dispute", &charge(ChargeStatus::Disputed)), PlanRefusal::Disputed));
    cases.push((with("S-back", &charge(ChargeStatus::Refunded)), PlanRefusal::Refund));
    let unpaid = |new: &mut NewOrder| {
        new.charge.as_mut().unwrap().status = ChargeStatus::Pending;
        new.charge.as_mut().unwrap().paid_at = None;
        new.subscription.as_mut().unwrap().paid_at = None;
    };
    cases.push((with("S-unpaid", &unpaid), PlanRefusal::NotPaid));
    cases.push((with("S-kind", &|new| new.kind = OrderKind::SmartInstallments), PlanRefusal::NotASubscription));
    cases.push((with("S-guru", &|new| new.gateway = line("guru")), PlanRefusal::ProducerOnly));
    let over = |new: &mut NewOrder| new.subscription.as_mut().unwrap().period_end = at("2026-11-20T12:00:00Z");
    cases.push((with("S-over", &over), PlanRefusal::Renewing));
    cases
}

#[tokio::test]
async fn every_refusal_has_its_reason() {
    each_world(async |world| {
        let producer = shop(world).await;
        let cases = refused(world);
        for (new, _) in &cases {
            place(world, &producer, new.clone()).await;
        }
        place(world, &producer, sold(world, "S-1", "basic", "ebook", 9_990)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        for (new, refusal) in cases {
            let number = new.code.to_string();
            let id = subscription(&buyer, &number).await.id;
            let seen = plans(&buyer, id).await.unwrap().unwrap();
            assert_eq!((seen.refusal, seen.targets.len()), (Some(refusal), 0), "{number}");
            let asked = quote(&buyer, id, "gold").await;
            assert!(matches!(asked, Err(PlanError::Refused(why)) if why == refusal), "{number}: {asked:?}");
        }
        let id = subscription(&buyer, "S-1").await.id;
        let before = quote(&buyer, id, "gold").await.unwrap();
        policy(world, &producer, None, |policy| policy.plan.change = false).await;
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::ProducerOnly));

        let late = confirm(&buyer, id, before, 1, true).await;
        assert!(matches!(late, Err(PlanError::Refused(PlanRefusal::ProducerOnly))), "{late:?}");

        policy(world, &producer, None, |_| {}).await;
        put(world, &producer, "basic", "ebook", 9_990, BRL, Some((IntervalUnit::Month, 1)), &[]).await;
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::NoTargets));

        // A refund that is asked for holds everything.
        let form = portal::refund::new_request_id(&world.portal);
        world.gateway.fail_next(&[GatewayFault::LostBefore]);
        place(world, &producer, sold(world, "S-2", "basic", "ebook", 9_990)).await;
        let asked = portal::refund::request(&buyer, "S-2", form, &[]).await;
        if asked.is_ok() {
            let id = subscription(&buyer, "S-2").await.id;
            assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::Refund));
        }
        assert!(world.gateway.charges().is_empty());
        assert_eq!(subscription(&buyer, "S-1").await.status, SubscriptionStatus::Active);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_new_price_of_the_own_offer_is_not_the_price_of_who_has_it_already() {
    each_world(async |world| {
        let (producer, buyer, _) = subscribed(world).await;
        put(world, &producer, "basic", "ebook", 99_990, BRL, Some((IntervalUnit::Month, 1)), &["gold"]).await;
        for _ in 0..2 {
            let next = subscription(&buyer, "S-1").await.next_charge_at.unwrap();
            world.clock.jump(next);
            world.settle().await;
        }
        let charged: Vec<i64> = world.gateway.charges().iter().map(|(order, _)| order.amount.amount).collect();
        assert_eq!(charged, [9_990, 9_990]);
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990);
    })
    .await;
}

#[tokio::test]
async fn a_cheaper_plan_is_offered_where_it_can_be_had_and_counts_when_it_is_taken() {
    let offered = |offer: &str| portal::policy::CancelPolicy {
        retention: vec![portal::policy::Retention {
            reason: None,
            offer: portal::policy::RetentionOffer::Plan { offer: code(offer) },
        }],
        ..Default::default()
    };
    let outcome = async |world: &World| -> Vec<String> {
        let sql = "select outcome || coalesce(':' || offer, '') from cancel_attempts order by opened_at, id";
        let rows: Vec<(String,)> = portal::on!(world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).fetch_all(c).await.unwrap()
        });
        rows.into_iter().map(|(row,)| row).collect()
    };
    each_world(async |world| {
        let producer = shop(world).await;
        put(world, &producer, "gold", "photo", 19_990, BRL, Some((IntervalUnit::Month, 1)), &["basic", "year", "big"])
            .await;
        put(world, &producer, "big", "photo", 29_990, BRL, Some((IntervalUnit::Month, 1)), &[]).await;
        place(world, &producer, sold(world, "S-1", "gold", "photo", 19_990)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        // Dearer, the one that runs, one that is no target, one that does not exist.
        for (offer, can) in [("big", false), ("gold", false), ("free", false), ("ghost", false), ("basic", true)] {
            policy(world, &producer, None, |policy| policy.cancel = offered(offer)).await;
            let shown = portal::subscription::choices(&buyer, id).await.unwrap().offer;
            assert_eq!(shown.is_some(), can, "{offer}");
        }
        portal::subscription::open(&buyer, id).await.unwrap();
        portal::subscription::accept(&buyer, id, "no-time", "").await.unwrap();
        assert_eq!(outcome(world).await, ["opened:plan"], "looking changes nothing");
        assert!(portal::subscription::choices(&buyer, id).await.unwrap().offer.is_none(), "one offer, once");
        changed(world, &buyer, id, "basic").await;
        assert_eq!(outcome(world).await, ["opened:plan"], "it only waits for the renewal");
        world.clock.jump(subscription(&buyer, "S-1").await.next_charge_at.unwrap());
        world.settle().await;
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990);
        assert_eq!(outcome(world).await, ["saved:plan"]);
    })
    .await;
}

#[tokio::test]
async fn no_plan_is_changed_while_a_pause_is_agreed_to() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world).await;
        let mut with_pause = Policy::default();
        with_pause.cancel.retention = vec![Retention { reason: None, offer: RetentionOffer::Pause { cycles: 1 } }];
        portal::policy::put(&world.portal, &producer, None, &with_pause).await.unwrap();
        accept(&buyer, id, "", "").await.unwrap();
        let seen = plans(&buyer, id).await.unwrap().unwrap();
        assert_eq!(seen.refusal, Some(PlanRefusal::Paused));
        assert!(matches!(quote(&buyer, id, "gold").await, Err(PlanError::Refused(PlanRefusal::Paused))));
        world.settle().await;
    })
    .await;
}
