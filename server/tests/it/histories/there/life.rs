//! What a buyer does with a subscription that Stripe charges, and how the calls for it fail.

use super::super::life::subscription;
use super::super::shop::{PLANS, Shop};
use super::There;
use crate::harness::dice::Dice;
use crate::harness::{email, line, paid_order, place};
use portal::on;
use portal::refund::{self, new_request_id};
use portal::testing::{World, buyer};
use portal::{Buyer, plan, subscription as plans};
use standin::fault::Fault;
use std::fmt::Debug;
use types::{Method, PersonId, Protocol, SubscriptionId};
use uuid::Uuid;

/// One subscription, and what was done with it.
pub(super) struct Life {
    pub(super) code: String,
    who: String,
    dice: Dice,
    /// Stripe's names.
    pub(super) customer: String,
    pub(super) reference: String,
    ids: Option<(Buyer, SubscriptionId)>,
    cancellation: Option<Protocol>,
    pub(super) script: Vec<String>,
}

const FAULTS: [Fault; 6] =
    [Fault::Status(429), Fault::Status(500), Fault::Status(503), Fault::StatusAfter(500), Fault::Reset, Fault::Lost];
/// The calls that are made, with a way that is known of each.
const CALLS: [(&str, &str); 6] = [
    ("POST", "/v1/subscriptions"),
    ("DELETE", "/v1/subscriptions"),
    ("POST", "/v1/refunds"),
    ("GET", "/v1/subscriptions"),
    ("GET", "/v1/invoices"),
    ("GET", "/v1/refunds"),
];

impl Life {
    /// Somebody takes a plan at the shop's own checkout; the order comes in with Stripe's name of it.
    pub(super) async fn begin(there: &There, shops: &[Shop], number: u64) -> Self {
        let mut dice = Dice::of("history there", number);
        let shop = &shops[dice.below(shops.len() as u64) as usize];
        let at = dice.below(PLANS.len() as u64) as usize;
        let (code, who) = (format!("T-{number}"), format!("t{number}@example.com"));
        let (customer, reference) = subscribe(there, &who, PLANS[at].code).await;
        let order = paid_order(&there.world, &who, &code, &[(shop.products[at % 2], PLANS[at].price)]);
        let mut order = subscription(&there.world, order, &PLANS[at], Method::Card, false);
        order.gateway = line("loja");
        if let Some(charge) = &mut order.charge {
            charge.reference.clone_from(&reference);
        }
        if let Some(plan) = &mut order.subscription {
            plan.reference = Some(reference.clone());
        }
        place(&there.world, &shop.producer, order).await;
        let script = vec![format!("{} of {reference}", PLANS[at].code)];
        Self { code, who, dice, customer, reference, ids: None, cancellation: None, script }
    }

    pub(super) async fn know(&mut self, world: &World) {
        let sql = "select o.person_id, s.id from orders o join subscriptions s on s.order_id = o.id where o.code = $1";
        let (person, id): (Uuid, Uuid) = on!(world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).bind(&self.code).fetch_one(c).await.unwrap()
        });
        self.ids = Some((buyer(&world.portal, PersonId(person), email(&self.who)), SubscriptionId(id)));
    }

    pub(super) async fn act(&mut self, there: &There) {
        if self.dice.once_in(2) {
            let ((method, path), fault) = (self.dice.pick(&CALLS), self.dice.pick(&FAULTS));
            self.script.push(format!("{method} {path} meets {fault:?}"));
            there.stripe.faults().plan(method, path, fault);
        }
        let Some((buyer, id)) = self.ids.clone() else { return };
        match self.dice.below(8) {
            0 | 1 => {
                let form = new_request_id(&there.world.portal);
                let canceled = self.noted("cancels", plans::cancel(&buyer, id, form, "", "").await);
                self.cancellation = canceled.or(self.cancellation.take());
            }
            2 | 3 => {
                let Some(protocol) = self.cancellation.clone() else { return };
                self.noted("takes it back", plans::undo(&buyer, id, protocol.as_str()).await);
            }
            4 if self.dice.once_in(3) => self.wants_money_back(there, &buyer).await,
            5 => self.changes_plan(&buyer, id).await,
            6 => {
                self.script.push("the next charge is declined".to_owned());
                there.stripe.fail_next_charge("insufficient_funds");
            }
            _ => {}
        }
    }

    async fn wants_money_back(&mut self, there: &There, buyer: &Buyer) {
        let seen = portal::purchases::refund_preview(buyer, &self.code, &[]).await;
        let items = seen.map(|seen| seen.chosen).unwrap_or_default();
        let form = new_request_id(&there.world.portal);
        let asked = refund::request(buyer, &self.code, form, &items).await;
        self.noted("wants the money back", asked);
    }

    async fn changes_plan(&mut self, buyer: &Buyer, id: SubscriptionId) {
        let target = self.dice.pick(&PLANS.each_ref()).code;
        let quote = self.noted(&format!("wants {target}"), plan::quote(buyer, id, target).await);
        if let Some(quote) = quote {
            self.noted("confirms it", plan::confirm(buyer, id, quote, 1, true).await);
        }
    }

    /// What came of it, if it was allowed.
    fn noted<T, E: Debug>(&mut self, what: &str, result: Result<T, E>) -> Option<T> {
        let refusal = result.as_ref().err().map(|error| format!("{error:?}"));
        self.script.push(format!("{what}: {}", refusal.as_deref().unwrap_or("yes")));
        assert!(!refusal.is_some_and(|text| text.starts_with("Database")), "{} {:#?}", self.code, self.script);
        result.ok()
    }
}

/// Stripe's names of the customer and of the subscription.
async fn subscribe(there: &There, who: &str, plan: &str) -> (String, String) {
    let text = |value: &serde_json::Value| value["id"].as_str().unwrap().to_owned();
    let prices = there.stripe.all("price");
    let price = text(prices.iter().find(|price| price["lookup_key"] == plan).unwrap());
    let customer = text(&there.ask("/v1/customers", &[("email", who)]).await);
    let card = there.ask("/v1/payment_methods/pm_card_visa/attach", &[("customer", &customer)]).await;
    let card = text(&card);
    let wish = [("customer", &*customer), ("items[0][price]", &*price), ("default_payment_method", &*card)];
    let subscription = text(&there.ask("/v1/subscriptions", &wish).await);
    (customer, subscription)
}
