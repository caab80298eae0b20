//! What buyers do by themselves: money back, another card, what is owed.

use super::{bought, give_back, hosted, shop, status_is, subscribed};
use crate::harness::browserless::{form, forms};
use crate::harness::http::Request;
use crate::harness::shop::sign_in;
use crate::harness::site::{ENGINES, eventually};
use serde_json::json;
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
        let fields = [("turn".to_owned(), "forward".to_owned()), ("days".to_owned(), "2".to_owned())];
        ana.send(Request::new("POST", "/sandbox/clock").form(&fields)).await.expect(303);
        eventually("the refund to have come back", async || {
            let order = luz.order("A-1").await;
            (order["refunds"][0]["state"] == "failed").then_some(())
        })
        .await;
        let page = ana.visit("/orders/A-1").await.expect(200).text();
        assert!(page.contains("banco"), "{engine}: {page}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_card_is_swapped_on_stripes_page_and_is_what_is_charged_from_then_on() {
    for engine in ENGINES {
        let (site, luz, stripe) = shop(engine).await;
        let (mut ana, address) = subscribed(&site, &luz, &stripe).await;
        let page = ana.visit(&address).await.expect(200);
        let leading = ana.press(&form(&page, &address), &[]).await.expect(200);
        // No form leads to another site: a page of ours does, and only to the account's gateway.
        let policy = leading.header("content-security-policy").unwrap().to_owned();
        assert!(policy.contains("form-action 'self'"), "{engine}: {policy}");
        let leading = leading.text();
        let url = leading.split("href=\"http").nth(1).and_then(|rest| rest.split('"').next());
        let url = format!("http{}", url.unwrap_or_else(|| panic!("{engine}: {leading}")));
        assert!(url.starts_with(stripe.base_url()), "{engine}: {url}");

        let card = hosted(&stripe, "GET", &url, &[]).await.expect(200);
        let card = forms(&card.text()).into_iter().find(|form| form.fields.iter().any(|(name, _)| name == "number"));
        let card = card.expect("a form for a card");
        let typed: Vec<(String, String)> = card
            .fields
            .iter()
            .map(|(name, value)| {
                let typed = match name.as_str() {
                    "number" => "5555555555554444",
                    "expiry" | "exp" => "12/31",
                    "cvc" => "123",
                    _ => value,
                };
                (name.clone(), typed.to_owned())
            })
            .collect();
        let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let back = hosted(&stripe, "POST", &url, &typed).await;
        let back = back.header("location").unwrap_or_else(|| panic!("{engine}: {}", back.text())).to_owned();
        let page = ana.visit(&back).await.expect(200).text();
        assert!(page.contains("Mastercard final 4444"), "{engine}: {page}");
        let dump = site.db().await.dump().await.unwrap();
        assert!(dump.contains("4444") && !dump.contains("5555555555554444"), "{engine}");
        site.assert_sound().await;
    }
}
