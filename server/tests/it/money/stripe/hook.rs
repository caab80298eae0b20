//! Webhooks at the address of a connection.

use super::{ANA, ask, bought, shop, status_is};
use crate::harness::browserless::path_of;
use crate::harness::http::Request;
use crate::harness::shop::sign_in;
use crate::harness::site::{ENGINES, eventually};
use serde_json::json;
use standin::stripe::Stripe;

#[tokio::test]
async fn what_is_not_signed_with_the_secret_of_the_address_is_not_heard() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        bought(&luz, &stripe, "A-1").await;
        stripe.hooks().settle().await;
        let url = luz.get("connections").await.expect(200).json()[0]["webhook_url"].as_str().unwrap().to_owned();
        let path = path_of(&url).to_owned();
        let body = json!({"id": "evt_1", "type": "charge.dispute.created", "created": 1, "data": {"object": {}}});
        for (path, signature) in [(&*path, "t=1,v1=00"), (&*path, ""), ("/hooks/stripe/nobody", "t=1,v1=00")] {
            let request = Request::new("POST", path).json(&body).with("stripe-signature", signature);
            site.browser().send(request).await.expect(401);
        }
        // Another account at the same gateway signs with another secret.
        let other = stripe.account("sk_test_of_sol_0000000000000000");
        hear(&other, &url).await;
        eventually("the stranger to be refused", async || {
            other.hooks().sent().iter().any(|(_, status)| *status == Some(401)).then_some(())
        })
        .await;
        assert_eq!(luz.order("A-1").await["status"], "paid", "{engine}");
        site.assert_sound().await;
    }
}

/// Somebody else's account sends what happens there to an address that is not theirs.
async fn hear(other: &Stripe, url: &str) {
    let fields = [("url".to_owned(), url.to_owned()), ("enabled_events[0]".to_owned(), "*".to_owned())];
    let key = "Bearer sk_test_of_sol_0000000000000000";
    for (path, fields) in [
        ("/v1/webhook_endpoints", fields.to_vec()),
        ("/v1/customers", vec![("email".to_owned(), "eva@example.com".to_owned())]),
    ] {
        let request = Request::new("POST", path).with("authorization", key).form(&fields);
        crate::harness::http::call(super::address(other), &request).await.unwrap().expect(200);
    }
    let payment = [("amount", "100"), ("currency", "brl"), ("confirm", "true"), ("payment_method", "pm_card_visa")];
    let mut fields: Vec<_> = payment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    fields.push(("automatic_payment_methods[enabled]".to_owned(), "true".to_owned()));
    fields.push(("return_url".to_owned(), "https://sol.example".to_owned()));
    let request = Request::new("POST", "/v1/payment_intents").with("authorization", key).form(&fields);
    crate::harness::http::call(super::address(other), &request).await.unwrap().expect(200);
}

#[tokio::test]
async fn a_chargeback_at_stripe_disputes_the_order() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let payment = bought(&luz, &stripe, "A-1").await;
        let charge = stripe.object(&payment).unwrap()["latest_charge"].as_str().unwrap().to_owned();
        stripe.dispute(&charge).unwrap();
        super::status_is(&luz, "A-1", "disputed").await;
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_secret_that_is_being_changed_is_taken_beside_the_new_one() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let endpoint = stripe.all("webhook_endpoint")[0]["id"].as_str().unwrap().to_owned();
        let new = stripe.roll_secret(&endpoint, std::time::Duration::from_secs(3600)).unwrap();
        // Stripe signs with both; the portal knows the old one, and then the new one as well.
        bought(&luz, &stripe, "A-1").await;
        stripe.hooks().settle().await;
        let mut body = super::account(&stripe);
        body["webhook_secret"] = json!(new);
        luz.put("connections/loja", &body).await.expect(200);
        bought(&luz, &stripe, "A-2").await;
        stripe.hooks().settle().await;
        let sent = stripe.hooks().sent();
        assert!(!sent.is_empty() && sent.iter().all(|(_, status)| *status == Some(200)), "{engine}: {sent:?}");
        site.assert_sound().await;
    }
}

/// What the producer pays back on Stripe's own pages is on file, in part and whole, and is no refund of ours.
#[tokio::test]
async fn what_the_producer_pays_back_at_stripe_is_on_file() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let payment = bought(&luz, &stripe, "A-1").await;
        ask(&stripe, "/v1/refunds", &[("payment_intent", &payment), ("amount", "9700")]).await;
        status_is(&luz, "A-1", "partly_refunded").await;
        let charge = luz.order("A-1").await["charges"][0].clone();
        assert_eq!(charge["given_back"], 9_700, "{engine}: {charge}");
        ask(&stripe, "/v1/refunds", &[("payment_intent", &payment)]).await;
        status_is(&luz, "A-1", "refunded").await;
        assert_eq!(luz.order("A-1").await["refunds"], json!([]), "{engine}");
        let mut ana = sign_in(&site, ANA).await;
        let page = ana.visit("/orders/A-1").await.expect(200).text();
        assert!(page.contains("Reembolsado"), "{engine}: {page}");
        site.assert_sound().await;
    }
}
