//! A copy of everything about one person.

use super::bought;
use crate::harness::{ANA, buy, each_world, order, place, producer, sign_in};
use crate::money::billing::plan;
use portal::account::export;
use portal::refund::new_request_id;
use types::Method;

#[tokio::test]
async fn a_copy_holds_everything_of_one_person_and_nothing_of_another() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let producer = producer(world, "sol").await;
        buy(world, &producer, "bob@example.com", "P-9", &[("photo", 100)]).await;
        portal::refund::request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let copy = serde_json::to_value(export(&buyer).await.unwrap()).unwrap();
        let text = copy.to_string();
        assert_eq!(copy["profile"]["email"], ANA);
        assert_eq!(copy["orders"][0]["charges"][0]["reference"], "ch_P-1");
        assert_eq!(copy["orders"][0]["refunds"][0]["amount"], 29_700);
        assert_eq!(copy["orders"][0]["items"][0]["name"], "Curso photo");
        assert_eq!(copy["orders"][0]["paid_at"], "2026-11-20T12:00:00Z");
        for part in ["sessions", "mails", "log", "access"] {
            assert!(!copy[part].as_array().unwrap().is_empty(), "{part}");
        }
        assert!(!text.contains("bob@example.com") && !text.contains("P-9") && !text.contains("token"), "{text}");
    })
    .await;
}

/// The names under which things are told; a change of them is a change for whoever reads such files.
#[tokio::test]
async fn a_copy_tells_the_same_parts_by_the_same_names() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        place(world, &producer, plan(world, ANA, "S-1", Method::Card, 4_990)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let copy = serde_json::to_value(export(&buyer).await.unwrap()).unwrap();
        let names =
            |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
        assert_eq!(names(&copy), "access address_changes erasure_requests log made_at mails orders profile sessions");
        let order = &copy["orders"][0];
        assert_eq!(
            names(order),
            "billing buyer_address buyer_name cancel_attempts cancellations card_brand card_last4 card_visits charges \
             code \
             created_at currency gateway invoices items kind method ordered_at paid_at payment_methods phone \
             plan_changes portal_links refund_parts refunds released_at sale_details seller sold source status \
             stay_offers subscriptions \
             tax_id total"
        );
        assert_eq!(names(&order["sold"][0]), "amount currency name offer_name window_days");
        assert_eq!(names(&order["payment_methods"][0]), "brand exp_month exp_year last4 method updated_at");
    })
    .await;
}

#[tokio::test]
async fn a_copy_holds_what_was_said_to_the_producer_and_how_the_plan_was_changed() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let retention = portal::policy::Retention { reason: None, offer: portal::policy::RetentionOffer::Message };
        let mut policy = portal::policy::Policy::default();
        policy.cancel.retention = vec![retention];
        portal::policy::put(&world.portal, &producer, None, &policy).await.unwrap();
        place(world, &producer, plan(world, ANA, "S-1", Method::Card, 4_990)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let subscription = order(&buyer, "S-1").await.subscription.unwrap().id;
        portal::subscription::open(&buyer, subscription).await.unwrap();
        portal::subscription::accept(&buyer, subscription, "", "Quero falar com alguém.").await.unwrap();
        let copy = serde_json::to_value(export(&buyer).await.unwrap()).unwrap();
        let order = &copy["orders"][0];
        assert_eq!(order["stay_offers"][0]["message"], "Quero falar com alguém.");
        assert_eq!(order["cancel_attempts"][0]["outcome"], "saved");
        assert_eq!(order["payment_methods"][0]["method"], "card");
        world.settle().await;
    })
    .await;
}
