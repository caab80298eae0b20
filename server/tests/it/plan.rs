//! Another plan: listed, quoted, confirmed once, paid first; or with the renewal, and undone until then (rules 11 and 12).

use crate::harness::{assert_sound, code, email, line, order, paid_order, place, seller, sign_in, worlds};
use futures::future::join_all;
use portal::Buyer;
use portal::catalogue::offer::{Offer, put_offer};
use portal::catalogue::producer::Producer;
use portal::gateway_inbox::{Event, Said, take};
use portal::intake::{Card, NewOrder, NewSubscription, Version, Way, tell};
use portal::plan::{
    PlanError, QuoteStanding, change, confirm, due_change, mark_applied, plans, preview, quote, seen_quote, undo,
};
use portal::policy::{Effect, Policy};
use portal::ports::{AccessTarget, ChargeProgress};
use portal::testing::{GatewayFault, World};
use portal::time::parse_instant;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use types::plan::{PlanChoice, PlanRefusal, QuoteLine};
use types::view::{CardPlace, OrderView, SubscriptionView};
use types::{
    ChargeStatus, Currency, DeclineReason, Instant, IntervalUnit, Method, Money, OrderKind, PlanChangeState, QuoteId,
    SubscriptionId, SubscriptionStatus,
};

const ANA: &str = "ana@example.com";
const BRL: Currency = Currency::BRL;

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

/// Plans: `basic` (of the e-book) lists all others; `gold` and `year` are of the course; three cannot be chosen.
async fn shop(world: &World) -> Producer {
    let producer = seller(world, "luz").await;
    let usd = Currency::parse("USD").unwrap();
    let month = Some((IntervalUnit::Month, 1));
    put(world, &producer, "gold", "photo", 19_990, BRL, month, &["basic", "year"]).await;
    put(world, &producer, "year", "photo", 49_900, BRL, Some((IntervalUnit::Year, 1)), &["basic"]).await;
    put(world, &producer, "dollars", "photo", 3_990, usd, month, &[]).await;
    put(world, &producer, "once", "photo", 3_990, BRL, None, &[]).await;
    put(world, &producer, "free", "ebook", 0, BRL, month, &["basic"]).await;
    let targets = ["gold", "year", "dollars", "once", "ghost", "free", "basic"];
    put(world, &producer, "basic", "ebook", 9_990, BRL, month, &targets).await;
    producer
}

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
async fn put(
    world: &World,
    producer: &Producer,
    name: &str,
    product: &str,
    amount: i64,
    currency: Currency,
    interval: Option<(IntervalUnit, i64)>,
    targets: &[&str],
) {
    let offer = Offer {
        code: code(name),
        product: code(product),
        name: line(&format!("Plano {name}")),
        price: Money::new(amount, currency),
        interval,
        installments_max: 12,
        change_targets: targets.iter().map(|target| code(target)).collect(),
    };
    put_offer(&world.portal, producer, &offer).await.unwrap();
}

/// A subscription to an offer, paid for 27 October to 27 November: at noon of 20 November, 7 of 31 days are left.
fn sold(world: &World, number: &str, offer: &str, product: &str, amount: i64) -> NewOrder {
    let (start, end) = (at("2026-10-27T15:00:00Z"), at("2026-11-27T15:00:00Z"));
    let mut new = paid_order(world, ANA, number, &[(product, amount)]);
    new.items[0].sold = portal::intake::Sold::Known { product: code(product), offer: code(offer) };
    new.kind = OrderKind::Subscription;
    new.payment.card = Some(Card { brand: line("visa"), last4: "4242".to_owned(), exp_month: 12, exp_year: 2030 });
    new.ordered_at = start;
    new.version = Version::of_charge(start);
    if let Some(charge) = &mut new.charge {
        (charge.created_at, charge.paid_at, charge.changed_at) = (start, Some(start), start);
    }
    new.subscription = Some(NewSubscription {
        status: SubscriptionStatus::Active,
        plan: None,
        amount,
        interval: (IntervalUnit::Month, 1),
        period_start: start,
        period_end: end,
        next_charge_at: Some(end),
        canceled_at: None,
        paid_at: Some(start),
    });
    new
}

async fn subscribed(world: &World) -> (Producer, Buyer, SubscriptionId) {
    let producer = shop(world).await;
    place(world, &producer, sold(world, "S-1", "basic", "ebook", 9_990)).await;
    world.settle().await;
    let buyer = sign_in(world, ANA).await;
    let id = subscription(&buyer, "S-1").await.id;
    (producer, buyer, id)
}

async fn subscription(buyer: &Buyer, number: &str) -> SubscriptionView {
    order(buyer, number).await.subscription.unwrap()
}

