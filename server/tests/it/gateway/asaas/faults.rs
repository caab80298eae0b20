//! Calls about a subscription that go wrong at every place: nobody is told what is not so, and asked for again the
//! effect is one.

use super::{Account, DAY, kind};
use portal::ports::{CancelAt, Subscriptions};
use standin::fault::Fault;
use types::Method;

/// What goes wrong with a call.
const FAULTS: [Fault; 7] = [
    Fault::Status(500),
    Fault::Status(503),
    Fault::Status(429),
    Fault::StatusAfter(500),
    Fault::Reset,
    Fault::Lost,
    Fault::HangAfter,
];

/// What the adapter says of a fault at the call that makes the effect.
fn says(fault: Fault) -> &'static str {
    if fault == Fault::Status(429) { "unavailable" } else { "unknown" }
}

#[tokio::test]
async fn an_end_that_went_wrong_comes_about_once_when_it_is_asked_for_again() {
    let account = Account::open();
    for fault in FAULTS {
        for (method, path, when, expected) in [
            ("DELETE", "/subscriptions/", CancelAt::Now, says(fault)),
            ("PUT", "/subscriptions/", CancelAt::PeriodEnd, says(fault)),
            // Something was done already, whatever became of this.
            ("GET", "/payments", CancelAt::Now, "unknown"),
            ("GET", "/payments", CancelAt::PeriodEnd, "unknown"),
            ("DELETE", "/payments/", CancelAt::PeriodEnd, "unknown"),
        ] {
            let subscriber = account.subscriber("PIX").await;
            account.standin.faults().plan(method, path, fault);
            let outcome = account.facing(fault).cancel(&subscriber.told("cancel"), when).await;
            assert_eq!(kind(&outcome), expected, "{method} {path} {fault:?}");
            assert_eq!(account.standin.faults().clear(), 0, "{method} {path} {fault:?} was met");
            account.adapter.cancel(&subscriber.told("cancel"), when).await.unwrap();
            let now = account.now(&subscriber);
            assert_eq!(now["deleted"], when == CancelAt::Now, "{method} {path} {fault:?}");
            assert_eq!(now["status"], "INACTIVE", "{method} {path} {fault:?}");
            assert!(account.payments(&subscriber, "PENDING").is_empty(), "{method} {path} {fault:?}");
            assert_eq!(account.paid(&subscriber), 1, "{method} {path} {fault:?}");
        }
    }
}

#[tokio::test]
async fn what_is_taken_back_goes_on_once_whatever_went_wrong_with_it() {
    let account = Account::open();
    for fault in FAULTS {
        for (method, path, expected) in [
            ("PUT", "/subscriptions/", says(fault)),
            ("GET", "/subscriptions/", "unavailable"),
            ("GET", "/payments", "unavailable"),
        ] {
            let subscriber = account.subscriber("PIX").await;
            let due = account.payments(&subscriber, "PENDING")[0]["dueDate"].clone();
            account.adapter.cancel(&subscriber.told("cancel"), CancelAt::PeriodEnd).await.unwrap();
            account.standin.faults().plan(method, path, fault);
            let outcome = account.facing(fault).undo_cancel(&subscriber.told("undo")).await;
            assert_eq!(kind(&outcome), expected, "{method} {path} {fault:?}");
            assert_eq!(account.standin.faults().clear(), 0, "{method} {path} {fault:?} was met");
            account.adapter.undo_cancel(&subscriber.told("undo")).await.unwrap();
            account.standin.forward(DAY / 24).await;
            let waiting = account.payments(&subscriber, "PENDING");
            assert_eq!((waiting.len(), &waiting[0]["dueDate"]), (1, &due), "{method} {path} {fault:?}");
        }
    }
}

/// An end that was cut off between two payments leaves no gap: what is left is charged, and what was removed is made
/// again after it.
#[tokio::test]
async fn an_end_that_was_cut_off_can_be_taken_back() {
    let account = Account::open();
    let subscriber = account.subscribed_weekly().await;
    let days = |account: &Account| -> Vec<String> {
        let waiting = account.payments(&subscriber, "PENDING");
        let mut days: Vec<String> = waiting.iter().map(|one| one["dueDate"].as_str().unwrap().to_owned()).collect();
        days.sort();
        days
    };
    let before = days(&account);
    assert!(before.len() > 3, "{before:?}");
    let last = account.payments(&subscriber, "PENDING")[1]["id"].as_str().unwrap().to_owned();
    account.standin.faults().plan("DELETE", &last, Fault::Status(500));
    let cut = account.adapter.cancel(&subscriber.told("cancel"), CancelAt::PeriodEnd).await;
    assert_eq!((kind(&cut), days(&account).len()), ("unknown", 2), "the latest were removed first");
    account.adapter.undo_cancel(&subscriber.told("undo")).await.unwrap();
    account.standin.forward(DAY / 24).await;
    assert_eq!(days(&account), before);
}

#[tokio::test]
async fn another_way_to_pay_is_one_whatever_went_wrong_with_the_call() {
    let account = Account::open();
    for fault in FAULTS {
        let subscriber = account.subscriber("PIX").await;
        account.standin.faults().plan("PUT", "/subscriptions/", fault);
        let outcome = account.facing(fault).change_method(&subscriber.told("boleto"), Method::Boleto, None).await;
        assert_eq!((kind(&outcome), account.standin.faults().clear()), (says(fault), 0), "{fault:?}");
        account.adapter.change_method(&subscriber.told("boleto"), Method::Boleto, None).await.unwrap();
        let waiting = account.payments(&subscriber, "PENDING");
        assert_eq!((waiting.len(), waiting[0]["billingType"].as_str()), (1, Some("BOLETO")), "{fault:?}");
    }
}
