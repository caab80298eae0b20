use super::super::account::installment;
use super::super::retry::{after_failure, failing_since, payable_until};
use super::super::state::{ChargeAttempt, Instrument, Next, State};
use super::*;
use crate::policy::{AfterDunning, DunningPolicy};
use crate::time::{Zone, format_instant, parse_instant};
use proptest::prelude::*;
use types::{Currency, DeclineReason, InvoiceId, OrderStatus};
use uuid::Uuid;

const DAY: Duration = Duration::from_secs(86_400);

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

fn zone() -> Zone {
    Zone::named("America/Sao_Paulo").unwrap()
}

fn monthly(period_end: Instant) -> Subscription {
    Subscription {
        status: SubscriptionStatus::Active,
        price: 4_990,
        interval: (IntervalUnit::Month, 1),
        period_end,
        next_charge_at: Some(period_end),
        anchor: period_end,
        cycle: 0,
        discount_percent: 0,
        discount_cycles: 0,
        noticed: None,
        ends_by_wish: false,
    }
}

#[test]
fn a_boleto_or_pix_lives_to_the_end_of_the_day_on_which_it_is_due_and_what_is_over_is_replaced_at_once() {
    let (due, policy) = (at("2026-12-25T14:00:00Z"), DunningPolicy::default());
    let account = Account { method: Method::Pix, ..account(Terms::Subscription(monthly(due))) };
    let until = |now| payable_until(&account, &invoice(due), now, &policy);
    assert_eq!(until(due.minus(DAY * 3)), Some(at("2026-12-26T02:59:59Z")), "23:59:59 where the seller is");
    assert_eq!(until(due), Some(at("2026-12-27T02:59:59Z")), "a day later it would be tried again");
    let over = |now| after_failure(&account, &invoice(due), DeclineReason::Expired, now, &policy);
    let (now, grace_until) = (at("2026-12-26T03:00:00Z"), at("2027-01-02T03:00:00Z"));
    assert_eq!(over(now), Next::Again { at: now, grace_until });
}

fn account(terms: Terms) -> Account {
    Account {
        status: OrderStatus::Paid,
        currency: Currency::BRL,
        zone: zone(),
        method: Method::Card,
        known_at: at("2026-01-01T00:00:00Z"),
        has_money_under_way: false,
        terms,
        paid: 0,
        owed: None,
        doubted: None,
    }
}

fn invoice(due_at: Instant) -> Invoice {
    Invoice {
        id: InvoiceId(Uuid::nil()),
        number: 1,
        period_start: due_at,
        period_end: due_at.plus(DAY * 30),
        due_at,
        amount: Money::new(4_990, Currency::BRL),
        discount: 0,
        tries: 0,
        failing_since: None,
        failure: None,
        grace_until: None,
        state: State::Open { next_try_at: due_at, attempt: None },
    }
}

#[test]
fn the_charge_of_the_checkout_is_never_asked_about_whatever_is_said_of_its_time() {
    let due = at("2026-03-01T12:00:00Z");
    let with = Instrument { method: Method::Boleto, token: None };
    let standing = AttemptStanding::OfCheckout;
    let attempt = ChargeAttempt { key: "k".to_owned(), at: due, with, is_once: false, standing };
    let open = Invoice { state: State::Open { next_try_at: due, attempt: Some(attempt) }, ..invoice(due) };
    let owed = Some(open.wait(due.plus(DAY)));
    let account = Account { owed, ..account(Terms::Subscription(monthly(due))) };
    assert_eq!(next_step(&account, due.plus(DAY * 2), &Policy::default()), Step::Rest);
}

/// The due days of a plan that is walked and always paid.
fn walk(mut subscription: Subscription, cycles: usize) -> Vec<String> {
    let mut days = Vec::new();
    for _ in 0..cycles {
        let due_at = subscription.next_charge_at.unwrap();
        let account = account(Terms::Subscription(subscription.clone()));
        let Step::Open(new) = next_step(&account, due_at, &Policy::default()) else { panic!("due") };
        days.push(format_instant(new.due_at)[..10].to_owned());
        (subscription.anchor, subscription.cycle) = subscription.position(&account.zone, new.period.1);
        (subscription.period_end, subscription.next_charge_at) = (new.period.1, Some(new.period.1));
    }
    days
}

