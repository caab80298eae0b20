//! The adapter to Asaas, against a stand-in that was written from what Asaas documents: subscriptions of Asaas' own.
//! The rest of it is told in the stories of orders that were paid there.

mod faults;
mod record;
mod refund;
mod subscription;

use super::{ItsClock, guard, guard_facing, kind};
use portal::ports::SubscriptionInstruction;
use reqwest::{Method as Verb, Url};
use serde_json::{Value, json};
use server::gateway::asaas::{Asaas, AsaasAccount};
use server::guard::{Call, Guard};
use standin::asaas::Asaas as StandIn;
use standin::fault::Fault;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

const TOKEN: &str = "$aact_hmlg_of_luz_0000000000000000";
/// What a month costs in these stories.
const PRICE: i64 = 4_990;
const DAY: Duration = Duration::from_secs(86_400);

/// An account at the stand-in, and the adapter that speaks for it.
struct Account {
    standin: StandIn,
    adapter: Asaas,
    guard: Arc<Guard>,
}

/// Somebody who pays every month, from today on.
struct Subscriber {
    reference: String,
}

impl Subscriber {
    fn told(&self, key: &str) -> SubscriptionInstruction {
        let (account, reference) = ("luz".to_owned(), self.reference.clone());
        SubscriptionInstruction { key: key.to_owned(), account, reference }
    }
}

impl Account {
    fn open() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let standin = StandIn::start(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), TOKEN).unwrap();
        let guard = guard();
        let adapter = adapter(&standin, guard.clone());
        Self { standin, adapter, guard }
    }

    /// An adapter that does not wait for long where there will be no answer.
    fn facing(&self, fault: Fault) -> Asaas {
        adapter(&self.standin, guard_facing(fault, 4))
    }

    /// A call of Asaas' API beside the adapter: what the producer's own shop does.
    async fn api(&self, path: &str, body: &Value) -> Value {
        let call = Call {
            method: Verb::POST,
            url: &Url::parse(&format!("{}{path}", self.standin.base_url())).unwrap(),
            headers: &[("access_token", TOKEN), ("user-agent", "Loja da Luz")],
            body: Some(("application/json", body.to_string())),
            limit: 1_000_000,
        };
        let answer = self.guard.call(call).await.unwrap();
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// So many days from now, as Asaas writes it.
    fn day(&self, ahead: i64) -> String {
        let zone = jiff::tz::TimeZone::get("America/Sao_Paulo").unwrap();
        let now = jiff::Timestamp::from_second(self.standin.clock().now()).unwrap();
        let today = now.to_zoned_datetime(zone).date();
        today.checked_add(jiff::Span::new().days(ahead)).unwrap().to_string()
    }

    /// Somebody who pays every month in this way, whose first payment is due after so many days.
    async fn subscribed(&self, billing: &str, first: i64) -> Subscriber {
        self.begin(billing, first, "MONTHLY").await
    }

    /// Somebody who pays every week, with a first payment that is paid and several that wait.
    async fn subscribed_weekly(&self) -> Subscriber {
        let subscriber = self.begin("PIX", 0, "WEEKLY").await;
        self.standin.pay(self.payments(&subscriber, "PENDING")[0]["id"].as_str().unwrap()).unwrap();
        self.standin.forward(DAY).await;
        subscriber
    }

    async fn begin(&self, billing: &str, first: i64, cycle: &str) -> Subscriber {
        let ana = json!({"name": "Ana Souza", "cpfCnpj": "52998224725", "email": "ana@example.com"});
        let customer = self.api("/customers", &ana).await["id"].clone();
        let mut body = json!({"customer": customer, "billingType": billing, "value": 49.9, "cycle": cycle,
            "nextDueDate": self.day(first)});
        if billing == "CREDIT_CARD" {
            body["creditCard"] = json!({"holderName": "ANA SOUZA", "number": "4242424242424242", "expiryMonth": "12",
                "expiryYear": "2099", "ccv": "123"});
            body["remoteIp"] = json!("203.0.113.7");
        }
        let reference = self.api("/subscriptions", &body).await["id"].as_str().unwrap().to_owned();
        Subscriber { reference }
    }

    /// Somebody whose first month is paid, and whose second is to be paid in a month.
    async fn subscriber(&self, billing: &str) -> Subscriber {
        let subscriber = self.subscribed(billing, 0).await;
        if billing != "CREDIT_CARD" {
            self.standin.pay(self.payments(&subscriber, "PENDING")[0]["id"].as_str().unwrap()).unwrap();
        }
        self.standin.forward(DAY).await;
        assert_eq!((self.paid(&subscriber), self.payments(&subscriber, "PENDING").len()), (1, 1));
        subscriber
    }

    /// The subscription as Asaas has it.
    fn now(&self, subscriber: &Subscriber) -> Value {
        self.standin.subscription(&subscriber.reference).unwrap()
    }

    /// Its payments that stand so and were not removed, the oldest first.
    fn payments(&self, subscriber: &Subscriber, status: &str) -> Vec<Value> {
        let all = self.standin.payments().into_iter().filter(|one| one["subscription"] == *subscriber.reference);
        all.filter(|one| one["deleted"] == false && one["status"] == status).collect()
    }

    /// How many payments of it were paid.
    fn paid(&self, subscriber: &Subscriber) -> usize {
        ["CONFIRMED", "RECEIVED"].iter().map(|status| self.payments(subscriber, status).len()).sum()
    }
}

fn adapter(standin: &StandIn, guard: Arc<Guard>) -> Asaas {
    let account = AsaasAccount { base_url: standin.base_url(), access_token: TOKEN.to_owned() };
    Asaas::new(guard, Arc::new(ItsClock(standin.clock())), account)
}
