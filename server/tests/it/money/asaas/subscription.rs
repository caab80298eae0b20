//! Subscriptions that Asaas charges by its own calendar: what a buyer decides is told there, and what happens there is
//! on file here.

use super::{ANA, TOKEN, ask};
use crate::harness::browserless::{Browser, form};
use crate::harness::http::Answer;
use crate::harness::shop::{self, club, hours_ago, sell, sign_in, subscription_of, with_account};
use crate::harness::site::{Api, ENGINES, Site, eventually};
use serde_json::{Value, json};
use standin::asaas::Asaas;
use standin::fault::Fault;
use std::net::SocketAddr;

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
        let asaas = Asaas::start(SocketAddr::from(([127, 0, 0, 1], 0)), TOKEN).unwrap();
        let account =
            json!({"gateway": "asaas", "bills": "gateway", "access_token": TOKEN, "base_url": asaas.base_url()});
        let (site, luz) = with_account(engine, &account).await;
        let reference = subscribe(&asaas).await;
        let first = asaas.payments().into_iter().find(|payment| payment["subscription"] == reference).unwrap();
        asaas.pay(first["id"].as_str().unwrap()).unwrap();
        let mut order = club("A-2", ANA);
        order["payment"] = json!({"method": "pix"});
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

    /// The page that says what became of a cancellation.
    async fn cancel(&mut self) -> Answer {
        shop::cancel(&mut self.ana).await.0
    }
}

/// A month of the club, made by the shop's own checkout at Asaas.
async fn subscribe(asaas: &Asaas) -> String {
    let customer = json!({"name": "Ana Souza", "cpfCnpj": "52998224725", "email": ANA});
    let customer = ask(asaas, "POST", "/customers", &customer).await.expect(200).json()["id"].clone();
    let today = hours_ago(0)[..10].to_owned();
    let wish = json!({"customer": customer, "billingType": "PIX", "value": 49.9, "cycle": "MONTHLY",
        "nextDueDate": today, "description": "Clube Luz"});
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
