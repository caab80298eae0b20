//! Orders at a producer's own account at Asaas: the server as it runs, and a stand-in of Asaas.

mod account;
mod buyer;
mod doubt;
mod hook;
mod paid_back;
mod payee;
mod port;
mod renewal;
mod subscription;

use crate::harness::browserless::{Browser, form};
use crate::harness::http::{Answer, Request, call};
use crate::harness::shop::{club, order, sell, with_account};
use crate::harness::site::{Api, Site, eventually};
use serde_json::{Value, json};
use standin::asaas::Asaas;
use std::net::SocketAddr;

const TOKEN: &str = "$aact_hmlg_of_luz_0000000000000000";
const ANA: &str = "ana@example.com";

/// A shop whose account at Asaas is connected under the name `loja`, and tested.
async fn shop(engine: &'static str) -> (Site, Api, Asaas) {
    let asaas = Asaas::start(SocketAddr::from(([127, 0, 0, 1], 0)), TOKEN).unwrap();
    let (site, luz) = with_account(engine, &account(&asaas)).await;
    (site, luz, asaas)
}

fn account(asaas: &Asaas) -> Value {
    json!({"gateway": "asaas", "bills": "calendar", "access_token": TOKEN, "base_url": asaas.base_url()})
}

/// A call of the producer's own shop to Asaas, beside the portal.
async fn ask(asaas: &Asaas, method: &str, path: &str, body: &Value) -> Answer {
    let (address, root) = place(asaas);
    let request = Request::new(method, &format!("{root}{path}"));
    let request = if body.is_null() { request } else { request.json(body) };
    call(address, &request.with("access_token", TOKEN).with("user-agent", "Loja da Luz")).await.unwrap()
}

/// Where it listens, and what its paths begin with.
fn place(asaas: &Asaas) -> (SocketAddr, &'static str) {
    let address = asaas.base_url().trim_start_matches("http://").trim_end_matches("/v3").parse().unwrap();
    (address, "/v3")
}

fn text(of: &Value, name: &str) -> String {
    of[name].as_str().unwrap_or_else(|| panic!("{name} of {of}")).to_owned()
}

#[expect(clippy::disallowed_methods, reason = "the stand-in has the time of the machine")]
fn today() -> String {
    let zone = jiff::tz::TimeZone::get("America/Sao_Paulo").unwrap();
    jiff::Timestamp::now().to_zoned_datetime(zone).date().to_string()
}

/// A payment that the shop took: `CREDIT_CARD`, `PIX` or `BOLETO`; the amount as a decimal, in so many parts.
async fn paid(asaas: &Asaas, kind: &str, amount: &str, parts: i64) -> String {
    let customer = json!({"name": "Ana Souza", "cpfCnpj": "52998224725", "email": ANA});
    let customer = text(&ask(asaas, "POST", "/customers", &customer).await.expect(200).json(), "id");
    let amount: Value = serde_json::from_str(amount).unwrap();
    let mut body = json!({"customer": customer, "billingType": kind, "dueDate": today(), "value": amount});
    if parts > 1 {
        body["installmentCount"] = json!(parts);
        body["totalValue"] = body["value"].take();
    }
    if kind == "CREDIT_CARD" {
        body["creditCard"] = json!({
            "holderName": "ANA SOUZA", "number": "4242424242424242", "expiryMonth": "12", "expiryYear": "2099",
            "ccv": "123",
        });
        body["remoteIp"] = json!("203.0.113.7");
    }
    let id = text(&ask(asaas, "POST", "/payments", &body).await.expect(200).json(), "id");
    if kind != "CREDIT_CARD" {
        asaas.pay(&id).unwrap();
    }
    id
}

/// An order of a course, paid at Asaas.
async fn bought(luz: &Api, asaas: &Asaas, code: &str, kind: &str) -> String {
    let payment = paid(asaas, kind, "297", 1).await;
    sell(luz, &course(code, kind, &payment)).await;
    payment
}

fn course(code: &str, kind: &str, payment: &str) -> Value {
    let mut order = order(code, ANA, &[("foto", 29_700)]);
    match kind {
        "PIX" => order["payment"] = json!({"method": "pix"}),
        "BOLETO" => order["payment"] = json!({"method": "boleto"}),
        _ => {}
    }
    order["gateway"] = json!({"name": "loja", "reference": payment});
    order
}

/// A month of the club, paid at Asaas and charged by our calendar from now on.
async fn subscribed(luz: &Api, asaas: &Asaas, code: &str, kind: &str) -> String {
    let payment = paid(asaas, kind, "49.9", 1).await;
    let mut order = club(code, ANA);
    let way = course(code, kind, &payment);
    (order["payment"], order["gateway"]) = (way["payment"].clone(), way["gateway"].clone());
    sell(luz, &order).await;
    payment
}

/// Asks all money of an order back; the page that says what became of it.
async fn give_back(ana: &mut Browser, code: &str) -> String {
    // With one item there is nothing to choose.
    let preview = ana.visit(&format!("/orders/{code}/refund")).await.expect(200);
    ana.submit(&form(&preview, &format!("/orders/{code}/refund")), &[]).await.expect(200).text()
}

async fn status_is(luz: &Api, code: &str, status: &str) {
    let what = format!("{code} to be {status}");
    eventually(&what, async || (luz.order(code).await["status"] == status).then_some(())).await;
}
