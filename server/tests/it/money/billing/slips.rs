//! Boleto and Pix, which are issued ahead and paid when the buyer likes.

use super::{has_access, id_of, on, plan, reference, report, slip, status, subscribed, whole, zone};
use crate::harness::{
    ANA, DAY, assert_mails, assert_sound, code, each_world, line, mails, order, place, producer, sign_in,
};
use portal::Producer;
use portal::billing::{Collected, collect_now};
use portal::catalogue::offer::{Offer, put_offer};
use portal::policy::{Policy, Retention, RetentionOffer};
use portal::ports::ChargeProgress;
use portal::testing::World;
use types::plan::QuoteLine;
use types::{ChargeStatus, Currency, DeclineReason, IntervalUnit, InvoiceState, Method, Money, SubscriptionStatus};

#[tokio::test]
async fn a_boleto_is_issued_ahead_and_its_payment_renews() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 3)]);
        world.settle().await;
        assert_mails(world, &[("SlipIssued", 1), ("RenewalAhead", 0)]);
        assert_eq!(collect_now(&world.portal, id_of(world, "S-1").await).await.unwrap(), Collected::Waiting);
        let reference = reference(world, &producer, "S-1").await;
        world.clock.jump(due.minus(DAY));
        assert!(report(world, &reference, ChargeProgress::Paid).await);
        assert!(!report(world, &reference, ChargeProgress::Paid).await, "reported twice is reported once");
        let subscription = whole(world, &producer, "S-1").await.subscription.unwrap();
        assert_eq!((subscription.status, subscription.period_start), (SubscriptionStatus::Active, due));
        on(world, due.plus(DAY * 5)).await;
        assert_eq!(world.gateway.charges().len(), 1);
        assert_eq!(mails(world, "SlipIssued"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_boleto_that_expires_is_replaced_at_once_as_long_as_access_is_left_and_then_it_ends() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 3)]);
        world.settle().await;
        let expired = ChargeProgress::Declined(DeclineReason::Expired);
        for issued in [1, 2, 3] {
            world.clock.jump(due.plus(DAY * (3 * (issued - 1))));
            world.gateway.next_charges(&[slip(world, 3)]);
            let reference = reference(world, &producer, "S-1").await;
            assert!(report(world, &reference, expired.clone()).await, "{issued}");
            assert_eq!(status(world, &producer).await, SubscriptionStatus::PastDue);
            assert!(has_access(world));
            assert_mails(world, &[("SlipIssued", issued as usize + 1), ("ChargeFailed", 0)]);
            assert_sound(world).await;
        }
        world.clock.jump(due.plus(DAY * 9));
        let reference = reference(world, &producer, "S-1").await;
        report(world, &reference, expired.clone()).await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Ended);
        assert!(!has_access(world));
        assert_mails(world, &[("SlipIssued", 4), ("ChargeFailed", 1)]);
        assert_sound(world).await;
        // Paid at the last minute all the same: the money is in the books, for people to see.
        assert!(report(world, &reference, ChargeProgress::Paid).await);
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Ended);
    })
    .await;
}

