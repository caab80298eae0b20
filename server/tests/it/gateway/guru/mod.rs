//! The adapter to Digital Manager Guru, against a stand-in that was written from what Guru documents.

mod check;
mod faults;
mod method;
mod plan;
mod races;
mod record;
mod refund;
mod subscription;

use super::{ItsClock, guard, guard_facing, kind};
use portal::ports::{GatewayError, PlanChange, RefundInstruction, SubscriptionInstruction};
use reqwest::{Method as Verb, Url};
use serde_json::Value;
use server::gateway::guru::{Guru, GuruAccount};
use server::guard::{Call, Guard};
use standin::fault::Fault;
use standin::guru::{Bought, Buyer, Guru as StandIn, Interval, Method as Pays, Offer};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use types::{Currency, Instant, Method, Money};

const TOKEN: &str = "user-token-of-luz";
const ACCOUNT: &str = "guru-account-token-for-tests-0000000000001";
const DAY: Duration = Duration::from_secs(86_400);
/// What the course, a month of the club, and a month of the dearer and the cheaper club cost.
const COURSE: i64 = 29_700;
const MONTH: i64 = 4_990;
const GOLD: i64 = 9_990;
const BASIC: i64 = 1_990;

/// An account at the stand-in, and the adapter that speaks for it.
struct Account {
    standin: StandIn,
    adapter: Guru,
    guard: Arc<Guard>,
}

impl Account {
    fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let standin = StandIn::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), TOKEN, ACCOUNT).unwrap();
        let mut month = Offer::plan("month", "Clube", MONTH, 1, Interval::Month);
        month.upgrades = vec!["gold".to_owned(), "year".to_owned()];
        month.downgrades = vec!["basic".to_owned()];
        standin.offer(month);
        standin.offer(Offer::plan("gold", "Clube Ouro", GOLD, 1, Interval::Month));
        standin.offer(Offer::plan("basic", "Clube Básico", BASIC, 1, Interval::Month));
        standin.offer(Offer::plan("year", "Clube Anual", 49_900, 1, Interval::Year));
        standin.offer(Offer::once("course", "Curso", COURSE));
        let guard = guard();
        let adapter = adapter(&standin.base_url(), &standin, TOKEN, guard.clone());
        Self { standin, adapter, guard }
    }

    /// An adapter that does not wait for long where there will be no answer.
    fn facing(&self, fault: Fault) -> Guru {
        let guard = guard_facing(fault, 1);
        adapter(&self.standin.base_url(), &self.standin, TOKEN, guard)
    }

    /// Ana buys.
    fn buy(&self, offer: &str, method: Pays) -> Bought {
        let text = str::to_owned;
        let (name, email) = (text("Ana Souza"), text("ana@example.com"));
        let buyer = Buyer { name, email, doc: text("529.982.247-25"), phone: text("11999990001") };
        self.standin.buy(&buyer, &[offer], method).unwrap()
    }

    /// Ana pays every month by card; the UUID of the subscription.
    fn subscribe(&self) -> String {
        self.buy("month", Pays::CreditCard).subscription.unwrap()
    }

    /// The subscription as Guru has it.
    fn now(&self, subscription: &str) -> Value {
        self.standin.subscription(subscription).unwrap()
    }

    /// The offer of its plan, and that of the next cycle.
    fn plans(&self, subscription: &str) -> (String, String) {
        let now = self.now(subscription);
        let id = |product: &str| now[product]["offer"]["id"].as_str().unwrap().to_owned();
        (id("product"), id("next_product"))
    }

    /// All amounts that were taken and not paid back, the oldest first.
    fn taken(&self) -> Vec<Value> {
        let all = self.standin.transactions();
        let paid = all.iter().filter(|one| one["status"] == "approved");
        paid.map(|one| one["payment"]["total"].clone()).collect()
    }

    /// How many transactions stand so.
    fn transactions(&self, status: &str) -> usize {
        self.standin.transactions().iter().filter(|one| one["status"] == status).count()
    }

    /// Another plan, counted from now.
    fn to(&self, offer: &str) -> PlanChange {
        PlanChange { offer: offer.to_owned(), counted_at: Instant::from_seconds(self.standin.clock().now()) }
    }

    /// A call of Guru's API beside the adapter: what a producer, or a page of Guru's, does.
    async fn api(&self, verb: Verb, path: &str, body: &Value) -> Value {
        let call = Call {
            method: verb,
            url: &Url::parse(&format!("{}{path}", self.standin.base_url())).unwrap(),
            headers: &[("authorization", &format!("Bearer {TOKEN}"))],
            body: Some(("application/json", body.to_string())),
            limit: 1_000_000,
        };
        let answer = self.guard.call(call).await.unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// A minute passes: Guru counts calls anew.
    fn next_minute(&self) {
        self.standin.clock().forward(Duration::from_secs(60));
    }
}

fn adapter(base_url: &str, standin: &StandIn, token: &str, guard: Arc<Guard>) -> Guru {
    let account = GuruAccount { base_url: base_url.to_owned(), user_token: token.to_owned() };
    Guru::new(guard, Arc::new(ItsClock(standin.clock())), account)
}

fn brl(amount: i64) -> Money {
    Money::new(amount, Currency::BRL)
}

fn told(key: &str, subscription: &str) -> SubscriptionInstruction {
    let (account, reference) = ("luz".to_owned(), subscription.to_owned());
    SubscriptionInstruction { key: key.to_owned(), account, reference }
}

/// So much back of what was charged.
fn refund(key: &str, reference: &str, charged: i64, amount: i64) -> RefundInstruction {
    RefundInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        charge_reference: reference.to_owned(),
        charge_total: brl(charged),
        method: Method::Card,
        card_last4: None,
        amount: brl(amount),
        payee: None,
    }
}

/// The words of a refusal.
fn refused<T: std::fmt::Debug>(outcome: Result<T, GatewayError>) -> String {
    match outcome {
        Err(GatewayError::Refused(refusal)) => refusal.to_string(),
        other => panic!("refused: {other:?}"),
    }
}
