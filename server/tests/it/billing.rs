//! The calendar of money: each period and each part once, whatever happens between us and the gateway.

use crate::harness::{assert_sound, code, paid_order, place, seller, sign_in, worlds};
use crate::member_areas::Area;
use crate::shop::{self, catalogue};
use crate::site::Site;
use portal::billing::{self, Collected, PaymentMethod, collect_now};
use portal::catalogue::producer::Producer;
use portal::intake::view::{WholeOrder, find};
use portal::intake::{NewOrder, NewSubscription, Version};
use portal::on;
use portal::policy::{self, AfterDunning, Policy};
use portal::ports::{ChargeProgress, SavedCard};
use portal::testing::{GatewayFault, World};
use portal::time::{Zone, format_instant};
use serde_json::json;
use std::time::Duration;
use types::{
    ChargeStatus, DeclineReason, Instant, IntervalUnit, InvoiceState, Method, OrderId, OrderKind, OrderStatus,
    SubscriptionStatus,
};

pub const ANA: &str = "ana@example.com";
pub const DAY: Duration = Duration::from_secs(86_400);
pub const BROKE: ChargeProgress = ChargeProgress::Declined(DeclineReason::InsufficientFunds);

/// A monthly plan, paid now by this method.
pub fn plan(world: &World, who: &str, order: &str, method: Method, price: i64) -> NewOrder {
    let now = world.portal.now();
    let period_end = zone().intervals_after(now, IntervalUnit::Month, 1);
    let subscription = NewSubscription {
        status: SubscriptionStatus::Active,
        plan: None,
        amount: price,
        interval: (IntervalUnit::Month, 1),
        period_start: now,
        period_end,
        next_charge_at: Some(period_end),
        canceled_at: None,
        paid_at: Some(now),
    };
    let kind = OrderKind::Subscription;
    with_method(
        NewOrder { kind, subscription: Some(subscription), ..paid_order(world, who, order, &[("photo", price)]) },
        method,
    )
}

/// A price in parts, the first paid now.
pub fn parts(world: &World, who: &str, order: &str, method: Method, price: i64, count: i64) -> NewOrder {
    let kind = if method == Method::Card { OrderKind::SmartInstallments } else { OrderKind::SlipInstallments };
    let order = NewOrder { kind, installments: Some(count), ..paid_order(world, who, order, &[("photo", price)]) };
    with_method(order, method)
}

fn with_method(mut order: NewOrder, method: Method) -> NewOrder {
    order.payment.method = method;
    order.charge.as_mut().unwrap().method = method;
    order
}

pub fn zone() -> Zone {
    Zone::named("America/Sao_Paulo").unwrap()
}

pub async fn whole(world: &World, producer: &Producer, order: &str) -> WholeOrder {
    find(&world.portal, producer, &code(order)).await.unwrap().unwrap()
}

pub async fn id_of(world: &World, order: &str) -> OrderId {
    let sql = "select id from orders where code = $1";
    let (id,): (uuid::Uuid,) = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).bind(order).fetch_one(c).await.unwrap()
    });
    OrderId(id)
}

/// A seller and Ana's monthly plan of 49.90 by this method; when its first renewal is due.
pub async fn subscribed(world: &World, method: Method) -> (Producer, Instant) {
    let producer = seller(world, "luz").await;
    let order = plan(world, ANA, "S-1", method, 4_990);
    let due = order.subscription.as_ref().unwrap().period_end;
    place(world, &producer, order).await;
    world.settle().await;
    (producer, due)
}

pub async fn on(world: &World, at: Instant) {
    world.clock.jump(at);
    world.settle().await;
}

pub async fn status(world: &World, producer: &Producer) -> SubscriptionStatus {
    whole(world, producer, "S-1").await.subscription.unwrap().status
}

pub async fn states(world: &World, producer: &Producer, order: &str) -> Vec<InvoiceState> {
    whole(world, producer, order).await.invoices.iter().map(billing::Invoice::word).collect()
}

pub fn count(world: &World, subject: &str) -> usize {
    world.mail.taken().iter().filter(|letter| letter.subject == subject).count()
}

pub fn has_access(world: &World) -> bool {
    !world.area.held(ANA).is_empty()
}

