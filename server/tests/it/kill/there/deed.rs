//! What buyers decide, and that it came about once.

use super::Shop;
use crate::harness::browserless::{Browser, form, forms, path_of};
use crate::harness::http::Request;
use crate::harness::shop::{hours_ago, order, sell, sign_in};
use crate::harness::site::eventually;
use crate::harness::vendor::{Bought, ONCE, PLANS, Sale, Vendor};
use crate::money::stripe::entered;
use serde_json::{Value, json};
use types::{Method, SubscriptionStatus};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum At {
    Stripe,
    Asaas,
    Guru,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Act {
    Refund,
    Cancel,
    Plan,
    Card,
}

/// What can be done at each gateway.
pub(super) const DEEDS: [(At, Act); 9] = [
    (At::Stripe, Act::Refund),
    (At::Asaas, Act::Refund),
    (At::Guru, Act::Plan),
    (At::Stripe, Act::Card),
    (At::Asaas, Act::Cancel),
    (At::Guru, Act::Refund),
    (At::Stripe, Act::Plan),
    (At::Guru, Act::Cancel),
    (At::Stripe, Act::Cancel),
];

/// An order, its buyer's browser, and the press that is cut off.
pub(super) struct Case {
    deed: (At, Act),
    bought: Bought,
    pub(super) browser: Browser,
    pub(super) press: Request,
}

impl Case {
    pub(super) async fn begin(shop: &Shop, deed: (At, Act), number: u64) -> Self {
        let (at, act) = deed;
        let has_bump = act == Act::Refund && at != At::Guru;
        let plan = (act != Act::Refund).then_some(0);
        let sale =
            Sale { number, who: format!("k{number}@example.com"), plan, has_bump, method: Method::Card, parts: 1 };
        let bought = match at {
            At::Stripe => shop.stripe.buy(&sale).await,
            At::Asaas => shop.asaas.buy(&sale).await,
            At::Guru => Vendor::buy(&shop.guru, &sale).await,
        };
        if at != At::Guru {
            let name = if at == At::Stripe { "stripe" } else { "asaas" };
            sell(&shop.luz, &body(&sale, &bought, name)).await;
        }
        eventually(&format!("{} to be on file", bought.code), async || {
            let answer = shop.luz.get(&format!("orders/{}", bought.code)).await;
            // The gateway's own name of the payment, and not that of the subscription.
            let charge = (answer.status == 200).then(|| answer.json()["charges"][0]["reference"].clone());
            charge.filter(|charge| charge.as_str().is_some_and(|name| !name.starts_with("sub_")))
        })
        .await;
        let mut browser = sign_in(&shop.site, &bought.who).await;
        let press = press(shop, act, &bought, &mut browser).await;
        Self { deed, bought, browser, press }
    }

    /// It came about, there and here, and nothing of it twice.
    pub(super) async fn is_done_once(&self, shop: &Shop) {
        let what = format!("{:?} of {} on {}", self.deed, self.bought.code, shop.site.engine);
        eventually(&what, async || self.is_done(shop, &shop.luz.order(&self.bought.code).await).then_some(())).await;
        let order = shop.luz.order(&self.bought.code).await;
        let (kept, back) = self.books(shop);
        let count = |list: &str| order[list].as_array().unwrap().len();
        match self.deed.1 {
            Act::Refund => assert_eq!((back, count("refunds")), (amount(self.deed.0), 1), "{what}"),
            Act::Plan => assert_eq!((kept, back, count("charges")), (paid(&order), 0, 2), "{what}"),
            Act::Cancel | Act::Card => {
                assert_eq!((kept, back, count("charges")), (PLANS[0].price, 0, 1), "{what}");
            }
        }
    }

    fn is_done(&self, shop: &Shop, order: &Value) -> bool {
        let plan = &order["subscription"];
        match self.deed.1 {
            Act::Refund => {
                let is_sent = matches!(order["refunds"][0]["state"].as_str(), Some("sent" | "settled"));
                is_sent && self.books(shop).1 > 0
            }
            Act::Cancel => plan["status"] == "ending" && self.stands(shop) == SubscriptionStatus::Ending,
            Act::Plan => order["charges"].as_array().unwrap().len() == 2 && self.books(shop).0 == paid(order),
            Act::Card => {
                let there = shop.stripe.object(&self.bought.reference).unwrap();
                let card = shop.stripe.object(there["default_payment_method"].as_str().unwrap()).unwrap();
                card["card"]["last4"] == "4444"
            }
        }
    }

    /// What the gateway kept of this buyer, and what it paid back.
    fn books(&self, shop: &Shop) -> (i64, i64) {
        fn of<V: Vendor>(vendor: &V, bought: &Bought) -> (i64, i64) {
            (vendor.kept(bought), vendor.back(bought))
        }
        match self.deed.0 {
            At::Stripe => of(&shop.stripe, &self.bought),
            At::Asaas => of(&shop.asaas, &self.bought),
            At::Guru => of(&shop.guru, &self.bought),
        }
    }

    fn stands(&self, shop: &Shop) -> SubscriptionStatus {
        match self.deed.0 {
            At::Stripe => shop.stripe.stands(&self.bought),
            At::Asaas => shop.asaas.stands(&self.bought),
            At::Guru => shop.guru.stands(&self.bought),
        }
    }
}

/// What is asked back: one of two items, so that it could go back twice; at Guru the one.
fn amount(at: At) -> i64 {
    if at == At::Guru { ONCE[0].1 } else { ONCE[1].1 }
}

fn paid(order: &Value) -> i64 {
    let charges = order["charges"].as_array().unwrap().iter();
    charges.filter(|charge| charge["status"] == "paid").map(|charge| charge["amount"]["amount"].as_i64().unwrap()).sum()
}

/// The order as the shop sends it.
fn body(sale: &Sale, bought: &Bought, gateway: &str) -> Value {
    let plan = [("ebook", PLANS[0].price)];
    let mut body = order(&bought.code, &bought.who, if sale.plan.is_some() { &plan } else { sale.items() });
    if sale.plan.is_some() {
        body["kind"] = json!("subscription");
        body["items"][0]["offer"] = json!(PLANS[0].code);
        body["subscription"] = json!({
            "plan": "Plano basic", "amount": PLANS[0].price, "interval": {"unit": "month", "count": 1},
            "status": "active", "period_start": hours_ago(1), "period_end": hours_ago(-720),
            "next_charge_at": hours_ago(-720)
        });
    }
    body["gateway"] = json!({"name": gateway, "reference": bought.reference});
    body
}

/// The last press of what is decided.
async fn press(shop: &Shop, act: Act, bought: &Bought, browser: &mut Browser) -> Request {
    let order = format!("/orders/{}", bought.code);
    let plan = if act == Act::Refund { String::new() } else { plan_of(browser, &order).await };
    match act {
        Act::Refund => {
            let page = browser.visit(&format!("{order}/refund")).await.expect(200).text();
            let item = &page.split("name=\"item\" value=\"").last().unwrap()[..36];
            let preview = browser.visit(&format!("{order}/refund/preview?item={item}")).await.expect(200);
            form(&preview, &format!("{order}/refund")).request(&[])
        }
        Act::Cancel => {
            let what = browser.visit(&format!("{plan}/cancel")).await.expect(200);
            let why = browser.submit(&form(&what, &format!("{plan}/cancel/begin")), &[]).await.expect(200).text();
            let confirm = forms(&why).into_iter().find(|form| form.action == format!("{plan}/cancel"));
            confirm.unwrap().request(&[])
        }
        Act::Plan => {
            let list = browser.visit(&format!("{plan}/plan")).await.expect(200);
            let wish = form(&list, &format!("{plan}/plan/quote"));
            let fixed = browser.submit(&wish, &[("offer", PLANS[1].code)]).await.expect(200);
            form(&fixed, &format!("{plan}/plan/confirm")).request(&[("consent", "yes")])
        }
        Act::Card => {
            let back = entered(browser, &shop.stripe, &format!("{plan}/card"), "5555555555554444").await;
            Request::new("GET", path_of(&back))
        }
    }
}

/// Where the plan of an order is.
async fn plan_of(browser: &mut Browser, order: &str) -> String {
    let page = browser.visit(order).await.expect(200).text();
    let id = page.split("/subscriptions/").nth(1).unwrap_or_else(|| panic!("no subscription: {page}"));
    format!("/subscriptions/{}", id.chars().take(36).collect::<String>())
}
