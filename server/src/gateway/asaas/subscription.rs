//! Subscriptions of Asaas' own: ending one, taking that back, paying it in another way.
//!
//! Asaas knows only one end, at once and for good. Until the end of what is paid a subscription is made inactive: then
//! no payment more is made, and it can be made active again. A last day could be set as well, but nothing that Asaas
//! documents takes one away. Payments are made up to 40 days ahead and would still be charged: those of later periods
//! are removed, and made again by naming the day from which on there are none.

use super::failure::Failure;
use super::http::id;
use super::period::{self, Period};
use super::wire::{Payment, Subscription};
use super::{Asaas, day, no};
use futures::future::BoxFuture;
use portal::ports::{
    CancelAt, GatewayError, NextPlan, NextPlans, PlanChange, PlanPreview, StoredCard, SubscriptionAbilities,
    SubscriptionInstruction, SubscriptionRecord, Subscriptions,
};
use serde_json::{Value, json};
use types::Method;

/// What can be done with a subscription of Asaas' own.
pub(in crate::gateway) const SUBSCRIPTIONS: SubscriptionAbilities = SubscriptionAbilities {
    undo: true,
    plans: false,
    next_plans: NextPlans::OfSameCycle,
    methods: &[Method::Card, Method::Pix, Method::Boleto],
};

impl Subscriptions for Asaas {
    fn can(&self) -> SubscriptionAbilities {
        SUBSCRIPTIONS
    }

    fn read<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Option<SubscriptionRecord>, GatewayError>> {
        Box::pin(async move { Ok(self.record(reference).await?) })
    }

    fn cancel<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        at: CancelAt,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        Box::pin(async move {
            match at {
                CancelAt::Now => self.end_now(&instruction.reference).await?,
                CancelAt::PeriodEnd => self.end_with_period(&instruction.reference).await?,
            }
            Ok(())
        })
    }

    fn undo_cancel<'a>(&'a self, instruction: &'a SubscriptionInstruction) -> BoxFuture<'a, Result<(), GatewayError>> {
        Box::pin(async move { Ok(self.go_on(&instruction.reference).await?) })
    }

    fn preview<'a>(
        &'a self,
        _: &'a SubscriptionInstruction,
        _: &'a PlanChange,
    ) -> BoxFuture<'a, Result<Option<PlanPreview>, GatewayError>> {
        Box::pin(async { Ok(None) })
    }

    fn change_plan<'a>(
        &'a self,
        _: &'a SubscriptionInstruction,
        _: &'a PlanChange,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        Box::pin(async { Err(no("Asaas does not reckon what another plan costs").into()) })
    }

    fn knows_plan<'a>(&'a self, reference: &'a str, plan: &'a NextPlan) -> BoxFuture<'a, Result<bool, GatewayError>> {
        Box::pin(async move { Ok(self.knows(reference, plan).await?) })
    }

    fn plan_next<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        plan: &'a NextPlan,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        Box::pin(async move { Ok(self.begin_next_with(instruction, plan).await?) })
    }

    fn change_method<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        method: Method,
        card: Option<&'a StoredCard>,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        Box::pin(async move {
            match method {
                Method::Card => self.charge_card(&instruction.reference, card).await?,
                _ => self.pay_by(&instruction.reference, method).await?,
            }
            Ok(())
        })
    }
}

impl Asaas {
    /// Ends it for good, with all that is still to be paid.
    async fn end_now(&self, reference: &str) -> Result<(), Failure> {
        if let Err(failure) = self.delete::<Value>(&path(reference)?).await {
            self.unless(reference, failure, Subscription::is_over).await?;
        }
        let removed = self.remove(reference, &["PENDING", "OVERDUE"], |_| true).await;
        removed.map_err(Failure::of_second_call)
    }

