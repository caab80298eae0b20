//! Subscriptions that our calendar charges at Asaas: by card, boleto or Pix.

use super::{shop, subscribed};
use crate::harness::site::{Api, ENGINES, eventually};
use serde_json::Value;
use standin::asaas::Asaas;
use std::time::Duration;

/// What the portal asked Asaas for.
fn ours(asaas: &Asaas) -> Vec<Value> {
    asaas.payments().into_iter().filter(|payment| payment["externalReference"].is_string()).collect()
}

async fn renewed(luz: &Api, code: &str) {
    eventually(&format!("{code} to be renewed"), async || {
        let order = luz.order(code).await;
        let charges = order["charges"].as_array().unwrap();
        (charges.iter().filter(|charge| charge["status"] == "paid").count() == 2).then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_card_of_the_order_is_charged_on_its_day_and_confirmed_and_received_are_one_sale() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        subscribed(&luz, &asaas, "A-1", "CREDIT_CARD").await;
        site.forward(31).await;
        renewed(&luz, "A-1").await;
        let taken = ours(&asaas);
        assert_eq!(taken.len(), 1, "{engine}: {taken:?}");
        assert_eq!((taken[0]["value"].to_string(), &taken[0]["status"]), ("49.9".to_owned(), &"CONFIRMED".into()));
        // The money comes a month later.
        asaas.forward(Duration::from_secs(40 * 86_400)).await;
        assert_eq!(ours(&asaas)[0]["status"], "RECEIVED", "{engine}");
        let charges = luz.order("A-1").await["charges"].as_array().unwrap().len();
        assert_eq!(charges, 2, "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_card_that_the_bank_declines_leaves_nothing_at_asaas_and_is_tried_again() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        subscribed(&luz, &asaas, "A-1", "CREDIT_CARD").await;
        asaas.decline_next("invalid_action");
        site.forward(31).await;
        renewed(&luz, "A-1").await;
        assert_eq!(ours(&asaas).len(), 1, "{engine}");
        let order = luz.order("A-1").await;
        let failed = order["charges"].as_array().unwrap().iter().filter(|charge| charge["status"] == "failed");
        assert_eq!(failed.count(), 1, "{engine}: the day before");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_boleto_or_pix_is_made_ahead_and_its_payment_renews() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        for (code, kind) in [("A-1", "BOLETO"), ("A-2", "PIX")] {
            subscribed(&luz, &asaas, code, kind).await;
        }
        site.forward(29).await;
        let waiting = eventually("both to wait", async || {
            let ours = ours(&asaas);
            (ours.len() == 2).then_some(ours)
        })
        .await;
        for payment in &waiting {
            assert_eq!(payment["status"], "PENDING", "{engine}");
            asaas.pay(payment["id"].as_str().unwrap()).unwrap();
        }
        renewed(&luz, "A-1").await;
        renewed(&luz, "A-2").await;
        assert_eq!(ours(&asaas).len(), 2, "{engine}");
        site.assert_sound().await;
    }
}
