//! Subscriptions: they begin, renew, fall behind, are mended and end.

use super::{Caller, id};
use serde_json::Value;

#[tokio::test]
async fn a_subscription_is_charged_at_once_and_each_month() {
    let caller = Caller::start();
    let (customer, id) = caller.subscription("pm_card_visa", 9990).await;
    let first = caller.read(&id).await;
    assert_eq!(first["status"], "active");
    let invoice = &first["latest_invoice"];
    assert_eq!((&invoice["status"], &invoice["billing_reason"]), (&"paid".into(), &"subscription_create".into()));
    assert_eq!(invoice["parent"]["subscription_details"]["subscription"], id.as_str());
    assert!(invoice["payments"]["data"][0]["payment"]["payment_intent"].as_str().unwrap().starts_with("pi_standin_"));
    assert_eq!(invoice.get("payment_intent"), None);
    caller.days(32).await;
    let second = caller.read(&id).await;
    assert_eq!(second["items"]["data"][0]["current_period_start"], first["items"]["data"][0]["current_period_end"]);
    assert_eq!(second["latest_invoice"]["billing_reason"], "subscription_cycle");
    caller.days(335).await;
    assert_eq!(caller.stripe.paid_by(&customer)["brl"], 13 * 9990);
    let invoices = caller.get(&format!("/v1/invoices?subscription={id}&status=paid&limit=100")).await;
    assert_eq!(invoices["data"].as_array().unwrap().len(), 13);
    let events = caller.events();
    for kind in [
        "customer.subscription.created",
        "invoice.created",
        "invoice.finalized",
        "invoice_payment.paid",
        "invoice.paid",
        "invoice.payment_succeeded",
        "customer.subscription.updated",
    ] {
        assert!(events.contains(&kind.to_owned()), "{kind}");
    }
}