pub async fn keeps(world: &World, producer: &Producer) {
    let mut policy = Policy::default();
    policy.dunning.then = AfterDunning::Keep;
    let mut tx = world.portal.db.begin().await.unwrap();
    policy::write(&mut tx, producer.id(), None, &policy, world.portal.now()).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn heard(world: &World, reference: &str, progress: ChargeProgress) -> bool {
    let mut tx = world.portal.db.begin().await.unwrap();
    let changed = billing::heard(&world.portal, &mut tx, "test", reference, progress).await.unwrap();
    world.portal.commit(tx).await.unwrap();
    world.settle().await;
    changed
}

#[tokio::test]
async fn asking_the_seller_for_the_money_makes_no_part_free() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        place(&world, &producer, parts(&world, ANA, "S-1", Method::Card, 12_000, 3)).await;
        world.settle().await;
        world.clock.forward(DAY * 10);
        let buyer = sign_in(&world, ANA).await;
        let number = portal::refund::new_request_id(&world.portal);
        portal::refund::ask(&buyer, "S-1", number, "Posso devolver?").await.unwrap();
        world.clock.forward(DAY * 25);
        world.settle().await;
        let charged: Vec<i64> = world.gateway.charges().iter().map(|(order, _)| order.amount.amount).collect();
        assert_eq!(charged, [4_000], "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_renewal_is_told_ahead_and_charged_once_on_its_day() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        on(&world, due.minus(DAY * 3)).await;
        assert_eq!((count(&world, "RenewalAhead"), world.gateway.charges().len()), (1, 0), "{}", world.engine);
        on(&world, due.minus(Duration::from_secs(1))).await;
        assert_eq!(world.gateway.charges().len(), 0);
        on(&world, due).await;
        on(&world, due).await;
        let order = whole(&world, &producer, "S-1").await;
        let subscription = order.subscription.unwrap();
        assert_eq!(world.gateway.charges().len(), 1, "{}", world.engine);
        assert_eq!((subscription.status, subscription.period_start), (SubscriptionStatus::Active, due));
        assert_eq!(format_instant(subscription.period_end), "2027-01-20T12:00:00Z");
        assert_eq!(subscription.next_charge_at, Some(subscription.period_end));
        assert_eq!((order.invoices.len(), order.invoices[0].amount.amount), (1, 4_990));
        assert_eq!((order.charges.len(), order.order.status), (2, OrderStatus::Paid));
        assert!(has_access(&world));
        assert_eq!((count(&world, "RenewalAhead"), count(&world, "ChargeFailed")), (1, 0));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_charge_that_fails_is_tried_on_each_day_of_the_policy_and_then_it_ends() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        world.gateway.next_charges(&[BROKE, BROKE, BROKE, BROKE, BROKE]);
        for (tries, day) in [(1, 0), (2, 1), (3, 3), (4, 5)] {
            on(&world, due.plus(DAY * day).minus(Duration::from_secs(1))).await;
            assert_eq!(world.gateway.charges().len(), tries - 1, "{} day {day}", world.engine);
            on(&world, due.plus(DAY * day)).await;
            assert_eq!(world.gateway.charges().len(), tries, "{} day {day}", world.engine);
            assert_eq!(status(&world, &producer).await, SubscriptionStatus::PastDue);
            assert!(has_access(&world), "access is left while it is tried again");
            assert_sound(&world).await;
        }
        on(&world, due.plus(DAY * 7)).await;
        assert_eq!((world.gateway.charges().len(), count(&world, "ChargeFailed")), (5, 5), "{}", world.engine);
        assert_eq!(status(&world, &producer).await, SubscriptionStatus::Ended);
        assert_eq!(states(&world, &producer, "S-1").await, [InvoiceState::Void]);
        assert!(!has_access(&world));
        on(&world, due.plus(DAY * 90)).await;
        assert_eq!(world.gateway.charges().len(), 5);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_charge_that_goes_through_later_keeps_the_day_of_the_plan() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        world.gateway.next_charges(&[BROKE, BROKE]);
        for day in [0, 1, 3] {
            on(&world, due.plus(DAY * day)).await;
        }
        let order = whole(&world, &producer, "S-1").await;
        let subscription = order.subscription.unwrap();
        assert_eq!((subscription.status, subscription.period_start), (SubscriptionStatus::Active, due));
        assert_eq!((count(&world, "ChargeFailed"), count(&world, "ChargeRecovered")), (2, 1), "{}", world.engine);
        let failed = order.charges.iter().filter(|charge| charge.status == ChargeStatus::Failed).count();
        assert_eq!((failed, order.charges.len()), (2, 4));
        assert!(has_access(&world));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_seller_may_keep_what_is_overdue_and_whoever_pays_has_access_again() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        keeps(&world, &producer).await;
        world.gateway.next_charges(&vec![BROKE; 5]);
        for day in [0, 1, 3, 5, 7, 40] {
            on(&world, due.plus(DAY * day)).await;
        }
        assert_eq!(status(&world, &producer).await, SubscriptionStatus::PastDue);
        assert_eq!(states(&world, &producer, "S-1").await, [InvoiceState::Overdue]);
        assert_eq!((world.gateway.charges().len(), has_access(&world)), (5, false), "{}", world.engine);
        assert_sound(&world).await;
        let id = id_of(&world, "S-1").await;
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
        let subscription = whole(&world, &producer, "S-1").await.subscription.unwrap();
        assert_eq!(subscription.status, SubscriptionStatus::Active);
        assert_eq!(subscription.period_start, world.portal.now(), "what was held back begins now");
        let last = world.gateway.charges().into_iter().find(|(_, end)| *end == ChargeProgress::Paid).unwrap().0;
        assert_eq!(last.card.unwrap().token.as_deref(), Some("card-2"));
        assert!(has_access(&world));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn an_unclear_answer_is_asked_about_and_charges_once() {
    use GatewayFault::{LostAfter, LostBefore, Unavailable};
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        let mut at = due;
        for faults in [&[LostAfter][..], &[LostBefore, LostAfter], &[Unavailable, LostBefore, Unavailable]] {
            world.gateway.fail_next_charges(faults);
            let before = world.gateway.charges().len();
            for _ in 0..6 {
                on(&world, at).await;
                at = at.plus(Duration::from_secs(60));
            }
            assert_eq!(world.gateway.charges().len(), before + 1, "{} {faults:?}", world.engine);
            let subscription = whole(&world, &producer, "S-1").await.subscription.unwrap();
            assert_eq!(subscription.status, SubscriptionStatus::Active);
            at = subscription.next_charge_at.unwrap();
        }
        assert_eq!(states(&world, &producer, "S-1").await, [InvoiceState::Paid; 3]);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_person_and_the_calendar_at_once_charge_once() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        world.gateway.next_charges(&[BROKE]);
        on(&world, due).await;
        let id = id_of(&world, "S-1").await;
        world.clock.jump(due.plus(DAY));
        let people = futures::future::join_all((0..4).map(|_| collect_now(&world.portal, id)));
        let (_, collected) = tokio::join!(world.settle(), people);
        assert!(collected.iter().all(Result::is_ok), "{collected:?}");
        world.settle().await;
        assert_eq!(world.gateway.charges().len(), 2, "{} {collected:?}", world.engine);
        assert_eq!(states(&world, &producer, "S-1").await, [InvoiceState::Paid]);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn what_was_missed_while_we_stood_still_is_charged_once_each() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        // A week in the middle of the repetitions: those missed are one.
        world.gateway.next_charges(&[BROKE]);
        on(&world, due).await;
        on(&world, due.plus(DAY * 6)).await;
        assert_eq!(world.gateway.charges().len(), 2, "{}", world.engine);
        assert_eq!(status(&world, &producer).await, SubscriptionStatus::Active);
        // Two months: the two periods that began meanwhile.
        on(&world, due.plus(DAY * 75)).await;
        assert_eq!(world.gateway.charges().len(), 4, "{}", world.engine);
        let order = whole(&world, &producer, "S-1").await;
        let starts: Vec<_> = order.invoices.iter().map(|one| format_instant(one.period_start)).collect();
        assert_eq!(starts, ["2026-12-20T12:00:00Z", "2027-01-20T12:00:00Z", "2027-02-20T12:00:00Z"]);
        assert_eq!(format_instant(order.subscription.unwrap().period_end), "2027-03-20T12:00:00Z");
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_price_in_parts_is_charged_to_the_last_cent_and_no_further() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let start = world.portal.now();
        place(&world, &producer, parts(&world, ANA, "P-1", Method::Card, 10_000, 3)).await;
        world.settle().await;
        assert_eq!(states(&world, &producer, "P-1").await, [InvoiceState::Paid]);
        for month in 1..6 {
            on(&world, zone().intervals_after(start, IntervalUnit::Month, month)).await;
        }
        let order = whole(&world, &producer, "P-1").await;
        let amounts: Vec<_> = order.invoices.iter().map(|one| (one.number, one.amount.amount)).collect();
        assert_eq!(amounts, [(1, 3_333), (2, 3_333), (3, 3_334)], "{}", world.engine);
        assert_eq!(order.charges.iter().map(|charge| charge.amount.amount).sum::<i64>(), 10_000);
        assert_eq!((world.gateway.charges().len(), has_access(&world)), (2, true));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_part_that_stays_unpaid_holds_access_back_until_it_is_paid() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let start = world.portal.now();
        place(&world, &producer, parts(&world, ANA, "P-1", Method::Card, 12_000, 12)).await;
        world.settle().await;
        let due = zone().intervals_after(start, IntervalUnit::Month, 1);
        world.gateway.next_charges(&vec![BROKE; 5]);
        for day in [0, 1, 3, 5] {
            on(&world, due.plus(DAY * day)).await;
            assert!(has_access(&world), "{} day {day}", world.engine);
        }
        on(&world, due.plus(DAY * 7)).await;
        assert_eq!(states(&world, &producer, "P-1").await, [InvoiceState::Paid, InvoiceState::Overdue]);
        assert!(!has_access(&world), "{}", world.engine);
        assert_sound(&world).await;
        // When the next part falls due the card works again: both are charged, and access is back.
        on(&world, zone().intervals_after(start, IntervalUnit::Month, 2)).await;
        assert_eq!(states(&world, &producer, "P-1").await, [InvoiceState::Paid; 3]);
        assert!(has_access(&world));
        assert_eq!(count(&world, "ChargeRecovered"), 1);
        assert_sound(&world).await;
    }
}

pub fn slip(world: &World, days: u32) -> ChargeProgress {
    ChargeProgress::Waiting {
        code: "00190.00009".to_owned(),
        url: "https://gateway.test/slip".to_owned(),
        until: world.portal.now().plus(DAY * days),
    }
}

pub async fn reference(world: &World, producer: &Producer, order: &str) -> String {
    whole(world, producer, order).await.charges[0].reference.clone()
}

#[tokio::test]
async fn a_boleto_is_issued_ahead_and_its_payment_renews() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(&world, 3)]);
        world.settle().await;
        assert_eq!((count(&world, "SlipIssued"), count(&world, "RenewalAhead")), (1, 0), "{}", world.engine);
        assert_eq!(collect_now(&world.portal, id_of(&world, "S-1").await).await.unwrap(), Collected::Waiting);
        let reference = reference(&world, &producer, "S-1").await;
        world.clock.jump(due.minus(DAY));
        assert!(heard(&world, &reference, ChargeProgress::Paid).await);
        assert!(!heard(&world, &reference, ChargeProgress::Paid).await, "heard twice is heard once");
        let subscription = whole(&world, &producer, "S-1").await.subscription.unwrap();
        assert_eq!((subscription.status, subscription.period_start), (SubscriptionStatus::Active, due));
        on(&world, due.plus(DAY * 5)).await;
        assert_eq!((world.gateway.charges().len(), count(&world, "SlipIssued")), (1, 1));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_boleto_that_expires_is_issued_again_and_then_it_ends() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(&world, 3)]);
        world.settle().await;
        let mut at = due;
        let expired = ChargeProgress::Declined(DeclineReason::Expired);
        for (issued, next_day) in [(1, 1), (2, 5)] {
            world.clock.jump(at);
            let reference = reference(&world, &producer, "S-1").await;
            assert!(heard(&world, &reference, expired.clone()).await, "{} {issued}", world.engine);
            assert_eq!(status(&world, &producer).await, SubscriptionStatus::PastDue);
            assert!(has_access(&world));
            world.clock.jump(due.plus(DAY * next_day));
            world.gateway.next_charges(&[slip(&world, 3)]);
            world.settle().await;
            assert_eq!(count(&world, "SlipIssued"), issued + 1, "{}", world.engine);
            at = due.plus(DAY * (next_day + 3));
            assert_sound(&world).await;
        }
        world.clock.jump(at);
        let reference = reference(&world, &producer, "S-1").await;
        heard(&world, &reference, expired.clone()).await;
        assert_eq!(status(&world, &producer).await, SubscriptionStatus::Ended);
        assert!(!has_access(&world));
        assert_sound(&world).await;
        // Paid at the last minute all the same: the money is in the books, for people to see.
        assert!(heard(&world, &reference, ChargeProgress::Paid).await);
        assert_eq!(status(&world, &producer).await, SubscriptionStatus::Ended);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn whatever_order_news_come_in_the_money_stays() {
    let expired = ChargeProgress::Declined(DeclineReason::Expired);
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let start = world.portal.now();
        for (number, _) in orders.iter().enumerate() {
            let order = plan(&world, ANA, &format!("S-{number}"), Method::Pix, 4_990);
            place(&world, &producer, order).await;
        }
        world.settle().await;
        let due = zone().intervals_after(start, IntervalUnit::Month, 1);
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&vec![slip(&world, 3); 6]);
        world.settle().await;
        for (number, permutation) in orders.iter().enumerate() {
            let order = format!("S-{number}");
            let reference = reference(&world, &producer, &order).await;
            let news = [slip(&world, 3), expired.clone(), ChargeProgress::Paid];
            for one in permutation.iter().flat_map(|one| [one, one]) {
                heard(&world, &reference, news[*one].clone()).await;
            }
            let seen = whole(&world, &producer, &order).await;
            let subscription = seen.subscription.unwrap();
            assert_eq!(subscription.status, SubscriptionStatus::Active, "{} {permutation:?}", world.engine);
            assert_eq!(subscription.period_start, due);
            assert_eq!(seen.invoices.iter().map(billing::Invoice::word).collect::<Vec<_>>(), [InvoiceState::Paid]);
            assert_eq!(seen.charges[0].status, ChargeStatus::Paid);
        }
        assert!(!heard(&world, "nobody-knows-it", ChargeProgress::Paid).await);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn the_bank_that_wants_a_word_is_waited_for_and_not_charged_beside() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        let url = "https://gateway.test/confirm".to_owned();
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: url.clone() }]);
        on(&world, due).await;
        assert_eq!(status(&world, &producer).await, SubscriptionStatus::PastDue);
        assert_eq!(count(&world, "ChargeFailed"), 1);
        let id = id_of(&world, "S-1").await;
        assert_eq!(collect_now(&world.portal, id).await.unwrap(), Collected::ActionRequired { url });
        let reference = reference(&world, &producer, "S-1").await;
        heard(&world, &reference, ChargeProgress::Paid).await;
        assert_eq!(status(&world, &producer).await, SubscriptionStatus::Active);
        on(&world, due.plus(DAY * 7)).await;
        assert_eq!(world.gateway.charges().len(), 1, "{}", world.engine);
        assert_sound(&world).await;
    }
}

