//! Ending a subscription: on its day, once, whatever the source still says, and back again until then (rule 6).

use crate::browserless::{form, forms};
use crate::harness::{assert_sound, code, line, order, paid_order, place, seller, sign_in, worlds};
use crate::member_areas::Area;
use crate::shop::{self, catalogue, sell, subscription_of};
use crate::site::Site;
use futures::future::join_all;
use portal::catalogue::producer::Producer;
use portal::intake::{NewOrder, NewSubscription, Version, Way};
use portal::on;
use portal::policy::{self, CancelPolicy, Effect, Policy, Retention, RetentionOffer};
use portal::refund::new_request_id;
use portal::subscription::{
    AcceptError, CancelError, UndoError, abort, accept, cancel, choices, for_buyer, open, preview, undo,
};
use portal::testing::World;
use portal::{Buyer, intake, outbox};
use std::time::Duration;
use types::view::{ActionRefusal, EndsNow, SubscriptionPage};
use types::{
    CancellationState, Instant, IntervalUnit, OrderKind, Protocol, RetentionKind, SubscriptionId, SubscriptionStatus,
};

const ANA: &str = "ana@example.com";
const DAY: Duration = Duration::from_secs(86_400);

/// A month of `photo`, paid now, at a gateway that leaves the calendar to us.
fn plan(world: &World, code: &str, status: SubscriptionStatus) -> NewOrder {
    let now = world.portal.now();
    let period_end = now.plus(DAY * 30);
    let mut order = paid_order(world, ANA, code, &[("photo", 4_990)]);
    order.kind = OrderKind::Subscription;
    order.subscription = Some(NewSubscription {
        status,
        plan: Some(line("Clube mensal")),
        amount: 4_990,
        interval: (IntervalUnit::Month, 1),
        period_start: now,
        period_end,
        next_charge_at: Some(period_end),
        canceled_at: None,
        paid_at: Some(now),
    });
    order
}

/// Ana with one subscription, signed in.
async fn subscribed(world: &World, status: SubscriptionStatus) -> (Producer, Buyer, SubscriptionId) {
    let producer = seller(world, "luz").await;
    place(world, &producer, plan(world, "S-1", status)).await;
    world.settle().await;
    let buyer = sign_in(world, ANA).await;
    let id = id_of(&buyer, "S-1").await;
    (producer, buyer, id)
}

async fn id_of(buyer: &Buyer, code: &str) -> SubscriptionId {
    order(buyer, code).await.subscription.unwrap().id
}

async fn page(buyer: &Buyer, id: SubscriptionId) -> SubscriptionPage {
    for_buyer(buyer, id).await.unwrap().expect("the buyer's own subscription")
}

async fn press(buyer: &Buyer, id: SubscriptionId) -> Result<Protocol, CancelError> {
    cancel(buyer, id, new_request_id(buyer.portal()), "", "").await
}

/// The source says something of the subscription, as of `at`.
async fn told(world: &World, producer: &Producer, mut said: NewOrder, status: SubscriptionStatus, at: Instant) {
    said.version = Version::of_subscription(at);
    said.charge = None;
    if let Some(subscription) = &mut said.subscription {
        subscription.status = status;
    }
    let mut tx = world.portal.db.begin().await.unwrap();
    intake::place(&world.portal, &mut tx, producer, said, Way::Report("test")).await.unwrap();
    world.portal.commit(tx).await.unwrap();
}

async fn set_policy(world: &World, producer: &Producer, cancel: CancelPolicy) {
    policy::put(&world.portal, producer, None, &Policy { cancel, ..Policy::default() }).await.unwrap();
}

fn count(world: &World, subject: &str) -> usize {
    world.mail.taken().iter().filter(|letter| letter.subject == subject).count()
}

async fn rows(world: &World, sql: &'static str) -> Vec<String> {
    let rows: Vec<(String,)> =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
    rows.into_iter().map(|(row,)| row).collect()
}

