//! What buyers and producers do. Whether it is allowed is for the rules to say: a refusal is an answer, a failure is
//! not.

use super::DAY;
use super::life::{Ids, Life};
use crate::harness::code;
use portal::billing::collect_now;
use portal::ports::ChargeProgress;
use portal::refund::{Answer, new_request_id};
use portal::testing::{GatewayFault, World};
use portal::{card, plan, refund, subscription};
use std::fmt::Debug;
use types::view::CardPlace;
use types::{DeclineReason, Method, OrderKind};

impl Life {
    pub async fn act(&mut self, world: &World) {
        let is_plan = self.kind == OrderKind::Subscription;
        match self.dice.below(if is_plan { 20 } else { 12 }) {
            0 | 1 => self.gateway_is_about_to(world),
            2 => self.gateway_fails(world),
            3 | 4 => self.pays(world).await,
            5 => self.enters_a_card(world).await,
            6 if self.dice.once_in(2) => self.pays_once().await,
            6 => self.pays_in_another_way(world).await,
            7 if self.dice.once_in(2) => self.wants_money_back(world).await,
            8 => self.asks_the_producer(world).await,
            9 => self.hears_from_the_producer(world).await,
            12 | 13 => self.cancels(world).await,
            14 => self.undoes_the_cancellation(world).await,
            15 => self.stays(world).await,
            16..=18 => self.changes_plan(world).await,
            19 => self.undoes_the_plan(world).await,
            _ => {}
        }
    }

    fn gateway_is_about_to(&mut self, world: &World) {
        let outcomes = [self.outcome(world), self.outcome(world)];
        self.script.push(format!("the gateway is about to {outcomes:?}"));
        world.gateway.next_charges_of(&self.who, &outcomes);
    }

    fn outcome(&mut self, world: &World) -> ChargeProgress {
        match self.dice.below(8) {
            0 | 1 => ChargeProgress::Paid,
            2..=4 => ChargeProgress::Declined(DeclineReason::InsufficientFunds),
            5 => ChargeProgress::ActionRequired { url: "https://gateway.test/confirm".to_owned() },
            _ => ChargeProgress::Waiting {
                code: "00190".to_owned(),
                url: "https://gateway.test/slip".to_owned(),
                until: world.portal.now().plus(DAY * 3),
            },
        }
    }

    fn gateway_fails(&mut self, world: &World) {
        use GatewayFault::{LostAfter, LostBefore, Refuses, Unavailable};
        let fault = self.dice.pick(&[LostAfter, LostBefore, Unavailable, Refuses]);
        self.script.push(format!("the gateway meets {fault:?}"));
        world.gateway.fail_next_charges_of(&self.who, &[fault]);
    }

    async fn pays(&mut self, world: &World) {
        let paid = collect_now(&world.portal, self.ids().order).await.unwrap();
        self.script.push(format!("pays what is open: {paid:?}"));
    }

    async fn pays_once(&mut self) {
        let method = self.dice.pick(&[Method::Pix, Method::Boleto]);
        let paid = card::pay_open(&self.ids().buyer, &self.place(), Some(method)).await;
        self.noted(&format!("pays what is open by {method}, this once"), paid);
    }

    fn place(&self) -> CardPlace {
        let of_plan = self.ids().subscription.map(CardPlace::Subscription);
        of_plan.unwrap_or_else(|| CardPlace::Order(self.code.clone()))
    }

    async fn enters_a_card(&mut self, world: &World) {
        let begun = card::begin(&self.ids().buyer, &self.place(), new_request_id(&world.portal)).await;
        if let Some(card::Leading { url, .. }) = self.noted("goes to enter a card", begun) {
            self.card_updates.push(url.rsplit('/').next().unwrap().parse().unwrap());
        }
    }

    async fn pays_in_another_way(&mut self, world: &World) {
        let method = self.dice.pick(&[Method::Pix, Method::Boleto]);
        let form = new_request_id(&world.portal);
        let changed = card::change_method(&self.ids().buyer, &self.place(), form, method).await;
        self.noted(&format!("pays by {method} from now on"), changed);
    }

