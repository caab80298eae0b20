//! The adapter against localstripe, a stand-in of Stripe that others wrote, from an older version of Stripe's API: what
//! it can do of what is done at Stripe from here. It knows no prices, pages, boletos, Pix or keys, and refuses a
//! parameter that it does not know; docs/gateways/stripe.md says what that leaves out.

use super::webhook::listen;
use super::{KEY, PRICE, brl, charge, guard, kind, page, refund};
use crate::harness::foreign_programs;
use crate::harness::http::{Request, call};
use crate::harness::site::{eventually, free_address};
use portal::ports::{
    CancelAt, Cards, Charges, Clock, RefundProgress, Refunds, StoredCard, SubscriptionInstruction, Subscriptions,
};
use serde_json::Value;
use server::clock::SystemClock;
use server::gateway::stripe::webhook::{self, About, Reject};
use server::gateway::stripe::{Stripe, StripeAccount};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use tokio::process::{Child, Command};
use types::Method;

/// A running localstripe with a customer who has a good card, and the adapter that speaks for its account.
struct LocalStripe {
    address: SocketAddr,
    adapter: Stripe,
    customer: String,
    card: String,
    _process: Child,
}

impl LocalStripe {
    /// None where it cannot be installed, which is said.
    async fn start() -> Option<Self> {
        let python = foreign_programs::python("localstripe")?;
        let _ = rustls::crypto::ring::default_provider().install_default();
        let address = free_address();
        let process = process(&python, address);
        let account = StripeAccount {
            base_url: format!("http://{address}"),
            secret_key: KEY.to_owned(),
            prices: BTreeMap::new(),
        };
        let adapter = Stripe::new(guard(), Arc::new(SystemClock), account);
        let is_there = async || call(address, &Request::new("GET", "/v1/customers")).await.ok();
        eventually("localstripe to answer", is_there).await;
        let card = [("type", "card"), ("card[number]", "4242424242424242"), ("card[exp_month]", "12")];
        let card = [&card[..], &[("card[exp_year]", "2040"), ("card[cvc]", "123")]].concat();
        let customer = id(&ask(address, "/v1/customers", &[("email", "ana@example.com")]).await);
        let card = id(&ask(address, "/v1/payment_methods", &card).await);
        ask(address, &format!("/v1/payment_methods/{card}/attach"), &[("customer", &customer)]).await;
        Some(Self { address, adapter, customer, card, _process: process })
    }

    async fn ask(&self, path: &str, fields: &[(&str, &str)]) -> Value {
        ask(self.address, path, fields).await
    }

    async fn object(&self, path: &str) -> Value {
        let request = Request::new("GET", path).with("authorization", format!("Bearer {KEY}"));
        call(self.address, &request).await.unwrap().expect(200).json()
    }

    /// A payment that the producer's own shop took.
    async fn paid(&self) -> Value {
        let amount = PRICE.to_string();
        let fields = [("amount", amount.as_str()), ("currency", "brl"), ("confirm", "true"), ("off_session", "true")];
        let payer = [("customer", self.customer.as_str()), ("payment_method", self.card.as_str())];
        self.ask("/v1/payment_intents", &[&fields[..], &payer].concat()).await
    }

    /// A month that localstripe charges.
    async fn subscribed(&self) -> SubscriptionInstruction {
        let plan = [("id", "clube"), ("amount", "4990"), ("currency", "brl"), ("interval", "month")];
        self.ask("/v1/plans", &[&plan[..], &[("product[name]", "Clube")]].concat()).await;
        let default = [("invoice_settings[default_payment_method]", self.card.as_str())];
        self.ask(&format!("/v1/customers/{}", self.customer), &default).await;
        let wish = [("customer", self.customer.as_str()), ("items[0][plan]", "clube")];
        let reference = id(&self.ask("/v1/subscriptions", &wish).await);
        SubscriptionInstruction { key: "end".to_owned(), account: "luz".to_owned(), reference }
    }
}

/// Starts it with books that nobody else has: by itself it keeps them in a file that is the same for all.
const START: &str = "from localstripe import resources; resources.Store.dump_to_disk = lambda books: None; \
    from localstripe.server import start; start()";

fn process(python: &Path, address: SocketAddr) -> Child {
    let port = address.port().to_string();
    let mut command = Command::new(python);
    command.args(["-c", START, "--from-scratch", "--port", &port]).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn().unwrap()
}

/// A call of the producer's own shop, beside the adapter.
async fn ask(address: SocketAddr, path: &str, fields: &[(&str, &str)]) -> Value {
    let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = Request::new("POST", path).with("authorization", format!("Bearer {KEY}")).form(&fields);
    let answer = call(address, &request).await.unwrap();
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    serde_json::from_str(&answer.text()).unwrap_or_default()
}