#[tokio::test]
async fn access_lasts_until_its_day_nothing_more_is_charged_and_then_it_ends_by_itself() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        let seen = preview(&buyer, id).await.unwrap();
        assert_eq!((seen.effective_at, seen.ends_now), (seen.plan.period_end, None));
        let protocol = cancel(&buyer, id, new_request_id(&world.portal), "no-time", "Obrigada\0!").await.unwrap();
        assert!(protocol.as_str().starts_with("C-"), "{protocol}");
        world.settle().await;
        let now = page(&buyer, id).await;
        assert_eq!((now.plan.status, now.plan.next_charge_at), (SubscriptionStatus::Ending, None));
        let known = now.cancellation.unwrap();
        assert_eq!((known.state, known.can_undo, &known.protocol), (CancellationState::Asked, true, &protocol));
        assert_eq!(world.area.held(ANA).len(), 2, "access stays");
        assert_eq!(rows(&world, "select reason || ':' || comment from cancellations").await, ["no-time:Obrigada!"]);
        assert_sound(&world).await;

        // The last second still counts; with the next the job ends it, and again changes nothing.
        world.clock.jump(seen.effective_at.minus(Duration::from_secs(1)));
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending);
        world.clock.jump(seen.effective_at);
        world.settle().await;
        world.settle().await;
        let over = page(&buyer, id).await;
        assert_eq!(over.plan.status, SubscriptionStatus::Ended);
        assert_eq!(over.cancellation.unwrap().state, CancellationState::Done);
        assert!(world.area.held(ANA).is_empty(), "{}", world.engine);
        assert_eq!((count(&world, "Canceled"), count(&world, "SubscriptionEnded")), (1, 1));
        assert_eq!(count(&world, "ProducerCancelByHand"), 0, "our own calendar needs no hand");
        assert!(matches!(undo(&buyer, id, protocol.as_str()).await, Err(UndoError::TooLate)));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn until_its_day_a_cancellation_is_taken_back_and_all_is_as_before() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        let before = page(&buyer, id).await;
        let protocol = press(&buyer, id).await.unwrap();
        world.settle().await;
        world.clock.jump(before.plan.period_end.minus(Duration::from_secs(1)));
        undo(&buyer, id, protocol.as_str()).await.unwrap();
        undo(&buyer, id, protocol.as_str()).await.unwrap();
        let after = page(&buyer, id).await;
        assert_eq!((after.plan.status, after.plan.next_charge_at), (before.plan.status, before.plan.next_charge_at));
        assert_eq!(after.plan.canceled_at, None);
        world.clock.forward(DAY);
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Active, "nothing ends what was taken back");
        assert_eq!((count(&world, "CancelUndone"), count(&world, "SubscriptionEnded")), (1, 0));
        // Cancelled once more, the old number takes nothing back.
        world.clock.jump(before.plan.period_end.minus(DAY));
        let again = press(&buyer, id).await.unwrap();
        assert_ne!(again, protocol);
        assert!(matches!(undo(&buyer, id, protocol.as_str()).await, Err(UndoError::NotFound)));
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn what_is_overdue_ends_now_and_so_does_everything_where_the_seller_wants_it() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::PastDue).await;
        let seen = preview(&buyer, id).await.unwrap();
        assert_eq!((seen.effective_at, seen.ends_now), (world.portal.now(), Some(EndsNow::Overdue)));
        assert_eq!(seen.overdue.unwrap().amount.amount, 4_990);
        press(&buyer, id).await.unwrap();
        world.settle().await;
        let now = page(&buyer, id).await;
        assert_eq!((now.plan.status, now.plan.next_charge_at), (SubscriptionStatus::Ended, None));
        assert!(!now.cancellation.unwrap().can_undo && now.overdue.is_none());
        assert_eq!((count(&world, "Canceled"), count(&world, "SubscriptionEnded")), (1, 0));

        set_policy(&world, &producer, CancelPolicy { effect: Effect::Now, ..CancelPolicy::default() }).await;
        place(&world, &producer, plan(&world, "S-2", SubscriptionStatus::Active)).await;
        world.settle().await;
        let second = id_of(&buyer, "S-2").await;
        assert_eq!(preview(&buyer, second).await.unwrap().ends_now, Some(EndsNow::Seller));
        assert_eq!(world.area.held(ANA).len(), 2);
        press(&buyer, second).await.unwrap();
        world.settle().await;
        assert_eq!(page(&buyer, second).await.plan.status, SubscriptionStatus::Ended);
        assert!(world.area.held(ANA).is_empty(), "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn fifty_rounds_of_eight_presses_are_one_cancellation_each() {
    for world in worlds().await {
        let (producer, buyer, _) = subscribed(&world, SubscriptionStatus::Active).await;
        for round in 1..=50 {
            let code = format!("R-{round}");
            place(&world, &producer, plan(&world, &code, SubscriptionStatus::Active)).await;
            let id = id_of(&buyer, &code).await;
            // Half of the presses are of one form, half of forms in other tabs.
            let form = new_request_id(&world.portal);
            let forms = (0..8).map(|n| if n % 2 == 0 { form } else { new_request_id(&world.portal) });
            let presses = join_all(forms.map(|number| cancel(&buyer, id, number, "", ""))).await;
            let protocols: Vec<_> = presses.into_iter().map(Result::unwrap).collect();
            assert!(protocols.iter().all(|protocol| *protocol == protocols[0]), "{} round {round}", world.engine);
        }
        world.settle().await;
        assert_eq!(rows(&world, "select protocol from cancellations").await.len(), 50, "{}", world.engine);
        assert_eq!(count(&world, "Canceled"), 50);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_form_is_good_for_its_own_subscription_only() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        place(&world, &producer, plan(&world, "S-2", SubscriptionStatus::Active)).await;
        let number = new_request_id(&world.portal);
        cancel(&buyer, id, number, "", "").await.unwrap();
        let other = cancel(&buyer, id_of(&buyer, "S-2").await, number, "", "").await;
        assert!(matches!(other, Err(CancelError::OtherRequest)), "{other:?}");
    }
}

