use super::*;
use crate::billing::state::State;
use types::{Currency, IntervalUnit, InvoiceId, Money};
use uuid::Uuid;

const START: Instant = Instant::from_seconds(1_000_000);
const END: Instant = Instant::from_seconds(2_000_000);
const NOW: Instant = Instant::from_seconds(2_000_100);

/// As its calendar last reported it: what the buyer decided stands beside.
fn course(stands: SubscriptionStatus) -> Course {
    let reported = NewSubscription {
        status: SubscriptionStatus::Active,
        plan: None,
        amount: 4_990,
        interval: (IntervalUnit::Month, 1),
        period_start: START,
        period_end: END,
        next_charge_at: Some(END),
        canceled_at: None,
        paid_at: Some(START),
        reference: None,
    };
    Course { stands, reported }
}

fn invoice() -> Invoice {
    Invoice {
        id: InvoiceId(Uuid::nil()),
        number: 2,
        period_start: END,
        period_end: Instant::from_seconds(3_000_000),
        due_at: END,
        amount: Money::new(4_990, Currency::BRL),
        discount: 0,
        tries: 1,
        failing_since: None,
        failure: None,
        grace_until: None,
        state: State::Open { next_try_at: END, attempt: None },
    }
}

/// Where each step leads from there: renewed, fallen behind, ended unpaid, resumed, ended.
fn steps(stands: SubscriptionStatus) -> [Result<SubscriptionStatus, NoSuchStep>; 5] {
    let from = || course(stands);
    [
        from().renew(&invoice(), None, NOW),
        from().fall_behind(),
        from().end_unpaid(NOW),
        from().resume(NOW),
        from().end(END),
    ]
    .map(|step| step.map(|reported| reported.status))
}

#[test]
fn every_step_leads_where_it_says_and_no_other_exists() {
    use SubscriptionStatus::{Active, Ended, Ending, PastDue, Paused, Trialing};
    for stands in [Trialing, Active, PastDue] {
        let (no_pause, no_end) = (Err(NoSuchStep::NotPaused(stands)), Err(NoSuchStep::NotEnding(stands)));
        assert_eq!(steps(stands), [Ok(Active), Ok(PastDue), Ok(Ended), no_pause, no_end], "{stands}");
    }
    let paused = Err(NoSuchStep::Paused);
    assert_eq!(steps(Paused), [paused, paused, paused, Ok(Active), Err(NoSuchStep::NotEnding(Paused))]);
    let ending = Err(NoSuchStep::Ending);
    assert_eq!(steps(Ending), [ending, ending, ending, Err(NoSuchStep::NotPaused(Ending)), Ok(Ended)]);
    assert_eq!(steps(Ended), [Err(NoSuchStep::Ended); 5]);
}

#[test]
fn what_is_late_recovers_and_keeps_what_was_agreed() {
    let late = course(SubscriptionStatus::Active).fall_behind().unwrap();
    assert_eq!((late.status, late.period_end, late.next_charge_at), (SubscriptionStatus::PastDue, END, Some(END)));
    let late = Course { stands: SubscriptionStatus::PastDue, reported: late };
    let paid = late.renew(&invoice(), None, NOW).unwrap();
    assert_eq!((paid.status, paid.period_start), (SubscriptionStatus::Active, END));
    assert_eq!((paid.next_charge_at, paid.paid_at, paid.amount), (Some(paid.period_end), Some(START), 4_990));
}

#[test]
fn an_end_says_when_and_charges_nothing_more() {
    let unpaid = course(SubscriptionStatus::PastDue).end_unpaid(NOW).unwrap();
    assert_eq!((unpaid.next_charge_at, unpaid.canceled_at), (None, Some(NOW)));
    let over = course(SubscriptionStatus::Ending).end(END).unwrap();
    assert_eq!((over.next_charge_at, over.canceled_at), (None, Some(END)));
    let back = course(SubscriptionStatus::Paused).resume(NOW).unwrap();
    assert_eq!((back.period_start, back.period_end, back.next_charge_at), (START, NOW, Some(NOW)));
}