async fn policy(world: &World, producer: &Producer, product: Option<&str>, change: impl FnOnce(&mut Policy)) {
    let mut policy = Policy::default();
    change(&mut policy);
    let mut tx = world.portal.db.begin().await.unwrap();
    let product = product.map(code);
    let now = world.portal.now();
    portal::policy::write(&mut tx, producer.id(), product.as_ref(), &policy, now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Quotes and confirms; with all that follows.
async fn changed(world: &World, buyer: &Buyer, id: SubscriptionId, target: &str) -> QuoteId {
    let number = quote(buyer, id, target).await.unwrap();
    confirm(buyer, id, number, 1, true).await.unwrap();
    world.settle().await;
    number
}

async fn state(buyer: &Buyer, id: SubscriptionId, number: QuoteId) -> PlanChangeState {
    change(buyer, id, number).await.unwrap().unwrap().state
}

fn count(world: &World, subject: &str) -> usize {
    world.mail.taken().iter().filter(|letter| letter.subject == subject).count()
}

#[tokio::test]
async fn an_order_is_about_its_main_line_however_its_lines_came() {
    for world in worlds().await {
        let producer = shop(&world).await;
        let mut new = sold(&world, "S-1", "basic", "ebook", 9_990);
        let beside = paid_order(&world, ANA, "S-1", &[("ebook", 9_990), ("photo", 1_990)]);
        new.items.splice(0..0, beside.items.into_iter().skip(1));
        place(&world, &producer, new).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let view = order(&buyer, "S-1").await;
        let lines: Vec<_> = view.items.iter().map(|item| (item.amount.amount, item.is_bump)).collect();
        assert_eq!(lines, [(9_990, false), (1_990, true)], "{}", world.engine);
        // What the seller wants of the line beside it is not asked.
        policy(&world, &producer, Some("photo"), |policy| policy.plan.change = false).await;
        let id = view.subscription.unwrap().id;
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, None);
        policy(&world, &producer, Some("ebook"), |policy| policy.plan.change = false).await;
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::SellerOnly));
    }
}

#[tokio::test]
async fn a_dearer_plan_is_paid_by_days_and_there_at_once() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world).await;
        assert_eq!(world.area.held(ANA).into_keys().collect::<Vec<_>>(), [AccessTarget::Classroom(222)]);
        let seen = preview(&buyer, id, "gold").await.unwrap();
        let until = at("2026-11-27T15:00:00Z");
        let lines =
            [QuoteLine::Credit(Money::new(2_256, BRL)), QuoteLine::Plan { amount: Money::new(4_514, BRL), until }];
        assert_eq!((seen.lines.as_slice(), seen.due.amount, seen.installments_max), (lines.as_slice(), 2_258, 1));
        assert_eq!((seen.id, seen.next_charge_at, seen.price.amount.amount), (None, until, 19_990));
        let number = changed(&world, &buyer, id, "gold").await;
        let charges = world.gateway.charges();
        assert_eq!(
            (charges.len(), charges[0].0.amount.amount, charges[0].0.key.clone()),
            (1, 2_258, number.to_string())
        );
        let view = order(&buyer, "S-1").await;
        let plan = view.subscription.unwrap();
        assert_eq!(
            (&*plan.plan, plan.price.amount, plan.period_end),
            ("Plano gold", 19_990, until),
            "{}",
            world.engine
        );
        assert_eq!((plan.next_charge_at, plan.status), (Some(until), SubscriptionStatus::Active));
        let taken: Vec<_> = view.charges.iter().map(|charge| (charge.amount.amount, charge.status)).collect();
        assert_eq!(taken, [(2_258, ChargeStatus::Paid), (9_990, ChargeStatus::Paid)]);
        assert_eq!((&*view.items[0].name, view.items[0].offer.as_deref()), ("Curso photo", Some("Plano gold")));
        assert_eq!(world.area.held(ANA).len(), 2, "access follows the new plan's product");
        assert_eq!((count(&world, "PlanChanged"), state(&buyer, id, number).await), (1, PlanChangeState::Applied));
        assert_sound(&world).await;
        // The new plan is worth its own price now.
        let back = preview(&buyer, id, "year").await.unwrap();
        assert_eq!(back.lines[0], QuoteLine::Credit(Money::new(4_514, BRL)));
    }
}

#[tokio::test]
async fn a_longer_cycle_begins_today_and_its_instalments_end_before_the_next_one() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world).await;
        let seen = preview(&buyer, id, "year").await.unwrap();
        let end = at("2027-11-20T12:00:00Z");
        assert_eq!((seen.due.amount, seen.installments_max, seen.next_charge_at), (49_900 - 2_256, 12, end));
        let number = quote(&buyer, id, "year").await.unwrap();
        for wrong in [0, 13, -1] {
            let refused = confirm(&buyer, id, number, wrong, true).await;
            assert!(matches!(refused, Err(PlanError::Installments)), "{refused:?}");
        }
        confirm(&buyer, id, number, 12, true).await.unwrap();
        world.settle().await;
        assert_eq!(world.gateway.charges()[0].0.installments, 12);
        let view = order(&buyer, "S-1").await;
        assert_eq!(view.charges[0].installments, 12, "{}", world.engine);
        let plan = view.subscription.unwrap();
        assert_eq!((plan.interval, plan.period_end, plan.next_charge_at), ((IntervalUnit::Year, 1), end, Some(end)));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn the_list_says_when_each_plan_begins_or_why_it_cannot_be_chosen() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world).await;
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
        assert_eq!(choices().await, expected.map(|(code, choice)| (code.to_owned(), choice)), "{}", world.engine);
        for cannot in ["dollars", "once", "ghost", "basic", "nothing", "", "'; drop table offers"] {
            let refused = quote(&buyer, id, cannot).await;
            assert!(matches!(refused, Err(PlanError::NotATarget)), "{cannot}: {refused:?}");
        }
        policy(&world, &producer, Some("photo"), |policy| policy.plan.change = false).await;
        assert_eq!(choices().await[0].1, PlanChoice::Closed);
        policy(&world, &producer, Some("photo"), |_| {}).await;
        policy(&world, &producer, Some("ebook"), |policy| policy.plan.upgrade = Effect::PeriodEnd).await;
        assert_eq!(choices().await[0].1, renewal);
        // The price that counts is the subscription's own, whatever its offer costs today.
        policy(&world, &producer, Some("ebook"), |_| {}).await;
        put(&world, &producer, "basic", "ebook", 99_990, BRL, Some((IntervalUnit::Month, 1)), &["gold"]).await;
        assert_eq!(choices().await, [("gold".to_owned(), PlanChoice::Now)]);
        assert_eq!(preview(&buyer, id, "gold").await.unwrap().due.amount, 2_258);
    }
}

