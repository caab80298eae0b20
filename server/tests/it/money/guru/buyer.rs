//! What a buyer of an order from Guru does by themselves.

use super::{ANA, bought, shop};
use crate::harness::browserless::{Browser, form};
use crate::harness::shop::sign_in;
use crate::harness::site::{ENGINES, eventually};
use serde_json::json;
use standin::fault::Fault;

/// Asked back by the buyer: with one item there is nothing to choose.
async fn give_back(browser: &mut Browser, code: &str) {
    let address = format!("/orders/{code}/refund");
    let preview = browser.visit(&address).await.expect(200);
    browser.submit(&form(&preview, &address), &[]).await.expect(200);
}

#[tokio::test]
async fn money_asked_back_in_time_is_paid_back_at_guru_once() {
    for engine in ENGINES {
        let (site, luz, guru) = shop(engine).await;
        let orders = [(None, bought(&guru).await), (Some(Fault::Lost), bought(&guru).await)];
        let mut ana = sign_in(&site, ANA).await;
        for (fault, code) in orders {
            if let Some(fault) = fault {
                guru.faults().plan("POST", "/refund", fault);
            }
            give_back(&mut ana, &code).await;
            eventually("the money to be back", async || (luz.order(&code).await["status"] == "refunded").then_some(()))
                .await;
            let there = guru.transaction(&code).unwrap();
            assert_eq!(there["status"], "refunded", "{engine} {fault:?}");
            let reason = there["payment"]["refund_reason"].as_str().unwrap().to_owned();
            assert!(reason.starts_with("Aftersale "), "{engine} {fault:?}: {reason}");
            let refunds = luz.order(&code).await["refunds"].clone();
            assert_eq!((refunds.as_array().unwrap().len(), &refunds[0]["amount"]["amount"]), (1, &json!(29_700)));
        }
        site.assert_sound().await;
    }
}
