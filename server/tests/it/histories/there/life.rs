//! What somebody does with what they bought, and how the calls for it fail.

use super::super::life::subscription;
use super::There;
use super::pages;
use super::wish::{Wish, plan_faults};
use crate::harness::dice::Dice;
use crate::harness::vendor::{Bought, PLANS, Sale, Vendor};
use crate::harness::{email, line, origin, paid_order, place};
use portal::intake::NewOrder;
use portal::refund::{self, new_request_id};
use portal::session::Holder;
use portal::testing::{buyer, session_of};
use portal::{Buyer, on, plan, subscription as plans};
use standin::hooks::Trouble;
use std::fmt::Debug;
use types::{PersonId, Protocol, SubscriptionId};
use uuid::Uuid;

/// One order, and what was done with it.
pub(super) struct Life {
    pub(super) bought: Bought,
    is_plan: bool,
    dice: Dice,
    pub(super) ids: Option<Ids>,
    cancellation: Option<Protocol>,
    pub(super) script: Vec<String>,
}

/// What the order is called by the rules, and whoever reads its pages.
#[derive(Clone)]
pub(super) struct Ids {
    pub(super) buyer: Buyer,
    pub(super) subscription: Option<SubscriptionId>,
    pub(super) session: String,
}

impl Life {
    /// Somebody buys at the gateway; the order comes in with the gateway's name of it.
    pub(super) async fn begin<V: Vendor>(there: &There<V>, number: u64) -> Self {
        let mut dice = Dice::of("history there", number);
        let sale = Sale::of::<V>(&mut dice, number);
        let bought = there.vendor.buy(&sale).await;
        if !V::IS_SOURCE {
            place(&there.world, &there.shop.producer, order::<V>(there, &sale, &bought)).await;
        }
        let what = sale.plan.map_or("what is bought once", |at| PLANS[at].code);
        let script = vec![format!("{what}, {}, {} parts: {}", sale.method, sale.parts, bought.reference)];
        Self { bought, is_plan: sale.plan.is_some(), dice, ids: None, cancellation: None, script }
    }

    pub(super) async fn know<V: Vendor>(&mut self, there: &There<V>) {
        let sql = "select o.person_id, s.id from orders o left join subscriptions s on s.order_id = o.id
            where o.code = $1";
        let world = &there.world;
        let (person, id): (Uuid, Option<Uuid>) = on!(world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).bind(&self.bought.code).fetch_one(c).await.unwrap()
        });
        let session = session_of(&world.portal, Holder::Buyer(PersonId(person)), &origin("192.0.2.1")).await;
        let buyer = buyer(&world.portal, PersonId(person), email(&self.bought.who));
        self.ids = Some(Ids { buyer, subscription: id.map(SubscriptionId), session });
    }

    /// Something is wanted or happens. Before it is clear what became of that, its pages are read.
    pub(super) async fn act<V: Vendor>(&mut self, there: &There<V>, trouble: Trouble) {
        let Some(ids) = self.ids.clone() else { return };
        let wish = Wish::of(&mut self.dice, self.is_plan);
        let has_fault = self.dice.once_in(2);
        if has_fault {
            let calls = if wish == Wish::Refund { V::REFUND } else { V::COURSE };
            self.script.extend(plan_faults(&mut self.dice, &there.vendor.faults(), calls));
        }
        match ids.subscription {
            Some(id) if self.is_plan => self.act_on_plan(there, wish, &ids.buyer, id).await,
            _ => {}
        }
        self.act_on_money(there, wish, &ids.buyer, trouble).await;
        // Webhooks that go out at once are taken before anybody reads.
        there.vendor.hooks().settle().await;
        there.world.settle().await;
        if has_fault && wish != Wish::Nothing {
            pages::check(there, self).await;
        }
    }

    async fn act_on_plan<V: Vendor>(&mut self, there: &There<V>, wish: Wish, buyer: &Buyer, id: SubscriptionId) {
        match wish {
            Wish::Cancel => {
                let form = new_request_id(&there.world.portal);
                let canceled = self.noted("cancels", plans::cancel(buyer, id, form, "", "").await);
                self.cancellation = canceled.or(self.cancellation.take());
            }
            Wish::Undo => {
                let Some(protocol) = self.cancellation.clone() else { return };
                self.noted("takes it back", plans::undo(buyer, id, protocol.as_str()).await);
            }
            Wish::Plan => self.changes_plan(buyer, id).await,
            Wish::Decline => {
                self.script.push("the next charge is declined".to_owned());
                there.vendor.decline();
            }
            _ => {}
        }
    }

    async fn act_on_money<V: Vendor>(&mut self, there: &There<V>, wish: Wish, buyer: &Buyer, trouble: Trouble) {
        match wish {
            Wish::Refund => self.wants_money_back(there, buyer).await,
            // Nobody asks for what the producer does there: where no webhook tells of it, nobody knows.
            Wish::PaidBack if trouble != Trouble::Lost => {
                let is_whole = self.dice.once_in(3);
                self.script.push(format!("the producer pays back there: all of it {is_whole}"));
                there.vendor.faults().clear();
                there.vendor.pay_back(&self.bought, is_whole).await;
            }
            Wish::Pay => {
                self.script.push("pays what waits".to_owned());
                there.vendor.pay(&self.bought).await;
            }
            _ => {}
        }
    }

    async fn wants_money_back<V: Vendor>(&mut self, there: &There<V>, buyer: &Buyer) {
        let seen = portal::purchases::refund_preview(buyer, &self.bought.code, &[]).await;
        let mut items = seen.map(|seen| seen.chosen).unwrap_or_default();
        if !self.dice.once_in(4) {
            items.truncate(1);
        }
        let form = new_request_id(&there.world.portal);
        let asked = refund::request(buyer, &self.bought.code, form, &items).await;
        self.noted(&format!("wants the money of {} items back", items.len()), asked);
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
        assert!(!refusal.is_some_and(|text| text.starts_with("Database")), "{} {:#?}", self.bought.code, self.script);
        result.ok()
    }
}

/// The order as the shop sends it.
fn order<V: Vendor>(there: &There<V>, sale: &Sale, bought: &Bought) -> NewOrder {
    let world = &there.world;
    let mut order = match sale.plan {
        Some(at) => {
            let product = there.shop.products[at % 2];
            let order = paid_order(world, &bought.who, &bought.code, &[(product, PLANS[at].price)]);
            subscription(world, order, &PLANS[at], sale.method, false)
        }
        None => paid_order(world, &bought.who, &bought.code, sale.items()),
    };
    (order.gateway, order.payment.method) = (line(V::KIND), sale.method);
    if let Some(charge) = &mut order.charge {
        charge.reference.clone_from(&bought.reference);
        (charge.method, charge.installments) = (sale.method, sale.parts);
    }
    if let Some(plan) = &mut order.subscription {
        plan.reference = Some(bought.reference.clone());
    }
    order
}