#[tokio::test]
async fn a_cheaper_plan_waits_for_the_renewal_and_can_be_undone_until_then() {
    for world in worlds().await {
        let producer = shop(&world).await;
        place(&world, &producer, sold(&world, "S-1", "gold", "photo", 19_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        let renewal = at("2026-11-27T15:00:00Z");
        let order_id = |buyer: &Buyer| {
            let buyer = buyer.clone();
            async move { portal::testing::order_of(&buyer, "S-1").await }
        };
        let number = changed(&world, &buyer, id, "basic").await;
        let plan = subscription(&buyer, "S-1").await;
        let scheduled = plan.scheduled.unwrap();
        assert_eq!((&*plan.plan, &*scheduled.plan, scheduled.at), ("Plano gold", "Plano basic", renewal));
        assert_eq!((world.gateway.charges().len(), count(&world, "PlanScheduled")), (0, 1), "{}", world.engine);
        undo(&buyer, id, number).await.unwrap();
        undo(&buyer, id, number).await.unwrap();
        world.settle().await;
        assert_eq!((subscription(&buyer, "S-1").await.scheduled, count(&world, "PlanUndone")), (None, 1));
        // A later one takes the place of the one that waits.
        policy(&world, &producer, None, |policy| policy.plan.upgrade = Effect::PeriodEnd).await;
        let first = changed(&world, &buyer, id, "year").await;
        let second = changed(&world, &buyer, id, "basic").await;
        assert_eq!(state(&buyer, id, first).await, PlanChangeState::Replaced);
        let order = order_id(&buyer).await;
        let due = async |when| {
            let mut reader = world.portal.db.read().await.unwrap();
            due_change(reader.conn(), order, when).await.unwrap()
        };
        assert_eq!(due(Instant::from_micros(renewal.micros() - 1)).await, None);
        let found = due(renewal).await.unwrap();
        assert_eq!((found.id, found.amount.amount, found.name.as_str()), (second, 9_990, "Plano basic"));
        let mut tx = world.portal.db.begin().await.unwrap();
        assert!(mark_applied(&world.portal, &mut tx, second).await.unwrap());
        assert!(mark_applied(&world.portal, &mut tx, second).await.unwrap(), "twice is once");
        assert!(!mark_applied(&world.portal, &mut tx, first).await.unwrap());
        world.portal.commit(tx).await.unwrap();
        world.settle().await;
        assert_eq!((due(renewal).await, count(&world, "PlanChanged")), (None, 1));
        assert!(matches!(undo(&buyer, id, second).await, Err(PlanError::Begun)));
        assert_eq!(world.area.held(ANA).into_keys().collect::<Vec<_>>(), [AccessTarget::Classroom(222)]);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn the_renewal_charges_the_plan_that_begins_with_it() {
    for world in worlds().await {
        let producer = shop(&world).await;
        place(&world, &producer, sold(&world, "S-1", "gold", "photo", 19_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        changed(&world, &buyer, id, "basic").await;
        let renewal = subscription(&buyer, "S-1").await.next_charge_at.unwrap();
        world.clock.jump(renewal);
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        let next = at("2026-12-27T15:00:00Z");
        assert_eq!((plan.plan.as_str(), plan.price.amount, plan.period_end), ("Plano basic", 9_990, next));
        assert_eq!((plan.scheduled, count(&world, "PlanChanged")), (None, 1));
        let charged: Vec<i64> = world.gateway.charges().iter().map(|(order, _)| order.amount.amount).collect();
        assert_eq!(charged, [9_990], "{}", world.engine);
        assert_eq!(world.area.held(ANA).into_keys().collect::<Vec<_>>(), [AccessTarget::Classroom(222)]);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_renewal_that_fails_leaves_the_old_plan_until_it_is_paid() {
    for world in worlds().await {
        let producer = shop(&world).await;
        place(&world, &producer, sold(&world, "S-1", "gold", "photo", 19_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        changed(&world, &buyer, id, "basic").await;
        let renewal = subscription(&buyer, "S-1").await.next_charge_at.unwrap();
        world.gateway.next_charges(&[ChargeProgress::Declined(DeclineReason::InsufficientFunds)]);
        world.clock.jump(renewal);
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        assert_eq!((plan.plan.as_str(), plan.status), ("Plano gold", SubscriptionStatus::PastDue));
        world.clock.forward(Duration::from_secs(86_400));
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        assert_eq!((plan.plan.as_str(), plan.status), ("Plano basic", SubscriptionStatus::Active), "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn credit_that_the_new_plan_does_not_use_up_becomes_days() {
    for world in worlds().await {
        let producer = shop(&world).await;
        policy(&world, &producer, None, |policy| policy.plan.downgrade = Effect::Now).await;
        place(&world, &producer, sold(&world, "S-1", "gold", "photo", 19_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
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
        assert_eq!((world.gateway.charges().len(), count(&world, "PlanChanged")), (0, 1), "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_trial_changes_its_plan_without_a_charge_and_ends_when_it_would() {
    for world in worlds().await {
        let producer = shop(&world).await;
        let mut trial = sold(&world, "S-1", "basic", "ebook", 9_990);
        trial.charge = None;
        if let Some(subscription) = &mut trial.subscription {
            (subscription.status, subscription.paid_at) = (SubscriptionStatus::Trialing, None);
        }
        place(&world, &producer, trial).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        for target in ["gold", "free"] {
            let seen = preview(&buyer, id, target).await.unwrap();
            assert!(seen.is_trial && seen.is_now && seen.due.amount == 0 && seen.lines.is_empty(), "{seen:?}");
        }
        changed(&world, &buyer, id, "gold").await;
        let plan = subscription(&buyer, "S-1").await;
        let end = at("2026-11-27T15:00:00Z");
        assert_eq!((plan.status, plan.price.amount), (SubscriptionStatus::Trialing, 19_990), "{}", world.engine);
        assert_eq!((plan.period_end, plan.next_charge_at), (end, Some(end)));
        assert!(world.gateway.charges().is_empty());
    }
}

#[tokio::test]
async fn what_was_not_paid_is_no_credit() {
    for world in worlds().await {
        let producer = shop(&world).await;
        let mut discounted = sold(&world, "S-1", "basic", "ebook", 9_990);
        if let Some(charge) = &mut discounted.charge {
            charge.amount = 4_995;
        }
        place(&world, &producer, discounted).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        let seen = preview(&buyer, id, "gold").await.unwrap();
        assert_eq!(seen.lines[0], QuoteLine::Credit(Money::new(1_128, BRL)), "{}", world.engine);
    }
}

#[tokio::test]
async fn every_refusal_has_its_reason() {
    use SubscriptionStatus::{Active, Ended, Ending, PastDue, Paused};
    for world in worlds().await {
        let producer = shop(&world).await;
        let by_status = [
            (Ended, PlanRefusal::Ended),
            (Ending, PlanRefusal::Ending),
            (PastDue, PlanRefusal::PastDue),
            (Paused, PlanRefusal::Paused),
        ];
        let mut cases = Vec::new();
        for (status, refusal) in by_status {
            let mut new = sold(&world, &format!("S-{status}"), "basic", "ebook", 9_990);
            if let Some(subscription) = &mut new.subscription {
                subscription.status = status;
            }
            cases.push((new, refusal));
        }
        let with = |number: &str, change: &dyn Fn(&mut NewOrder)| {
            let mut new = sold(&world, number, "basic", "ebook", 9_990);
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
        cases.push((with("S-guru", &|new| new.gateway = line("guru")), PlanRefusal::SellerOnly));
        let over = |new: &mut NewOrder| new.subscription.as_mut().unwrap().period_end = at("2026-11-20T12:00:00Z");
        cases.push((with("S-over", &over), PlanRefusal::Renewing));
        for (new, _) in &cases {
            place(&world, &producer, new.clone()).await;
        }
        place(&world, &producer, sold(&world, "S-1", "basic", "ebook", 9_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        for (new, refusal) in cases {
            let number = new.code.to_string();
            let id = subscription(&buyer, &number).await.id;
            let seen = plans(&buyer, id).await.unwrap().unwrap();
            assert_eq!((seen.refusal, seen.targets.len()), (Some(refusal), 0), "{} {number}", world.engine);
            let asked = quote(&buyer, id, "gold").await;
            assert!(matches!(asked, Err(PlanError::Refused(why)) if why == refusal), "{number}: {asked:?}");
        }
        let id = subscription(&buyer, "S-1").await.id;
        let before = quote(&buyer, id, "gold").await.unwrap();
        policy(&world, &producer, None, |policy| policy.plan.change = false).await;
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::SellerOnly));
        let late = confirm(&buyer, id, before, 1, true).await;
        assert!(matches!(late, Err(PlanError::Refused(PlanRefusal::SellerOnly))), "{late:?}");
        policy(&world, &producer, None, |_| {}).await;
        put(&world, &producer, "basic", "ebook", 9_990, BRL, Some((IntervalUnit::Month, 1)), &[]).await;
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::NoTargets));
        // A refund that is asked for holds everything.
        let form = portal::refund::new_request_id(&world.portal);
        world.gateway.fail_next(&[GatewayFault::LostBefore]);
        place(&world, &producer, sold(&world, "S-2", "basic", "ebook", 9_990)).await;
        let asked = portal::refund::request(&buyer, "S-2", form, &[]).await;
        if asked.is_ok() {
            let id = subscription(&buyer, "S-2").await.id;
            assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::Refund));
        }
        assert!(world.gateway.charges().is_empty());
        assert_eq!(subscription(&buyer, "S-1").await.status, Active);
    }
}

#[tokio::test]
async fn fifty_rounds_of_eight_presses_are_one_change_and_one_charge_each() {
    for world in worlds().await {
        let producer = shop(&world).await;
        place(&world, &producer, sold(&world, "S-0", "basic", "ebook", 9_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        for round in 1..=50 {
            let number = format!("S-{round}");
            place(&world, &producer, sold(&world, &number, "basic", "ebook", 9_990)).await;
            let id = subscription(&buyer, &number).await.id;
            // Half of the presses are of one form, half of forms in another tab.
            let forms = [quote(&buyer, id, "gold").await.unwrap(), quote(&buyer, id, "gold").await.unwrap()];
            let presses = join_all((0..8).map(|n| confirm(&buyer, id, forms[n % 2], 1, true))).await;
            assert!(presses.iter().any(Result::is_ok), "{} round {round}: {presses:?}", world.engine);
            let refused = presses.iter().filter_map(|press| press.as_ref().err());
            for error in refused {
                assert!(matches!(error, PlanError::Refused(PlanRefusal::UnderWay(_))), "{error:?}");
            }
        }
        world.settle().await;
        let charges = world.gateway.charges();
        assert_eq!(charges.len(), 50, "{}", world.engine);
        assert!(charges.iter().all(|(charge, _)| charge.amount.amount == 2_258));
        assert_eq!(count(&world, "PlanChanged"), 50);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_quote_holds_for_fifteen_minutes_and_for_its_own_subscription_and_buyer_only() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world).await;
        let number = quote(&buyer, id, "gold").await.unwrap();
        // Whoever did not say yes to a charge is not charged.
        assert!(matches!(confirm(&buyer, id, number, 1, false).await, Err(PlanError::NoConsent)));
        place(&world, &producer, sold(&world, "S-2", "basic", "ebook", 9_990)).await;
        let mut bobs = sold(&world, "B-1", "basic", "ebook", 9_990);
        bobs.buyer.email = email("bob@example.com");
        place(&world, &producer, bobs).await;
        world.settle().await;
        let other = subscription(&buyer, "S-2").await.id;
        let bob = sign_in(&world, "bob@example.com").await;
        let bobs = subscription(&bob, "B-1").await.id;
        let nobodys = QuoteId(world.portal.new_id());
        for (who, subscription, number) in
            [(&buyer, other, number), (&bob, id, number), (&bob, bobs, number), (&buyer, id, nobodys)]
        {
            assert!(matches!(confirm(who, subscription, number, 1, true).await, Err(PlanError::NotFound)));
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
        put(&world, &producer, "gold", "photo", 99_990, BRL, Some((IntervalUnit::Month, 1)), &["year"]).await;
        confirm(&buyer, id, fresh, 1, true).await.unwrap();
        world.settle().await;
        assert_eq!(world.gateway.charges()[0].0.amount.amount, 2_258, "{}", world.engine);
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 19_990);
        assert!(matches!(confirm(&buyer, id, sibling, 1, true).await, Err(PlanError::QuoteEnded { .. })));
        assert_eq!(world.gateway.charges().len(), 1);
    }
}

#[tokio::test]
async fn a_decline_leaves_everything_as_it_was() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world).await;
        // But for what the buyer can read of the try.
        let order = async || OrderView { timeline: Vec::new(), ..order(&buyer, "S-1").await };
        let before = order().await;
        world.gateway.next_charges(&[ChargeProgress::Declined(DeclineReason::InsufficientFunds)]);
        let number = changed(&world, &buyer, id, "gold").await;
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.decline), (PlanChangeState::Declined, Some(DeclineReason::InsufficientFunds)));
        assert_eq!(order().await, before, "{}", world.engine);
        assert_eq!(count(&world, "PlanChanged"), 0);
        // It may be tried again, by a quote of its own.
        changed(&world, &buyer, id, "gold").await;
        assert_eq!((subscription(&buyer, "S-1").await.price.amount, world.gateway.charges().len()), (19_990, 2));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn an_unclear_answer_is_asked_about_before_anything_is_charged_again() {
    use GatewayFault::{LostAfter, LostBefore, Unavailable};
    for world in worlds().await {
        let producer = shop(&world).await;
        let faults: [&[GatewayFault]; 4] =
            [&[LostAfter], &[LostBefore], &[Unavailable, LostBefore, Unavailable], &[LostBefore, LostAfter]];
        for (round, faults) in faults.iter().enumerate() {
            let number = format!("S-{round}");
            place(&world, &producer, sold(&world, &number, "basic", "ebook", 9_990)).await;
            world.settle().await;
            let buyer = sign_in(&world, ANA).await;
            world.clock.forward(Duration::from_secs(90));
            let id = subscription(&buyer, &number).await.id;
            world.gateway.fail_next_charges(faults);
            let number = changed(&world, &buyer, id, "gold").await;
            assert_ne!(state(&buyer, id, number).await, PlanChangeState::Applied);
            assert_eq!(subscription(&buyer, &format!("S-{round}")).await.price.amount, 9_990);
            for _ in 0..5 {
                world.clock.forward(Duration::from_secs(60));
                world.settle().await;
            }
            assert_eq!(state(&buyer, id, number).await, PlanChangeState::Applied, "{} {faults:?}", world.engine);
            assert_eq!(world.gateway.charges().len(), round + 1, "{} {faults:?}", world.engine);
        }
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_gateway_that_stays_away_for_an_hour_charges_nobody_later() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world).await;
        world.gateway.fail_next_charges(&[GatewayFault::Unavailable; 60]);
        let number = changed(&world, &buyer, id, "gold").await;
        for _ in 0..70 {
            world.clock.forward(Duration::from_secs(60));
            world.settle().await;
        }
        world.clock.forward(Duration::from_secs(6 * 3600));
        world.settle().await;
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.decline), (PlanChangeState::Declined, Some(DeclineReason::ProcessingError)));
        assert!(world.gateway.charges().is_empty(), "{}", world.engine);
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990);
    }
}

#[tokio::test]
async fn what_the_bank_wants_confirmed_waits_and_is_applied_when_it_is_paid() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world).await;
        let url = "https://bank.test/3ds".to_owned();
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: url.clone() }]);
        let number = changed(&world, &buyer, id, "gold").await;
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.pay_url), (PlanChangeState::Waiting, Some(url)));
        assert_eq!(plans(&buyer, id).await.unwrap().unwrap().refusal, Some(PlanRefusal::UnderWay(number)));
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990);
        assert_sound(&world).await;
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        // The gateway's webhook wakes it before its time.
        let mut tx = world.portal.db.begin().await.unwrap();
        let reference = format!("test-charge-{number}");
        assert!(portal::plan::heard(&world.portal, &mut tx, "test", &reference).await.unwrap());
        assert!(!portal::plan::heard(&world.portal, &mut tx, "other", &reference).await.unwrap());
        world.portal.commit(tx).await.unwrap();
        world.settle().await;
        assert_eq!((state(&buyer, id, number).await, world.gateway.charges().len()), (PlanChangeState::Applied, 1));
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 19_990, "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn the_charge_of_a_change_says_what_it_was_made_with_whatever_is_on_file_when_it_is_paid() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world).await;
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: "https://bank.test/3ds".to_owned() }]);
        let number = changed(&world, &buyer, id, "gold").await;
        let place = CardPlace::Subscription(id);
        let form = portal::refund::new_request_id(&world.portal);
        portal::card::change_method(&buyer, &place, form, Method::Pix).await.unwrap();
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        world.clock.forward(Duration::from_secs(60));
        world.settle().await;
        let after = order(&buyer, "S-1").await;
        assert_eq!(after.payment.method, Method::Pix, "{}", world.engine);
        let methods: Vec<_> = after.charges.iter().map(|charge| charge.method).collect();
        assert_eq!(methods, [Method::Card, Method::Card]);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn money_that_comes_for_a_subscription_that_is_over_goes_back() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world).await;
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: "https://bank.test/3ds".to_owned() }]);
        let number = changed(&world, &buyer, id, "gold").await;
        let mut ended = sold(&world, "S-1", "basic", "ebook", 9_990);
        ended.version = Version::of_subscription(world.portal.now());
        ended.subscription.as_mut().unwrap().status = SubscriptionStatus::Ended;
        let mut tx = world.portal.db.begin().await.unwrap();
        portal::intake::place(&world.portal, &mut tx, &producer, ended, Way::Report("test")).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        for _ in 0..3 {
            world.clock.forward(Duration::from_secs(60));
            world.settle().await;
        }
        // Taken by the gateway is not back yet.
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Returning, "{}", world.engine);
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).collect::<Vec<_>>(), [2_258]);
        assert_eq!(order(&buyer, "S-1").await.charges.len(), 2);
        assert_sound(&world).await;
    }
}

