//! What a buyer decides about the end is told to Stripe, whatever fails.

use super::super::{give_back, status_is};
use super::Shop;
use crate::harness::shop::{club, sell, sign_in, subscription_of};
use crate::harness::site::{ENGINES, eventually};
use serde_json::json;
use standin::fault::Fault;
use std::time::Duration;

#[tokio::test]
async fn what_its_buyer_cancels_ends_at_stripe_and_goes_on_there_when_that_is_taken_back() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        let receipt = shop.cancel().await;
        shop.ends_there(true).await;
        eventually("the page to say so", async || {
            let page = shop.ana.clone().visit("/").await.text();
            page.contains("Cancelada, com acesso").then_some(())
        })
        .await;
        shop.undo(&receipt).await;
        shop.ends_there(false).await;
        shop.stands("active").await;
        assert!(shop.site.mail.to("luz@example.com").is_empty(), "{engine}: nothing is by hand");

        shop.cancel().await;
        shop.ends_there(true).await;
        shop.forward(32).await;
        shop.stands("ended").await;
        assert_eq!((shop.there()["status"].as_str(), shop.has_payments(1).await.len()), (Some("canceled"), 1));
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn an_answer_of_before_a_way_back_changes_nothing() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        // What Stripe says after the cancellation, and once more, takes its time.
        for _ in 0..2 {
            shop.stripe.faults().plan("GET", "/v1/subscriptions/", Fault::Slow(Duration::from_millis(1500)));
        }
        let receipt = shop.cancel().await;
        shop.ends_there(true).await;
        shop.undo(&receipt).await;
        for _ in 0..80 {
            let order = shop.luz.order("A-2").await;
            assert_eq!(order["subscription"]["status"], "active", "{engine}: taken back before that answer came");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(shop.stripe.faults().clear(), 0, "{engine}: it was asked twice");
        assert_eq!(shop.there()["cancel_at_period_end"], false, "{engine}");
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn money_asked_back_ends_the_subscription_at_stripe_too() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        give_back(&mut shop.ana, "A-2").await;
        status_is(&shop.luz, "A-2", "refunded").await;
        eventually("Stripe to have ended it", async || (shop.there()["status"] == "canceled").then_some(())).await;
        assert_eq!(shop.stripe.refunds().len(), 1, "{engine}");
        shop.site.assert_sound().await;
    }
}

/// While nobody knows whether Stripe has it, the page says that it is being told, and never that it is done.
#[tokio::test]
async fn a_call_that_fails_in_any_way_is_told_again_and_is_one_end() {
    for fault in [Fault::Status(503), Fault::Status(429), Fault::Reset, Fault::Lost, Fault::Status(500)] {
        let mut shop = Shop::open("sqlite").await;
        shop.stripe.faults().plan("POST", "/v1/subscriptions", fault);
        let receipt = shop.cancel().await.text();
        let is_told = receipt.contains("Estamos avisando o serviço de pagamento");
        assert!(is_told || receipt.contains("Não haverá novas cobranças"), "{fault:?}: {receipt}");
        shop.ends_there(true).await;
        let address = subscription_of(&mut shop.ana).await;
        eventually("the page to say that nothing more is charged", async || {
            let page = shop.ana.clone().visit(&address).await.text();
            page.contains("Não haverá novas cobranças").then_some(())
        })
        .await;
        shop.site.assert_sound().await;
    }
}

/// What Stripe refuses the producer is asked to do there, and the buyer reads that.
#[tokio::test]
async fn what_stripe_refuses_is_the_producers_to_do() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        let mut order = club("A-3", "bia@example.com");
        order["gateway"] = json!({"name": "loja", "reference": "sub_nobody_has"});
        sell(&shop.luz, &order).await;
        shop.ana = sign_in(&shop.site, "bia@example.com").await;
        shop.cancel().await;
        shop.site.mail.wait("luz@example.com", "A-3").await;
        let address = subscription_of(&mut shop.ana).await;
        let page = shop.ana.visit(&address).await.text();
        assert!(page.contains("faz as cobranças e as encerra"), "{engine}: {page}");
        shop.site.assert_sound().await;
    }
}