#[test]
fn month_lengths_do_not_drift() {
    let start = at("2026-01-31T15:00:00Z");
    let days = walk(monthly(start), 5);
    assert_eq!(days, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
    let leap = Subscription { interval: (IntervalUnit::Year, 1), ..monthly(at("2028-02-29T15:00:00Z")) };
    assert_eq!(walk(leap, 3), ["2028-02-29", "2029-02-28", "2030-02-28"]);
}

#[test]
fn nothing_is_charged_of_what_has_ended_or_is_paused_or_disputed() {
    let due = at("2026-03-10T12:00:00Z");
    let now = due.plus(DAY);
    let with = |status, next_charge_at| {
        let subscription = Subscription { status, next_charge_at, ..monthly(due) };
        next_step(&account(Terms::Subscription(subscription)), now, &Policy::default())
    };
    assert_eq!(with(SubscriptionStatus::Ended, Some(due)), Step::Rest);
    assert_eq!(with(SubscriptionStatus::Ending, Some(due)), Step::End);
    assert_eq!(with(SubscriptionStatus::Paused, None), Step::Rest);
    assert_eq!(with(SubscriptionStatus::Paused, Some(due)), Step::Resume(due));
    for status in [OrderStatus::Pending, OrderStatus::Disputed, OrderStatus::Refunded, OrderStatus::Canceled] {
        let account = Account { status, ..account(Terms::Subscription(monthly(due))) };
        assert_eq!(next_step(&account, now, &Policy::default()), Step::Rest, "{status}");
        let owes = Account { owed: Some(invoice(due)), ..account };
        assert_ne!(next_step(&owes, now, &Policy::default()), Step::Try, "{status}");
    }
}

#[test]
fn a_card_is_told_ahead_and_a_boleto_is_issued_ahead() {
    let due = at("2026-03-10T12:00:00Z");
    let policy = Policy::default();
    let card = account(Terms::Subscription(monthly(due)));
    assert_eq!(next_step(&card, due.minus(DAY * 5), &policy), Step::Wait(due.minus(DAY * 3)));
    assert_eq!(next_step(&card, due.minus(DAY * 2), &policy), Step::Notice(due));
    let noticed = Subscription { noticed: Some(due), ..monthly(due) };
    assert_eq!(next_step(&account(Terms::Subscription(noticed)), due.minus(DAY * 2), &policy), Step::Wait(due));
    let boleto = Account { method: Method::Boleto, ..card };
    assert!(matches!(next_step(&boleto, due.minus(DAY * 3), &policy), Step::Open(new) if new.due_at == due));
}

#[test]
fn retries_come_on_the_days_of_the_policy_and_those_missed_are_one() {
    let due = at("2026-03-10T12:00:00Z");
    let account = account(Terms::Subscription(monthly(due)));
    let policy = DunningPolicy::default();
    let grace_until = due.plus(DAY * 7);
    let after = |day: u32| {
        let failing = Invoice { failing_since: Some(due), ..invoice(due) };
        after_failure(&account, &failing, DeclineReason::Generic, due.plus(DAY * day), &policy)
    };
    assert_eq!(after(0), Next::Again { at: due.plus(DAY), grace_until });
    assert_eq!(after(1), Next::Again { at: due.plus(DAY * 3), grace_until });
    assert_eq!(after(4), Next::Again { at: due.plus(DAY * 5), grace_until });
    assert_eq!(after(6), Next::Again { at: due.plus(DAY * 7), grace_until });
    assert_eq!(after(7), Next::End);
    let keep = DunningPolicy { then: AfterDunning::Keep, ..policy.clone() };
    let failing = Invoice { failing_since: Some(due), ..invoice(due) };
    assert_eq!(
        after_failure(&account, &failing, DeclineReason::Generic, due.plus(DAY * 30), &keep),
        Next::Suspended { next_try_at: None }
    );
    // First tried a month late, because we stood still: the buyer has every day of the policy all the same.
    let late = due.plus(DAY * 30);
    let first = after_failure(&account, &invoice(due), DeclineReason::Generic, late, &policy);
    assert_eq!(first, Next::Again { at: late.plus(DAY), grace_until: late.plus(DAY * 7) });
}

#[test]
fn what_fails_ahead_of_its_day_is_tried_again_on_that_day_whatever_the_policy_says() {
    let due = at("2026-03-10T12:00:00Z");
    let terms = Installments { total: 1_000, count: 3, anchor: due };
    for (retry_days, last) in [(vec![], due), (vec![1, 3], due.plus(DAY * 3))] {
        let policy = DunningPolicy { retry_days, then: AfterDunning::End };
        for terms in [Terms::Subscription(monthly(due)), Terms::Installments(terms.clone())] {
            let next =
                after_failure(&account(terms), &invoice(due), DeclineReason::Generic, due.minus(DAY * 2), &policy);
            assert_eq!(next, Next::Again { at: due, grace_until: last });
        }
    }
    let none = DunningPolicy { retry_days: vec![], then: AfterDunning::End };
    let next =
        after_failure(&account(Terms::Subscription(monthly(due))), &invoice(due), DeclineReason::Generic, due, &none);
    assert_eq!(next, Next::End, "on the day it is owed in vain");
}

#[test]
fn a_part_that_is_overdue_is_tried_again_when_another_falls_due() {
    let anchor = at("2026-01-31T12:00:00Z");
    let terms = Installments { total: 1_000, count: 3, anchor };
    let account = Account { paid: 1, ..account(Terms::Installments(terms)) };
    let due = at("2026-02-28T12:00:00Z");
    let failing = Invoice { number: 2, failing_since: Some(due), ..invoice(due) };
    let next = after_failure(&account, &failing, DeclineReason::Generic, due.plus(DAY * 7), &DunningPolicy::default());
    assert_eq!(next, Next::Suspended { next_try_at: Some(at("2026-03-31T12:00:00Z")) });
    let last = after_failure(
        &account,
        &failing,
        DeclineReason::Generic,
        at("2026-04-01T12:00:00Z"),
        &DunningPolicy::default(),
    );
    assert_eq!(last, Next::Suspended { next_try_at: None });
}

#[test]
fn what_ended_before_the_order_came_is_not_billed() {
    let mut old = account(Terms::Subscription(monthly(at("2025-06-10T12:00:00Z"))));
    old.known_at = at("2026-03-20T12:00:00Z");
    let Step::Open(new) = next_step(&old, old.known_at, &Policy::default()) else { panic!("due") };
    assert_eq!(new.period, (at("2026-03-10T12:00:00Z"), at("2026-04-10T12:00:00Z")));
}

#[test]
fn a_discount_is_rounded_half_up_and_never_more_than_the_price() {
    let with = |price, discount_percent| {
        Subscription { price, discount_percent, discount_cycles: 1, ..monthly(Instant::from_seconds(0)) }.discount()
    };
    assert_eq!((with(4_990, 50), with(999, 50), with(101, 50)), (2_495, 500, 51));
    assert_eq!((with(4_990, 100), with(4_990, 0), with(i64::MAX / 4, 100)), (4_990, 0, i64::MAX / 4));
}

proptest! {
    #[test]
    fn the_installments_of_a_price_are_the_price(total in 0i64..10_000_000_000, count in 1i64..=100) {
        let installments: Vec<i64> = (1..=count).map(|number| installment(total, count, number)).collect();
        prop_assert_eq!(installments.iter().sum::<i64>(), total);
        prop_assert!(installments.iter().all(|one| *one >= 0 && *one >= installments[0]));
        prop_assert!(installments[..installments.len() - 1].iter().all(|one| *one == installments[0]));
    }

    #[test]
    fn periods_follow_each_other_without_gap_and_keep_their_day(
        start in 0i64..4_000_000_000, unit in 0usize..4, count in 1i64..4, cycles in 1i64..30,
    ) {
        let unit = IntervalUnit::ALL[unit];
        let zone = zone();
        let start = Instant::from_seconds(start);
        let mut subscription = Subscription { interval: (unit, count), ..monthly(start) };
        let mut end = start;
        for _ in 0..cycles {
            let mut account = account(Terms::Subscription(subscription.clone()));
            account.known_at = Instant::from_seconds(0);
            let (from, to) = subscription.next_period(&account);
            prop_assert_eq!(from, end);
            prop_assert!(to > from);
            (subscription.anchor, subscription.cycle) = subscription.position(&zone, to);
            (subscription.period_end, end) = (to, to);
        }
        prop_assert_eq!(end, zone.intervals_after(start, unit, count * cycles));
    }

    #[test]
    fn a_plan_never_charges_before_it_is_due_and_always_says_when_to_look(
        due in 1_700_000_000i64..1_900_000_000, now in 1_700_000_000i64..1_900_000_000, days in 0i64..10, is_slip: bool,
    ) {
        let (due, now) = (Instant::from_seconds(due), Instant::from_seconds(now));
        let mut account = account(Terms::Subscription(monthly(due)));
        account.method = if is_slip { Method::Pix } else { Method::Card };
        let mut policy = Policy::default();
        policy.notice.renewal_days = days;
        match next_step(&account, now, &policy) {
            Step::Open(new) => prop_assert!(new.opens_at <= now && new.due_at == due),
            Step::Wait(at) => prop_assert!(at > now && at <= due),
            Step::Notice(at) => prop_assert!(at == due && now < due && !is_slip),
            step => prop_assert!(false, "{step:?}"),
        }
        account.owed = Some(invoice(due));
        match next_step(&account, now, &policy) {
            Step::Try => prop_assert!(due <= now),
            Step::Wait(at) => prop_assert!(at > now),
            step => prop_assert!(false, "{step:?}"),
        }
    }

    #[test]
    fn a_failing_invoice_comes_to_an_end(
        retry_days in proptest::collection::vec(-3i64..40, 0..8), late in 0u32..90, keeps: bool,
    ) {
        let due = at("2026-03-10T12:00:00Z");
        let account = account(Terms::Subscription(monthly(due)));
        let then = if keeps { AfterDunning::Keep } else { AfterDunning::End };
        let policy = DunningPolicy { retry_days: retry_days.clone(), then };
        let (mut failing, mut now) = (invoice(due), due.plus(DAY * late));
        for _ in 0..=retry_days.len() {
            let next = after_failure(&account, &failing, DeclineReason::Generic, now, &policy);
            let since = failing_since(&failing, now);
            failing = failing.fail(types::DeclineReason::Generic, since, next);
            match next {
                Next::Again { at, grace_until } => {
                    prop_assert!(at > now && at <= grace_until);
                    now = at;
                }
                Next::Suspended { next_try_at } => {
                    prop_assert!(keeps && next_try_at.is_none());
                    return Ok(());
                }
                Next::End => {
                    prop_assert!(!keeps);
                    return Ok(());
                }
            }
        }
        prop_assert!(false, "it never ends");
    }
}
