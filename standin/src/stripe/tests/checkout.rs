//! The hosted page: cards are saved and things are paid without a script.

use super::{Caller, id};
use serde_json::Value;

async fn session(caller: &Caller, rest: &str) -> (String, Value) {
    let back = "success_url=https://shop.example/done?s={CHECKOUT_SESSION_ID}&cancel_url=https://shop.example/no";
    let session = caller.post("/v1/checkout/sessions", &format!("{back}&{rest}")).await;
    (format!("/c/pay/{}", id(&session)), session)
}

fn card(number: &str) -> String {
    format!("number={number}&expiry=12/34&cvc=123&name=Ana&email=ana@example.com")
}

#[tokio::test]
async fn a_card_is_saved_on_the_page_and_its_number_is_not_kept() {
    let caller = Caller::start();
    let (customer, _) = caller.customer("pm_card_visa").await;
    let rest = format!("mode=setup&customer={customer}&currency=brl&setup_intent_data[metadata][order]=17");
    let (page, session) = session(&caller, &rest).await;
    let shown = caller.call("GET", &page, "", &[]).await.unwrap();
    assert!(shown.text.contains("Stand-in of Stripe: no real money") && shown.text.contains("https://shop.example/no"));
    for (wrong, message) in [
        (card("4242424242424241"), "card number is incorrect"),
        (card("4242 4242 4242 4242").replace("34", "20"), "in the past"),
        (card("4242424242424242").replace("cvc=123", "cvc=12"), "security code is invalid"),
        (card("4000000000000002"), "Your card was declined"),
        (card("4000000000009979"), "Your card was declined"),
        (card("4000000000000127"), "security code is incorrect"),
    ] {
        let said = caller.call("POST", &page, &wrong, &[]).await.unwrap();
        assert!(said.status == 402 && said.text.contains(message), "{message}: {}", said.text);
    }
    let outage = caller.call("POST", &page, &card("4000000000009999"), &[]).await.unwrap();
    assert!(outage.status == 503 && outage.text.contains("Try again later"));
    let said = caller.call("POST", &page, &card("5555 5555 5555 4444"), &[]).await.unwrap();
    assert_eq!((said.status, said.location), (303, format!("https://shop.example/done?s={}", id(&session))));
    let path = format!("/v1/checkout/sessions/{}?expand[]=setup_intent.payment_method", id(&session));
    let done = caller.get(&path).await;
    assert_eq!((&done["status"], &done["payment_status"]), (&"complete".into(), &"no_payment_required".into()));
    let intent = &done["setup_intent"];
    assert_eq!((&intent["status"], &intent["metadata"]["order"]), (&"succeeded".into(), &"17".into()));
    let method = &intent["payment_method"];
    assert_eq!((&method["card"]["last4"], &method["customer"]), (&"4444".into(), &customer.as_str().into()));
    let everything: String = ["payment_method", "setup_intent", "checkout.session", "event"]
        .iter()
        .flat_map(|kind| caller.stripe.all(kind))
        .map(|object| object.to_string())
        .collect();
    assert!(!everything.contains("5555555555554444"));
    assert!(caller.events().contains(&"checkout.session.completed".to_owned()));
}

#[tokio::test]
async fn the_bank_asks_on_its_own_page_and_a_refusal_leads_back() {
    let caller = Caller::start();
    let (customer, _) = caller.customer("pm_card_visa").await;
    let (page, created) = session(&caller, &format!("mode=setup&customer={customer}&currency=brl")).await;
    for (answer, leads_to) in [("do=fail", page.as_str()), ("do=confirm", "https://shop.example/done")] {
        let said = caller.call("POST", &page, &card("4000002500003155"), &[]).await.unwrap();
        assert_eq!(said.location, format!("/3ds/{}", created["setup_intent"].as_str().unwrap()));
        let said = caller.call("POST", &said.location, answer, &[]).await.unwrap();
        assert!(said.location.starts_with(leads_to), "{}", said.location);
        if answer == "do=fail" {
            let shown = caller.call("GET", &page, "", &[]).await.unwrap();
            assert!(shown.text.contains("authentication failed"), "{}", shown.text);
        }
    }
}

#[tokio::test]
async fn a_payment_on_the_page_is_paid_by_card_boleto_or_pix() {
    let caller = Caller::start();
    let goods = "mode=payment&line_items[0][price_data][currency]=brl&line_items[0][price_data][unit_amount]=1500\
                 &line_items[0][price_data][product_data][name]=Course&line_items[0][quantity]=2";
    for (typed, first, paid) in [
        (card("4242424242424242"), "paid", "paid"),
        ("kind=boleto&name=Ana&email=a@b.c&tax_id=00000000000".to_owned(), "unpaid", "paid"),
        ("kind=pix&name=Ana&email=a@b.c".to_owned(), "unpaid", "paid"),
    ] {
        let (page, session) = session(&caller, goods).await;
        assert!(caller.call("GET", &page, "", &[]).await.unwrap().text.contains("BRL 30.00"));
        let said = caller.call("POST", &page, &typed, &[]).await.unwrap();
        assert_eq!(said.status, 303, "{}", said.text);
        let path = format!("/v1/checkout/sessions/{}", id(&session));
        let now = caller.get(&path).await;
        assert_eq!(now["payment_status"], first, "{typed}");
        caller.stripe.pay(now["payment_intent"].as_str().unwrap());
        let now = caller.get(&path).await;
        assert_eq!((&now["payment_status"], &now["status"]), (&paid.into(), &"complete".into()));
    }
    let events = caller.events();
    assert_eq!(events.iter().filter(|kind| *kind == "checkout.session.completed").count(), 3);
    assert_eq!(events.iter().filter(|kind| *kind == "checkout.session.async_payment_succeeded").count(), 1);
}

#[tokio::test]
async fn a_session_expires_after_a_day_or_when_one_says_so() {
    let caller = Caller::start();
    let (page, first) = session(&caller, "mode=setup&currency=brl").await;
    let (_, second) = session(&caller, "mode=setup&currency=brl").await;
    caller.post(&format!("/v1/checkout/sessions/{}/expire", id(&second)), "").await;
    assert_eq!(caller.call("GET", &page, "", &[]).await.unwrap().status, 200);
    caller.stripe.forward(std::time::Duration::from_secs(86_400)).await;
    assert_eq!(caller.call("GET", &page, "", &[]).await.unwrap().status, 410);
    for id in [id(&first), id(&second)] {
        assert_eq!(caller.stripe.object(&id).unwrap()["status"], "expired");
    }
}
