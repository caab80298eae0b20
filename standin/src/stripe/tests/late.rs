//! Renewals that fail, and how they are mended.

use super::{Caller, id};
use crate::stripe::AfterRetries;

/// A subscription whose renewal failed, with the id of its customer.
async fn late(caller: &Caller) -> (String, String) {
    let (customer, id) = caller.subscription("pm_card_visa", 9990).await;
    for _ in 0..5 {
        caller.stripe.fail_next_charge("insufficient_funds");
    }
    caller.days(31).await;
    (customer, id)
}

#[tokio::test]
async fn a_renewal_is_tried_again_on_four_days_and_then_the_subscription_ends() {
    let caller = Caller::start();
    let (_, id) = late(&caller).await;
    let now = caller.read(&id).await;
    assert_eq!((&now["status"], &now["latest_invoice"]["status"]), (&"past_due".into(), &"open".into()));
    assert!(now["latest_invoice"]["next_payment_attempt"].as_i64().is_some());
    caller.days(4).await;
    assert_eq!(caller.read(&id).await["status"], "past_due");
    caller.days(4).await;
    let now = caller.read(&id).await;
    assert_eq!(
        (&now["status"], &now["cancellation_details"]["reason"]),
        (&"canceled".into(), &"payment_failed".into())
    );
    assert_eq!(now["latest_invoice"]["attempt_count"], 5);
    assert_eq!(caller.events().iter().filter(|kind| *kind == "invoice.payment_failed").count(), 5);
    assert!(caller.events().contains(&"customer.subscription.deleted".to_owned()));
}

#[tokio::test]
async fn an_account_may_want_that_it_stays_unpaid() {
    let caller = Caller::start();
    caller.stripe.after_retries(AfterRetries::Unpaid);
    let (_, id) = late(&caller).await;
    caller.days(8).await;
    assert_eq!(caller.read(&id).await["status"], "unpaid");
    caller.days(31).await;
    let now = caller.read(&id).await;
    assert_eq!((&now["status"], &now["latest_invoice"]["status"]), (&"unpaid".into(), &"draft".into()));
}

#[tokio::test]
async fn a_new_card_pays_the_open_invoice_and_the_subscription_goes_on() {
    let caller = Caller::start();
    let (customer, sub) = caller.subscription("pm_card_visa", 9990).await;
    let broken = id(&caller
        .post("/v1/payment_methods/pm_card_chargeCustomerFail/attach", &format!("customer={customer}"))
        .await);
    caller.post(&format!("/v1/subscriptions/{sub}"), &format!("default_payment_method={broken}")).await;
    caller.days(31).await;
    let now = caller.read(&sub).await;
    assert_eq!(now["status"], "past_due");
    let invoice = id(&now["latest_invoice"]);
    let new = id(&caller.post("/v1/payment_methods/pm_card_mastercard/attach", &format!("customer={customer}")).await);
    caller.post(&format!("/v1/subscriptions/{sub}"), &format!("default_payment_method={new}")).await;
    let paid = caller.post(&format!("/v1/invoices/{invoice}/pay"), &format!("payment_method={new}")).await;
    assert_eq!((&paid["status"], &paid["amount_paid"]), (&"paid".into(), &9990.into()));
    assert_eq!(caller.read(&sub).await["status"], "active");
    let (status, _) = caller.refused(&format!("/v1/invoices/{invoice}/pay"), "").await;
    assert_eq!(status, 400);
    caller.days(10).await;
    assert_eq!(caller.read(&sub).await["status"], "active");
}

#[tokio::test]
async fn a_card_that_always_asks_leaves_a_renewal_to_its_owner() {
    let caller = Caller::start();
    let (customer, sub) = caller.subscription("pm_card_visa", 9990).await;
    let asks = id(&caller
        .post("/v1/payment_methods/pm_card_authenticationRequired/attach", &format!("customer={customer}"))
        .await);
    caller.post(&format!("/v1/subscriptions/{sub}"), &format!("default_payment_method={asks}")).await;
    caller.days(31).await;
    let now = caller.read(&sub).await;
    assert_eq!(now["status"], "past_due");
    assert!(caller.events().contains(&"invoice.payment_action_required".to_owned()));
    let (status, error) = caller.refused(&format!("/v1/invoices/{}/pay", id(&now["latest_invoice"])), "").await;
    assert_eq!((status, &error["code"]), (402, &"invoice_payment_intent_requires_action".into()));
    let intent = now["latest_invoice"]["payments"]["data"][0]["payment"]["payment_intent"].as_str().unwrap();
    caller.call("POST", &format!("/3ds/{intent}"), "do=confirm", &[]).await.unwrap();
    assert_eq!(caller.read(&sub).await["status"], "active");
}

#[tokio::test]
async fn a_customer_owes_until_the_invoice_is_paid_or_given_up() {
    let caller = Caller::start();
    let (customer, sub) = late(&caller).await;
    let owes = async || caller.get(&format!("/v1/customers/{customer}")).await["delinquent"].clone();
    assert_eq!(owes().await, true);
    let invoice = id(&caller.read(&sub).await["latest_invoice"]);
    let given_up = caller.post(&format!("/v1/invoices/{invoice}/mark_uncollectible"), "").await;
    assert_eq!((&given_up["status"], owes().await), (&"uncollectible".into(), false.into()));
    assert_eq!(caller.refused(&format!("/v1/invoices/{invoice}/finalize"), "").await.0, 400);
}