    async fn wants_money_back(&mut self, world: &World) {
        let form = new_request_id(&world.portal);
        let Ids { buyer, .. } = self.ids();
        let items =
            portal::purchases::refund_preview(buyer, &self.code, &[]).await.map(|seen| seen.chosen).unwrap_or_default();
        // All, or the first alone.
        let count = if self.dice.once_in(2) { items.len() } else { items.len().min(1) };
        let asked = refund::request(&self.ids().buyer, &self.code, form, &items[..count]).await;
        let asked = self.noted(&format!("wants {count} of {} items back", items.len()), asked);
        self.request = asked.or(self.request.take());
    }

    async fn asks_the_producer(&mut self, world: &World) {
        let asked = refund::ask(&self.ids().buyer, &self.code, new_request_id(&world.portal), "Posso devolver?").await;
        let asked = self.noted("asks the producer for the money", asked);
        self.request = asked.or(self.request.take());
    }

    async fn hears_from_the_producer(&mut self, world: &World) {
        let Some(protocol) = self.request.clone() else { return };
        if self.dice.once_in(3) {
            let withdrawn = refund::withdraw(&self.ids().buyer, &self.code, protocol.as_str()).await;
            self.noted("takes the request back", withdrawn);
            return;
        }
        let answer = if self.dice.once_in(3) { Answer::Decline { reason: None } } else { Answer::Approve };
        let what = format!("the producer says {answer:?}");
        let answered = refund::answer(&world.portal, &self.producer, &code(&self.code), &protocol, answer).await;
        self.noted(&what, answered);
    }

    async fn cancels(&mut self, world: &World) {
        let Ids { buyer, subscription: Some(id), .. } = self.ids() else { return };
        let canceled = subscription::cancel(buyer, *id, new_request_id(&world.portal), "", "").await;
        let canceled = self.noted("cancels", canceled);
        self.cancellation = canceled.or(self.cancellation.take());
    }

    async fn undoes_the_cancellation(&mut self, _: &World) {
        let (Ids { buyer, subscription: Some(id), .. }, Some(protocol)) = (self.ids(), &self.cancellation) else {
            return;
        };
        let undone = subscription::undo(buyer, *id, protocol.as_str()).await;
        self.noted("takes the cancellation back", undone);
    }

    async fn stays(&mut self, _: &World) {
        let Ids { buyer, subscription: Some(id), .. } = self.ids() else { return };
        let taken = subscription::accept(buyer, *id, "", "").await;
        self.noted("takes what is offered", taken);
    }

    async fn changes_plan(&mut self, _: &World) {
        let target = self.dice.pick(&super::shop::PLANS.each_ref()).code;
        let Ids { buyer, subscription: Some(id), .. } = self.ids() else { return };
        let quote = plan::quote(buyer, *id, target).await;
        let confirmed = match &quote {
            Ok(quote) => plan::confirm(buyer, *id, *quote, 1, true).await,
            Err(_) => Ok(()),
        };
        self.noted(&format!("confirms {target}"), confirmed);
        self.change = self.noted(&format!("wants {target}"), quote).or(self.change);
    }

    async fn undoes_the_plan(&mut self, _: &World) {
        let (Ids { buyer, subscription: Some(id), .. }, Some(change)) = (self.ids(), self.change) else { return };
        let undone = plan::undo(buyer, *id, change).await;
        self.noted("stays with the plan", undone);
    }

    /// What came of it, if it was allowed.
    fn noted<T, E: Debug>(&mut self, what: &str, result: Result<T, E>) -> Option<T> {
        let refusal = result.as_ref().err().map(|error| format!("{error:?}"));
        let failed = refusal.as_ref().is_some_and(|text| text.starts_with("Database"));
        self.script.push(format!("{what}: {}", refusal.as_deref().unwrap_or("yes")));
        assert!(!failed, "{} {:#?}", self.code, self.script);
        result.ok()
    }
}
