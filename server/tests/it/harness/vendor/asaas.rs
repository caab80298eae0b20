//! Asaas: cards, in parts too, boletos and Pix, and subscriptions that it charges by its own calendar.

use super::{Bought, Calls, PLANS, Sale, Vendor};
use crate::harness::http::{Request, call};
use serde_json::{Number, Value, json};
use standin::asaas::Asaas;
use standin::fault::Faults;
use standin::hooks::{Hooks, Trouble};
use std::net::SocketAddr;
use std::time::Duration;
use types::{IntervalUnit, Method, SubscriptionStatus};

const TOKEN: &str = "$aact_hmlg_of_histories_0000000000";
const SECRET: &str = "a-secret-of-histories-0000000000";
/// What took money, even if it went back since.
const PAID: [&str; 6] =
    ["CONFIRMED", "RECEIVED", "RECEIVED_IN_CASH", "REFUND_REQUESTED", "REFUND_IN_PROGRESS", "REFUNDED"];

impl Vendor for Asaas {
    const KIND: &'static str = "asaas";
    const METHODS: &'static [Method] = &[Method::Card, Method::Card, Method::Pix, Method::Boleto];
    const REFUND: Calls = &[("POST", "/refund"), ("POST", "/refund"), ("GET", "/refunds")];
    const COURSE: Calls = &[
        ("PUT", "/subscriptions"),
        ("PUT", "/subscriptions"),
        ("DELETE", "/subscriptions"),
        ("DELETE", "/payments"),
        ("GET", "/payments"),
        ("GET", "/subscriptions"),
    ];
    const TROUBLES: &'static [Trouble] =
        &[Trouble::None, Trouble::None, Trouble::Lost, Trouble::Twice, Trouble::Held, Trouble::Reversed];

    fn start() -> Self {
        let asaas = Asaas::start(SocketAddr::from(([127, 0, 0, 1], 0)), TOKEN).unwrap();
        asaas.set_balance(1_000_000_000);
        asaas
    }

    fn now(&self) -> i64 {
        self.clock().now()
    }

    fn faults(&self) -> Faults {
        self.faults()
    }

    fn hooks(&self) -> Hooks {
        self.hooks()
    }

    fn secrets(&self) -> Vec<(&'static str, String)> {
        vec![("access_token", TOKEN.to_owned()), ("base_url", self.base_url())]
    }

    async fn tell(&self, url: &str) -> Option<String> {
        let hook = json!({"name": "Aftersale", "url": url, "enabled": true, "authToken": SECRET,
            "sendType": "SEQUENTIALLY", "events": server::gateway::asaas::webhook::EVENTS});
        ask(self, "/webhooks", &hook).await;
        Some(SECRET.to_owned())
    }

    async fn buy(&self, sale: &Sale) -> Bought {
        let customer = json!({"name": "Ana Souza", "cpfCnpj": "52998224725", "email": sale.who});
        let customer = text(&ask(self, "/customers", &customer).await, "id");
        let mut body = json!({"customer": customer, "billingType": kind(sale.method)});
        if sale.method == Method::Card {
            body["creditCard"] = json!({"holderName": "ANA SOUZA", "number": "4242424242424242", "expiryMonth": "12",
                "expiryYear": "2099", "ccv": "123"});
            body["remoteIp"] = json!("203.0.113.7");
        }
        let reference = match sale.plan {
            Some(at) => subscribe(self, body, at).await,
            None => pay_once(self, body, sale).await,
        };
        let bought = Bought { code: format!("T-{}", sale.number), who: sale.who.clone(), customer, reference };
        Vendor::pay(self, &bought).await;
        bought
    }

    async fn forward(&self, by: Duration) {
        self.forward(by).await;
    }

    async fn pay(&self, bought: &Bought) {
        for payment in of(self, bought) {
            let (id, is_card) = (text(&payment, "id"), payment["billingType"] == "CREDIT_CARD");
            match payment["status"].as_str().unwrap() {
                "PENDING" | "OVERDUE" if !is_card && is_due(self, &payment) => drop(self.pay(&id).unwrap()),
                "REFUND_REQUESTED" => name_account(self, &id).await,
                _ => {}
            }
        }
    }

    async fn pay_back(&self, bought: &Bought, is_whole: bool) {
        let left = |payment: &Value| centavos(&payment["value"]) - back_of(self, payment);
        let is_free = |payment: &Value| matches!(payment["status"].as_str(), Some("CONFIRMED" | "RECEIVED"));
        let Some(payment) = of(self, bought).into_iter().rev().find(|one| is_free(one) && left(one) > 1) else {
            return;
        };
        let id = text(&payment, "id");
        if payment["billingType"] == "BOLETO" {
            ask(self, &format!("/payments/{id}/bankSlip/refund"), &json!({})).await;
            return name_account(self, &id).await;
        }
        let amount = if is_whole { left(&payment) } else { left(&payment) / 2 };
        ask(self, &format!("/payments/{id}/refund"), &json!({"value": decimal(amount)})).await;
    }