/// A renewal that comes between the press and the money is not lost.
#[tokio::test]
async fn a_renewal_before_the_money_keeps_its_days() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world).await;
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: "https://bank.test/3ds".to_owned() }]);
        let number = changed(&world, &buyer, id, "gold").await;
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
        };
        let order_id = portal::testing::order_of(&buyer, "S-1").await;
        let mut tx = world.portal.db.begin().await.unwrap();
        tell(&world.portal, &mut tx, order_id, None, Some(renewed)).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        world.clock.forward(Duration::from_secs(60));
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        assert_eq!((plan.price.amount, plan.period_end, plan.next_charge_at), (19_990, next, Some(next)));
        assert_sound(&world).await;
    }
}

/// A future that is dropped after so many steps, as a process that dies.
struct Cut<F> {
    inner: Pin<Box<F>>,
    left: u32,
}

impl<F: Future> Future for Cut<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

#[tokio::test]
async fn a_crash_at_any_step_heals_by_itself_with_one_effect() {
    for world in worlds().await {
        let producer = shop(&world).await;
        place(&world, &producer, sold(&world, "S-0", "basic", "ebook", 9_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let mut charged = 0;
        for steps in 0..48 {
            let number = format!("S-{}", steps + 1);
            place(&world, &producer, sold(&world, &number, "basic", "ebook", 9_990)).await;
            let id = subscription(&buyer, &number).await.id;
            let form = quote(&buyer, id, "gold").await.unwrap();
            // The press may be cut as well: then it is pressed again.
            if steps % 2 == 0 {
                Cut { inner: Box::pin(confirm(&buyer, id, form, 1, true)), left: steps / 2 }.await;
            }
            confirm(&buyer, id, form, 1, true).await.unwrap();
            for left in [steps, steps / 2] {
                Cut { inner: Box::pin(portal::plan::advance(&world.portal, form, false)), left }.await;
            }
            world.settle().await;
            charged += 1;
            assert_eq!(state(&buyer, id, form).await, PlanChangeState::Applied, "{} step {steps}", world.engine);
            assert_eq!(world.gateway.charges().len(), charged, "{} step {steps}", world.engine);
            let view = order(&buyer, &number).await;
            assert_eq!((view.charges.len(), view.subscription.unwrap().price.amount), (2, 19_990));
        }
        assert_eq!(count(&world, "PlanChanged"), 48);
        assert_sound(&world).await;
    }
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
    for world in worlds().await {
        let producer = shop(&world).await;
        policy(&world, &producer, None, |policy| policy.plan.downgrade = Effect::Now).await;
        let mut new = sold(&world, "S-1", "year", "photo", 49_900);
        let subscription = new.subscription.as_mut().unwrap();
        subscription.interval = (IntervalUnit::Year, 1);
        (subscription.period_end, subscription.next_charge_at) =
            (at("2027-10-27T15:00:00Z"), Some(at("2027-10-27T15:00:00Z")));
        place(&world, &producer, new).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = self::subscription(&buyer, "S-1").await.id;
        // 341 of 365 days are left of 499,00.
        let left = credit(&buyer, id, "basic").await;
        assert_eq!(left, 46_619);
        let mut paid = 0;
        for target in ["basic", "gold", "basic", "year", "basic"] {
            world.clock.forward(Duration::from_secs(60));
            assert_eq!(credit(&buyer, id, target).await, left + paid, "{} {target}", world.engine);
            let due = preview(&buyer, id, target).await.unwrap().due.amount;
            changed(&world, &buyer, id, target).await;
            paid += due;
        }
        let taken: i64 = world.gateway.charges().iter().map(|(order, _)| order.amount.amount).sum();
        assert_eq!(taken, paid, "{}", world.engine);
        // Days that credit bought are worth what they cost, also weeks later.
        let plan = self::subscription(&buyer, "S-1").await;
        world.clock.forward(Duration::from_secs(40 * 86_400));
        let days = plan.period_end.since(at("2026-11-20T12:00:00Z")).as_secs().div_ceil(86_400);
        let rest = (2 * (left + paid) * (days as i64 - 40) + days as i64) / (2 * days as i64);
        assert!((credit(&buyer, id, "gold").await - rest).abs() <= left / days as i64, "{rest} {days}");
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn nothing_is_taken_for_a_subscription_that_was_cancelled_meanwhile() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world).await;
        world.gateway.fail_next_charges(&[GatewayFault::Unavailable]);
        let number = changed(&world, &buyer, id, "gold").await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Asked);
        let form = portal::refund::new_request_id(&world.portal);
        portal::subscription::cancel(&buyer, id, form, "", "").await.unwrap();
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Declined, "{}", world.engine);
        // A call that may have arrived is asked about until it cannot arrive any more, and never made again.
        place(&world, &producer, sold(&world, "S-2", "basic", "ebook", 9_990)).await;
        let id = subscription(&buyer, "S-2").await.id;
        world.gateway.fail_next_charges(&[GatewayFault::LostBefore]);
        let number = changed(&world, &buyer, id, "gold").await;
        let form = portal::refund::new_request_id(&world.portal);
        portal::subscription::cancel(&buyer, id, form, "", "").await.unwrap();
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Reconciling);
        for _ in 0..8 {
            world.clock.forward(Duration::from_secs(3600));
            world.settle().await;
        }
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Declined, "{}", world.engine);
        assert!(world.gateway.charges().is_empty());
        assert_sound(&world).await;
    }
}