#[tokio::test]
async fn whatever_the_source_says_and_in_whatever_order_it_ends_on_its_day() {
    use SubscriptionStatus::{Active, Ended, Ending, PastDue};
    let said = [(Active, 1), (PastDue, 2), (Ended, 3), (Ending, 4), (Active, 5)];
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let buyer = {
            place(&world, &producer, plan(&world, "S-0", Active)).await;
            world.settle().await;
            sign_in(&world, ANA).await
        };
        let began = world.portal.now();
        for turn in 0..said.len() {
            let code = format!("S-{}", turn + 1);
            let order = plan(&world, &code, Active);
            let until = order.subscription.as_ref().unwrap().period_end;
            place(&world, &producer, order.clone()).await;
            let id = id_of(&buyer, &code).await;
            // Some of it is heard before the press, the rest after, each time in another order.
            for (index, step) in (0..said.len()).map(|step| said[(step * 2 + turn) % said.len()]).enumerate() {
                if index == 1 {
                    let status = page(&buyer, id).await.plan.status;
                    if matches!(status, Ended | Ending) {
                        // The source was first: there is nothing left to cancel.
                        assert!(matches!(press(&buyer, id).await, Err(CancelError::Refused(_))));
                        break;
                    }
                    press(&buyer, id).await.unwrap();
                }
                told(&world, &producer, order.clone(), step.0, began.plus(DAY * step.1)).await;
                if index >= 1 && page(&buyer, id).await.cancellation.is_some() {
                    let now = page(&buyer, id).await.plan;
                    let is_over = now.status == Ended;
                    assert!(matches!(now.status, Ending | Ended), "{} {step:?}: {now:?}", world.engine);
                    assert!(now.next_charge_at.is_none() && (!is_over || status_was_now(&world, id).await));
                }
            }
            world.clock.jump(until);
            world.settle().await;
            let over = page(&buyer, id).await;
            if over.cancellation.is_some() {
                assert_eq!((over.plan.status, over.plan.next_charge_at), (Ended, None), "{}", world.engine);
            }
            world.clock.jump(began);
        }
        assert_sound(&world).await;
    }
}

