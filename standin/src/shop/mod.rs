//! A producer's own shop: it sells at the stand-in, and tells the portal of it by the portal's API.

pub(crate) mod asaas;
mod caller;
pub(crate) mod guru;
pub(crate) mod stripe;

use anyhow::ensure;
use caller::Caller;
use jiff::{SignedDuration, Timestamp, Unit};
use reqwest::Url;
use serde_json::{Value, json};
use std::time::Duration;

/// What the portal calls the account, where an order names no other.
const ACCOUNT: &str = "loja";

/// How long the portal is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the demo sells, by its codes: name and price in centavos.
const COURSE: (&str, &str, i64) = ("fotografia", "Fotografia de Retrato: do Zero ao Estúdio", 29_700);
const BONUS: (&str, &str, i64) = ("iluminacao", "Bônus: Iluminação com Pouco Orçamento", 4_700);
const COACHING: (&str, &str, i64) = ("mentoria", "Mentoria de Portfólio", 149_700);
const GUIDE: (&str, &str, i64) = ("guia-de-poses", "E-book: Guia de Poses", 3_900);
/// Its plans, each of the product of the first one, with the unit of its cycle.
const PLANS: [(&str, &str, i64, &str); 4] = [
    ("clube-luz", "Clube Luz", 4_990, "month"),
    ("clube-luz-leve", "Clube Luz Leve", 2_990, "month"),
    ("clube-luz-ouro", "Clube Luz Ouro", 9_990, "month"),
    ("clube-luz-anual", "Clube Luz anual", 49_900, "year"),
];

/// Somebody who bought, and what there is to try with it.
struct Sale {
    buyer: (&'static str, &'static str),
    note: &'static str,
}

const CARD: Sale = Sale {
    buyer: ("sofia.reis@example.com", "Sofia Reis"),
    note: "curso e bônus por cartão: reembolso de tudo ou de uma parte",
};
const PIX: Sale = Sale { buyer: ("otto.braga@example.com", "Otto Braga"), note: "e-book por Pix: reembolso" };
const CLUB: Sale = Sale {
    buyer: ("vera.dias@example.com", "Vera Dias"),
    note: "assinatura por cartão: cancelar, desfazer, trocar o que a operadora permite",
};
const SLIP: Sale = Sale { buyer: ("caio.melo@example.com", "Caio Melo"), note: "assinatura por boleto ou Pix" };
/// CPF of all of them: one that everybody uses in examples.
const TAX_ID: &str = "52998224725";

/// The portal, as one of its producers reaches it.
pub(crate) struct Portal {
    address: String,
    api: Caller,
}

impl Portal {
    pub(crate) fn new(address: String, key: &str) -> Self {
        let api = Caller::new(format!("{address}/api/v1"), ("authorization", format!("Bearer {key}")));
        Self { address, api }
    }

    /// Waits until it answers.
    async fn ready(&self) -> anyhow::Result<()> {
        let begin = std::time::Instant::now();
        while self.api.get("/connections").await.is_err() {
            ensure!(begin.elapsed() < PATIENCE, "the portal does not answer at {}", self.address);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Connects the account under this name, and looks at it: that registers the address of its webhooks.
    async fn connect(&self, name: &str, account: &Value) -> anyhow::Result<()> {
        self.ready().await?;
        self.api.send("PUT", &format!("/connections/{name}"), account).await?;
        self.api.send("POST", &format!("/connections/{name}/test"), &json!({})).await?;
        Ok(())
    }

    async fn order(&self, order: &Value) -> anyhow::Result<()> {
        self.api.send("POST", "/orders", order).await.map(|_| ())
    }
}

/// An order of what was sold, as the portal's API takes it: paid by card an hour ago.
fn order(code: &str, sale: &Sale, items: &[(&str, &str, i64)], reference: &str) -> Value {
    let item = |(code, _, amount): &(&str, &str, i64)| json!({"product": code, "offer": code, "amount": amount});
    let (email, name) = sale.buyer;
    json!({
        "code": code, "kind": "one_off", "currency": "BRL", "ordered_at": hours_from_now(-1),
        "paid_at": hours_from_now(-1), "items": items.iter().map(item).collect::<Value>(),
        "buyer": {"email": email, "name": name, "tax_id": TAX_ID, "phone": "11999990000"},
        "payment": {"method": "card", "card": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2099}},
        "gateway": {"name": ACCOUNT, "reference": reference},
    })
}

/// The same of a month of the club.
fn club(code: &str, sale: &Sale, reference: &str) -> Value {
    let (plan, name, amount, _) = PLANS[0];
    let mut order = order(code, sale, &[(plan, name, amount)], reference);
    let end = hours_from_now(30 * 24);
    order["kind"] = json!("subscription");
    order["subscription"] = json!({
        "plan": name, "amount": amount, "interval": {"unit": "month", "count": 1}, "status": "active",
        "period_start": hours_from_now(-1), "period_end": end, "next_charge_at": end,
    });
    order
}

/// A moment as the portal's API has it.
#[expect(clippy::disallowed_methods, reason = "a shop beside the product has the machine's time")]
fn hours_from_now(hours: i64) -> String {
    let now = Timestamp::now().round(Unit::Second).unwrap_or_default();
    (now + SignedDuration::from_hours(hours)).to_string()
}

/// What is printed when it is open: where its API and its books are, what opens it, and who bought what.
fn guide(vendor: &str, address: &str, secret: &str, sales: &[Sale]) -> String {
    let books = Url::parse(address).and_then(|address| address.join("/")).map(String::from).unwrap_or_default();
    let head = format!(
        "\n  Stand-in of {vendor}: no real money\n  Address       {address}\n  Key           {secret}\n  \
         Books         {books}"
    );
    let lines = sales.iter().map(|Sale { buyer: (email, _), note }| format!("\n    {email:<28} {note}"));
    let sales: String = lines.collect();
    if sales.is_empty() { head } else { format!("{head}\n\n  Buyers there{sales}\n") }
}
