//! The shop at Asaas: payments by card, at once and in parts, by boleto and Pix, and subscriptions that Asaas charges.

use super::caller::{Caller, text};
use super::{BONUS, CARD, CLUB, COACHING, COURSE, GUIDE, PIX, PLANS, Portal, SLIP, Sale, TAX_ID, club, guide, order};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Value, json};
use standin::asaas::Asaas;
use std::net::SocketAddr;

const TOKEN: &str = "$aact_hmlg_of_the_demo_000000000";

const PARTS: Sale = Sale { buyer: ("lia.prado@example.com", "Lia Prado"), note: "mentoria em 6 vezes no cartão" };
const BOLETO: Sale = Sale {
    buyer: ("davi.lopes@example.com", "Davi Lopes"),
    note: "e-book por boleto: o reembolso pede uma conta numa página da Asaas",
};

/// Opens it, and says where.
pub(crate) async fn open(listen: SocketAddr, portal: Option<Portal>) -> anyhow::Result<String> {
    let asaas = Asaas::start(listen, TOKEN)?;
    let address = asaas.base_url();
    let Some(portal) = portal else { return Ok(guide("Asaas", &address, TOKEN, &[])) };
    let api = Caller::new(address.clone(), ("access_token", TOKEN.to_owned()));
    let shop = Shop { today: today(asaas.clock().now()), api };
    let account = json!({"gateway": "asaas", "bills": "gateway", "access_token": TOKEN, "base_url": address});
    portal.connect(super::ACCOUNT, &account).await?;
    portal
        .order(&order("ASAAS-1", &CARD, &[COURSE, BONUS], &shop.by_card(&CARD, COURSE.2 + BONUS.2, 1).await?))
        .await?;
    portal.order(&order("ASAAS-2", &PARTS, &[COACHING], &shop.by_card(&PARTS, COACHING.2, 6).await?)).await?;
    for (code, sale, way, kind) in [("ASAAS-3", &PIX, "pix", "PIX"), ("ASAAS-4", &BOLETO, "boleto", "BOLETO")] {
        let mut sold = order(code, sale, &[GUIDE], &shop.outside(sale, GUIDE.2, kind, way).await?);
        sold["payment"] = json!({"method": way});
        portal.order(&sold).await?;
    }
    portal.order(&club("ASAAS-5", &CLUB, &shop.subscribed(&CLUB, "CREDIT_CARD").await?)).await?;
    let mut slip = club("ASAAS-6", &SLIP, &shop.subscribed(&SLIP, "BOLETO").await?);
    slip["payment"] = json!({"method": "boleto"});
    portal.order(&slip).await?;
    Ok(guide("Asaas", &address, TOKEN, &[CARD, PARTS, PIX, BOLETO, CLUB, SLIP]))
}

/// Asaas' days are those of Brasília.
fn today(now: i64) -> String {
    let zone = TimeZone::get("America/Sao_Paulo").unwrap_or(TimeZone::UTC);
    Timestamp::from_second(now).unwrap_or_default().to_zoned_datetime(zone).date().to_string()
}

/// Centavos as Asaas writes them.
fn reais(centavos: i64) -> Value {
    serde_json::from_str(&format!("{}.{:02}", centavos / 100, centavos % 100)).unwrap_or_default()
}

struct Shop {
    today: String,
    api: Caller,
}

impl Shop {
    async fn customer(&self, Sale { buyer: (email, name), .. }: &Sale) -> anyhow::Result<String> {
        let customer = json!({"name": name, "cpfCnpj": TAX_ID, "email": email, "notificationDisabled": true});
        text(&self.api.send("POST", "/customers", &customer).await?, "/id")
    }

    /// By a good card, in so many parts; the payment, or the first of them.
    async fn by_card(&self, sale: &Sale, amount: i64, parts: i64) -> anyhow::Result<String> {
        let mut wish = json!({"customer": self.customer(sale).await?, "billingType": "CREDIT_CARD",
            "dueDate": self.today});
        if parts > 1 {
            (wish["installmentCount"], wish["totalValue"]) = (json!(parts), reais(amount));
        } else {
            wish["value"] = reais(amount);
        }
        with_card(&mut wish, sale.buyer.1);
        text(&self.api.send("POST", "/payments", &wish).await?, "/id")
    }

    /// By boleto or Pix, paid on its page.
    async fn outside(&self, sale: &Sale, amount: i64, kind: &str, page: &str) -> anyhow::Result<String> {
        let customer = self.customer(sale).await?;
        let wish = json!({"customer": customer, "billingType": kind, "dueDate": self.today, "value": reais(amount)});
        let payment = self.api.send("POST", "/payments", &wish).await?;
        self.api.page(&format!("{}/{page}", text(&payment, "/invoiceUrl")?), &[]).await?;
        text(&payment, "/id")
    }

    /// A month of the club, whose first month is paid. Of a boleto the second one is to be paid.
    async fn subscribed(&self, sale: &Sale, kind: &str) -> anyhow::Result<String> {
        let mut wish = json!({"customer": self.customer(sale).await?, "billingType": kind, "value": reais(PLANS[0].2),
            "cycle": "MONTHLY", "nextDueDate": self.today, "description": PLANS[0].1});
        if kind == "CREDIT_CARD" {
            with_card(&mut wish, sale.buyer.1);
        }
        let id = text(&self.api.send("POST", "/subscriptions", &wish).await?, "/id")?;
        if kind == "BOLETO" {
            let first = self.api.get(&format!("/subscriptions/{id}/payments")).await?;
            self.api.page(&format!("{}/boleto", text(&first, "/data/0/invoiceUrl")?), &[]).await?;
        }
        Ok(id)
    }
}

fn with_card(wish: &mut Value, holder: &str) {
    wish["creditCard"] = json!({"holderName": holder, "number": "4242424242424242", "expiryMonth": "12",
        "expiryYear": "2099", "ccv": "123"});
    wish["remoteIp"] = json!("203.0.113.7");
}
