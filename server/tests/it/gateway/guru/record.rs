//! What Guru has on file of a subscription is told in our words.

use super::{Account, DAY, MONTH, Pays, brl, kind, told};
use portal::ports::{CancelAt, SubscriptionRecord, Subscriptions};
use standin::fault::Fault;
use types::{ChargeStatus, IntervalUnit, Method, SubscriptionStatus};

async fn record(account: &Account, id: &str) -> SubscriptionRecord {
    account.adapter.read(id).await.unwrap().unwrap()
}

fn references(record: &SubscriptionRecord) -> Vec<&str> {
    record.charges.iter().map(|charge| charge.reference.as_str()).collect()
}

#[tokio::test]
async fn a_running_one_tells_price_period_and_all_that_was_charged() {
    let account = Account::open();
    let bought = account.buy("month", Pays::CreditCard);
    let id = bought.subscription.unwrap();
    let first = record(&account, &id).await;
    assert_eq!(
        (first.status, first.price, first.interval),
        (SubscriptionStatus::Active, brl(MONTH), (IntervalUnit::Month, 1))
    );
    assert_eq!((first.next_charge_at, first.canceled_at), (Some(first.period_end), None));
    assert!(first.has_all_charges);
    account.standin.forward(32 * DAY).await;
    let second = record(&account, &id).await;
    assert_eq!(second.period_start, first.period_end, "the next cycle follows");
    let [old, new] = second.charges.as_slice() else { panic!("{:?}", second.charges) };
    assert_eq!((old.reference.as_str(), old.amount), (bought.transaction.as_str(), brl(MONTH)));
    assert_eq!((new.status, new.method), (ChargeStatus::Paid, Method::Card));
    assert!(old.paid_at.is_some() && new.paid_at > old.paid_at && new.created_at > old.created_at);
    let code = account.now(&id)["subscription_code"].as_str().unwrap().to_owned();
    assert_eq!(record(&account, &code).await, second, "by its code as well");
}

#[tokio::test]
async fn a_marked_one_ends_and_a_cancelled_one_lasts_as_long_as_it_is_paid() {
    let account = Account::open();
    let (marked, cancelled) = (account.subscribe(), account.subscribe());
    account.adapter.cancel(&told("a", &marked), CancelAt::PeriodEnd).await.unwrap();
    account.adapter.cancel(&told("b", &cancelled), CancelAt::Now).await.unwrap();
    for id in [&marked, &cancelled] {
        let record = record(&account, id).await;
        assert_eq!((record.status, record.next_charge_at), (SubscriptionStatus::Ending, None), "{id}");
        assert!(record.canceled_at.is_some());
    }
    account.standin.forward(32 * DAY).await;
    for id in [&marked, &cancelled] {
        let record = record(&account, id).await;
        assert_eq!((record.status, record.charges.len()), (SubscriptionStatus::Ended, 1), "{id}");
    }
}

#[tokio::test]
async fn one_that_is_past_due_tells_no_charge_that_failed() {
    let account = Account::open();
    let bought = account.buy("month", Pays::CreditCard);
    let id = bought.subscription.unwrap();
    account.standin.decline_next("Saldo insuficiente");
    account.standin.forward(32 * DAY).await;
    let late = record(&account, &id).await;
    assert_eq!((late.status, references(&late)), (SubscriptionStatus::PastDue, vec![bought.transaction.as_str()]));
    account.adapter.cancel(&told("cancel", &id), CancelAt::Now).await.unwrap();
    assert_eq!(record(&account, &id).await.status, SubscriptionStatus::Ended, "nothing of the cycle is paid");
}

#[tokio::test]
async fn what_waits_to_be_paid_says_how() {
    let account = Account::open();
    let bought = account.buy("month", Pays::Pix);
    let id = bought.subscription.unwrap();
    let waits = record(&account, &id).await.charges.remove(0);
    assert_eq!((waits.status, waits.method, waits.paid_at), (ChargeStatus::Pending, Method::Pix, None));
    assert!(waits.payment_code.is_some_and(|code| code.contains("NO-MONEY")) && waits.payment_url.is_some());
    account.standin.pay(&bought.transaction).unwrap();
    let paid = record(&account, &id).await.charges.remove(0);
    assert_eq!((paid.status, paid.payment_code, paid.payment_url), (ChargeStatus::Paid, None, None));
    assert!(paid.paid_at.is_some());
}

#[tokio::test]
async fn a_long_history_is_read_page_by_page() {
    let account = Account::open();
    let id = account.subscribe();
    account.standin.forward(60 * 31 * DAY).await;
    let long = record(&account, &id).await;
    assert!(long.charges.len() > 55 && long.has_all_charges, "{}", long.charges.len());
    assert!(long.charges.is_sorted_by_key(|charge| charge.created_at));
    account.standin.forward(48 * 31 * DAY).await;
    let longer = record(&account, &id).await;
    assert_eq!((longer.charges.len(), longer.has_all_charges), (100, false));
    let newest = account.standin.transactions().pop().unwrap();
    assert_eq!(longer.charges[99].reference, newest["id"], "the newest are told");
}

#[tokio::test]
async fn one_that_guru_does_not_know_is_none_and_a_question_that_fails_is_not() {
    let account = Account::open();
    assert_eq!(account.adapter.read("sub_nobody").await.unwrap(), None);
    let id = account.subscribe();
    for path in [format!("/subscriptions/{id}"), format!("/subscriptions/{id}/transactions")] {
        for fault in [Fault::Status(500), Fault::Status(429), Fault::Reset, Fault::Lost, Fault::Status(403)] {
            account.standin.faults().plan("GET", &path, fault);
            assert_eq!(kind(&account.facing(fault).read(&id).await), "unavailable", "{path} {fault:?}");
            assert_eq!(account.standin.faults().clear(), 0, "{path} {fault:?} was met");
        }
    }
}
