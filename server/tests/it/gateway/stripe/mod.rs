//! The adapter to Stripe, against a stand-in that was written from what Stripe documents.

mod card;
mod charge;
mod check;
mod faults;
mod localstripe;
mod plan;
mod refund;
mod slip;
mod subscriber;
mod subscription;
mod trial;
mod webhook;

use super::{ItsClock, guard, guard_facing, kind};
use portal::ports::{
    CardInstruction, ChargeInstruction, ChargeProgress, ChargeReport, Charges, Payer, RefundInstruction, StoredCard,
};
use reqwest::{Method as Verb, Url};
use serde_json::Value;
use server::gateway::stripe::{Stripe, StripeAccount};
use server::guard::{Answer, Call, Guard};
use standin::fault::Fault;
use standin::stripe::Stripe as StandIn;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use types::{Currency, Line, Method, Money, PostalAddress, TaxId};

const KEY: &str = "sk_test_aftersale";
const EMAIL: &str = "ana@example.com";
/// What is charged in these stories.
const PRICE: i64 = 9_990;

/// An account at the stand-in, and the adapter that speaks for it.
struct Account {
    standin: StandIn,
    adapter: Stripe,
    guard: Arc<Guard>,
}

impl Account {
    fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let standin = StandIn::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), KEY).unwrap();
        let guard = guard();
        let adapter = adapter(&standin, KEY, guard.clone());
        Self { standin, adapter, guard }
    }

    /// An adapter that does not wait for long where there will be no answer.
    fn facing(&self, fault: Fault) -> Stripe {
        adapter(&self.standin, KEY, guard_facing(fault, 1))
    }

    /// A call of Stripe's API beside the adapter: what a producer, or a checkout, does.
    async fn api(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let answer = self.send(&format!("{}{path}", self.standin.base_url()), form).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// Sends a form, of the API or of a page.
    async fn send(&self, url: &str, form: &[(&str, &str)]) -> Answer {
        let mut encoded = Url::parse("http://form/").unwrap();
        encoded.query_pairs_mut().extend_pairs(form);
        let body = encoded.query().unwrap_or_default().to_owned();
        let authorization = format!("Bearer {KEY}");
        let call = Call {
            method: Verb::POST,
            url: &Url::parse(url).unwrap(),
            headers: &[("authorization", &authorization)],
            body: Some(("application/x-www-form-urlencoded", body)),
            limit: 1_000_000,
        };
        self.guard.call(call).await.unwrap()
    }

    /// A customer of the producer, with one of Stripe's test cards; its name at Stripe.
    async fn card(&self, test_card: &str) -> StoredCard {
        let customer = self.api("/v1/customers", &[("email", EMAIL)]).await;
        let path = format!("/v1/payment_methods/{test_card}/attach");
        let kept = self.api(&path, &[("customer", customer["id"].as_str().unwrap())]).await;
        let token = kept["id"].as_str().map(str::to_owned);
        StoredCard { token, last4: kept["card"]["last4"].as_str().unwrap().to_owned(), paid: None }
    }

    /// A payment by a good card, or by another one.
    async fn paid(&self, key: &str, test_card: &str) -> String {
        let card = self.card(test_card).await;
        let report = self.adapter.charge(&charge(key, Method::Card, Some(card))).await.unwrap();
        assert_eq!(report.state, ChargeProgress::Paid);
        report.reference
    }

    async fn found(&self, key: &str) -> Option<ChargeProgress> {
        self.adapter.find_charge(key).await.unwrap().map(|report| report.state)
    }

    /// All payments with this key.
    fn payments(&self, key: &str) -> usize {
        let payments = self.standin.payment_intents();
        payments.iter().filter(|one| one["metadata"]["aftersale_key"] == key).count()
    }
}

fn adapter(standin: &StandIn, key: &str, guard: Arc<Guard>) -> Stripe {
    let account =
        StripeAccount { base_url: standin.base_url().to_owned(), secret_key: key.to_owned(), prices: BTreeMap::new() };
    Stripe::new(guard, Arc::new(ItsClock(standin.clock().clone())), account)
}

fn brl(amount: i64) -> Money {
    Money::new(amount, Currency::BRL)
}

fn charge(key: &str, method: Method, card: Option<StoredCard>) -> ChargeInstruction {
    ChargeInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        amount: brl(PRICE),
        method,
        card,
        installments: 1,
        pay_until: None,
        email: EMAIL.to_owned(),
        payer: Some(ana()),
        description: "Luz: Clube".to_owned(),
        return_url: "https://portal.example/back".to_owned(),
    }
}

fn ana() -> Payer {
    let line = |text: &str| Line::parse(text).ok();
    let address = PostalAddress {
        street: line("Rua das Flores"),
        number: line("120"),
        city: line("São Paulo"),
        state: line("SP"),
        postal_code: line("01001-000"),
        ..PostalAddress::default()
    };
    Payer { name: "Ana Souza".to_owned(), tax_id: TaxId::parse("52998224725").ok(), address }
}

fn refund(key: &str, reference: &str, amount: i64) -> RefundInstruction {
    RefundInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        charge_reference: reference.to_owned(),
        charge_total: brl(PRICE),
        method: Method::Card,
        card_last4: None,
        amount: brl(amount),
        payee: None,
    }
}

fn page(key: &str) -> CardInstruction {
    CardInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        email: EMAIL.to_owned(),
        return_url: "https://portal.example/card".to_owned(),
        subscription: None,
    }
}

fn url_of(report: &ChargeReport) -> String {
    match &report.state {
        ChargeProgress::ActionRequired { url } | ChargeProgress::Waiting { url, .. } => url.clone(),
        state => panic!("nothing to do: {state:?}"),
    }
}