/// A change whose money arrives when the subscription is over.
async fn paid_too_late(world: &World) -> (Buyer, SubscriptionId, QuoteId) {
    let (_, buyer, id) = subscribed(world).await;
    world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: "https://bank.test/3ds".to_owned() }]);
    let number = changed(world, &buyer, id, "gold").await;
    let form = portal::refund::new_request_id(&world.portal);
    portal::subscription::cancel(&buyer, id, form, "", "").await.unwrap();
    world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
    world.clock.forward(Duration::from_secs(60));
    world.settle().await;
    (buyer, id, number)
}

#[tokio::test]
async fn money_that_goes_back_is_watched_until_it_is_there_and_stands_in_the_books() {
    for world in worlds().await {
        let (buyer, id, number) = paid_too_late(&world).await;
        assert_eq!((state(&buyer, id, number).await, world.gateway.refunds().len()), (PlanChangeState::Returning, 1));
        let view = order(&buyer, "S-1").await;
        let status = view.charges.iter().map(|charge| (charge.amount.amount, charge.status)).collect::<Vec<_>>();
        assert_eq!(status, [(2_258, ChargeStatus::Paid), (9_990, ChargeStatus::Paid)], "{}", world.engine);
        // Cancelled, with access until its end: nothing follows from the money that goes back.
        let plan = view.subscription.unwrap();
        assert_eq!((plan.status, plan.price.amount), (SubscriptionStatus::Ending, 9_990));
        assert_eq!(world.area.held(ANA).len(), 1);
        assert_eq!(count(&world, "PlanPaidBack"), 1);
        world.gateway.progress(&portal::ports::RefundProgress::Succeeded);
        world.clock.forward(Duration::from_secs(6 * 3600));
        world.settle().await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Returned);
        let view = order(&buyer, "S-1").await;
        assert_eq!(view.charges[0].status, ChargeStatus::Refunded, "{}", world.engine);
        assert_eq!(view.status, types::OrderStatus::Paid, "the purchase itself was not paid back");
        let receipt = portal::document::receipt(&buyer, "S-1", view.charges[0].id).await.unwrap().unwrap();
        let refunded = Money::new(2_258, BRL);
        assert!(matches!(receipt.kind, types::view::DocumentKind::Receipt { refunded: back, .. } if back == refunded));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn what_is_paid_after_the_change_was_given_up_goes_back() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world).await;
        let (code, url) = ("000201".to_owned(), "https://gateway.test/pix".to_owned());
        let until = world.portal.now().plus(Duration::from_secs(3600));
        world.gateway.next_charges(&[ChargeProgress::Waiting { code, url, until }]);
        let number = changed(&world, &buyer, id, "gold").await;
        let reference = format!("test-charge-{number}");
        let say = async |event: &str, progress: ChargeProgress| {
            world.gateway.charge_progress(&number.to_string(), progress.clone());
            let said = Said::Charge { reference: reference.clone(), progress };
            let (id, kind, body) = (event.to_owned(), "test".to_owned(), String::new());
            take(&world.portal, &Event { gateway: "test", id, kind, body, said }).await.unwrap();
            world.settle().await;
        };
        say("expired", ChargeProgress::Declined(DeclineReason::Expired)).await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Declined, "{}", world.engine);
        say("paid", ChargeProgress::Paid).await;
        say("paid again", ChargeProgress::Paid).await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Returning, "{}", world.engine);
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).collect::<Vec<_>>(), [2_258]);
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990, "the old plan is untouched");
        world.gateway.progress(&portal::ports::RefundProgress::Succeeded);
        world.clock.forward(Duration::from_secs(6 * 3600));
        world.settle().await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Returned);
        assert_eq!(count(&world, "PlanPaidBack"), 1);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn money_that_cannot_go_back_is_told_to_the_seller_once() {
    for world in worlds().await {
        let (buyer, id, number) = paid_too_late(&world).await;
        let reason = "expired_or_canceled_card".to_owned();
        world.gateway.progress(&portal::ports::RefundProgress::Failed { reason });
        for _ in 0..4 {
            world.clock.forward(Duration::from_secs(6 * 3600));
            world.settle().await;
        }
        assert_eq!(count(&world, "ProducerPlanNotReturned"), 1, "{}", world.engine);
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.is_not_returned), (PlanChangeState::Returning, true));
        let letters = world.mail.taken();
        let letter = letters.iter().find(|letter| letter.subject == "ProducerPlanNotReturned").unwrap();
        assert!(letter.text.contains("expired_or_canceled_card") && letter.to.as_str() == "luz@example.com");
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_gateway_that_refuses_to_pay_back_is_asked_once_and_hears_of_the_card_that_was_charged() {
    for world in worlds().await {
        world.gateway.fail_next(&[GatewayFault::Refuses]);
        let (buyer, id, number) = paid_too_late(&world).await;
        for _ in 0..3 {
            world.clock.forward(Duration::from_secs(7 * 3600));
            world.settle().await;
        }
        assert!(change(&buyer, id, number).await.unwrap().unwrap().is_not_returned, "{}", world.engine);
        assert_eq!((world.gateway.calls(), count(&world, "ProducerPlanNotReturned")), (1, 1));
        assert_sound(&world).await;
    }
    for world in worlds().await {
        let _ = paid_too_late(&world).await;
        let charged = world.gateway.charges()[0].0.card.clone().map(|card| card.last4);
        assert!(charged.is_some());
        assert_eq!(world.gateway.refunds()[0].card_last4, charged, "{}", world.engine);
    }
}

