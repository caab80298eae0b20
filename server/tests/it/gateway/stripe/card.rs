//! A buyer enters a card on Stripe's page, and it is charged afterwards.

use super::{Account, charge, page};
use portal::ports::{CardProgress, Cards, ChargeProgress, Charges, StoredCard};
use std::time::Duration;
use types::{DeclineReason, Method};

async fn typed(account: &Account, url: &str, number: &str) -> u16 {
    account.send(url, &[("number", number), ("expiry", "12/34"), ("cvc", "123"), ("name", "Ana")]).await.status
}

async fn stands(account: &Account, reference: &str) -> CardProgress {
    account.adapter.find_card(reference).await.unwrap()
}

#[tokio::test]
async fn a_card_that_was_typed_is_kept_and_can_be_charged() {
    let account = Account::open();
    let opened = account.adapter.begin_card(&page("update-1")).await.unwrap();
    assert_eq!(account.adapter.begin_card(&page("update-1")).await.unwrap(), opened, "the same page again");
    assert_eq!(stands(&account, &opened.reference).await, CardProgress::Open);
    assert_eq!(typed(&account, &opened.url, "4000000000009995").await, 402);
    let declined = CardProgress::Declined(DeclineReason::InsufficientFunds);
    assert_eq!(stands(&account, &opened.reference).await, declined, "another may be tried");
    assert_eq!(typed(&account, &opened.url, "5555555555554444").await, 303);
    let CardProgress::Saved(card) = stands(&account, &opened.reference).await else { panic!("saved") };
    assert_eq!(
        (card.brand.as_str(), card.last4.as_str(), card.exp_month, card.exp_year),
        ("mastercard", "4444", 12, 2034)
    );
    let card = StoredCard { token: Some(card.token), last4: card.last4, paid: None };
    let report = account.adapter.charge(&charge("in_1/1", Method::Card, Some(card))).await.unwrap();
    assert_eq!(report.state, ChargeProgress::Paid);
}

#[tokio::test]
async fn a_bank_that_asks_when_the_card_is_typed_does_not_ask_later() {
    let account = Account::open();
    let opened = account.adapter.begin_card(&page("update-1")).await.unwrap();
    assert_eq!(typed(&account, &opened.url, "4000002500003155").await, 303);
    assert_eq!(stands(&account, &opened.reference).await, CardProgress::Open, "the bank asks");
    let session = account.standin.object(&opened.reference).unwrap();
    let bank = format!("{}/3ds/{}", account.standin.base_url(), session["setup_intent"].as_str().unwrap());
    assert_eq!(account.send(&bank, &[("do", "confirm")]).await.status, 303);
    let CardProgress::Saved(card) = stands(&account, &opened.reference).await else { panic!("saved") };
    let card = StoredCard { token: Some(card.token), last4: card.last4, paid: None };
    let report = account.adapter.charge(&charge("in_1/1", Method::Card, Some(card))).await.unwrap();
    assert_eq!(report.state, ChargeProgress::Paid);
}

#[tokio::test]
async fn a_page_ends_and_one_that_never_was_is_over() {
    let account = Account::open();
    let opened = account.adapter.begin_card(&page("update-1")).await.unwrap();
    account.standin.forward(Duration::from_secs(25 * 3600)).await;
    assert_eq!(stands(&account, &opened.reference).await, CardProgress::Closed);
    assert_eq!(stands(&account, "cs_test_nobody").await, CardProgress::Closed);
    let next = account.adapter.begin_card(&page("update-2")).await.unwrap();
    assert_ne!(next.reference, opened.reference);
}

#[tokio::test]
async fn of_several_customers_with_one_address_ours_is_taken() {
    let account = Account::open();
    for _ in 0..3 {
        account.card("pm_card_visa").await;
    }
    let customer =
        |reference: &str| account.standin.object(reference).unwrap()["customer"].as_str().unwrap().to_owned();
    let first = account.adapter.begin_card(&page("update-1")).await.unwrap();
    account.card("pm_card_visa").await;
    let second = account.adapter.begin_card(&page("update-2")).await.unwrap();
    assert_eq!(customer(&first.reference), customer(&second.reference));
    assert_eq!(account.standin.all("customer").len(), 5, "four of the producer's and one of ours");
}
