//! Buyers ask for their money: it goes back once, all of it or some, at once, later, or not.

use super::{ANA, bought, course, give_back, paid, shop, status_is};
use crate::harness::browserless::form;
use crate::harness::shop::{sell, sign_in};
use crate::harness::site::{Api, ENGINES, eventually};
use serde_json::json;
use std::time::Duration;

async fn refund_is(luz: &Api, code: &str, state: &str) {
    let what = format!("the refund of {code} to be {state}");
    eventually(&what, async || (luz.order(code).await["refunds"][0]["state"] == state).then_some(())).await;
}

#[tokio::test]
async fn money_asked_back_in_time_is_paid_back_at_asaas_once() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let by_card = bought(&luz, &asaas, "A-1", "CREDIT_CARD").await;
        let by_pix = bought(&luz, &asaas, "A-2", "PIX").await;
        let mut ana = sign_in(&site, ANA).await;
        for (code, payment) in [("A-1", by_card), ("A-2", by_pix)] {
            give_back(&mut ana, code).await;
            status_is(&luz, code, "refunded").await;
            let refunds = asaas.refunds(&payment);
            assert_eq!(refunds.len(), 1, "{engine}: {refunds:?}");
            assert_eq!((&refunds[0]["value"], &refunds[0]["status"]), (&json!(297), &json!("DONE")), "{engine}");
        }
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn one_of_two_items_is_some_of_the_money_and_the_other_the_rest() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let payment = paid(&asaas, "CREDIT_CARD", "316.9", 1).await;
        let mut order = course("A-1", "CREDIT_CARD", &payment);
        let item = |product: &str, amount: i64| json!({"product": product, "offer": product, "amount": amount});
        order["items"] = json!([item("foto", 29_700), item("ebook", 1_990)]);
        sell(&luz, &order).await;
        let mut ana = sign_in(&site, ANA).await;
        let page = ana.visit("/orders/A-1/refund").await.expect(200).text();
        let items: Vec<&str> = page.split("name=\"item\" value=\"").skip(1).map(|rest| &rest[..36]).collect();
        assert_eq!(items.len(), 2, "{engine}: {page}");
        for item in items {
            let address = format!("/orders/A-1/refund/preview?item={item}");
            // One refund after the other.
            let preview = eventually("money to be asked back", async || {
                let preview = ana.visit(&address).await.expect(200);
                preview.text().contains("action=\"/orders/A-1/refund\"").then_some(preview)
            })
            .await;
            ana.submit(&form(&preview, "/orders/A-1/refund"), &[]).await.expect(200);
        }
        status_is(&luz, "A-1", "refunded").await;
        let back: Vec<String> = asaas.refunds(&payment).iter().map(|refund| refund["value"].to_string()).collect();
        assert_eq!(back, ["297", "19.9"], "{engine}");
        site.assert_sound().await;
    }
}

/// A card that paid in parts goes back part by part.
#[tokio::test]
async fn an_order_that_a_card_pays_in_parts_goes_back_whole() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let first = paid(&asaas, "CREDIT_CARD", "297", 3).await;
        sell(&luz, &course("A-1", "CREDIT_CARD", &first)).await;
        let mut ana = sign_in(&site, ANA).await;
        give_back(&mut ana, "A-1").await;
        status_is(&luz, "A-1", "refunded").await;
        let parts = asaas.payments();
        assert_eq!(parts.len(), 3, "{engine}");
        assert!(parts.iter().all(|part| part["status"] == "REFUNDED"), "{engine}: {parts:?}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_refund_that_takes_time_or_comes_back_is_told_as_it_is() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let payment = bought(&luz, &asaas, "A-1", "CREDIT_CARD").await;
        let mut ana = sign_in(&site, ANA).await;
        asaas.refunds_take_time(true);
        give_back(&mut ana, "A-1").await;
        refund_is(&luz, "A-1", "sent").await;
        asaas.forward(Duration::from_secs(3600)).await;
        refund_is(&luz, "A-1", "settled").await;
        asaas.deny_refund_later(&payment);
        asaas.forward(Duration::from_secs(3600)).await;
        refund_is(&luz, "A-1", "failed").await;
        let page = ana.visit("/orders/A-1").await.expect(200).text();
        assert!(page.contains("banco"), "{engine}: {page}");
        assert_eq!(asaas.refunds(&payment).len(), 1, "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_balance_that_is_too_small_is_a_failure_and_nothing_went_back() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let payment = bought(&luz, &asaas, "A-1", "PIX").await;
        asaas.set_balance(100);
        let mut ana = sign_in(&site, ANA).await;
        give_back(&mut ana, "A-1").await;
        refund_is(&luz, "A-1", "failed").await;
        assert!(asaas.refunds(&payment).is_empty(), "{engine}");
        site.mail.wait("luz@example.com", "balance").await;
        site.assert_sound().await;
    }
}