/// Whether the cancellation of this subscription took effect at once, as one of something overdue does.
async fn status_was_now(world: &World, id: SubscriptionId) -> bool {
    let sql = "select count(*) from cancellations where subscription_id = $1 and effective_at = asked_at";
    let (found,): (i64,) = on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).bind(id.0).fetch_one(c).await.unwrap());
    found == 1
}

#[tokio::test]
async fn a_gateway_that_is_not_ours_to_bill_is_told_by_the_seller_once() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let mut sold = plan(&world, "S-1", SubscriptionStatus::Active);
        sold.gateway = line("guru");
        place(&world, &producer, sold.clone()).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = id_of(&buyer, "S-1").await;
        let first = press(&buyer, id).await.unwrap();
        assert_eq!(press(&buyer, id).await.unwrap(), first);
        world.settle().await;
        assert_eq!(count(&world, "ProducerCancelByHand"), 1, "{}", world.engine);
        undo(&buyer, id, first.as_str()).await.unwrap();
        world.settle().await;
        assert_eq!(count(&world, "ProducerCancelByHand"), 2, "and that it was taken back");

        // Once the seller has ended it there, only the seller can begin again.
        let second = press(&buyer, id).await.unwrap();
        let later = world.portal.now().plus(DAY);
        told(&world, &producer, sold, SubscriptionStatus::Ended, later).await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending, "what was promised stays");
        assert!(!page(&buyer, id).await.cancellation.unwrap().can_undo);
        assert!(matches!(undo(&buyer, id, second.as_str()).await, Err(UndoError::EndedThere)));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn what_cannot_be_cancelled_says_why_and_what_is_not_mine_is_not_there() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        let mut over = plan(&world, "S-2", SubscriptionStatus::Ended);
        over.subscription.as_mut().unwrap().canceled_at = Some(world.portal.now());
        place(&world, &producer, over).await;
        let mut parts = plan(&world, "S-3", SubscriptionStatus::Active);
        parts.kind = OrderKind::SmartInstallments;
        place(&world, &producer, parts).await;
        for (code, why) in [("S-2", ActionRefusal::Ended), ("S-3", ActionRefusal::Installments)] {
            let id = id_of(&buyer, code).await;
            for refused in
                [press(&buyer, id).await.map(drop), preview(&buyer, id).await.map(drop), open(&buyer, id).await]
            {
                assert!(matches!(refused, Err(CancelError::Refused(found)) if found == why), "{code}: {refused:?}");
            }
        }
        press(&buyer, id).await.unwrap();
        let until = page(&buyer, id).await.plan.period_end;
        let again = preview(&buyer, id).await;
        assert!(matches!(again, Err(CancelError::Refused(ActionRefusal::Ending { until: day })) if day == until));

        let bob = {
            let mut sold = plan(&world, "S-9", SubscriptionStatus::Active);
            sold.buyer.email = crate::harness::email("bob@example.com");
            place(&world, &producer, sold).await;
            world.settle().await;
            sign_in(&world, "bob@example.com").await
        };
        assert!(for_buyer(&bob, id).await.unwrap().is_none());
        assert!(matches!(press(&bob, id).await, Err(CancelError::NotFound)));
        assert!(matches!(open(&bob, id).await, Err(CancelError::NotFound)));
        assert!(matches!(abort(&bob, id, "").await, Err(CancelError::NotFound)));
        assert!(matches!(choices(&bob, id).await, Err(CancelError::NotFound)));
        assert!(matches!(accept(&bob, id, "", "").await, Err(AcceptError::NotFound)));
        assert!(matches!(undo(&bob, id, "C-2222-2222").await, Err(UndoError::NotFound)));
    }
}

fn offers(offers: &[(Option<&str>, RetentionOffer)]) -> CancelPolicy {
    let retention =
        offers.iter().map(|(reason, offer)| Retention { reason: reason.map(code), offer: offer.clone() }).collect();
    CancelPolicy { retention, ..CancelPolicy::default() }
}

