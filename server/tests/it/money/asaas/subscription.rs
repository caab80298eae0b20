//! Subscriptions that Asaas charges by its own calendar: what a buyer decides is told there, and what happens there is
//! on file here.

use super::{ANA, TOKEN, ask, place};
use crate::harness::browserless::{Browser, form, forms, plain};
use crate::harness::http::{Answer, Request, call};
use crate::harness::shop::{self, club, hours_ago, sell, sign_in, subscription_of, with_account};
use crate::harness::site::{Api, ENGINES, Site, eventually};
use serde_json::{Value, json};
use standin::asaas::Asaas;
use standin::fault::Fault;
use std::net::SocketAddr;
use std::time::Duration;

/// A shop whose subscriptions Asaas charges, and the club that Ana pays by Pix there.
struct Shop {
    site: Site,
    luz: Api,
    asaas: Asaas,
    reference: String,
    ana: Browser,
}

impl Shop {
    async fn open(engine: &'static str) -> Self {
        Self::paid_by(engine, "PIX").await
    }

    async fn paid_by(engine: &'static str, kind: &str) -> Self {
        let asaas = Asaas::start(SocketAddr::from(([127, 0, 0, 1], 0)), TOKEN).unwrap();
        let account =
            json!({"gateway": "asaas", "bills": "gateway", "access_token": TOKEN, "base_url": asaas.base_url()});
        let (site, luz) = with_account(engine, &account).await;
        let reference = subscribe(&asaas, kind).await;
        let first = asaas.payments().into_iter().find(|payment| payment["subscription"] == reference).unwrap();
        if kind == "PIX" {
            asaas.pay(first["id"].as_str().unwrap()).unwrap();
        }
        let mut order = club("A-2", ANA);
        if kind == "PIX" {
            order["payment"] = json!({"method": "pix"});
        }
        order["gateway"] = json!({"name": "loja", "reference": reference});
        sell(&luz, &order).await;
        eventually("Asaas' own payment to be on file", async || {
            (luz.order("A-2").await["charges"][0]["reference"] == first["id"]).then_some(())
        })
        .await;
        let ana = sign_in(&site, ANA).await;
        Self { site, luz, asaas, reference, ana }
    }

    fn there(&self) -> Value {
        self.asaas.subscription(&self.reference).unwrap()
    }

    /// What it costs at Asaas, and what waits to be paid for it.
    async fn costs_there(&self, value: f64) {
        eventually(&format!("it to cost {value} at Asaas"), async || {
            let payments = self.asaas.payments();
            let mut waiting = payments.iter().filter(|one| one["status"] == "PENDING");
            (self.there()["value"] == value && waiting.all(|one| one["value"] == value)).then_some(())
        })
        .await;
    }

    /// Asks for another plan; the page that says what became of it.
    async fn change_to(&mut self, offer: &str) -> String {
        let address = format!("{}/plan", subscription_of(&mut self.ana).await);
        let list = self.ana.visit(&address).await.expect(200);
        let fixed = self.ana.submit(&form(&list, &format!("{address}/quote")), &[("offer", offer)]).await.expect(200);
        let confirm = form(&fixed, &format!("{address}/confirm"));
        self.ana.submit(&confirm, &[("consent", "yes")]).await.expect(200).text()
    }

    async fn stands(&self, status: &str) {
        eventually(&format!("the subscription to be {status}"), async || {
            (self.luz.order("A-2").await["subscription"]["status"] == status).then_some(())
        })
        .await;
    }

    /// The page that says what became of a cancellation.
    async fn cancel(&mut self) -> Answer {
        shop::cancel(&mut self.ana).await.0
    }
}