    fn decline(&self) {
        self.decline_next("invalid_action");
    }

    fn kept(&self, bought: &Bought) -> i64 {
        let paid = of(self, bought).into_iter().filter(|one| PAID.contains(&one["status"].as_str().unwrap()));
        paid.map(|payment| centavos(&payment["value"]) - back_of(self, &payment)).sum()
    }

    fn back(&self, bought: &Bought) -> i64 {
        of(self, bought).iter().map(|payment| back_of(self, payment)).sum()
    }

    fn stands(&self, bought: &Bought) -> SubscriptionStatus {
        let subscription = self.subscription(&bought.reference).unwrap();
        let owes = || of(self, bought).iter().any(|payment| payment["status"] == "OVERDUE");
        match subscription["status"].as_str().unwrap() {
            _ if subscription["deleted"] == true => SubscriptionStatus::Ended,
            "EXPIRED" => SubscriptionStatus::Ended,
            "INACTIVE" => SubscriptionStatus::Ending,
            _ if owes() => SubscriptionStatus::PastDue,
            _ => SubscriptionStatus::Active,
        }
    }
}

fn kind(method: Method) -> &'static str {
    match method {
        Method::Pix => "PIX",
        Method::Boleto => "BOLETO",
        _ => "CREDIT_CARD",
    }
}

async fn subscribe(asaas: &Asaas, mut body: Value, at: usize) -> String {
    let plan = &PLANS[at];
    body["cycle"] = match plan.interval {
        (IntervalUnit::Year, _) => json!("YEARLY"),
        (_, 3) => json!("QUARTERLY"),
        _ => json!("MONTHLY"),
    };
    (body["value"], body["nextDueDate"]) = (decimal(plan.price), json!(today(asaas)));
    text(&ask(asaas, "/subscriptions", &body).await, "id")
}

async fn pay_once(asaas: &Asaas, mut body: Value, sale: &Sale) -> String {
    (body["value"], body["dueDate"]) = (decimal(sale.total()), json!(today(asaas)));
    if sale.parts > 1 {
        (body["installmentCount"], body["totalValue"]) = (json!(sale.parts), body["value"].take());
    }
    text(&ask(asaas, "/payments", &body).await, "id")
}

/// Its payments, the oldest first; removed ones are not among them.
fn of(asaas: &Asaas, bought: &Bought) -> Vec<Value> {
    let of_buyer = |payment: &Value| payment["customer"] == *bought.customer && payment["deleted"] != true;
    asaas.payments().into_iter().filter(of_buyer).collect()
}

fn back_of(asaas: &Asaas, payment: &Value) -> i64 {
    let refunds = asaas.refunds(payment["id"].as_str().unwrap()).into_iter();
    refunds.filter(|refund| refund["status"] != "CANCELLED").map(|refund| centavos(&refund["value"])).sum()
}

/// The buyer of a boleto names an account.
async fn name_account(asaas: &Asaas, payment: &str) {
    let path = format!("/solicitar-estorno/{}", payment.trim_start_matches("pay_"));
    let account = ["bank", "agency", "account"].map(|name| (name.to_owned(), "1".to_owned()));
    call(address(asaas), &Request::new("POST", &path).form(&account)).await.unwrap();
}

/// A call of the producer's own.
async fn ask(asaas: &Asaas, path: &str, body: &Value) -> Value {
    let request = Request::new("POST", &format!("/v3{path}")).json(body).with("access_token", TOKEN);
    call(address(asaas), &request.with("user-agent", "Loja")).await.unwrap().expect(200).json()
}

fn address(asaas: &Asaas) -> SocketAddr {
    asaas.base_url().trim_start_matches("http://").trim_end_matches("/v3").parse().unwrap()
}

fn today(asaas: &Asaas) -> String {
    let zone = jiff::tz::TimeZone::get("America/Sao_Paulo").unwrap();
    jiff::Timestamp::from_second(asaas.clock().now()).unwrap().to_zoned_datetime(zone).date().to_string()
}

fn is_due(asaas: &Asaas, payment: &Value) -> bool {
    payment["dueDate"].as_str().unwrap() <= &*today(asaas)
}

fn decimal(centavos: i64) -> Value {
    format!("{}.{:02}", centavos / 100, centavos % 100).parse::<Number>().unwrap().into()
}

fn centavos(value: &Value) -> i64 {
    (value.as_f64().unwrap() * 100.0).round() as i64
}

fn text(of: &Value, name: &str) -> String {
    of[name].as_str().unwrap_or_else(|| panic!("{name} of {of}")).to_owned()
}