#[tokio::test]
async fn a_subscription_ends_with_its_period_unless_one_thinks_again_or_at_once() {
    let caller = Caller::start();
    let (_, stays) = caller.subscription("pm_card_visa", 9990).await;
    let (_, ends) = caller.subscription("pm_card_visa", 9990).await;
    let (_, gone) = caller.subscription("pm_card_visa", 9990).await;
    let asks = "cancel_at_period_end=true&cancellation_details[feedback]=unused&cancellation_details[comment]=bye";
    for one in [&stays, &ends] {
        let now = caller.post(&format!("/v1/subscriptions/{one}"), asks).await;
        assert_eq!((&now["status"], &now["cancel_at_period_end"]), (&"active".into(), &true.into()));
        assert_eq!(now["cancellation_details"]["reason"], "cancellation_requested");
    }
    let back = caller.post(&format!("/v1/subscriptions/{stays}"), "cancel_at_period_end=false").await;
    assert_eq!((&back["canceled_at"], &back["cancel_at"]), (&Value::Null, &Value::Null));
    let deleted = caller.call("DELETE", &format!("/v1/subscriptions/{gone}"), "", &[]).await.unwrap();
    assert_eq!((deleted.status, &deleted.body["status"]), (200, &"canceled".into()));
    assert_eq!(caller.call("DELETE", &format!("/v1/subscriptions/{gone}"), "", &[]).await.unwrap().status, 404);
    caller.days(31).await;
    assert_eq!(caller.read(&stays).await["status"], "active");
    assert_eq!(caller.read(&ends).await["status"], "canceled");
    let list = caller.get("/v1/subscriptions?status=all").await;
    assert_eq!(list["data"].as_array().unwrap().len(), 3);
    assert_eq!(caller.get("/v1/subscriptions").await["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_trial_costs_nothing_and_is_charged_when_it_ends() {
    let caller = Caller::start();
    let (customer, _) = caller.customer("pm_card_visa").await;
    let price = caller.monthly(9990).await;
    let body = format!("customer={customer}&items[0][price]={price}&trial_period_days=7");
    let sub = caller.post("/v1/subscriptions", &body).await;
    assert_eq!(sub["status"], "trialing");
    let sub = id(&sub);
    assert!(caller.stripe.paid_by(&customer).is_empty());
    caller.days(5).await;
    assert!(caller.events().contains(&"customer.subscription.trial_will_end".to_owned()));
    caller.days(3).await;
    assert_eq!(
        (caller.read(&sub).await["status"].clone(), caller.stripe.paid_by(&customer)["brl"]),
        ("active".into(), 9990)
    );
    let ends = format!("customer={customer}&items[0][price]={price}&trial_period_days=7");
    let other = id(&caller.post("/v1/subscriptions", &ends).await);
    let now = caller.post(&format!("/v1/subscriptions/{other}"), "trial_end=now").await;
    assert_eq!(now["status"], "active");
    assert_eq!(caller.stripe.paid_by(&customer)["brl"], 2 * 9990);
}

#[tokio::test]
async fn a_first_payment_that_fails_leaves_nothing_or_something_incomplete() {
    let caller = Caller::start();
    let (customer, method) = caller.customer("pm_card_chargeCustomerFail").await;
    let price = caller.monthly(9990).await;
    let body = format!("customer={customer}&items[0][price]={price}&default_payment_method={method}");
    let (status, _) =
        caller.refused("/v1/subscriptions", &format!("{body}&payment_behavior=error_if_incomplete")).await;
    assert_eq!((status, caller.stripe.subscriptions().len()), (402, 0));
    let sub = caller.post("/v1/subscriptions", &body).await;
    assert_eq!(sub["status"], "incomplete");
    let waits = caller
        .post(
            "/v1/subscriptions",
            &format!("{body}&payment_behavior=default_incomplete&expand[]=latest_invoice.confirmation_secret"),
        )
        .await;
    assert!(waits["latest_invoice"]["confirmation_secret"]["client_secret"].as_str().unwrap().contains("_secret_"));
    caller.days(1).await;
    assert_eq!(caller.read(&id(&sub)).await["status"], "incomplete_expired");
    let (poor, _) = caller.customer("pm_card_visa").await;
    caller.post(&format!("/v1/customers/{poor}"), "invoice_settings[default_payment_method]=").await;
    let (_, error) = caller.refused("/v1/subscriptions", &format!("customer={poor}&items[0][price]={price}")).await;
    assert_eq!(error["code"], "resource_missing");
}

#[tokio::test]
async fn an_invoice_is_sent_paid_on_its_page_by_boleto_or_overdue() {
    let caller = Caller::start();
    let (customer, _) = caller.customer("pm_card_visa").await;
    let price = caller.monthly(9990).await;
    let body = format!("customer={customer}&items[0][price]={price}&collection_method=send_invoice&days_until_due=3");
    let sub = id(&caller.post("/v1/subscriptions", &body).await);
    let now = caller.read(&sub).await;
    assert_eq!((&now["status"], &now["latest_invoice"]["status"]), (&"active".into(), &"open".into()));
    let page = format!("/i/{}", id(&now["latest_invoice"]));
    assert!(caller.call("GET", &page, "", &[]).await.unwrap().text.contains("BRL 99.90"));
    let said = caller.call("POST", &page, "kind=boleto&name=Ana&email=a@b.c&tax_id=00000000000", &[]).await.unwrap();
    assert!(said.location.starts_with("/boleto/pi_standin_"), "{} {}", said.location, said.text);
    caller.call("POST", &said.location, "do=pay", &[]).await.unwrap();
    assert_eq!(caller.read(&sub).await["latest_invoice"]["status"], "paid");
    caller.days(31).await;
    caller.days(4).await;
    assert_eq!(caller.read(&sub).await["status"], "past_due");
    assert!(caller.events().contains(&"invoice.overdue".to_owned()));
    let open = id(&caller.read(&sub).await["latest_invoice"]);
    assert_eq!(caller.post(&format!("/v1/invoices/{open}/void"), "").await["status"], "void");
    assert_eq!(caller.read(&sub).await["status"], "active");
}

#[tokio::test]
async fn a_trial_without_a_card_pauses_and_is_resumed() {
    let caller = Caller::start();
    let customer = id(&caller.post("/v1/customers", "").await);
    let price = caller.monthly(9990).await;
    let pauses = "trial_period_days=7&trial_settings[end_behavior][missing_payment_method]=pause";
    let sub = caller.post("/v1/subscriptions", &format!("customer={customer}&items[0][price]={price}&{pauses}")).await;
    let sub = id(&sub);
    caller.days(8).await;
    assert_eq!(caller.read(&sub).await["status"], "paused");
    let method = caller.post("/v1/payment_methods/pm_card_visa/attach", &format!("customer={customer}")).await;
    caller.post(&format!("/v1/subscriptions/{sub}"), &format!("default_payment_method={}", id(&method))).await;
    let resumed = caller.post(&format!("/v1/subscriptions/{sub}/resume"), "billing_cycle_anchor=now").await;
    assert_eq!((&resumed["status"], caller.stripe.paid_by(&customer)["brl"]), (&"active".into(), 9990));
    assert_eq!(caller.refused(&format!("/v1/subscriptions/{sub}/resume"), "").await.0, 400);
}

#[tokio::test]
async fn an_invoice_made_by_hand_asks_for_the_items_that_wait() {
    let caller = Caller::start();
    let (customer, _) = caller.customer("pm_card_visa").await;
    for amount in [1500, -500] {
        let body = format!("customer={customer}&currency=brl&amount={amount}&description=Extra");
        caller.post("/v1/invoiceitems", &body).await;
    }
    let empty = caller.post("/v1/invoices", &format!("customer={customer}")).await;
    assert_eq!((&empty["status"], &empty["total"]), (&"draft".into(), &0.into()));
    let includes = format!("customer={customer}&pending_invoice_items_behavior=include");
    let draft = caller.post("/v1/invoices", &includes).await;
    assert_eq!(draft["total"], 1000);
    let more = format!("customer={customer}&currency=brl&amount=200&invoice={}", id(&draft));
    caller.post("/v1/invoiceitems", &more).await;
    let open = caller.post(&format!("/v1/invoices/{}/finalize", id(&draft)), "").await;
    assert_eq!(open["status"], "open");
    let lines = caller.get(&format!("/v1/invoices/{}/lines", id(&draft))).await;
    assert_eq!(lines["data"].as_array().unwrap().len(), 3);
    let paid = caller.post(&format!("/v1/invoices/{}/pay", id(&draft)), "").await;
    assert_eq!((&paid["status"], caller.stripe.paid_by(&customer)["brl"]), (&"paid".into(), 1200));
    let payments = caller.get(&format!("/v1/invoice_payments?invoice={}", id(&draft))).await;
    assert_eq!((&payments["data"][0]["status"], &payments["data"][0]["amount_paid"]), (&"paid".into(), &1200.into()));
}
