//! Money comes in and goes back.

use super::{World, text};
use serde_json::json;

#[tokio::test]
async fn a_card_is_charged_when_the_payment_is_made_and_its_money_comes_later() {
    let world = World::new().await;
    let token = world.token("4444444444444444").await;
    let paid = world.charge("CREDIT_CARD", 100.0, json!({ "creditCardToken": token, "remoteIp": "127.0.0.1" })).await;
    assert_eq!(paid["status"], "CONFIRMED");
    assert_eq!((&paid["value"], &paid["netValue"]), (&json!(100), &json!(96.52)));
    assert_eq!((&paid["paymentDate"], paid["clientPaymentDate"].is_string()), (&json!(null), true));
    let before = world.asaas.balance();
    world.forward_days(31).await;
    assert_eq!(world.asaas.balance(), before);
    world.forward_days(4).await;
    let id = text(&paid, "id");
    assert_eq!(world.asaas.payment(&id).unwrap()["status"], "RECEIVED");
    assert_eq!(world.asaas.balance(), before + 9652);
}

#[tokio::test]
async fn a_declined_card_leaves_no_payment() {
    let world = World::new().await;
    let bad = world.token("4000000000000341").await;
    let mut body = json!({
        "customer": world.customer, "billingType": "CREDIT_CARD", "value": 100, "dueDate": world.day(0),
        "creditCardToken": bad, "remoteIp": "127.0.0.1",
    });
    assert_eq!(world.refused("/payments", body.clone()).await, "invalid_action");
    body["creditCardToken"] = world.token("4242424242424242").await.into();
    world.asaas.decline_next("insufficient_funds");
    assert_eq!(world.refused("/payments", body.clone()).await, "insufficient_funds");
    assert!(world.asaas.payments().is_empty());
    assert_eq!(world.post("/payments", body).await["status"], "CONFIRMED");
}

#[tokio::test]
async fn a_token_belongs_to_its_customer() {
    let world = World::new().await;
    let token = world.token("4242424242424242").await;
    let eva = world.post("/customers", json!({ "name": "Eva", "cpfCnpj": "11144477735" })).await;
    let body = json!({
        "customer": eva["id"], "billingType": "CREDIT_CARD", "value": 100, "dueDate": world.day(0),
        "creditCardToken": token, "remoteIp": "127.0.0.1",
    });
    assert_eq!(world.refused("/payments", body).await, "invalid_creditCard");
}

#[tokio::test]
async fn what_cannot_be_divided_is_in_the_last_instalment() {
    let world = World::new().await;
    let plan = json!({ "installmentCount": 12, "totalValue": 350 });
    let first = world.charge("BOLETO", 1.0, plan).await;
    assert_eq!((&first["value"], &first["installmentNumber"]), (&json!(29.16), &json!(1)));
    assert_eq!(first["description"], "Parcela 1 de 12.");
    let id = text(&first, "installment");
    let parts = world.get(&format!("/installments/{id}/payments?limit=20")).await;
    assert_eq!((parts["totalCount"].as_i64(), &parts["data"][0]["value"]), (Some(12), &json!(29.24)));
    assert_eq!(parts["data"][1]["value"], 29.16);
    assert_eq!(world.get(&format!("/installments/{id}")).await["value"], 350);
}

#[tokio::test]
async fn a_card_pays_all_instalments_and_their_money_comes_one_by_one() {
    let world = World::new().await;
    let token = world.token("4242424242424242").await;
    let plan = json!({
        "installmentCount": 3, "totalValue": 300, "creditCardToken": token, "remoteIp": "127.0.0.1",
    });
    let first = world.charge("CREDIT_CARD", 1.0, plan).await;
    assert_eq!((&first["status"], &first["netValue"]), (&json!("CONFIRMED"), &json!(96.35)));
    world.forward_days(35).await;
    let received = world.asaas.payments().iter().filter(|part| part["status"] == "RECEIVED").count();
    assert_eq!(received, 1);
    let id = text(&first, "installment");
    let back = world.post(&format!("/installments/{id}/refund"), json!({ "value": 150 })).await;
    let refunds = back["refunds"].as_array().unwrap();
    assert_eq!(refunds.iter().map(|refund| refund["value"].clone()).collect::<Vec<_>>(), [json!(100), json!(50)]);
    assert_eq!(world.asaas.payments()[0]["status"], "REFUNDED");
}