#[tokio::test]
async fn one_offer_that_fits_the_reason_once_for_each_subscription() {
    let discount = RetentionOffer::Discount { percent: 30, cycles: 3 };
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        let seller_offers = [(Some("too-expensive"), discount.clone()), (None, RetentionOffer::Message)];
        set_policy(&world, &producer, offers(&seller_offers)).await;
        open(&buyer, id).await.unwrap();
        open(&buyer, id).await.unwrap();
        let shown = choices(&buyer, id).await.unwrap();
        let with_own: Vec<_> = shown.reasons.iter().filter(|reason| reason.offer.is_some()).collect();
        assert_eq!((shown.reasons.len(), with_own.len(), with_own[0].code.as_str()), (6, 1, "too-expensive"));
        assert_eq!(shown.offer, Some(types::view::RetentionOffer::Message));
        // A message needs words; the discount is for its reason.
        assert!(matches!(accept(&buyer, id, "no-time", " ").await, Err(AcceptError::NoMessage)));
        abort(&buyer, id, "no-time").await.unwrap();
        open(&buyer, id).await.unwrap();
        let taken = join_all((0..4).map(|_| accept(&buyer, id, "too-expensive", ""))).await;
        assert!(taken.iter().all(|kind| *kind.as_ref().unwrap() == RetentionKind::Discount), "{taken:?}");
        world.settle().await;
        let next = page(&buyer, id).await.next.unwrap();
        assert_eq!((next.amount.amount, next.percent), (3_493, Some(30)));
        assert_eq!(rows(&world, "select kind from retention_offers").await, ["discount"]);

        // Never again, and cancelling goes on as ever.
        let shown = choices(&buyer, id).await.unwrap();
        assert!(shown.offer.is_none() && shown.reasons.iter().all(|reason| reason.offer.is_none()));
        press(&buyer, id).await.unwrap();
        let outcomes = rows(&world, "select outcome from cancel_attempts order by outcome").await;
        assert_eq!(outcomes, ["aborted", "canceled", "saved"], "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_discount_that_was_taken_is_what_the_calendar_charges() {
    let discount = RetentionOffer::Discount { percent: 30, cycles: 1 };
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        set_policy(&world, &producer, offers(&[(None, discount.clone())])).await;
        open(&buyer, id).await.unwrap();
        accept(&buyer, id, "", "").await.unwrap();
        for amount in [3_493, 4_990] {
            let next = page(&buyer, id).await.next.unwrap();
            assert_eq!(next.amount.amount, amount, "{}", world.engine);
            world.clock.jump(next.at);
            world.settle().await;
            let charges = world.gateway.charges();
            assert!(charges.iter().any(|(order, _)| order.amount.amount == amount), "{amount}: {charges:?}");
        }
        assert_eq!(world.gateway.charges().len(), 2, "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn an_offer_that_was_declined_does_not_come_back() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        set_policy(&world, &producer, offers(&[(None, RetentionOffer::Discount { percent: 10, cycles: 1 })])).await;
        assert!(choices(&buyer, id).await.unwrap().offer.is_some());
        let protocol = press(&buyer, id).await.unwrap();
        undo(&buyer, id, protocol.as_str()).await.unwrap();
        assert!(choices(&buyer, id).await.unwrap().offer.is_none(), "{}", world.engine);
        assert!(matches!(accept(&buyer, id, "", "").await, Err(AcceptError::NothingOffered)));
    }
}

#[tokio::test]
async fn the_words_of_a_buyer_reach_the_seller_with_where_to_answer() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::PastDue).await;
        let seller_offers = [(None, RetentionOffer::Pause { cycles: 1 }), (None, RetentionOffer::Message)];
        set_policy(&world, &producer, offers(&seller_offers)).await;
        // What is overdue is not paused; talking always helps.
        assert_eq!(accept(&buyer, id, "", "Posso pagar dia 10?").await.unwrap(), RetentionKind::Message);
        world.settle().await;
        let letters = world.mail.taken();
        let letter = letters.iter().find(|letter| letter.subject == "ProducerMessage").expect("a mail to the seller");
        assert_eq!(letter.to.as_str(), "luz@example.com");
        assert!(letter.text.contains("Posso pagar dia 10?") && letter.text.contains(ANA), "{}", letter.text);
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::PastDue, "nothing else changed");
    }
}