fn id(of: &Value) -> String {
    of["id"].as_str().unwrap_or_else(|| panic!("an id: {of}")).to_owned()
}

#[tokio::test]
async fn money_goes_back_at_localstripe_and_is_found_by_its_key() {
    let Some(local) = LocalStripe::start().await else { return };
    let paid = local.paid().await;
    let (payment, charged) = (id(&paid), id(&paid["latest_charge"]));
    // By the payment, and by its charge.
    for (key, reference, amount) in [("part", &payment, 4_000), ("rest", &charged, PRICE - 4_000)] {
        let wish = refund(key, reference, amount);
        assert_eq!(local.adapter.find_refund(&wish).await.unwrap(), None);
        let report = local.adapter.refund(&wish).await.unwrap();
        assert_eq!(report.state, RefundProgress::Succeeded);
        assert_eq!(local.adapter.find_refund(&wish).await.unwrap(), Some(report));
    }
    assert_eq!(local.object(&format!("/v1/charges/{charged}")).await["amount_refunded"], PRICE);
    let listed = local.adapter.list(&payment, brl(PRICE)).await.unwrap().unwrap();
    assert!(listed.iter().all(|one| one.key.is_some()), "{listed:?}");
}

#[tokio::test]
async fn what_the_producer_pays_back_at_localstripe_is_listed() {
    let Some(local) = LocalStripe::start().await else { return };
    let payment = id(&local.paid().await);
    let theirs = id(&local.ask("/v1/refunds", &[("payment_intent", &payment), ("amount", "1500")]).await);
    local.adapter.refund(&refund("ours", &payment, 500)).await.unwrap();
    let listed = local.adapter.list(&payment, brl(PRICE)).await.unwrap().unwrap();
    let theirs_only: Vec<_> = listed.iter().filter(|one| one.key.is_none()).collect();
    let [one] = theirs_only.as_slice() else { panic!("{listed:?}") };
    assert_eq!((&one.reference, one.amount), (&theirs, brl(1_500)));
}

#[tokio::test]
async fn a_subscription_at_localstripe_ends_with_its_period_or_goes_on() {
    let Some(local) = LocalStripe::start().await else { return };
    let club = local.subscribed().await;
    let path = format!("/v1/subscriptions/{}", club.reference);
    local.adapter.cancel(&club, CancelAt::PeriodEnd).await.unwrap();
    assert_eq!(local.object(&path).await["cancel_at_period_end"], true);
    local.adapter.undo_cancel(&club).await.unwrap();
    assert_eq!(local.object(&path).await["cancel_at_period_end"], false);
    // It ends, and what may be open is asked for in a way that localstripe answers with an error of its own.
    assert_eq!(kind(&local.adapter.cancel(&club, CancelAt::Now).await), "unknown");
    assert_eq!(local.object(&path).await["status"], "canceled");
}

#[tokio::test]
async fn webhooks_that_localstripe_signs_are_verified() {
    let Some(local) = LocalStripe::start().await else { return };
    let (url, heard) = listen().await;
    local.ask("/_config/webhooks/portal", &[("url", &url), ("secret", "whsec_of_localstripe")]).await;
    let payment = id(&local.paid().await);
    let told = eventually("a webhook of the payment", async || {
        let heard = heard.lock().unwrap().clone();
        heard.into_iter().find(|(_, body)| String::from_utf8_lossy(body).contains("payment_intent.succeeded"))
    });
    let (signature, body) = told.await;
    let now = SystemClock.now();
    assert_eq!(webhook::verify(&["whsec_other", "whsec_of_localstripe"], &signature, &body, now), Ok(()));
    assert_eq!(webhook::verify(&["whsec_other"], &signature, &body, now), Err(Reject::WrongSignature));
    let event = webhook::read(&body).unwrap();
    assert!(matches!(event.about, About::Payment { reference, .. } if reference == payment));
}

/// Nobody is left to guess: what localstripe does not know is refused or not reached, and nothing is done.
#[tokio::test]
async fn what_localstripe_does_not_know_is_not_thought_done() {
    let Some(local) = LocalStripe::start().await else { return };
    let card = StoredCard { token: Some(local.card.clone()), last4: "4242".to_owned(), paid: None };
    assert_eq!(kind(&local.adapter.charge(&charge("c1", Method::Card, Some(card))).await), "refused");
    assert_eq!(kind(&local.adapter.charge(&charge("c2", Method::Pix, None)).await), "refused");
    assert_eq!(local.object("/v1/payment_intents").await["data"], Value::Array(Vec::new()));
    assert_eq!(kind(&local.adapter.begin_card(&page("p1")).await), "unavailable");
    let club = local.subscribed().await;
    assert_eq!(kind(&local.adapter.read(&club.reference).await), "unavailable");
}