    /// Makes no payment more, and removes those of later periods. What is due today or before is of this one.
    async fn end_with_period(&self, reference: &str) -> Result<(), Failure> {
        let body = json!({"status": "INACTIVE"});
        if let Err(failure) = self.put::<Subscription>(&path(reference)?, &body).await {
            self.unless(reference, failure, |now| now.is_over() || now.is_inactive()).await?;
        }
        let today = day::of(self.clock.now());
        let is_later = |payment: &Payment| payment.due().and_then(day::parse) > today;
        self.remove(reference, &["PENDING"], is_later).await.map_err(Failure::of_second_call)
    }

    /// Asaas changes nothing in a subscription that is removed or expired, and says no: whoever wanted its end has it.
    async fn unless(&self, reference: &str, failure: Failure, is_so: fn(&Subscription) -> bool) -> Result<(), Failure> {
        if !matches!(failure, Failure::Said(_)) {
            return Err(failure);
        }
        match self.subscription(reference).await {
            Ok(now) if is_so(&now) => Ok(()),
            Ok(_) | Err(Failure::Said(_)) => Err(failure),
            Err(other) => Err(other),
        }
    }

    async fn remove(
        &self,
        reference: &str,
        statuses: &[&str],
        which: impl Fn(&Payment) -> bool + Send,
    ) -> Result<(), Failure> {
        for status in statuses {
            let mut open = self.payments_of(reference, Some(status)).await?.data;
            open.retain(&which);
            // The latest first: what is left when this is cut off has no gap.
            open.sort_by(|one, other| other.due_date.cmp(&one.due_date));
            for payment in open {
                self.remove_payment(&payment).await?;
            }
        }
        Ok(())
    }

    /// Removes it, if nobody was faster and paid it.
    async fn remove_payment(&self, payment: &Payment) -> Result<(), Failure> {
        let path = format!("/payments/{}", id(&payment.id)?);
        let failure = match self.delete::<Value>(&path).await {
            Err(failure @ Failure::Said(_)) => failure,
            done => return done.map(drop),
        };
        match self.get::<Payment>(&path, &[]).await {
            Ok(now) if now.deleted || !matches!(now.status.as_str(), "PENDING" | "OVERDUE") => Ok(()),
            Err(gone) if gone.is_missing() => Ok(()),
            _ => Err(failure),
        }
    }

    /// Makes payments again, from the first day on for which there is none. One that goes on already goes on as it is.
    async fn go_on(&self, reference: &str) -> Result<(), Failure> {
        let subscription = self.subscription(reference).await?;
        if subscription.is_over() {
            return Err(no("this subscription is over at Asaas"));
        }
        if !subscription.is_inactive() {
            return Ok(());
        }
        let today = day::of(self.clock.now()).ok_or_else(|| no("nobody knows which day it is"))?;
        let payments = self.payments_of(reference, None).await?.data;
        let unreadable = || Failure::NotDone(format!("the subscription {reference} cannot be read"));
        let period = period::of(&subscription, &payments, today).ok_or_else(unreadable)?;
        match period {
            Period { end, .. } if end <= today => Err(no("its period is over")),
            Period { unmade: None, .. } => Err(no("Asaas does not tell any more when its first payment was due")),
            Period { unmade: Some(next), .. } => {
                let body = json!({"status": "ACTIVE", "nextDueDate": next.to_string()});
                self.put::<Subscription>(&path(reference)?, &body).await.map(drop)
            }
        }
    }

    /// Payments that wait already follow; one that is overdue stays as it is.
    async fn pay_by(&self, reference: &str, method: Method) -> Result<(), Failure> {
        let kind = match method {
            Method::Boleto => "BOLETO",
            Method::Pix => "PIX",
            Method::Card | Method::Other => return Err(no("a subscription at Asaas is changed to boleto or Pix only")),
        };
        let body = json!({"billingType": kind, "updatePendingPayments": true});
        self.put::<Subscription>(&path(reference)?, &body).await.map(drop)
    }
}

/// Where it is.
pub(super) fn path(reference: &str) -> Result<String, Failure> {
    Ok(format!("/subscriptions/{}", id(reference)?))
}
