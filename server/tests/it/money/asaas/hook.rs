//! Webhooks at the address of a connection.

use super::{account, bought, shop, status_is};
use crate::harness::browserless::path_of;
use crate::harness::http::Request;
use crate::harness::site::ENGINES;
use serde_json::json;

#[tokio::test]
async fn what_does_not_carry_the_secret_of_the_address_is_not_heard() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let payment = bought(&luz, &asaas, "A-1", "CREDIT_CARD").await;
        asaas.hooks().settle().await;
        let url = luz.get("connections").await.expect(200).json()[0]["webhook_url"].as_str().unwrap().to_owned();
        let path = path_of(&url).to_owned();
        assert!(path.starts_with("/hooks/asaas/"), "{engine}: {path}");
        let about = json!({"id": payment, "status": "CHARGEBACK_REQUESTED", "value": 297});
        let body = json!({"id": "evt_1&9", "event": "PAYMENT_CHARGEBACK_REQUESTED", "payment": about});
        for (path, token) in [(&*path, "wrong"), (&*path, ""), ("/hooks/asaas/nobody", "wrong")] {
            let request = Request::new("POST", path).json(&body).with("asaas-access-token", token);
            site.browser().send(request).await.expect(401);
        }
        site.browser().send(Request::new("POST", &path).json(&body)).await.expect(401);
        assert_eq!(luz.order("A-1").await["status"], "paid", "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_is_taken_is_answered_with_exactly_200_and_a_chargeback_disputes_the_order() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let payment = bought(&luz, &asaas, "A-1", "CREDIT_CARD").await;
        asaas.chargeback(&payment).unwrap();
        status_is(&luz, "A-1", "disputed").await;
        asaas.hooks().settle().await;
        let sent = asaas.hooks().sent();
        assert!(!sent.is_empty() && sent.iter().all(|(_, status)| *status == Some(200)), "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_secret_that_is_being_changed_is_taken_beside_the_new_one() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let mut body = account(&asaas);
        body["webhook_token"] = json!("a-secret-of-the-producers-own");
        luz.put("connections/loja", &body).await.expect(200);
        // Asaas still sends the one before it.
        let payment = bought(&luz, &asaas, "A-1", "CREDIT_CARD").await;
        asaas.chargeback(&payment).unwrap();
        status_is(&luz, "A-1", "disputed").await;
        let url = luz.get("connections").await.expect(200).json()[0]["webhook_url"].as_str().unwrap().to_owned();
        let body = json!({"id": "evt_1&9", "event": "PAYMENT_OVERDUE", "payment": null});
        let request = Request::new("POST", path_of(&url)).json(&body);
        let request = request.with("asaas-access-token", "a-secret-of-the-producers-own");
        site.browser().send(request).await.expect(200);
        site.assert_sound().await;
    }
}