#[tokio::test]
async fn a_new_price_of_the_own_offer_is_not_the_price_of_who_has_it_already() {
    for world in worlds().await {
        let (producer, buyer, _) = subscribed(&world).await;
        put(&world, &producer, "basic", "ebook", 99_990, BRL, Some((IntervalUnit::Month, 1)), &["gold"]).await;
        for _ in 0..2 {
            let next = subscription(&buyer, "S-1").await.next_charge_at.unwrap();
            world.clock.jump(next);
            world.settle().await;
        }
        let charged: Vec<i64> = world.gateway.charges().iter().map(|(order, _)| order.amount.amount).collect();
        assert_eq!(charged, [9_990, 9_990], "{}", world.engine);
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990);
        assert_sound(&world).await;
    }
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
        let rows: Vec<(String,)> = portal::on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        rows.into_iter().map(|(row,)| row).collect()
    };
    for world in worlds().await {
        let producer = shop(&world).await;
        put(&world, &producer, "gold", "photo", 19_990, BRL, Some((IntervalUnit::Month, 1)), &["basic", "year", "big"])
            .await;
        put(&world, &producer, "big", "photo", 29_990, BRL, Some((IntervalUnit::Month, 1)), &[]).await;
        place(&world, &producer, sold(&world, "S-1", "gold", "photo", 19_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        // Dearer, the one that runs, one that is no target, one that does not exist.
        for (offer, can) in [("big", false), ("gold", false), ("free", false), ("ghost", false), ("basic", true)] {
            policy(&world, &producer, None, |policy| policy.cancel = offered(offer)).await;
            let shown = portal::subscription::choices(&buyer, id).await.unwrap().offer;
            assert_eq!(shown.is_some(), can, "{} {offer}", world.engine);
        }
        portal::subscription::open(&buyer, id).await.unwrap();
        portal::subscription::accept(&buyer, id, "no-time", "").await.unwrap();
        assert_eq!(outcome(&world).await, ["opened:plan"], "looking changes nothing");
        assert!(portal::subscription::choices(&buyer, id).await.unwrap().offer.is_none(), "one offer, once");
        changed(&world, &buyer, id, "basic").await;
        assert_eq!(outcome(&world).await, ["opened:plan"], "it only waits for the renewal");
        world.clock.jump(subscription(&buyer, "S-1").await.next_charge_at.unwrap());
        world.settle().await;
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990);
        assert_eq!(outcome(&world).await, ["saved:plan"], "{}", world.engine);
        assert_sound(&world).await;
    }
}