/// A month of the club, made by the shop's own checkout at Asaas.
async fn subscribe(asaas: &Asaas, kind: &str) -> String {
    let customer = json!({"name": "Ana Souza", "cpfCnpj": "52998224725", "email": ANA});
    let customer = ask(asaas, "POST", "/customers", &customer).await.expect(200).json()["id"].clone();
    let today = hours_ago(0)[..10].to_owned();
    let mut wish = json!({"customer": customer, "billingType": kind, "value": 49.9, "cycle": "MONTHLY",
        "nextDueDate": today, "description": "Clube Luz"});
    if kind == "CREDIT_CARD" {
        wish["creditCard"] = json!({"holderName": "ANA SOUZA", "number": "4242424242424242", "expiryMonth": "12",
            "expiryYear": "2099", "ccv": "123"});
        wish["remoteIp"] = json!("203.0.113.7");
    }
    ask(asaas, "POST", "/subscriptions", &wish).await.expect(200).json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_its_buyer_cancels_ends_at_asaas_and_goes_on_there_when_that_is_taken_back() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        let before = shop.there();
        shop.asaas.faults().plan("PUT", "/subscriptions", Fault::Lost);
        let receipt = shop.cancel().await;
        eventually("Asaas to have it end", async || (shop.there()["status"] != before["status"]).then_some(())).await;
        let address = subscription_of(&mut shop.ana).await;
        shop.ana.submit(&form(&receipt, &format!("{address}/cancel/undo")), &[]).await.expect(200);
        eventually("Asaas to have it go on", async || (shop.there()["status"] == before["status"]).then_some(())).await;
        assert!(shop.site.mail.to("luz@example.com").is_empty(), "{engine}: nothing is by hand");
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_asaas_ends_by_itself_ends_here() {
    for engine in ENGINES {
        let shop = Shop::open(engine).await;
        ask(&shop.asaas, "DELETE", &format!("/subscriptions/{}", shop.reference), &Value::Null).await.expect(200);
        eventually("it to be over", async || {
            (shop.luz.order("A-2").await["subscription"]["status"] == "ended").then_some(())
        })
        .await;
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_dearer_plan_is_charged_by_itself_at_asaas_and_then_costs_more_there() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        shop::other_plans(&shop.luz).await;
        let before = shop.asaas.payments().len();
        let page = shop.change_to("ouro").await;
        assert!(page.contains("Pix"), "{engine}: {page}");
        let ours = shop.asaas.payments().into_iter().find(|one| one["externalReference"].is_string()).unwrap();
        assert_eq!((shop.asaas.payments().len(), &ours["status"]), (before + 1, &"PENDING".into()), "{engine}");
        let plan = shop.luz.order("A-2").await["subscription"]["plan"].clone();
        assert_eq!((plan, shop.there()["value"].as_f64()), ("Clube Luz mensal".into(), Some(49.9)), "{engine}");
        shop.asaas.faults().plan("PUT", "/subscriptions", Fault::Lost);
        shop.asaas.pay(ours["id"].as_str().unwrap()).unwrap();
        shop.costs_there(99.9).await;
        eventually("the plan to be on file", async || {
            let plan = shop.luz.order("A-2").await["subscription"].clone();
            (plan["plan"] == "Clube Luz Ouro" && plan["price"]["amount"] == 9_990).then_some(())
        })
        .await;
        let shown = format!("{},{:02}", value(&ours) / 100, value(&ours) % 100);
        assert!(page.contains(&shown), "{engine}: {shown} in {page}");
        assert!(shop.site.mail.to("luz@example.com").is_empty(), "{engine}: nothing is by hand");
        shop.site.assert_sound().await;
    }
}

/// The value of a payment in centavos.
fn value(payment: &Value) -> i64 {
    (payment["value"].as_f64().unwrap() * 100.0).round() as i64
}

#[tokio::test]
async fn another_plan_begins_with_the_next_payment_at_asaas_and_is_taken_back_there() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        shop::other_plans(&shop.luz).await;
        shop.asaas.faults().plan("PUT", "/subscriptions", Fault::Lost);
        shop.change_to("mini").await;
        shop.costs_there(19.9).await;
        let plan = shop.luz.order("A-2").await["subscription"].clone();
        assert_eq!((&plan["plan"], &plan["price"]["amount"]), (&"Clube Luz mensal".into(), &4_990.into()), "{engine}");
        let address = format!("{}/plan", subscription_of(&mut shop.ana).await);
        let page = shop.ana.visit(&address).await.expect(200);
        shop.ana.submit(&form(&page, &format!("{address}/undo")), &[]).await.expect(200);
        shop.costs_there(49.9).await;
        assert!(shop.site.mail.to("luz@example.com").is_empty(), "{engine}: nothing is by hand");
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_is_overdue_is_paid_with_another_card_which_is_charged_from_then_on() {
    for engine in ENGINES {
        let mut shop = Shop::paid_by(engine, "CREDIT_CARD").await;
        let address = format!("{}/card", subscription_of(&mut shop.ana).await);
        let page = shop.ana.visit(&address).await.expect(200).text();
        assert!(!page.contains("com outro cartão"), "{engine}: nothing is due: {page}");
        shop.asaas.decline_next("invalid_action");
        shop.asaas.forward(Duration::from_secs(33 * 86_400)).await;
        shop.site.forward(33).await;
        shop.stands("past_due").await;
        let page = shop.ana.visit(&address).await.expect(200);
        assert!(plain(&page.text()).contains("49,90 com outro cartão"), "{engine}: {}", page.text());
        let swap = forms(&page.text()).into_iter().find(|form| form.action == address).unwrap();
        let led = shop.ana.press(&swap, &[]).await;
        let url = led.header("location").unwrap_or_else(|| panic!("{engine}: {}", led.text())).to_owned();
        let path = format!("{}/card", url.split_once("/i/").map(|(_, slug)| format!("/i/{slug}")).unwrap());
        let card = [
            ("holderName", "ANA SOUZA"),
            ("number", "5555555555554444"),
            ("expiryMonth", "12"),
            ("expiryYear", "2099"),
            ("ccv", "123"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        call(place(&shop.asaas).0, &Request::new("POST", &path).form(&card)).await.unwrap();
        shop.stands("active").await;
        eventually("the other card to be on file", async || {
            shop.ana.clone().visit(&address).await.text().contains("4444").then_some(())
        })
        .await;
        shop.site.mail.wait(ANA, "4444").await;
        shop.site.assert_sound().await;
    }
}
