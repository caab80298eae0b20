//! Checkouts.

use super::{World, text};
use serde_json::{Value, json};

impl World {
    /// A checkout over two items of R$ 25.
    async fn checkout(&self, charge: &str, more: Value) -> Value {
        let mut body = json!({
            "billingTypes": ["CREDIT_CARD", "PIX"], "chargeTypes": [charge], "customer": self.customer,
            "callback": { "successUrl": "https://shop.example/ok", "cancelUrl": "https://shop.example/no" },
            "items": [{ "name": "Clube", "quantity": 2, "value": 25 }],
            "externalReference": "cart-1", "minutesToExpire": 30,
        });
        for (name, field) in more.as_object().unwrap() {
            body[name] = field.clone();
        }
        self.post("/checkouts", body).await
    }
}

#[tokio::test]
async fn a_checkout_by_card_makes_a_payment_that_names_it() {
    let world = World::new().await;
    let events = ["CHECKOUT_CREATED", "CHECKOUT_PAID", "PAYMENT_CONFIRMED"];
    let (listener, _) = world.listen(200, &events).await;
    let checkout = world.checkout("DETACHED", json!({})).await;
    let (id, link) = (text(&checkout, "id"), text(&checkout, "link"));
    assert!(world.page(&link).await.contains("R$ 50,00"));
    let declined = world.submit(&format!("{link}/card"), &super::pages::card("5184019740373151")).await;
    assert_eq!(declined.status(), 200);
    let paid = world.submit(&format!("{link}/card"), &super::pages::card("4242424242424242")).await;
    assert_eq!(paid.headers()["location"], "https://shop.example/ok");
    let payments = world.get(&format!("/payments?checkoutSession={id}")).await;
    assert_eq!((&payments["totalCount"], &payments["data"][0]["value"]), (&json!(1), &json!(50)));
    world.asaas.hooks().settle().await;
    assert_eq!(listener.heard_of("event"), ["CHECKOUT_CREATED", "PAYMENT_CONFIRMED", "CHECKOUT_PAID"]);
    assert_eq!(listener.heard()[2].body["checkout"]["status"], "PAID");
}

#[tokio::test]
async fn a_recurrent_one_makes_a_subscription_of_whoever_buys() {
    let world = World::new().await;
    let more = json!({ "customer": null, "subscription": { "cycle": "YEARLY", "nextDueDate": world.day(0) } });
    let checkout = world.checkout("RECURRENT", more).await;
    let link = text(&checkout, "link");
    let mut form = super::pages::card("4444444444444444").to_vec();
    form.extend([("name", "Eva"), ("email", "eva@example.com"), ("cpfCnpj", "11144477735")]);
    world.submit(&format!("{link}/card"), &form).await;
    let subscription = world.asaas.subscriptions().pop().unwrap();
    assert_eq!((&subscription["value"], &subscription["cycle"]), (&json!(50), &json!("YEARLY")));
    assert_eq!(subscription["checkoutSession"], checkout["id"]);
    assert_eq!(world.asaas.payments()[0]["status"], "CONFIRMED");
    let eva = world.get("/customers?email=eva@example.com").await;
    assert_eq!(eva["data"][0]["id"], subscription["customer"]);
}

#[tokio::test]
async fn a_buyer_divides_it_as_far_as_the_checkout_allows() {
    let world = World::new().await;
    let checkout = world.checkout("INSTALLMENT", json!({ "installment": { "maxInstallmentCount": 3 } })).await;
    let mut form = super::pages::card("4444444444444444").to_vec();
    form.push(("installmentCount", "3"));
    world.submit(&format!("{}/card", text(&checkout, "link")), &form).await;
    let values: Vec<Value> = world.asaas.payments().iter().map(|part| part["value"].clone()).collect();
    assert_eq!(values, [json!(16.66), json!(16.66), json!(16.68)]);
}

#[tokio::test]
async fn nobody_buys_when_its_time_is_over_or_it_was_cancelled() {
    let world = World::new().await;
    let (listener, _) = world.listen(200, &["CHECKOUT_EXPIRED", "CHECKOUT_CANCELED"]).await;
    let late = text(&world.checkout("DETACHED", json!({})).await, "link");
    world.asaas.clock().forward(std::time::Duration::from_secs(30 * 60));
    assert!(world.page(&late).await.contains("EXPIRED"));
    world.submit(&format!("{late}/pix"), &[]).await;
    assert!(world.asaas.payments().is_empty());
    let cancelled = text(&world.checkout("DETACHED", json!({})).await, "link");
    let away = world.submit(&format!("{cancelled}/cancel"), &[]).await;
    assert_eq!(away.headers()["location"], "https://shop.example/no");
    world.asaas.hooks().settle().await;
    assert_eq!(listener.heard_of("event"), ["CHECKOUT_EXPIRED", "CHECKOUT_CANCELED"]);
}
