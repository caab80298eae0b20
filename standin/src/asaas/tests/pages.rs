//! The pages on which buyers pay.

use super::{World, text};
use reqwest::Response;
use serde_json::{Value, json};

impl World {
    /// A page as a person sees it.
    pub(super) async fn page(&self, url: &str) -> String {
        let page = self.client.get(url).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("Stand-in of Asaas: no real money"), "{page}");
        assert!(!page.contains("<script"));
        page
    }

    pub(super) async fn submit(&self, url: &str, form: &[(&str, &str)]) -> Response {
        let body: Vec<String> = form.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.post(url).header("content-type", "application/x-www-form-urlencoded");
        request.body(body.join("&")).send().await.unwrap()
    }
}

pub(super) const fn card(number: &str) -> [(&str, &str); 5] {
    [("number", number), ("holderName", "ANA"), ("expiryMonth", "12"), ("expiryYear", "2040"), ("ccv", "123")]
}

#[tokio::test]
async fn a_buyer_pays_by_card_on_the_page_and_goes_back() {
    let world = World::new().await;
    let callback = json!({ "callback": { "successUrl": "https://shop.example/thanks" } });
    let payment = world.charge("CREDIT_CARD", 100.0, callback).await;
    let (id, url) = (text(&payment, "id"), text(&payment, "invoiceUrl"));
    assert!(world.page(&url).await.contains("R$ 100,00"));
    let declined = world.submit(&format!("{url}/card"), &card("5184019740373151")).await.text().await.unwrap();
    assert!(declined.contains("Transação não autorizada"));
    assert_eq!(world.asaas.payment(&id).unwrap()["status"], "PENDING");
    let paid = world.submit(&format!("{url}/card"), &card("4242424242424242")).await;
    assert_eq!(paid.headers()["location"], "https://shop.example/thanks");
    let payment = world.asaas.payment(&id).unwrap();
    assert_eq!(payment["status"], "CONFIRMED");
    assert!(!payment.to_string().contains("4242424242424242"));
}

#[tokio::test]
async fn a_boleto_and_a_pix_are_paid_by_a_button_that_is_the_bank() {
    let world = World::new().await;
    let payment = world.charge("UNDEFINED", 100.0, json!({})).await;
    let (id, url) = (text(&payment, "id"), text(&payment, "invoiceUrl"));
    let line = world.get(&format!("/payments/{id}/identificationField")).await;
    assert_eq!(text(&line, "identificationField").len(), 47);
    let code = world.get(&format!("/payments/{id}/pixQrCode")).await;
    let page = world.page(&url).await;
    assert!(page.contains(&text(&code, "payload")) && page.contains(&text(&line, "identificationField")));
    world.submit(&format!("{url}/pix"), &[]).await;
    let payment = world.asaas.payment(&id).unwrap();
    assert_eq!((&payment["status"], &payment["billingType"]), (&json!("RECEIVED"), &json!("PIX")));
    assert!(world.page(&url).await.contains("RECEIVED"));
}

#[tokio::test]
async fn the_money_of_a_boleto_goes_back_once_the_buyer_names_an_account() {
    let world = World::new().await;
    let id = text(&world.charge("BOLETO", 100.0, json!({})).await, "id");
    world.asaas.pay(&id).unwrap();
    assert_eq!(world.refused(&format!("/payments/{id}/refund"), json!({})).await, "invalid_action");
    let url = text(&world.post(&format!("/payments/{id}/bankSlip/refund"), Value::Null).await, "requestUrl");
    assert_eq!(world.asaas.payment(&id).unwrap()["status"], "REFUND_REQUESTED");
    assert_eq!(world.asaas.refunds(&id)[0]["status"], "AWAITING_CUSTOMER_EXTERNAL_AUTHORIZATION");
    assert!(world.page(&url).await.contains("R$ 100,00"));
    world.submit(&url, &[("bank", "001"), ("agency", "1"), ("account", "2")]).await;
    assert_eq!(world.asaas.payment(&id).unwrap()["status"], "REFUNDED");
    assert_eq!(world.asaas.refunds(&id)[0]["status"], "DONE");
}
