//! One order and its buyer.

use super::shop::{PLANS, Plan, Shop};
use super::{DAY, news};
use crate::harness::dice::Dice;
use crate::harness::{self, code, email, paid_order, place};
use portal::Buyer;
use portal::Producer;
use portal::gateway_inbox::Event;
use portal::intake::{NewOrder, NewSubscription, Sold};
use portal::testing::{World, buyer};
use portal::time::Zone;
use std::collections::BTreeSet;
use types::{
    CardUpdateId, Method, OrderId, OrderKind, PersonId, Protocol, QuoteId, SubscriptionId, SubscriptionStatus,
};

/// How the gateway's events reach the product.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arrival {
    /// Each once, in the order in which they happened.
    Ordered,
    /// In any order, repeated at once and later.
    Disordered,
}

/// One of the two lives of a history.
pub struct Life {
    pub number: u64,
    pub arrival: Arrival,
    pub code: String,
    pub who: String,
    pub producer: Producer,
    pub kind: OrderKind,
    /// Whatever happens in both lives.
    pub dice: Dice,
    /// Whatever happens to the events of this one.
    pub disorder: Dice,
    pub steps: u64,
    pub ids: Option<Ids>,
    pub card_updates: Vec<CardUpdateId>,
    pub cancellation: Option<Protocol>,
    pub change: Option<QuoteId>,
    pub request: Option<Protocol>,
    pub disputed: BTreeSet<String>,
    pub events: u64,
    /// Reported again later.
    pub stale: Vec<Event>,
    /// What was done, for whoever has to find out why.
    pub script: Vec<String>,
}

/// What the order is called by the rules.
pub struct Ids {
    pub buyer: Buyer,
    pub order: OrderId,
    pub subscription: Option<SubscriptionId>,
}

impl Life {
    /// An order of any kind, as it comes from the shop.
    pub async fn begin(world: &World, shops: &[Shop], number: u64, arrival: Arrival) -> Self {
        let mut dice = Dice::of("history", number);
        let shop = &shops[dice.below(shops.len() as u64) as usize];
        let side = if arrival == Arrival::Ordered { 'A' } else { 'B' };
        let (code, who) = (format!("{side}-{number}"), format!("{side}{number}@example.com").to_lowercase());
        let new = order(world, shop, &mut dice, &who, &code);
        let kind = new.kind;
        let script = vec![format!("{kind} of {} by {}", new.items[0].amount, new.payment.method)];
        place(world, &shop.producer, new).await;
        Self {
            number,
            arrival,
            code,
            who,
            producer: shop.producer.clone(),
            kind,
            steps: 4 + dice.below(9),
            dice,
            disorder: Dice::of("disorder", number),
            ids: None,
            card_updates: Vec::new(),
            cancellation: None,
            change: None,
            request: None,
            disputed: BTreeSet::new(),
            events: 0,
            stale: Vec::new(),
            script,
        }
    }

    pub fn know(&mut self, world: &World, person: PersonId, order: OrderId, subscription: Option<SubscriptionId>) {
        let buyer = buyer(&world.portal, person, email(&self.who));
        self.ids = Some(Ids { buyer, order, subscription });
    }

    pub fn ids(&self) -> &Ids {
        self.ids.as_ref().expect("known once the order is placed")
    }

    /// What happens in one round: something is done, something is reported.
    pub async fn step(&mut self, world: &World, round: u64) {
        if round >= self.steps {
            return;
        }
        self.act(world).await;
        if self.dice.once_in(2) {
            let events = news::happens(self, world);
            self.receive(world, events).await;
        }
        self.receive_again(world).await;
    }

    /// Nothing new happens, and what is open comes to its end.
    pub async fn end(&mut self, world: &World) {
        world.gateway.be_kind_to(&self.who);
        let events = news::ends(self, world);
        self.receive(world, events).await;
        self.receive_again(world).await;
    }

    /// Which history of which engine this is, and how to live it again.
    pub fn name(&self, world: &World) -> String {
        format!(
            "{} on {}; AFTERSALE_TEST_HISTORY={} lives it again: {:#?}",
            self.code, world.engine, self.number, self.script
        )
    }
}

fn order(world: &World, shop: &Shop, dice: &mut Dice, who: &str, code: &str) -> NewOrder {
    let amount = 6_000 + dice.below(90_000) as i64;
    let once = paid_order(world, who, code, &[(shop.products[0], amount)]);
    let mut new = match dice.below(10) {
        0 => once,
        1 => paid_order(world, who, code, &[(shop.products[1], amount), (shop.products[0], 1_990)]),
        2 | 3 => installments(once, dice, Method::Card),
        4 => {
            let method = dice.pick(&[Method::Pix, Method::Boleto]);
            installments(once, dice, method)
        }
        kind => {
            let number = dice.below(PLANS.len() as u64) as usize;
            let plan = &PLANS[number];
            let method = [Method::Card, Method::Card, Method::Pix, Method::Boleto, Method::Card][kind as usize - 5];
            let order = paid_order(world, who, code, &[(shop.products[number % 2], plan.price)]);
            subscription(world, order, plan, method, kind == 9)
        }
    };
    for item in &mut new.items {
        if let (Sold::Known { product, offer }, None) = (&mut item.sold, &new.subscription) {
            // What is sold once has no offer of its own: any of the product does.
            let is_first = *product == harness::code(shop.products[0]);
            *offer = harness::code(if is_first { "basic" } else { "gold" });
        }
    }
    new
}

fn installments(mut order: NewOrder, dice: &mut Dice, method: Method) -> NewOrder {
    order.kind = if method == Method::Card { OrderKind::SmartInstallments } else { OrderKind::SlipInstallments };
    order.installments = Some(2 + dice.below(6) as i64);
    paid_by(order, method)
}

pub(super) fn subscription(
    world: &World,
    mut order: NewOrder,
    plan: &Plan,
    method: Method,
    is_trial: bool,
) -> NewOrder {
    let now = world.portal.now();
    let zone = Zone::named("America/Sao_Paulo").unwrap();
    let end = if is_trial { now.plus(DAY * 14) } else { zone.intervals_after(now, plan.interval.0, plan.interval.1) };
    order.kind = OrderKind::Subscription;
    if let Sold::Known { offer, .. } = &mut order.items[0].sold {
        *offer = code(plan.code);
    }
    order.subscription = Some(NewSubscription {
        status: if is_trial { SubscriptionStatus::Trialing } else { SubscriptionStatus::Active },
        plan: None,
        amount: plan.price,
        interval: plan.interval,
        period_start: now,
        period_end: end,
        next_charge_at: Some(end),
        canceled_at: None,
        paid_at: (!is_trial).then_some(now),
        reference: None,
    });
    if is_trial {
        order.charge = None;
    }
    paid_by(order, method)
}

fn paid_by(mut order: NewOrder, method: Method) -> NewOrder {
    order.payment.method = method;
    if let Some(charge) = &mut order.charge {
        charge.method = method;
    }
    order
}