/// A word of somebody else about the subscription: cancelled, paused.
pub async fn tell(world: &World, order: &str, change: impl FnOnce(&mut NewSubscription)) {
    let id = id_of(world, order).await;
    let mut tx = world.portal.db.begin().await.unwrap();
    let mut told = portal::intake::told(&mut tx, id).await.unwrap().unwrap();
    change(&mut told);
    portal::intake::tell(&world.portal, &mut tx, id, None, Some(told)).await.unwrap();
    billing::void_open(&world.portal, &mut tx, id).await.unwrap();
    world.portal.commit(tx).await.unwrap();
    world.settle().await;
}

#[tokio::test]
async fn what_is_cancelled_is_charged_no_more_and_ends_with_its_period() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 2));
        world.gateway.next_charges(&[slip(&world, 2)]);
        world.settle().await;
        tell(&world, "S-1", |told| (told.status, told.next_charge_at) = (SubscriptionStatus::Ending, None)).await;
        assert_eq!(states(&world, &producer, "S-1").await, [InvoiceState::Void]);
        assert!(has_access(&world));
        on(&world, due).await;
        assert_eq!(status(&world, &producer).await, SubscriptionStatus::Ended, "{}", world.engine);
        assert!(!has_access(&world));
        assert_eq!(world.gateway.charges().len(), 1);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_pause_ends_by_itself_and_the_next_period_begins_then() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        let back = due.plus(DAY * 60);
        tell(&world, "S-1", |told| (told.status, told.next_charge_at) = (SubscriptionStatus::Paused, Some(back))).await;
        on(&world, due.plus(DAY)).await;
        assert_eq!((world.gateway.charges().len(), has_access(&world)), (0, false), "{}", world.engine);
        on(&world, back).await;
        let subscription = whole(&world, &producer, "S-1").await.subscription.unwrap();
        assert_eq!((subscription.status, subscription.period_start), (SubscriptionStatus::Active, back));
        assert_eq!((world.gateway.charges().len(), has_access(&world)), (1, true));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_discount_counts_for_its_cycles() {
    for world in worlds().await {
        let (producer, due) = subscribed(&world, Method::Card).await;
        let id = id_of(&world, "S-1").await;
        let mut tx = world.portal.db.begin().await.unwrap();
        billing::set_discount(&mut tx, id, 100, 1).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        on(&world, due).await;
        assert_eq!(world.gateway.charges().len(), 0, "what costs nothing is not charged");
        let mut tx = world.portal.db.begin().await.unwrap();
        billing::set_discount(&mut tx, id, 25, 2).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        on(&world, due.plus(DAY * 100)).await;
        let order = whole(&world, &producer, "S-1").await;
        let amounts: Vec<_> = order.invoices.iter().map(|one| (one.amount.amount, one.discount)).collect();
        assert_eq!(amounts, [(0, 4_990), (3_742, 1_248), (3_742, 1_248), (4_990, 0)], "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_refund_stops_the_parts_that_are_left() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let start = world.portal.now();
        place(&world, &producer, parts(&world, ANA, "P-1", Method::Card, 12_000, 12)).await;
        world.settle().await;
        let buyer = crate::harness::sign_in(&world, ANA).await;
        let number = portal::refund::new_request_id(&world.portal);
        portal::refund::request(&buyer, "P-1", number, &[]).await.unwrap();
        world.settle().await;
        assert_eq!(world.gateway.refunds()[0].amount.amount, 1_000, "what was paid comes back");
        on(&world, zone().intervals_after(start, IntervalUnit::Month, 3)).await;
        let order = whole(&world, &producer, "P-1").await;
        assert_eq!((order.order.status, world.gateway.charges().len()), (OrderStatus::Refunded, 0), "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn the_api_takes_a_price_in_parts_and_shows_what_each_owes() {
    for engine in crate::site::ENGINES {
        let site = Site::start(engine).await;
        let luz = site.seller("luz", "Escola Luz").await;
        catalogue(&luz, &Area::own().await).await;
        let mut order = shop::order("P-1", ANA, &[("foto", 10_000)]);
        order["kind"] = json!("smart_installments");
        order["installments"] = json!({"count": 3});
        luz.post("orders", &order).await.expect(201);
        let seen = luz.order("P-1").await;
        assert_eq!(seen["charges"][0]["amount"]["amount"], 3_333, "the charge is the first part: {seen}");
        let first = &seen["invoices"][0];
        assert_eq!(
            (&first["number"], &first["state"], &first["amount"]["amount"]),
            (&json!(1), &json!("paid"), &json!(3_333))
        );
        // Not of a kind that has parts, and not a number of them that can be.
        order["code"] = json!("P-2");
        order["installments"] = json!({"count": 0});
        luz.post("orders", &order).await.expect(422);
        (order["kind"], order["installments"]) = (json!("one_off"), json!({"count": 3}));
        let refused = luz.post("orders", &order).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "installments");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn an_order_of_a_source_is_never_charged_by_us() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let order = plan(&world, ANA, "S-1", Method::Card, 4_990);
        let due = order.subscription.as_ref().unwrap().period_end;
        let mut tx = world.portal.db.begin().await.unwrap();
        let way = portal::intake::Way::Report("guru:x");
        portal::intake::place(&world.portal, &mut tx, &producer, order, way).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        let elsewhere = NewOrder {
            gateway: crate::harness::line("asaas"),
            version: Version::of_charge(world.portal.now()),
            ..plan(&world, ANA, "S-2", Method::Card, 4_990)
        };
        place(&world, &producer, elsewhere).await;
        on(&world, due.plus(DAY)).await;
        assert_eq!(world.gateway.charges().len(), 0, "{}", world.engine);
        assert_sound(&world).await;
    }
}