#[tokio::test]
async fn refunds_add_up_and_never_exceed_the_payment() {
    let world = World::new().await;
    let id = text(&world.charge("PIX", 100.0, json!({})).await, "id");
    let path = format!("/payments/{id}/refund");
    assert_eq!(world.refused(&path, json!({ "value": 10 })).await, "invalid_action");
    world.asaas.pay(&id).unwrap();
    let some = world.post(&path, json!({ "value": 60, "description": "key-1" })).await;
    assert_eq!((&some["status"], &some["refunds"][0]["status"]), (&json!("RECEIVED"), &json!("DONE")));
    assert_eq!(world.refused(&path, json!({ "value": 40.01 })).await, "invalid_value");
    let all = world.post(&path, json!({})).await;
    assert_eq!((&all["status"], &all["refunds"][1]["value"]), (&json!("REFUNDED"), &json!(40)));
    assert_eq!(world.refused(&path, json!({ "value": 0.01 })).await, "invalid_action");
    let listed = world.get(&format!("/payments/{id}/refunds")).await;
    assert_eq!((listed["totalCount"].as_i64(), &listed["data"][0]["description"]), (Some(2), &json!("key-1")));
}

#[tokio::test]
async fn a_refund_needs_a_balance() {
    let world = World::new().await;
    let id = text(&world.charge("PIX", 100.0, json!({})).await, "id");
    world.asaas.pay(&id).unwrap();
    world.asaas.set_balance(9_999);
    assert_eq!(world.refused(&format!("/payments/{id}/refund"), json!({})).await, "invalid_action");
    assert!(world.asaas.refunds(&id).is_empty());
    world.asaas.set_balance(10_000);
    world.post(&format!("/payments/{id}/refund"), json!({})).await;
    assert_eq!(world.get("/finance/balance").await["balance"], 0);
}

#[tokio::test]
async fn the_bank_may_give_a_refund_back() {
    let world = World::new().await;
    let (listener, _) = world.listen(200, &["PAYMENT_REFUNDED", "PAYMENT_REFUND_DENIED"]).await;
    let id = text(&world.charge("PIX", 100.0, json!({})).await, "id");
    world.asaas.pay(&id).unwrap();
    world.post(&format!("/payments/{id}/refund"), json!({})).await;
    world.asaas.deny_refund_later(&id);
    world.forward_days(1).await;
    assert_eq!(listener.heard_of("event"), ["PAYMENT_REFUNDED", "PAYMENT_REFUND_DENIED"]);
    let payment = world.asaas.payment(&id).unwrap();
    assert_eq!((&payment["status"], &payment["refunds"][0]["status"]), (&json!("RECEIVED"), &json!("CANCELLED")));
    let waiting = text(&world.charge("PIX", 100.0, json!({})).await, "id");
    world.asaas.deny_refund_later(&waiting);
    world.forward_days(1).await;
    assert_eq!(world.asaas.payment(&waiting).unwrap()["status"], "PENDING");
}

#[tokio::test]
async fn a_refund_of_a_card_may_take_time() {
    let world = World::new().await;
    world.asaas.refunds_take_time(true);
    let id = text(&world.charge("CREDIT_CARD", 100.0, json!({})).await, "id");
    world.asaas.pay(&id).unwrap();
    let asked = world.post(&format!("/payments/{id}/refund"), json!({})).await;
    assert_eq!(asked["status"], "REFUND_IN_PROGRESS");
    world.forward_days(1).await;
    assert_eq!(world.asaas.payment(&id).unwrap()["status"], "REFUNDED");
}

#[tokio::test]
async fn a_disputed_charge_is_not_paid_back() {
    let world = World::new().await;
    let id = text(&world.charge("CREDIT_CARD", 100.0, json!({})).await, "id");
    world.asaas.pay(&id).unwrap();
    assert_eq!(world.asaas.chargeback(&id).unwrap()["status"], "CHARGEBACK_REQUESTED");
    assert_eq!(world.refused(&format!("/payments/{id}/refund"), json!({})).await, "invalid_action");
}

#[tokio::test]
async fn what_is_not_paid_on_its_day_is_overdue_and_can_still_be_paid() {
    let world = World::new().await;
    let id = text(&world.charge("BOLETO", 100.0, json!({})).await, "id");
    world.forward_days(3).await;
    assert_eq!(world.asaas.payment(&id).unwrap()["status"], "PENDING");
    world.forward_days(1).await;
    assert_eq!(world.asaas.payment(&id).unwrap()["status"], "OVERDUE");
    let token = world.token("5162306219378829").await;
    let paid = world.post(&format!("/payments/{id}/payWithCreditCard"), json!({ "creditCardToken": token })).await;
    assert_eq!((&paid["status"], &paid["creditCard"]["creditCardNumber"]), (&json!("CONFIRMED"), &json!("8829")));
}
