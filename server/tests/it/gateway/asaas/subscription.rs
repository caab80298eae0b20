//! A subscription of Asaas' own ends, goes on, and is paid in another way.

use super::{Account, DAY, Subscriber, kind};
use portal::ports::{CancelAt, PlanChange, StoredCard, Subscriptions};
use types::{Instant, Method};

/// The day on which the one payment that waits is due.
fn waits_until(account: &Account, subscriber: &Subscriber) -> String {
    let waiting = account.payments(subscriber, "PENDING");
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    waiting[0]["dueDate"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn ended_now_it_owes_nothing_and_nothing_is_paid_back() {
    let account = Account::open();
    let subscriber = account.subscriber("PIX").await;
    account.standin.forward(32 * DAY).await;
    assert_eq!(account.payments(&subscriber, "OVERDUE").len(), 1);
    for _ in 0..2 {
        account.adapter.cancel(&subscriber.told("cancel"), CancelAt::Now).await.unwrap();
        assert_eq!(account.now(&subscriber)["deleted"], true);
        let open = ["PENDING", "OVERDUE"].map(|status| account.payments(&subscriber, status).len());
        assert_eq!((open, account.paid(&subscriber)), ([0, 0], 1));
    }
    assert_eq!(kind(&account.adapter.undo_cancel(&subscriber.told("undo")).await), "refused", "it is over");
    account.adapter.cancel(&subscriber.told("later"), CancelAt::PeriodEnd).await.unwrap();
    account.standin.forward(70 * DAY).await;
    assert_eq!(account.paid(&subscriber), 1);
}

#[tokio::test]
async fn ended_with_its_period_it_is_not_charged_again_and_can_be_kept_until_then() {
    let account = Account::open();
    for billing in ["CREDIT_CARD", "PIX"] {
        let subscriber = account.subscriber(billing).await;
        let due = waits_until(&account, &subscriber);
        for number in 0..2 {
            account.adapter.cancel(&subscriber.told(&format!("cancel{number}")), CancelAt::PeriodEnd).await.unwrap();
            assert_eq!(account.now(&subscriber)["status"], "INACTIVE", "{billing}");
            assert!(account.payments(&subscriber, "PENDING").is_empty(), "{billing}");
            account.standin.forward(3 * DAY).await;
            for _ in 0..2 {
                account.adapter.undo_cancel(&subscriber.told("undo")).await.unwrap();
                account.standin.forward(DAY).await;
                assert_eq!(account.now(&subscriber)["status"], "ACTIVE", "{billing}");
                assert_eq!(waits_until(&account, &subscriber), due, "{billing}: as if nothing had been asked");
            }
        }
        account.adapter.cancel(&subscriber.told("again"), CancelAt::PeriodEnd).await.unwrap();
        account.standin.forward(70 * DAY).await;
        assert_eq!(account.paid(&subscriber), 1, "{billing}");
        assert_eq!(kind(&account.adapter.undo_cancel(&subscriber.told("late")).await), "refused", "{billing}");
    }
}

#[tokio::test]
async fn what_is_due_for_the_running_period_stays_to_be_paid() {
    let account = Account::open();
    let subscriber = account.subscribed("BOLETO", 0).await;
    account.standin.forward(DAY / 24).await;
    assert_eq!(account.payments(&subscriber, "PENDING").len(), 2, "this month and the next");
    account.adapter.cancel(&subscriber.told("cancel"), CancelAt::PeriodEnd).await.unwrap();
    assert_eq!(waits_until(&account, &subscriber), account.day(0));
    account.adapter.undo_cancel(&subscriber.told("undo")).await.unwrap();
    account.standin.forward(DAY / 24).await;
    assert_eq!(account.payments(&subscriber, "PENDING").len(), 2);
}

/// Nothing at Asaas tells any more when the first payment was due that was removed.
#[tokio::test]
async fn a_trial_that_is_to_end_is_not_charged_and_its_producer_lets_it_go_on() {
    let account = Account::open();
    let subscriber = account.subscribed("CREDIT_CARD", 20).await;
    account.adapter.cancel(&subscriber.told("cancel"), CancelAt::PeriodEnd).await.unwrap();
    assert_eq!(kind(&account.adapter.undo_cancel(&subscriber.told("undo")).await), "refused");
    account.standin.forward(70 * DAY).await;
    assert_eq!(account.paid(&subscriber), 0);
}

#[tokio::test]
async fn boleto_and_pix_take_the_place_of_how_it_was_paid_and_what_waits_follows() {
    let account = Account::open();
    let subscriber = account.subscriber("CREDIT_CARD").await;
    for (method, word) in [(Method::Boleto, "BOLETO"), (Method::Pix, "PIX")] {
        for _ in 0..2 {
            account.adapter.change_method(&subscriber.told(word), method, None).await.unwrap();
            assert_eq!(account.now(&subscriber)["billingType"], word);
            assert_eq!(account.payments(&subscriber, "PENDING")[0]["billingType"], word);
        }
    }
    let card = StoredCard { token: Some("token".to_owned()), last4: "4242".to_owned(), paid: None };
    let by_card = account.adapter.change_method(&subscriber.told("card"), Method::Card, Some(&card)).await;
    assert_eq!((kind(&by_card), &account.now(&subscriber)["billingType"]), ("refused", &"PIX".into()));
    let can = account.adapter.can();
    assert_eq!((can.undo, can.plans, can.methods), (true, false, &[Method::Card, Method::Pix, Method::Boleto][..]));
    let change = PlanChange { offer: "gold".to_owned(), counted_at: Instant::from_seconds(0) };
    assert_eq!(account.adapter.preview(&subscriber.told("plan"), &change).await.unwrap(), None);
    assert_eq!(kind(&account.adapter.change_plan(&subscriber.told("plan"), &change).await), "refused");
}

#[tokio::test]
async fn one_that_asaas_does_not_know_is_refused() {
    let account = Account::open();
    for reference in ["sub_nobody", "sub/../x"] {
        let nobody = Subscriber { reference: reference.to_owned() };
        for at in [CancelAt::Now, CancelAt::PeriodEnd] {
            assert_eq!(kind(&account.adapter.cancel(&nobody.told("cancel"), at).await), "refused");
        }
        assert_eq!(kind(&account.adapter.undo_cancel(&nobody.told("undo")).await), "refused");
        assert_eq!(kind(&account.adapter.change_method(&nobody.told("pix"), Method::Pix, None).await), "refused");
    }
}