#[tokio::test]
async fn a_pix_issued_ahead_is_wished_to_live_to_its_day_and_one_that_ends_before_is_replaced_without_a_failure() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Pix).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 1)]);
        world.settle().await;
        let (asked, _) = world.gateway.charges_of(ANA).pop().unwrap();
        let last_second = zone().last_second(zone().day_of(due));
        assert_eq!(asked.pay_until, last_second, "to the end of the day on which it is due");
        // This gateway gives it one day all the same.
        let over = due.minus(DAY * 2);
        world.clock.jump(over);
        world.gateway.next_charges(&[slip(world, 3)]);
        let reference = reference(world, &producer, "S-1").await;
        assert!(report(world, &reference, ChargeProgress::Declined(DeclineReason::Expired)).await);
        assert_mails(world, &[("SlipIssued", 2), ("ChargeFailed", 0)]);
        let seen = whole(world, &producer, "S-1").await;
        assert_eq!(seen.subscription.unwrap().status, SubscriptionStatus::Active);
        assert!(seen.invoices.iter().all(|invoice| invoice.failing_since.is_none()), "nothing is overdue");
        let buyer = sign_in(world, ANA).await;
        let page = portal::card::page(&buyer, &types::view::CardPlace::Order("S-1".to_owned())).await.unwrap();
        assert!(page.open.is_some(), "there is a code to pay with");
        assert_sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn whatever_order_news_come_in_the_money_stays() {
    let expired = ChargeProgress::Declined(DeclineReason::Expired);
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let start = world.portal.now();
        for (number, _) in orders.iter().enumerate() {
            let order = plan(world, ANA, &format!("S-{number}"), Method::Pix, 4_990);
            place(world, &producer, order).await;
        }
        world.settle().await;
        let due = zone().intervals_after(start, IntervalUnit::Month, 1);
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&vec![slip(world, 3); 6]);
        world.settle().await;
        for (number, permutation) in orders.iter().enumerate() {
            let order = format!("S-{number}");
            let reference = reference(world, &producer, &order).await;
            let news = [slip(world, 3), expired.clone(), ChargeProgress::Paid];
            for one in permutation.iter().flat_map(|one| [one, one]) {
                report(world, &reference, news[*one].clone()).await;
            }
            let seen = whole(world, &producer, &order).await;
            let subscription = seen.subscription.unwrap();
            assert_eq!(subscription.status, SubscriptionStatus::Active, "{permutation:?}");
            assert_eq!(subscription.period_start, due);
            assert_eq!(
                seen.invoices.iter().map(|invoice| invoice.state.name()).collect::<Vec<_>>(),
                [InvoiceState::Paid]
            );
            assert_eq!(seen.charges[0].status, ChargeStatus::Paid);
        }
        assert!(!report(world, "nobody-knows-it", ChargeProgress::Paid).await);
    })
    .await;
}

#[tokio::test]
async fn a_period_that_was_paid_while_cancelled_is_not_charged_again_when_that_is_undone() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 3)]);
        world.settle().await;
        let reference = reference(world, &producer, "S-1").await;
        let buyer = sign_in(world, ANA).await;
        let id = order(&buyer, "S-1").await.subscription.unwrap().id;
        let form = portal::refund::new_request_id(&world.portal);
        let protocol = portal::subscription::cancel(&buyer, id, form, "", "").await.unwrap();
        world.settle().await;
        assert!(report(world, &reference, ChargeProgress::Paid).await);
        portal::subscription::undo(&buyer, id, protocol.as_str()).await.unwrap();
        on(world, due.plus(DAY)).await;
        let subscription = whole(world, &producer, "S-1").await.subscription.unwrap();
        assert_eq!((subscription.status, subscription.period_start), (SubscriptionStatus::Active, due));
        assert_eq!(world.gateway.charges().len(), 1);
        assert!(has_access(world));
    })
    .await;
}

#[tokio::test]
async fn what_a_discount_took_off_a_slip_that_was_paid_days_ahead_is_no_credit() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        for (name, amount) in [("photo", 4_990), ("gold", 9_990)] {
            put_plan(world, &producer, name, amount).await;
        }
        let sold = plan(world, ANA, "S-1", Method::Boleto, 4_990);
        let due = sold.subscription.as_ref().unwrap().period_end;
        place(world, &producer, sold).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = order(&buyer, "S-1").await.subscription.unwrap().id;
        let mut policy = Policy::default();
        policy.cancel.retention =
            vec![Retention { reason: None, offer: RetentionOffer::Discount { percent: 50, cycles: 1 } }];
        portal::policy::put(&world.portal, &producer, None, &policy).await.unwrap();
        portal::subscription::accept(&buyer, id, "", "").await.unwrap();
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 3)]);
        world.settle().await;
        let reference = reference(world, &producer, "S-1").await;
        assert!(report(world, &reference, ChargeProgress::Paid).await);
        on(world, due).await;
        let seen = portal::plan::preview(&buyer, id, "gold").await.unwrap();
        let credit = seen.lines.iter().find_map(|line| match line {
            QuoteLine::Credit(amount) => Some(amount.amount),
            _ => None,
        });
        assert_eq!(credit, Some(2_495));
    })
    .await;
}

/// A monthly plan that may be changed to `gold`.
async fn put_plan(world: &World, producer: &Producer, name: &str, amount: i64) {
    let offer = Offer {
        code: code(name),
        product: code("photo"),
        name: line(name),
        price: Money::new(amount, Currency::BRL),
        interval: Some((IntervalUnit::Month, 1)),
        installments_max: 1,
        change_targets: vec![code("gold")],
    };
    put_offer(&world.portal, producer, &offer).await.unwrap();
}
