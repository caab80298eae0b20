//! Calls that fail at every place: one effect, and nobody is told what is not so.

use super::{ANA, bought, give_back, shop, status_is, subscribed};
use crate::harness::shop::sign_in;
use crate::harness::site::{ENGINES, eventually};
use serde_json::Value;
use standin::fault::Fault;
use standin::hooks::Trouble;

const FAULTS: [Fault; 5] = [Fault::Status(429), Fault::Status(500), Fault::Reset, Fault::Lost, Fault::StatusAfter(500)];

#[tokio::test]
async fn a_refund_whose_call_fails_in_any_way_is_one_refund() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        bought(&luz, &asaas, "A-9", "PIX").await;
        let mut ana = sign_in(&site, ANA).await;
        for (number, fault) in FAULTS.into_iter().enumerate() {
            let code = format!("A-{number}");
            let payment = bought(&luz, &asaas, &code, "CREDIT_CARD").await;
            asaas.faults().plan("POST", "/refund", fault);
            let told = give_back(&mut ana, &code).await;
            assert!(
                !told.contains("Reembolso recusado") && !told.contains("não foi possível"),
                "{engine}: {fault:?}: {told}"
            );
            status_is(&luz, &code, "refunded").await;
            assert_eq!(asaas.refunds(&payment).len(), 1, "{engine}: {fault:?}");
        }
        assert_eq!(asaas.faults().clear(), 0, "{engine}: every fault was met");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_renewal_whose_call_fails_in_any_way_is_one_payment() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        for number in 0..FAULTS.len() {
            subscribed(&luz, &asaas, &format!("A-{number}"), "CREDIT_CARD").await;
        }
        FAULTS.into_iter().for_each(|fault| asaas.faults().plan("POST", "/v3/payments", fault));
        site.forward(31).await;
        for number in 0..FAULTS.len() {
            let code = format!("A-{number}");
            eventually(&format!("{code} to be renewed"), async || {
                let order = luz.order(&code).await;
                let paid = order["charges"].as_array().unwrap().iter().filter(|charge| charge["status"] == "paid");
                (paid.count() == 2).then_some(())
            })
            .await;
        }
        assert_eq!(asaas.faults().clear(), 0, "{engine}: every fault was met");
        let mut keys: Vec<Value> = asaas
            .payments()
            .iter()
            .map(|payment| payment["externalReference"].clone())
            .filter(Value::is_string)
            .collect();
        assert_eq!(keys.len(), FAULTS.len(), "{engine}: {keys:?}");
        keys.dedup();
        assert_eq!(keys.len(), FAULTS.len(), "{engine}: each of another key");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn webhooks_that_are_lost_or_come_twice_or_late_change_nothing() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        bought(&luz, &asaas, "A-9", "PIX").await;
        let mut ana = sign_in(&site, ANA).await;
        for (number, trouble) in
            [Trouble::Lost, Trouble::Twice, Trouble::Held, Trouble::Reversed].into_iter().enumerate()
        {
            let code = format!("A-{number}");
            asaas.hooks().trouble(trouble);
            let payment = bought(&luz, &asaas, &code, "PIX").await;
            give_back(&mut ana, &code).await;
            status_is(&luz, &code, "refunded").await;
            asaas.hooks().release();
            asaas.hooks().settle().await;
            assert_eq!(luz.order(&code).await["status"], "refunded", "{engine}: {trouble:?}");
            assert_eq!(asaas.refunds(&payment).len(), 1, "{engine}: {trouble:?}");
        }
        assert!(asaas.hooks().sent().iter().all(|(_, status)| *status == Some(200)), "{engine}");
        site.assert_sound().await;
    }
}
