//! How a subscription is paid.

use super::{ACCOUNT, Method, World, text};
use reqwest::Method as Verb;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn a_token_swaps_the_card_while_it_is_fresh() {
    let world = World::new();
    let code = world.subscribe();
    let path = format!("/subscriptions/{code}/payment-types");
    assert_eq!(world.get(&path).await, json!(["credit_card", "billet", "pix"]));
    let old = world.guru.card_token("5555555555554444").unwrap();
    world.guru.clock().forward(Duration::from_secs(5 * 60));
    let swap = |token: &str| json!({ "payment_type": "credit_card", "card_token": token, "comment": "Novo cartão" });
    assert_eq!(world.status(Verb::PUT, &path, swap(&old)).await, 403);
    let fresh = world.guru.card_token("5555555555554444").unwrap();
    let listener = world.listen(200).await;
    assert_eq!(world.put(&path, swap(&fresh)).await["status"], "success");
    world.guru.hooks().settle().await;
    assert_eq!(listener.heard()[0].body["credit_card"]["last_four"], "4444");
}

#[tokio::test]
async fn a_swap_needs_a_comment_and_a_token_and_no_number() {
    let world = World::new();
    let path = format!("/subscriptions/{}/payment-types", world.subscribe());
    for (body, wanted) in [
        (json!({ "payment_type": "credit_card", "comment": "x" }), 422),
        (json!({ "payment_type": "pix" }), 422),
        (json!({ "payment_type": "cash", "comment": "x" }), 422),
        (json!({ "payment_type": "credit_card", "comment": "x", "card_number": "4242424242424242" }), 403),
    ] {
        assert_eq!(world.status(Verb::PUT, &path, body.clone()).await, wanted, "{body}");
    }
    world.put(&path, json!({ "payment_type": "pix", "comment": "Prefiro Pix" })).await;
    world.forward_days(32).await;
    let last = world.guru.transactions().pop().unwrap();
    assert_eq!((&last["status"], &last["payment"]["method"]), (&json!("waiting_payment"), &json!("pix")));
}

#[tokio::test]
async fn the_page_leads_back_with_a_token() {
    let world = World::new();
    let page = world.guru.card_page();
    let shown = world.client.get(format!("{page}?return_url=https://shop.example/card?x=1")).send().await.unwrap();
    let shown = shown.text().await.unwrap();
    assert!(shown.contains("Stand-in of Guru: no real money") && !shown.contains("<script"));
    let form = "return_url=https%3A%2F%2Fshop.example%2Fcard%3Fx%3D1&card_number=4242+4242+4242+4242\
        &card_holder_name=ANA&card_expiration_month=12&card_expiration_year=2040&card_cvv=123";
    let kind = "application/x-www-form-urlencoded";
    let back = world.client.post(&page).header("content-type", kind).body(form).send().await.unwrap();
    let to = back.headers()["location"].to_str().unwrap().to_owned();
    assert!(to.starts_with("https://shop.example/card?x=1&card_token=card%5Ftoken%5Fstandin"), "{to}");
    let declined = form.replace("4242+4242+4242+4242", "4000000000000002");
    let again = world.client.post(&page).header("content-type", kind).body(declined).send().await.unwrap();
    assert!(again.text().await.unwrap().contains("Cartão recusado."));
}

#[tokio::test]
async fn the_call_of_the_script_wants_the_accounts_token() {
    let world = World::new();
    let url = format!("{}/checkout/card-token", world.guru.base_url());
    let mut body = json!({
        "card_number": "4242424242424242", "card_cvv": "123", "card_expiration_month": "12",
        "card_expiration_year": "2040", "card_holder_name": "ANA", "account_token": "another",
    });
    let refused = world.client.post(&url).json(&body).send().await.unwrap();
    assert_eq!(refused.status(), 403);
    body["account_token"] = ACCOUNT.into();
    let made = world.client.post(&url).json(&body).send().await.unwrap();
    assert_eq!(made.status(), 200);
}

#[tokio::test]
async fn somebody_buys_on_the_page() {
    let world = World::new();
    let checkout = world.buy("course", Method::Pix);
    let url = text(&world.guru.transaction(&checkout.transaction).unwrap(), "checkout_url");
    assert!(world.client.get(&url).send().await.unwrap().text().await.unwrap().contains("R$ 297,00"));
    let form = "name=Eva&email=eva%40example.com&doc=&phone=&method=pix&card_number=&installment=1";
    let kind = "application/x-www-form-urlencoded";
    world.client.post(&url).header("content-type", kind).body(form).send().await.unwrap();
    let bought = world.guru.transactions().pop().unwrap();
    assert_eq!((&bought["status"], &bought["contact"]["name"]), (&json!("waiting_payment"), &json!("Eva")));
    let bank = url.replace("/pay/course", &format!("/pay/{}/bank", text(&bought, "id")));
    world.client.post(&bank).send().await.unwrap();
    assert_eq!(world.guru.transactions().pop().unwrap()["status"], "approved");
}
