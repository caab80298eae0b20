//! Stripe does not answer for a while: it is left alone, everybody reads what is so, and all of it ends by itself.

use super::{bought, give_back, shop, status_is};
use crate::harness::browserless::Browser;
use crate::harness::shop::sign_in;
use crate::harness::site::{Api, ENGINES, eventually};
use serde_json::Value;
use standin::fault::Fault;
use std::time::Duration;

/// More calls than anybody makes before it is left alone.
const MANY: usize = 60;
const ORDERS: [&str; 6] = ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"];

#[tokio::test]
async fn a_gateway_that_does_not_answer_is_left_alone_and_everything_ends_by_itself() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        for code in ORDERS {
            bought(&luz, &stripe, code).await;
        }
        let mut ana = sign_in(&site, super::ANA).await;
        for _ in 0..MANY {
            stripe.faults().plan("POST", "/v1/", Fault::Status(503));
            stripe.faults().plan("GET", "/v1/", Fault::Status(503));
        }
        for code in ORDERS {
            give_back(&mut ana, code).await;
        }
        let failing = eventually("it to be seen that Stripe does not answer", async || failing(&luz).await).await;
        assert!(failing["last_error"].as_str().unwrap().contains("503"), "{engine}: {failing}");
        says_what_is_so(&mut ana).await;
        // Each of six jobs would ask many times within a rest.
        tokio::time::sleep(Duration::from_secs(5)).await;
        let unmet = stripe.faults().clear();
        assert!(unmet > 2 * MANY - 40, "{engine}: {unmet} of {} calls were not made", 2 * MANY);
        for code in ORDERS {
            status_is(&luz, code, "refunded").await;
        }
        assert_eq!(stripe.refunds().len(), ORDERS.len(), "{engine}");
        let well = connection(&luz).await;
        assert!(well["failing_since"].is_null() && well["last_error"].is_null(), "{engine}: {well}");
        site.assert_sound().await;
    }
}

async fn connection(luz: &Api) -> Value {
    luz.get("connections").await.expect(200).json()[0].clone()
}

async fn failing(luz: &Api) -> Option<Value> {
    let seen = connection(luz).await;
    (!seen["failing_since"].is_null()).then_some(seen)
}

/// Nobody is told that money is on its way which is not.
async fn says_what_is_so(ana: &mut Browser) {
    for code in ORDERS {
        let page = ana.visit(&format!("/orders/{code}")).await.expect(200).text();
        assert!(!page.contains("Reembolso concluído") && !page.contains("Reembolso enviado"), "{page}");
    }
}
