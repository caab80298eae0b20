//! What Asaas has on file of a subscription, as the rules read it.

use super::{Account, DAY, PRICE, kind};
use portal::ports::{CancelAt, SubscriptionRecord, Subscriptions};
use standin::fault::Fault;
use types::{ChargeStatus, Currency, IntervalUnit, Method, Money, SubscriptionStatus};

async fn read(account: &Account, reference: &str) -> SubscriptionRecord {
    account.adapter.read(reference).await.unwrap().expect("a subscription of this name")
}

#[tokio::test]
async fn a_subscription_is_read_with_what_was_paid_and_what_waits() {
    let account = Account::open();
    for (billing, method) in [("PIX", Method::Pix), ("BOLETO", Method::Boleto)] {
        let subscriber = account.subscriber(billing).await;
        let record = read(&account, &subscriber.reference).await;
        assert_eq!(record.status, SubscriptionStatus::Active);
        assert_eq!((record.price, record.interval), (Money::new(PRICE, Currency::BRL), (IntervalUnit::Month, 1)));
        assert_eq!(record.next_charge_at, Some(record.period_end));
        let days = record.period_end.since(record.period_start).as_secs() / 86_400;
        assert!((28..=31).contains(&days), "{days}");
        let [paid, open] = record.charges.as_slice() else { panic!("{:?}", record.charges) };
        assert_eq!((paid.status, paid.method, paid.amount), (ChargeStatus::Paid, method, record.price));
        assert!(paid.paid_at.is_some() && paid.payment_code.is_none() && paid.payment_url.is_none());
        assert_eq!((open.status, open.method, open.paid_at), (ChargeStatus::Pending, method, None));
        assert!(open.payment_code.as_ref().is_some_and(|code| code.len() > 40), "{open:?}");
        assert!(open.payment_url.as_ref().is_some_and(|page| page.contains("/i/")), "{open:?}");
        assert!(record.has_all_charges);
    }
}

#[tokio::test]
async fn where_it_stands_follows_what_becomes_of_it() {
    let account = Account::open();
    let subscriber = account.subscriber("CREDIT_CARD").await;
    let running = read(&account, &subscriber.reference).await;
    assert_eq!(
        (running.status, running.charges.len()),
        (SubscriptionStatus::Active, 1),
        "Asaas charges the card itself"
    );
    account.adapter.cancel(&subscriber.told("cancel"), CancelAt::PeriodEnd).await.unwrap();
    let ending = read(&account, &subscriber.reference).await;
    assert_eq!((ending.status, ending.next_charge_at), (SubscriptionStatus::Ending, None));
    assert_eq!((ending.period_start, ending.period_end), (running.period_start, running.period_end));
    account.standin.forward(32 * DAY).await;
    assert_eq!(read(&account, &subscriber.reference).await.status, SubscriptionStatus::Ended);
    let late = account.subscriber("PIX").await;
    account.standin.forward(32 * DAY).await;
    let owed = read(&account, &late.reference).await;
    assert_eq!(owed.status, SubscriptionStatus::PastDue);
    assert!(owed.next_charge_at.is_some_and(|at| at == owed.period_end), "what is paid ends where something is owed");
    account.adapter.cancel(&late.told("now"), CancelAt::Now).await.unwrap();
    assert_eq!(read(&account, &late.reference).await.status, SubscriptionStatus::Ended);
    let trial = account.subscribed("CREDIT_CARD", 20).await;
    let record = read(&account, &trial.reference).await;
    assert_eq!((record.status, record.charges.len()), (SubscriptionStatus::Trialing, 0));
}

#[tokio::test]
async fn a_question_that_went_wrong_is_no_answer_and_nobody_is_none() {
    let account = Account::open();
    let subscriber = account.subscriber("PIX").await;
    for fault in [Fault::Status(500), Fault::Status(429), Fault::Reset, Fault::Lost] {
        for path in ["/subscriptions/", "/payments", "/pixQrCode"] {
            account.standin.faults().plan("GET", path, fault);
            let answer = account.adapter.read(&subscriber.reference).await;
            assert_eq!((kind(&answer), account.standin.faults().clear()), ("unavailable", 0), "{path} {fault:?}");
        }
    }
    assert_eq!(account.adapter.read("sub_nobody").await.unwrap(), None);
    assert_eq!(kind(&account.adapter.read("sub/../x").await), "refused");
}