#[tokio::test]
async fn a_pause_begins_when_what_is_paid_ends_and_ends_by_itself() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        set_policy(&world, &producer, offers(&[(None, RetentionOffer::Pause { cycles: 2 })])).await;
        let from = page(&buyer, id).await.plan.period_end;
        accept(&buyer, id, "", "").await.unwrap();
        world.settle().await;
        let now = page(&buyer, id).await;
        // 2026-12-20 and two months more.
        let until = portal::time::parse_instant("2027-02-20T12:00:00Z").unwrap();
        assert_eq!((now.plan.status, now.plan.next_charge_at), (SubscriptionStatus::Active, Some(until)));
        world.clock.jump(from);
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Paused);
        assert!(world.area.held(ANA).is_empty(), "{}", world.engine);
        assert_sound(&world).await;
        // The calendar has a few minutes to begin the next period; a report of it ends the pause, and so does time.
        world.clock.jump(until.plus(Duration::from_secs(300)));
        world.settle().await;
        let after = page(&buyer, id).await.plan;
        assert!(after.status != SubscriptionStatus::Paused && after.next_charge_at >= Some(until), "{after:?}");
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_paused_month_is_not_charged_however_late_and_in_which_order_its_end_is_seen() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        set_policy(&world, &producer, offers(&[(None, RetentionOffer::Pause { cycles: 1 })])).await;
        let from = page(&buyer, id).await.plan.period_end;
        accept(&buyer, id, "", "").await.unwrap();
        world.settle().await;
        let until = page(&buyer, id).await.plan.next_charge_at.unwrap();
        world.clock.jump(from);
        world.settle().await;
        // The machine is off for a day, and then the pause is looked at before the calendar is.
        world.clock.jump(until.plus(DAY));
        let mut tx = world.portal.db.begin().await.unwrap();
        let sql = "update jobs set due_at = due_at - 1 where kind = 'carry_pause'";
        assert_eq!(on!(tx.conn(), c => sqlx::query(sql).execute(c).await.unwrap().rows_affected()), 1);
        tx.commit().await.unwrap();
        world.settle().await;
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        let plan = page(&buyer, id).await.plan;
        assert_eq!((plan.status, world.gateway.charges().len()), (SubscriptionStatus::Active, 1), "{}", world.engine);
        assert!(plan.period_end > until.plus(DAY * 27), "the period after the pause is what was paid for: {plan:?}");
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_week_without_a_worker_ends_it_late_and_once() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        press(&buyer, id).await.unwrap();
        // Nobody runs the jobs that the press wrote: the machine is off until a week after the end.
        world.clock.forward(DAY * 37);
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending);
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ended, "{}", world.engine);
        assert_eq!((count(&world, "Canceled"), count(&world, "SubscriptionEnded")), (1, 1));
        assert!(world.area.held(ANA).is_empty());
        assert_eq!(outbox::waiting(&world.portal, world.portal.now()).await.unwrap(), 0);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn at_the_last_moment_either_the_buyer_is_first_or_the_calendar() {
    for world in worlds().await {
        let (producer, buyer, _) = subscribed(&world, SubscriptionStatus::Active).await;
        for round in 0..20 {
            let code = format!("R-{round}");
            place(&world, &producer, plan(&world, &code, SubscriptionStatus::Active)).await;
            let id = id_of(&buyer, &code).await;
            let protocol = press(&buyer, id).await.unwrap();
            let until = page(&buyer, id).await.plan.period_end;
            world.clock.jump(until.minus(Duration::from_micros(u64::from(round % 2 == 0))));
            let (undone, _) = tokio::join!(undo(&buyer, id, protocol.as_str()), world.settle());
            world.clock.jump(until);
            world.settle().await;
            let status = page(&buyer, id).await.plan.status;
            let wanted = if undone.is_ok() { SubscriptionStatus::Active } else { SubscriptionStatus::Ended };
            assert_eq!(status, wanted, "{} round {round}: {undone:?}", world.engine);
            world.clock.jump(until.minus(DAY * 30));
        }
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn money_back_ends_at_once_what_was_cancelled_for_later() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        let protocol = press(&buyer, id).await.unwrap();
        portal::refund::request(&buyer, "S-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ended);
        assert!(world.area.held(ANA).is_empty(), "{}", world.engine);
        undo(&buyer, id, protocol.as_str()).await.unwrap();
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ended, "taking back brings no money back");
        world.clock.forward(DAY * 31);
        world.settle().await;
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn the_way_out_takes_three_pages_without_scripts_and_the_way_back_is_one_press() {
    for engine in crate::site::ENGINES {
        let site = Site::start(engine).await;
        let luz = site.seller("luz", "Escola Luz").await;
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
    let luz = site.seller("luz", "Escola Luz").await;
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
async fn nothing_changes_a_charge_whose_boleto_may_be_paid_already() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let mut sold = plan(&world, "S-1", SubscriptionStatus::Active);
        sold.payment.method = types::Method::Boleto;
        place(&world, &producer, sold).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = id_of(&buyer, "S-1").await;
        let until = page(&buyer, id).await.plan.period_end;
        let wait = portal::ports::ChargeProgress::Waiting {
            code: "00190".to_owned(),
            url: "https://bank.test/slip".to_owned(),
            until,
        };
        world.gateway.next_charges(&[wait]);
        for offer in [RetentionOffer::Pause { cycles: 1 }, RetentionOffer::Discount { percent: 30, cycles: 1 }] {
            set_policy(&world, &producer, offers(&[(None, offer)])).await;
            world.clock.jump(until.minus(DAY * 4));
            world.settle().await;
            assert!(choices(&buyer, id).await.unwrap().offer.is_some(), "{}", world.engine);
        }
        world.clock.jump(until.minus(DAY * 2));
        world.settle().await;
        assert_eq!(world.gateway.charges().len(), 1, "the next cycle's boleto is there");
        for offer in [RetentionOffer::Pause { cycles: 1 }, RetentionOffer::Discount { percent: 30, cycles: 1 }] {
            set_policy(&world, &producer, offers(&[(None, offer)])).await;
            assert!(choices(&buyer, id).await.unwrap().offer.is_none(), "{}", world.engine);
            assert!(matches!(accept(&buyer, id, "", "").await, Err(AcceptError::NothingOffered)));
        }
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn the_calendar_leaves_the_last_day_to_the_cancellation() {
    for world in worlds().await {
        let (_, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        press(&buyer, id).await.unwrap();
        let until = page(&buyer, id).await.plan.period_end;
        world.clock.jump(until);
        let order = portal::testing::order_of(&buyer, "S-1").await;
        // The calendar comes first, and more than once.
        for _ in 0..3 {
            portal::billing::advance(&world.portal, order, false).await.unwrap();
        }
        let said = "select action from audit_entries where action = 'billing.end'";
        assert_eq!(rows(&world, said).await.len(), 0, "{}", world.engine);
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending);
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ended);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn what_is_overdue_says_why_when_it_is_tried_again_and_when_access_stops() {
    use portal::ports::ChargeProgress;
    use types::DeclineReason;
    use types::view::AlertKind;
    let broke = ChargeProgress::Declined(DeclineReason::InsufficientFunds);
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        place(&world, &producer, plan(&world, "S-1", SubscriptionStatus::Active)).await;
        place(&world, &producer, crate::billing::parts(&world, ANA, "P-1", types::Method::Card, 29_700, 3)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let id = id_of(&buyer, "S-1").await;
        world.gateway.next_charges(&[broke.clone(), broke.clone()]);
        world.clock.jump(page(&buyer, id).await.next.unwrap().at.plus(DAY));
        world.settle().await;
        let reason = Some(DeclineReason::InsufficientFunds);
        let overdue = page(&buyer, id).await.overdue.unwrap();
        assert_eq!((overdue.reason, overdue.amount.amount), (reason, 4_990), "{}", world.engine);
        // One, three, five and seven days after the first try.
        assert_eq!(overdue.retries.len(), 4, "{overdue:?}");
        assert_eq!(overdue.access_stops, overdue.retries.last().copied());
        let of_parts = order(&buyer, "P-1").await.overdue.unwrap();
        assert_eq!((of_parts.reason, of_parts.amount.amount, of_parts.retries.len()), (reason, 9_900, 4));
        let home = portal::order::home(&buyer, &portal::order::HomeQuery::default()).await.unwrap();
        let access_stops = overdue.access_stops;
        let kinds: Vec<_> = home.alerts.iter().map(|alert| alert.kind).collect();
        assert!(kinds.contains(&AlertKind::PastDue { reason, access_stops }), "{kinds:?}");
        assert!(kinds.iter().any(|kind| matches!(kind, AlertKind::PartLate { reason: why, .. } if *why == reason)));
        // Paid, nothing is left of it.
        world.clock.forward(DAY);
        world.settle().await;
        let home = portal::order::home(&buyer, &portal::order::HomeQuery::default()).await.unwrap();
        assert!(home.alerts.is_empty() && order(&buyer, "P-1").await.overdue.is_none(), "{}", world.engine);
        let view = order(&buyer, "S-1").await;
        let plan = view.subscription.unwrap();
        assert_eq!(view.charges[0].period, Some((plan.period_start, plan.period_end)));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn home_says_that_a_boleto_or_pix_for_what_comes_next_waits_to_be_paid() {
    use portal::ports::ChargeProgress;
    use types::Method;
    use types::view::AlertKind;
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        place(&world, &producer, crate::billing::plan(&world, ANA, "S-1", Method::Pix, 4_990)).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let kinds = async || {
            let home = portal::order::home(&buyer, &portal::order::HomeQuery::default()).await.unwrap();
            home.alerts.iter().map(|alert| alert.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds().await, [], "{}: nothing is due yet", world.engine);
        let until = world.portal.now().plus(DAY * 40);
        let (code, url) = ("000201".to_owned(), "https://gateway.test/pix".to_owned());
        world.gateway.next_charges(&[ChargeProgress::Waiting { code, url, until }]);
        let id = id_of(&buyer, "S-1").await;
        world.clock.jump(page(&buyer, id).await.next.unwrap().at);
        world.settle().await;
        let amount = types::Money::new(4_990, types::Currency::BRL);
        assert_eq!(kinds().await, [AlertKind::ToPay { amount, method: Method::Pix }], "{}", world.engine);
        // Paid, nothing is left of it.
        let (charge, _) = world.gateway.charges_of(ANA).pop().unwrap();
        world.gateway.charge_progress(&charge.key, ChargeProgress::Paid);
        world.clock.jump(until);
        world.settle().await;
        assert!(!kinds().await.iter().any(|kind| matches!(kind, AlertKind::ToPay { .. })), "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn home_shows_what_will_really_be_charged_next_and_a_charge_leads_back_to_its_page() {
    for world in worlds().await {
        let (producer, buyer, id) = subscribed(&world, SubscriptionStatus::Active).await;
        let discount = RetentionOffer::Discount { percent: 30, cycles: 1 };
        set_policy(&world, &producer, offers(&[(None, discount)])).await;
        accept(&buyer, id, "", "").await.unwrap();
        let next = async || {
            let home = portal::order::home(&buyer, &portal::order::HomeQuery::default()).await.unwrap();
            let plan = home.sellers[0].orders[0].subscription.clone().unwrap();
            (plan.next_amount().amount, plan.next_charge_at.unwrap())
        };
        for amount in [3_493, 4_990] {
            let (shown, at) = next().await;
            assert_eq!(shown, amount, "{}", world.engine);
            assert_eq!(order(&buyer, "S-1").await.subscription.unwrap().next_amount().amount, amount);
            world.clock.jump(at);
            world.settle().await;
        }
        let (charged, _) = &world.gateway.charges()[0];
        assert!(charged.return_url.ends_with(&format!("/subscriptions/{id}")), "{}", charged.return_url);
        place(&world, &producer, crate::billing::parts(&world, ANA, "P-1", types::Method::Card, 29_700, 3)).await;
        world.settle().await;
        world.clock.forward(DAY * 32);
        world.settle().await;
        let all = world.gateway.charges();
        assert!(all.iter().any(|(charge, _)| charge.return_url.ends_with("/orders/P-1~luz")), "{all:?}");
    }
}
