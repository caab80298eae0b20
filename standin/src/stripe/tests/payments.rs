//! Payments, refunds, boleto, Pix, search and lists.

use super::{Caller, id};
use std::time::Duration;

#[tokio::test]
async fn a_refund_gives_back_no_more_than_was_paid() {
    let caller = Caller::start();
    let intent = id(&caller.pay(1000, "pm_card_visa").await);
    let first = caller.post("/v1/refunds", &format!("payment_intent={intent}&amount=400&reason=duplicate")).await;
    assert_eq!((&first["status"], &first["amount"]), (&"succeeded".into(), &400.into()));
    let (status, error) = caller.refused("/v1/refunds", &format!("payment_intent={intent}&amount=601")).await;
    assert_eq!((status, &error["param"]), (400, &"amount".into()));
    assert_eq!(caller.post("/v1/refunds", &format!("payment_intent={intent}")).await["amount"], 600);
    let (_, error) = caller.refused("/v1/refunds", &format!("payment_intent={intent}&amount=1")).await;
    assert_eq!(error["code"], "charge_already_refunded");
    let charge = &caller.stripe.charges()[0];
    assert_eq!((&charge["amount_refunded"], &charge["refunded"]), (&1000.into(), &true.into()));
    assert_eq!(caller.get(&format!("/v1/refunds?payment_intent={intent}")).await["data"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_was_not_paid_is_not_refunded_and_neither_is_what_the_balance_lacks() {
    let caller = Caller::start();
    let intent = id(&caller.post("/v1/payment_intents", "amount=1000&currency=brl").await);
    assert_eq!(caller.refused("/v1/refunds", &format!("payment_intent={intent}")).await.0, 400);
    let paid = id(&caller.pay(1000, "pm_card_visa").await);
    caller.stripe.set_balance(999);
    let (_, error) = caller.refused("/v1/refunds", &format!("payment_intent={paid}")).await;
    assert_eq!(error["code"], "balance_insufficient");
    caller.post("/v1/refunds", &format!("payment_intent={paid}&amount=999")).await;
}

#[tokio::test]
async fn a_refund_may_fail_after_it_succeeded_and_succeed_after_it_was_pending() {
    let caller = Caller::start();
    let failing = id(&caller.pay(1000, "pm_card_refundFail").await);
    let pending = id(&caller.pay(1000, "pm_card_pendingRefund").await);
    let failing = caller.post("/v1/refunds", &format!("payment_intent={failing}")).await;
    let pending = caller.post("/v1/refunds", &format!("payment_intent={pending}")).await;
    assert_eq!((&failing["status"], &pending["status"]), (&"succeeded".into(), &"pending".into()));
    caller.stripe.forward(Duration::from_secs(3601)).await;
    let failed = caller.stripe.object(&id(&failing)).unwrap();
    assert_eq!((&failed["status"], &failed["failure_reason"]), (&"failed".into(), &"expired_or_canceled_card".into()));
    assert_eq!(caller.stripe.object(&id(&pending)).unwrap()["status"], "succeeded");
    let events = caller.events();
    for kind in ["refund.failed", "charge.refund.updated", "refund.updated", "charge.refunded"] {
        assert!(events.contains(&kind.to_owned()), "{kind}");
    }
    assert_eq!(caller.stripe.charges()[0]["amount_refunded"], 0);
}

#[tokio::test]
async fn a_payment_is_found_a_minute_after_it_was_made() {
    let caller = Caller::start();
    let intent = id(&caller.post("/v1/payment_intents", "amount=1000&currency=brl&metadata[order]=17").await);
    let search = "/v1/payment_intents/search?query=metadata%5B%27order%27%5D%3A%2717%27";
    assert_eq!(caller.get(search).await["data"], serde_json::json!([]));
    caller.stripe.forward(Duration::from_secs(61)).await;
    assert_eq!(id(&caller.get(search).await["data"][0]), intent);
}

const BOLETO: &str = "payment_method_data[type]=boleto&payment_method_data[boleto][tax_id]=000.000.000-00\
&payment_method_data[billing_details][name]=Ana&payment_method_data[billing_details][email]=ana@example.com\
&payment_method_data[billing_details][address][line1]=Rua+A&payment_method_data[billing_details][address][city]=SP\
&payment_method_data[billing_details][address][state]=SP&payment_method_data[billing_details][address][country]=BR\
&payment_method_data[billing_details][address][postal_code]=01001000";

#[tokio::test]
async fn a_boleto_is_paid_or_expires_and_its_refund_waits_for_bank_details() {
    let caller = Caller::start();
    let terms = "confirm=true&return_url=https://a.example&payment_method_options[boleto][expires_after_days]=1";
    let body = format!("amount=1000&currency=brl&{terms}&{BOLETO}");
    let (paid, late) =
        (caller.post("/v1/payment_intents", &body).await, caller.post("/v1/payment_intents", &body).await);
    let details = &paid["next_action"]["boleto_display_details"];
    assert_eq!((&paid["status"], details["number"].as_str().unwrap().len()), (&"requires_action".into(), 47));
    assert!(caller.stripe.pay(&id(&paid)) && !caller.stripe.pay(&id(&paid)));
    caller.stripe.forward(Duration::from_secs(2 * 86_400)).await;
    assert_eq!(caller.stripe.object(&id(&paid)).unwrap()["status"], "succeeded");
    let late = caller.stripe.object(&id(&late)).unwrap();
    assert_eq!(late["status"], "requires_payment_method");
    assert_eq!(late["last_payment_error"]["code"], "payment_intent_payment_attempt_expired");
    let refund = caller.post("/v1/refunds", &format!("payment_intent={}", id(&paid))).await;
    assert_eq!(
        (&refund["status"], &refund["instructions_email"]),
        (&"requires_action".into(), &"ana@example.com".into())
    );
    let canceled = caller.post(&format!("/v1/refunds/{}/cancel", id(&refund)), "").await;
    assert_eq!(canceled["status"], "canceled");
}

#[tokio::test]
async fn a_pix_is_paid_on_its_page_or_expires() {
    let caller = Caller::start();
    let terms = "confirm=true&return_url=https://a.example&payment_method_data[type]=pix";
    let body = format!("amount=1000&currency=brl&{terms}&payment_method_options[pix][expires_after_seconds]=60");
    let (paid, late) =
        (caller.post("/v1/payment_intents", &body).await, caller.post("/v1/payment_intents", &body).await);
    assert!(paid["next_action"]["pix_display_qr_code"]["data"].as_str().unwrap().starts_with("000201"));
    let page = format!("/pix/{}", id(&paid));
    assert!(caller.call("GET", &page, "", &[]).await.unwrap().text.contains("Let it expire"));
    caller.call("POST", &page, "do=pay", &[]).await.unwrap();
    caller.stripe.forward(Duration::from_secs(61)).await;
    assert_eq!(caller.stripe.object(&id(&paid)).unwrap()["status"], "succeeded");
    assert_eq!(caller.stripe.object(&id(&late)).unwrap()["status"], "requires_payment_method");
}

#[tokio::test]
async fn lists_are_read_a_page_at_a_time_and_ids_become_objects() {
    let caller = Caller::start();
    let (customer, _) = caller.customer("pm_card_visa").await;
    for _ in 0..3 {
        caller.post("/v1/payment_intents", &format!("amount=1000&currency=brl&customer={customer}")).await;
    }
    let list = format!("/v1/payment_intents?customer={customer}&limit=2&expand[]=data.customer");
    let first = caller.get(&list).await;
    assert_eq!((&first["has_more"], &first["data"][0]["customer"]["email"]), (&true.into(), &"ana@example.com".into()));
    let last = id(&first["data"][1]);
    let second = caller.get(&format!("{list}&starting_after={last}")).await;
    assert_eq!((&second["has_more"], second["data"].as_array().unwrap().len()), (&false.into(), 1));
    let bad = caller.call("GET", &format!("{list}&expand[]=data.nothing"), "", &[]).await.unwrap();
    assert_eq!(bad.status, 400);
}

#[tokio::test]
async fn what_is_wrong_with_a_call_is_said_in_the_envelope() {
    let caller = Caller::start();
    let said = |status: u16, error: &serde_json::Value| (status, error["code"].as_str().unwrap_or("").to_owned());
    let (status, error) = caller.refused("/v1/payment_intents", "amount=1000").await;
    assert_eq!(said(status, &error), (400, "parameter_missing".to_owned()));
    let (status, error) = caller.refused("/v1/payment_intents", "amount=10&currency=brl").await;
    assert_eq!(said(status, &error), (400, "amount_too_small".to_owned()));
    let (status, error) = caller.refused("/v1/customers", "mail=a@b.c").await;
    assert_eq!(said(status, &error), (400, "parameter_unknown".to_owned()));
    let wrong = caller.call("GET", "/v1/customers/cus_x", "", &[]).await.unwrap();
    assert_eq!(said(wrong.status, &wrong.body["error"]), (404, "resource_missing".to_owned()));
    let wrong = caller.call("GET", "/v1/customers", "", &[("authorization", "Bearer sk_test_other")]).await.unwrap();
    assert_eq!((wrong.status, &wrong.body["error"]["type"]), (401, &"invalid_request_error".into()));
    let since = [("stripe-version", "2026-10-28.endive")];
    let body = "amount=1000&currency=brl&payment_method_types[]=card";
    assert_eq!(caller.call("POST", "/v1/payment_intents", body, &since).await.unwrap().status, 400);
    caller.post("/v1/payment_intents", body).await;
    assert_eq!(
        caller.refused("/v1/payment_intents", "amount=1000&currency=brl&payment_method=pm_card_visa&confirm=1").await.1
            ["param"],
        "return_url"
    );
}

#[tokio::test]
async fn amounts_are_counted_as_their_currency_is() {
    let caller = Caller::start();
    for (currency, amount, code) in [
        ("jpy", 500, ""),
        ("clp", 49, "amount_too_small"),
        ("kwd", 5010, ""),
        ("bhd", 5005, "parameter_invalid_integer"),
        ("isk", 50_000, ""),
        ("ugx", 50_050, "parameter_invalid_integer"),
        ("usd", 100_000_000, "amount_too_large"),
    ] {
        let said =
            caller.call("POST", "/v1/payment_intents", &format!("amount={amount}&currency={currency}"), &[]).await;
        let said = said.unwrap();
        assert_eq!((said.status == 200, said.body["error"]["code"].as_str().unwrap_or("")), (code.is_empty(), code));
    }
}

#[tokio::test]
async fn a_payment_that_waits_can_be_changed_confirmed_and_canceled() {
    let caller = Caller::start();
    let (customer, method) = caller.customer("pm_card_visa").await;
    let intent =
        id(&caller.post("/v1/payment_intents", &format!("amount=1000&currency=brl&customer={customer}")).await);
    let changed = caller.post(&format!("/v1/payment_intents/{intent}"), "amount=1200&metadata[a]=b").await;
    assert_eq!((&changed["amount"], &changed["metadata"]["a"]), (&1200.into(), &"b".into()));
    let confirm = format!("/v1/payment_intents/{intent}/confirm");
    let (_, error) = caller.refused(&confirm, "return_url=https://a.example").await;
    assert_eq!(error["code"], "payment_intent_unexpected_state");
    let paid = caller.post(&confirm, &format!("payment_method={method}&return_url=https://a.example")).await;
    assert_eq!((&paid["status"], &paid["amount_received"]), (&"succeeded".into(), &1200.into()));
    for call in ["confirm", "cancel"] {
        let (status, error) = caller.refused(&format!("/v1/payment_intents/{intent}/{call}"), "").await;
        assert_eq!((status, &error["code"]), (400, &"payment_intent_unexpected_state".into()));
        assert_eq!(error["payment_intent"]["id"], intent.as_str());
    }
    let other = id(&caller.post("/v1/payment_intents", "amount=1000&currency=brl").await);
    let canceled = caller.post(&format!("/v1/payment_intents/{other}/cancel"), "cancellation_reason=abandoned").await;
    assert_eq!((&canceled["status"], &canceled["cancellation_reason"]), (&"canceled".into(), &"abandoned".into()));
    assert_eq!(caller.stripe.paid_by(&customer)["brl"], 1200);
}

#[tokio::test]
async fn the_books_add_up_after_all_kinds_of_things() {
    let caller = Caller::start();
    for card in ["pm_card_visa", "pm_card_refundFail", "pm_card_pendingRefund", "pm_card_createDispute"] {
        let intent = id(&caller.pay(2000, card).await);
        for amount in [300, 500] {
            let body = format!("payment_intent={intent}&amount={amount}");
            caller.call("POST", "/v1/refunds", &body, &[]).await.unwrap();
        }
    }
    caller.subscription("pm_card_visa", 9990).await;
    caller.stripe.forward(Duration::from_secs(40 * 86_400)).await;
    let sum = |kind: &str, field: &str, of: &dyn Fn(&serde_json::Value) -> bool| -> i64 {
        caller.stripe.all(kind).iter().filter(|one| of(one)).map(|one| one[field].as_i64().unwrap()).sum()
    };
    let available = caller.get("/v1/balance").await["available"][0]["amount"].as_i64().unwrap();
    assert_eq!(available, sum("balance_transaction", "amount", &|_| true));
    let refunded = sum("refund", "amount", &|one| one["status"] != "failed");
    assert_eq!(sum("charge", "amount_refunded", &|_| true), refunded);
    let (charged, disputed) = (sum("charge", "amount_captured", &|_| true), sum("dispute", "amount", &|_| true));
    assert_eq!(available, charged - refunded - disputed);
    assert_eq!((charged, refunded, disputed), (4 * 2000 + 2 * 9990, 2 * 800, 2000));
}
