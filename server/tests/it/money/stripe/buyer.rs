//! What buyers do by themselves: money back, another card, what is owed.

use super::{bought, give_back, hosted, shop, status_is, subscribed};
use crate::harness::browserless::{Browser, forms};
use crate::harness::shop::sign_in;
use crate::harness::site::{Api, ENGINES, eventually};
use serde_json::{Value, json};
use standin::stripe::Stripe;
use std::time::Duration;

#[tokio::test]
async fn money_asked_back_in_time_is_paid_back_at_stripe_once() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let payment = bought(&luz, &stripe, "A-1").await;
        let mut ana = sign_in(&site, super::ANA).await;
        give_back(&mut ana, "A-1").await;
        status_is(&luz, "A-1", "refunded").await;
        let refunds = stripe.refunds();
        assert_eq!(refunds.len(), 1, "{engine}: {refunds:?}");
        assert_eq!(
            (&refunds[0]["payment_intent"], &refunds[0]["amount"]),
            (&json!(payment), &json!(29_700)),
            "{engine}"
        );
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_refund_that_the_bank_sends_back_is_told_to_both() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        bought(&luz, &stripe, "A-1").await;
        let mut ana = sign_in(&site, super::ANA).await;
        give_back(&mut ana, "A-1").await;
        status_is(&luz, "A-1", "refunded").await;
        stripe.fail_refund_later(stripe.refunds()[0]["id"].as_str().unwrap());
        // Its clock is an hour ahead of ours then, and what it signs is of the future: the portal asks by itself.
        stripe.forward(Duration::from_secs(3600)).await;
        site.forward(2).await;
        eventually("the refund to have come back", async || {
            let order = luz.order("A-1").await;
            (order["refunds"][0]["state"] == "failed").then_some(())
        })
        .await;
        let page = ana.visit("/orders/A-1").await.expect(200).text();
        assert!(page.contains("Reembolso com problema"), "{engine}: {page}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_card_is_swapped_on_stripes_page_and_is_what_is_charged_from_then_on() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let (mut ana, address) = subscribed(&site, &luz, &stripe).await;
        let page = swap(&mut ana, &stripe, &address, "5555555555554444").await;
        assert!(page.contains("Mastercard final 4444"), "{engine}: {page}");
        let dump = site.db().await.dump().await.unwrap();
        assert!(dump.contains("4444") && !dump.contains("5555555555554444"), "{engine}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn our_calendar_charges_the_card_that_an_order_came_with_and_then_the_one_it_was_swapped_for() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let (mut ana, address) = subscribed(&site, &luz, &stripe).await;
        site.forward(31).await;
        let paid = charged(&luz, &stripe, 2).await;
        assert_eq!(paid[0]["amount"], 4_990, "{engine}");
        assert_eq!(paid[0]["payment_method"], paid[1]["payment_method"], "{engine}: the card of the order");

        swap(&mut ana, &stripe, &address, "5555555555554444").await;
        site.forward(31).await;
        let paid = charged(&luz, &stripe, 3).await;
        // They are of the same second: how many each card paid tells, and not which came last.
        let by = |last4: &str| paid.iter().filter(|payment| card_of(&stripe, payment) == last4).count();
        assert_eq!((by("4242"), by("4444")), (2, 1), "{engine}");
        assert_eq!(paid.iter().filter(|payment| payment["status"] == "succeeded").count(), 3, "{engine}");
        site.assert_sound().await;
    }
}

/// A renewal that the bank refuses is owed, told, and paid at once by another card.
#[tokio::test]
async fn what_a_bank_refuses_is_owed_until_another_card_pays_it_once() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let (mut ana, address) = subscribed(&site, &luz, &stripe).await;
        stripe.fail_next_charge("insufficient_funds");
        // To the day of the renewal: on the next one it would be tried again.
        site.forward(30).await;
        eventually("the plan to be past due", async || {
            (luz.order("A-2").await["subscription"]["status"] == "past_due").then_some(())
        })
        .await;
        swap(&mut ana, &stripe, &address, "4242424242424242").await;
        eventually("the plan to be active", async || {
            (luz.order("A-2").await["subscription"]["status"] == "active").then_some(())
        })
        .await;
        let succeeded = stripe.payment_intents();
        assert_eq!(succeeded.iter().filter(|payment| payment["status"] == "succeeded").count(), 2, "{engine}");
        site.assert_sound().await;
    }
}

/// The last four digits of the card that a payment was made with.
fn card_of(stripe: &Stripe, payment: &Value) -> String {
    let card = stripe.object(payment["payment_method"].as_str().unwrap()).unwrap();
    card["card"]["last4"].as_str().unwrap().to_owned()
}

/// The payments at Stripe once the portal has so many on file.
async fn charged(luz: &Api, stripe: &Stripe, many: usize) -> Vec<Value> {
    eventually(&format!("{many} payments"), async || {
        let order = luz.order("A-2").await;
        let on_file = order["charges"].as_array().unwrap().iter().filter(|charge| charge["status"] == "paid").count();
        if on_file < many {
            return None;
        }
        let payments = stripe.payment_intents();
        (payments.len() == many && payments.iter().all(|payment| payment["status"] == "succeeded")).then_some(payments)
    })
    .await
}

/// To Stripe's page, a card there, and back; the page that says what became of it.
pub(super) async fn swap(ana: &mut Browser, stripe: &Stripe, address: &str, number: &str) -> String {
    let back = entered(ana, stripe, address, number).await;
    ana.visit(&back).await.expect(200).text()
}

/// To Stripe's page and a card there; where that leads back to.
pub async fn entered(ana: &mut Browser, stripe: &Stripe, address: &str, number: &str) -> String {
    let page = ana.visit(address).await.expect(200);
    let swap = forms(&page.text()).into_iter().find(|form| form.action == address).expect("a form for another card");
    // The form leads to the account's gateway, and no form anywhere to another site.
    let policy = page.header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains(&format!("form-action 'self' {};", stripe.base_url())), "{policy}");
    let home = ana.visit("/").await.header("content-security-policy").unwrap().to_owned();
    assert!(home.contains("form-action 'self';"), "{home}");
    let leading = ana.press(&swap, &[]).await;
    assert_eq!(leading.status, 303, "after {}", page.text());
    let url = leading.header("location").unwrap().to_owned();
    assert!(url.starts_with(stripe.base_url()), "{url}");

    let card = hosted(stripe, "GET", &url, &[]).await.expect(200);
    let card = forms(&card.text()).into_iter().find(|form| form.fields.iter().any(|(name, _)| name == "number"));
    let card = card.expect("a form for a card");
    let typed: Vec<(String, String)> = card
        .fields
        .iter()
        .map(|(name, value)| {
            let typed = match name.as_str() {
                "number" => number,
                "expiry" | "exp" => "12/31",
                "cvc" => "123",
                _ => value,
            };
            (name.clone(), typed.to_owned())
        })
        .collect();
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let back = hosted(stripe, "POST", &url, &typed).await;
    back.header("location").unwrap_or_else(|| panic!("{}", back.text())).to_owned()
}
