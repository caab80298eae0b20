//! What the stand-in reports is Stripe's word and names what to look at.

use super::{Account, PRICE, charge, page, refund};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::post;
use portal::ports::{Cards, ChargeProgress, Charges, RefundProgress, Refunds};
use server::gateway::stripe::webhook::{self, About, Event, Reject};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use types::{Instant, Method};

pub(super) type Heard = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

/// Hears webhooks; its address, and what it heard.
pub(super) async fn listen() -> (String, Heard) {
    let heard = Heard::default();
    let take = |State(heard): State<Heard>, headers: HeaderMap, body: Bytes| async move {
        let signature = headers[webhook::SIGNATURE].to_str().unwrap().to_owned();
        heard.lock().unwrap().push((signature, body.to_vec()));
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hooks/stripe/1", listener.local_addr().unwrap());
    let router = Router::new().route("/hooks/stripe/{id}", post(take)).with_state(heard.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, heard)
}

/// What was heard since, each with a right signature.
async fn events(account: &Account, secrets: &[&str], heard: &Heard) -> Vec<Event> {
    account.standin.hooks().settle().await;
    let now = Instant::from_seconds(account.standin.clock().now());
    let heard = std::mem::take(&mut *heard.lock().unwrap());
    let read = |(signature, body): (String, Vec<u8>)| {
        assert_eq!(webhook::verify(secrets, &signature, &body, now), Ok(()));
        assert_eq!(webhook::verify(&["whsec_other"], &signature, &body, now), Err(Reject::WrongSignature));
        webhook::read(&body).unwrap()
    };
    heard.into_iter().map(read).collect()
}

#[tokio::test]
async fn payments_refunds_pages_and_disputes_are_told_of() {
    let account = Account::open();
    let (url, heard) = listen().await;
    let secret = account.adapter.register_webhook(&url).await.unwrap();
    let payment = account.paid("in_1/1", "pm_card_visa").await;
    let told = events(&account, &[&secret], &heard).await;
    let is_paid = |about: &About| {
        matches!(about, About::Payment { reference, key: Some(key), progress: Some(ChargeProgress::Paid) }
            if *reference == payment && key == "in_1/1")
    };
    assert!(told.iter().any(|event| event.kind == "payment_intent.succeeded" && is_paid(&event.about)), "{told:?}");
    assert!(told.iter().all(|event| !event.is_live && event.about != About::Other), "{told:?}");

    account.adapter.refund(&refund("part", &payment, 100)).await.unwrap();
    let told = events(&account, &[&secret], &heard).await;
    let is_back = |about: &About| {
        matches!(about, About::Refund { key: Some(key), payment: Some(of), progress: RefundProgress::Succeeded, .. }
            if key == "part" && *of == payment)
    };
    assert!(told.iter().any(|event| is_back(&event.about)), "{told:?}");

    let charge = account.standin.object(&payment).unwrap()["latest_charge"].as_str().unwrap().to_owned();
    let dispute = account.standin.dispute(&charge).unwrap();
    account.standin.close_dispute(&dispute, false);
    let told = events(&account, &[&secret], &heard).await;
    let lost = About::Dispute { charge: Some(charge), payment: Some(payment), is_won: Some(false) };
    assert!(told.iter().any(|event| event.about == lost), "{told:?}");

    let opened = account.adapter.begin_card(&page("update-1")).await.unwrap();
    let typed = [("number", "4242424242424242"), ("expiry", "12/34"), ("cvc", "123"), ("name", "Ana")];
    account.send(&opened.url, &typed).await;
    let told = events(&account, &[&secret], &heard).await;
    let about = About::Page { reference: opened.reference, key: Some("update-1".to_owned()) };
    assert!(told.iter().any(|event| event.about == about), "{told:?}");
}

#[tokio::test]
async fn a_slip_that_waits_and_one_that_expires_are_told_of() {
    let account = Account::open();
    let (url, heard) = listen().await;
    let secret = account.adapter.register_webhook(&url).await.unwrap();
    account.adapter.charge(&charge("in_1/1", Method::Pix, None)).await.unwrap();
    let told = events(&account, &[&secret], &heard).await;
    let waits = |about: &About| matches!(about, About::Payment { progress: Some(ChargeProgress::Waiting { .. }), .. });
    assert!(told.iter().any(|event| waits(&event.about)), "{told:?}");
    account.standin.forward(Duration::from_secs(2 * 86_400)).await;
    account.standin.hooks().settle().await;
    let last = heard.lock().unwrap().last().cloned().unwrap();
    let About::Payment { progress: Some(ChargeProgress::Declined(_)), .. } = webhook::read(&last.1).unwrap().about
    else {
        panic!("expired")
    };
}

#[tokio::test]
async fn what_stripe_bills_by_itself_names_its_subscription() {
    let account = Account::open();
    let (url, heard) = listen().await;
    let secret = account.adapter.register_webhook(&url).await.unwrap();
    let reference = account.subscriber(&[]).await.reference;
    let told = events(&account, &[&secret], &heard).await;
    let is_its = |about: &About| matches!(about, About::Invoice { subscription: Some(of), .. } if *of == reference);
    assert!(told.iter().any(|event| event.kind == "invoice.paid" && is_its(&event.about)), "{told:?}");
    assert!(told.iter().any(|event| event.about == About::Subscription { reference: reference.clone() }), "{told:?}");
}

#[tokio::test]
async fn while_a_secret_is_changed_either_fits_and_a_new_endpoint_takes_the_place_of_the_old() {
    let account = Account::open();
    let (url, heard) = listen().await;
    let first = account.adapter.register_webhook(&url).await.unwrap();
    let second = account.adapter.register_webhook(&url).await.unwrap();
    assert_ne!(first, second);
    let endpoints = account.standin.all("webhook_endpoint");
    assert_eq!(endpoints.len(), 1, "{endpoints:?}");
    let third = account.standin.roll_secret(endpoints[0]["id"].as_str().unwrap(), Duration::from_secs(3600)).unwrap();
    account.paid("in_1/1", "pm_card_visa").await;
    account.standin.hooks().settle().await;
    let (signature, body) = heard.lock().unwrap().last().cloned().unwrap();
    let now = Instant::from_seconds(account.standin.clock().now());
    for (secrets, is_right) in [([&*second, ""], true), (["whsec_x", &*third], true), ([&*first, ""], false)] {
        assert_eq!(webhook::verify(&secrets, &signature, &body, now).is_ok(), is_right);
    }
    let refunded = account.adapter.refund(&refund("part", "pi_nobody", PRICE)).await;
    assert!(refunded.is_err());
}
