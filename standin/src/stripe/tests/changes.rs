//! Changes of plans: previews, prorations, what waits for its payment, and what waits for the renewal.

use super::{Caller, id};
use serde_json::Value;
use std::time::Duration;

const TENTH: Duration = Duration::from_secs(10 * 86_400);

/// The body of a change to a price, for a call or for its preview.
fn change(sub: &Value, price: &str, rest: &str) -> (String, String) {
    let item = id(&sub["items"]["data"][0]);
    let pairs: Vec<(&str, &str)> = rest.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let direct = format!("items[0][id]={item}&items[0][price]={price}&{rest}");
    let preview: Vec<String> = pairs
        .iter()
        .filter(|(name, _)| *name != "payment_behavior")
        .map(|(name, value)| format!("subscription_details[{name}]={value}"))
        .collect();
    let items = format!("subscription_details[items][0][id]={item}&subscription_details[items][0][price]={price}");
    (direct, format!("subscription={}&{items}&{}", id(sub), preview.join("&")))
}

pub(super) fn amounts(invoice: &Value) -> Vec<i64> {
    invoice["lines"]["data"].as_array().unwrap().iter().map(|line| line["amount"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn a_change_costs_what_its_preview_said() {
    let caller = Caller::start();
    for behaviour in ["allow_incomplete", "pending_if_incomplete", "error_if_incomplete"] {
        let (customer, sub) = caller.subscription("pm_card_visa", 9990).await;
        let price = caller.monthly(19_990).await;
        caller.stripe.forward(TENTH).await;
        let now = caller.read(&sub).await;
        let at = caller.stripe.clock().now();
        let rest = format!("proration_behavior=always_invoice&proration_date={at}&payment_behavior={behaviour}");
        let (direct, preview) = change(&now, &price, &rest);
        let preview = caller.post("/v1/invoices/create_preview", &preview).await;
        caller.stripe.forward(Duration::from_secs(600)).await;
        let changed = caller.post(&format!("/v1/subscriptions/{sub}"), &direct).await;
        assert_eq!(changed["items"]["data"][0]["price"]["id"], price.as_str());
        let invoice = caller.read(&sub).await["latest_invoice"].clone();
        assert_eq!(invoice["billing_reason"], "subscription_update");
        assert_eq!((amounts(&invoice), &invoice["amount_due"]), (amounts(&preview), &preview["amount_due"]));
        let [credit, debit] = amounts(&invoice)[..] else { panic!("{invoice}") };
        assert!(credit < 0 && debit > 0 && (debit + credit - (19_990 - 9990) * 2 / 3).abs() < 400);
        assert_eq!(caller.stripe.paid_by(&customer)["brl"], 9990 + credit + debit);
        assert!(invoice["lines"]["data"][0]["parent"]["invoice_item_details"]["proration"] == true);
    }
}

#[tokio::test]
async fn a_change_that_is_not_paid_waits_or_is_refused() {
    let caller = Caller::start();
    for behaviour in ["pending_if_incomplete", "error_if_incomplete"] {
        let (customer, sub) = caller.subscription("pm_card_visa", 9990).await;
        let price = caller.monthly(19_990).await;
        caller.stripe.forward(TENTH).await;
        let now = caller.read(&sub).await;
        let rest = format!("proration_behavior=always_invoice&payment_behavior={behaviour}");
        let (direct, _) = change(&now, &price, &rest);
        caller.stripe.fail_next_charge("insufficient_funds");
        let said = caller.call("POST", &format!("/v1/subscriptions/{sub}"), &direct, &[]).await.unwrap();
        let after = caller.read(&sub).await;
        assert_eq!(after["items"]["data"][0]["price"], now["items"]["data"][0]["price"]);
        assert_eq!(after["status"], "active");
        assert_eq!(caller.stripe.paid_by(&customer)["brl"], 9990);
        if behaviour == "error_if_incomplete" {
            assert_eq!((said.status, &after["latest_invoice"]["status"]), (402, &"void".into()));
            continue;
        }
        assert_eq!((said.status, said.body["pending_update"].is_object()), (200, true));
        let invoice = id(&after["latest_invoice"]);
        caller.post(&format!("/v1/invoices/{invoice}/pay"), "").await;
        let paid = caller.read(&sub).await;
        assert_eq!(
            (&paid["items"]["data"][0]["price"]["id"], &paid["pending_update"]),
            (&price.as_str().into(), &Value::Null)
        );
        assert!(caller.events().contains(&"customer.subscription.pending_update_applied".to_owned()));
    }
}

#[tokio::test]
async fn a_change_that_waits_lapses_and_its_invoice_is_void() {
    let caller = Caller::start();
    let (_, sub) = caller.subscription("pm_card_visa", 9990).await;
    let price = caller.monthly(19_990).await;
    caller.stripe.forward(TENTH).await;
    let (direct, _) = change(
        &caller.read(&sub).await,
        &price,
        "proration_behavior=always_invoice&payment_behavior=pending_if_incomplete",
    );
    caller.stripe.fail_next_charge("insufficient_funds");
    caller.post(&format!("/v1/subscriptions/{sub}"), &direct).await;
    caller.days(1).await;
    let now = caller.read(&sub).await;
    assert_eq!((&now["pending_update"], &now["latest_invoice"]["status"]), (&Value::Null, &"void".into()));
    assert_eq!(now["status"], "active");
    assert!(caller.events().contains(&"customer.subscription.pending_update_expired".to_owned()));
    let (status, error) = caller
        .refused(&format!("/v1/subscriptions/{sub}"), "metadata[a]=b&payment_behavior=pending_if_incomplete")
        .await;
    assert_eq!((status, &error["param"]), (400, &"metadata".into()));
}

#[tokio::test]
async fn a_smaller_plan_leaves_a_credit_that_pays_the_next_invoice() {
    let caller = Caller::start();
    let (customer, sub) = caller.subscription("pm_card_visa", 19_990).await;
    let price = caller.monthly(9990).await;
    caller.stripe.forward(TENTH).await;
    let (direct, preview) = change(&caller.read(&sub).await, &price, "proration_behavior=always_invoice");
    let preview = caller.post("/v1/invoices/create_preview", &preview).await;
    caller.post(&format!("/v1/subscriptions/{sub}"), &direct).await;
    let credit = caller.get(&format!("/v1/customers/{customer}")).await["balance"].as_i64().unwrap();
    assert!(credit < 0);
    assert_eq!((&preview["total"], &preview["amount_due"]), (&credit.into(), &0.into()));
    caller.days(22).await;
    let renewal = caller.read(&sub).await["latest_invoice"].clone();
    assert_eq!(renewal["amount_due"], 9990 + credit);
    assert_eq!(caller.get(&format!("/v1/customers/{customer}")).await["balance"], 0);
}

#[tokio::test]
async fn prorations_may_come_with_the_next_invoice_or_not_at_all() {
    let caller = Caller::start();
    for (behaviour, lines) in [("create_prorations", 3), ("none", 1)] {
        let (customer, sub) = caller.subscription("pm_card_visa", 9990).await;
        let price = caller.monthly(19_990).await;
        caller.stripe.forward(TENTH).await;
        let (direct, preview) = change(&caller.read(&sub).await, &price, &format!("proration_behavior={behaviour}"));
        let preview = caller.post("/v1/invoices/create_preview", &preview).await;
        caller.post(&format!("/v1/subscriptions/{sub}"), &direct).await;
        assert_eq!(caller.stripe.paid_by(&customer)["brl"], 9990);
        caller.days(22).await;
        let renewal = caller.read(&sub).await["latest_invoice"].clone();
        assert_eq!(amounts(&renewal).len(), lines, "{behaviour}");
        assert_eq!((&renewal["billing_reason"], &renewal["status"]), (&"subscription_cycle".into(), &"paid".into()));
        if behaviour == "none" {
            assert_eq!(amounts(&renewal), amounts(&preview));
        }
    }
}

#[tokio::test]
async fn another_interval_begins_a_period_and_is_paid_whole() {
    let caller = Caller::start();
    let (_, sub) = caller.subscription("pm_card_visa", 1000).await;
    let yearly = "currency=brl&unit_amount=10000&recurring[interval]=year&product_data[name]=Year";
    let yearly = id(&caller.post("/v1/prices", yearly).await);
    caller.stripe.forward(TENTH).await;
    let before = caller.read(&sub).await;
    let (direct, preview) = change(&before, &yearly, "proration_behavior=create_prorations");
    let preview = caller.post("/v1/invoices/create_preview", &preview).await;
    let changed = caller.post(&format!("/v1/subscriptions/{sub}"), &direct).await;
    let invoice = caller.read(&sub).await["latest_invoice"].clone();
    assert_eq!((amounts(&invoice), amounts(&invoice)[1]), (amounts(&preview), 10_000));
    let item = &changed["items"]["data"][0];
    let length = item["current_period_end"].as_i64().unwrap() - item["current_period_start"].as_i64().unwrap();
    assert!((365..=366).contains(&(length / 86_400)));
    caller.days(40).await;
    assert_eq!(id(&caller.read(&sub).await["latest_invoice"]), id(&invoice));
}
