//! Somebody else does the same between the look and the call: it is done once, and nobody is told that it failed.

use super::{Account, COURSE, Pays, refund, told};
use portal::ports::{CancelAt, GatewayError, RefundProgress, Refunds, Subscriptions};
use standin::fault::Fault;
use std::future::Future;
use std::time::Duration;

/// Lets one of two look, and the other one act before the first goes on.
async fn after_looking<T>(
    account: &Account,
    (method, path): (&str, &str),
    slow: impl Future<Output = Result<T, GatewayError>>,
    fast: impl Future<Output = Result<T, GatewayError>>,
) -> T {
    account.standin.faults().plan(method, path, Fault::Slow(Duration::from_millis(400)));
    let second = async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        fast.await
    };
    let (slow, fast) = futures::future::join(slow, second).await;
    fast.unwrap();
    slow.unwrap()
}

#[tokio::test]
async fn two_that_end_a_subscription_find_it_ended() {
    let account = Account::open();
    for at in [CancelAt::Now, CancelAt::PeriodEnd] {
        let id = account.subscribe();
        let (slow, fast) = (told("slow", &id), told("fast", &id));
        after_looking(&account, ("GET", &id), account.adapter.cancel(&slow, at), account.adapter.cancel(&fast, at))
            .await;
        assert_eq!(account.now(&id)["cancel_reason"], "Aftersale fast", "{at:?}");
    }
}

#[tokio::test]
async fn two_that_take_an_end_back_find_it_taken_back() {
    let account = Account::open();
    let id = account.subscribe();
    account.adapter.cancel(&told("cancel", &id), CancelAt::PeriodEnd).await.unwrap();
    let (slow, fast) = (told("slow", &id), told("fast", &id));
    after_looking(&account, ("GET", &id), account.adapter.undo_cancel(&slow), account.adapter.undo_cancel(&fast)).await;
    assert_eq!(account.now(&id)["cancel_at_cycle_end"], 0);
}

#[tokio::test]
async fn two_that_change_to_the_same_plan_pay_for_it_once() {
    let account = Account::open();
    let (id, change) = (account.subscribe(), account.to("gold"));
    let (slow, fast) = (told("slow", &id), told("fast", &id));
    let (slow, fast) = (account.adapter.change_plan(&slow, &change), account.adapter.change_plan(&fast, &change));
    after_looking(&account, ("POST", "/plans/simulate"), slow, fast).await;
    assert_eq!((account.plans(&id).0.as_str(), account.taken().len()), ("gold", 2));
}

#[tokio::test]
async fn two_that_pay_a_transaction_back_find_it_back() {
    let account = Account::open();
    let bought = account.buy("course", Pays::CreditCard).transaction;
    let instruction = refund("part", &bought, COURSE, COURSE);
    let path = format!("/transactions/{bought}");
    let by_hand = async {
        let body = serde_json::json!({ "comment": "Arrependimento" });
        account.api(reqwest::Method::POST, &format!("{path}/refund"), &body).await;
        account.adapter.refund(&instruction).await
    };
    let report = after_looking(&account, ("GET", &path), account.adapter.refund(&instruction), by_hand).await;
    assert_eq!(report.state, RefundProgress::Succeeded);
    assert_eq!(account.transactions("refunded"), 1);
}
