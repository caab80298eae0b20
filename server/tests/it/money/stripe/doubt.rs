//! Calls that fail at every place: one effect, and nobody is told what is not so.

use super::{bought, give_back, shop, status_is};
use crate::harness::shop::sign_in;
use crate::harness::site::ENGINES;
use standin::fault::Fault;
use standin::hooks::Trouble;

#[tokio::test]
async fn a_refund_whose_call_fails_in_any_way_is_one_refund() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        bought(&luz, &stripe, "A-9").await;
        let mut ana = sign_in(&site, super::ANA).await;
        let faults = [Fault::Status(429), Fault::Status(500), Fault::Reset, Fault::Lost, Fault::StatusAfter(500)];
        for (number, fault) in faults.into_iter().enumerate() {
            let code = format!("A-{number}");
            bought(&luz, &stripe, &code).await;
            stripe.faults().plan("POST", "/v1/refunds", fault);
            let told = give_back(&mut ana, &code).await;
            assert!(
                !told.contains("Reembolso recusado") && !told.contains("não foi possível"),
                "{engine}: {fault:?}: {told}"
            );
            status_is(&luz, &code, "refunded").await;
            assert_eq!(stripe.refunds().len(), number + 1, "{engine}: {fault:?}");
        }
        assert_eq!(stripe.faults().clear(), 0, "{engine}: every fault was met");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn webhooks_that_are_lost_or_come_twice_or_late_change_nothing() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        bought(&luz, &stripe, "A-9").await;
        let mut ana = sign_in(&site, super::ANA).await;
        for (number, trouble) in
            [Trouble::Lost, Trouble::Twice, Trouble::Held, Trouble::Reversed].into_iter().enumerate()
        {
            let code = format!("A-{number}");
            stripe.hooks().trouble(trouble);
            bought(&luz, &stripe, &code).await;
            give_back(&mut ana, &code).await;
            status_is(&luz, &code, "refunded").await;
            stripe.hooks().release();
            stripe.hooks().settle().await;
            assert_eq!(luz.order(&code).await["status"], "refunded", "{engine}: {trouble:?}");
        }
        assert_eq!(stripe.refunds().len(), 4, "{engine}");
        assert!(stripe.hooks().sent().iter().all(|(_, status)| *status == Some(200)), "{engine}");
        site.assert_sound().await;
    }
}
