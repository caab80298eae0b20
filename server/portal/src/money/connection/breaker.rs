//! A gateway that does not answer is left alone for a while. Each call to it would take as long as is waited for an
//! answer, and the worker has other things to do; and a gateway in trouble is not helped by more calls.
//!
//! After [`MOST`] calls in a row without a clear answer nothing is asked of it for 15 seconds, later for up to five
//! minutes: a quarter of the time since it answered last. Then the next calls go through again. Whoever needs it
//! meanwhile is told at once that it is unavailable, which means that certainly nothing was done there: a job comes
//! again by its schedule, and a buyer reads that it does not answer now. All nodes share what is known of it, because
//! it is on file with the connection.

use super::{opened, store};
use crate::Portal;
use crate::db::Error;
use crate::ports::{
    CancelAt, CardInstruction, CardPage, CardProgress, Cards, ChargeInstruction, ChargeReport, Charges, Checks,
    Gateway, GatewayError, NextPlan, PlanChange, PlanPreview, RecordedRefund, RefundInstruction, RefundReport, Refunds,
    StoredCard, SubscriptionAbilities, SubscriptionInstruction, SubscriptionRecord, Subscriptions,
};
use futures::future::BoxFuture;
use std::sync::Arc;
use types::{ConnectionId, Instant, Method, Money, ProducerId};

/// So many calls in a row may fail.
const MOST: i64 = 5;

/// The gateway of a connection, used or not, whose answers are noted.
pub(super) async fn watched(
    portal: &Portal,
    producer: ProducerId,
    code: &str,
) -> Result<Option<Arc<dyn Gateway>>, Error> {
    let row = store::by_code(portal.db.read().await?.conn(), producer, code).await?;
    let Some(row) = row else { return Ok(None) };
    let Some(gateway) = opened(portal, &row)? else { return Ok(None) };
    let (is_failing, rests_until) = (row.failing_since().is_some(), row.rests_until());
    Ok(Some(Arc::new(Watched { portal: portal.clone(), id: row.id(), gateway, is_failing, rests_until })))
}

/// A gateway, and what was on file of its answers when it was opened.
struct Watched {
    portal: Portal,
    id: ConnectionId,
    gateway: Arc<dyn Gateway>,
    is_failing: bool,
    rests_until: Option<Instant>,
}

impl Watched {
    /// Makes a call of one of its abilities, unless it is left alone now.
    async fn call<T>(&self, call: Option<BoxFuture<'_, Result<T, GatewayError>>>) -> Result<T, GatewayError> {
        if self.rests_until.is_some_and(|until| self.portal.wall() < until) {
            return Err(GatewayError::Unavailable("it did not answer several times, and is left alone".to_owned()));
        }
        let call = call.ok_or_else(|| GatewayError::Unavailable("it cannot do this".to_owned()))?;
        let result = call.await;
        // What was done is done, whether or not this can be noted.
        if let Err(error) = self.note(result.as_ref().err()).await {
            tracing::warn!(connection = %self.id, %error, "how a gateway answers could not be noted");
        }
        result
    }

    /// A "no" is an answer too.
    async fn note(&self, error: Option<&GatewayError>) -> Result<(), Error> {
        let failed = match error {
            Some(GatewayError::Unavailable(words) | GatewayError::OutcomeUnknown(words)) => Some(words),
            _ => None,
        };
        if failed.is_none() && !self.is_failing {
            return Ok(());
        }
        let mut tx = self.portal.db.begin().await?;
        match failed {
            Some(words) => {
                let (now, wall) = (self.portal.now(), self.portal.wall());
                store::set_failed(&mut tx, self.id, (words, MOST), now, wall).await?;
            }
            None => store::set_well(&mut tx, self.id).await?,
        }
        self.portal.commit(tx).await
    }
}

#[deny(clippy::missing_trait_methods, reason = "what is not passed on would be what nobody can do")]
impl Gateway for Watched {
    fn refunds(&self) -> Option<&dyn Refunds> {
        self.gateway.refunds().map(|_| self as &dyn Refunds)
    }

    fn charges(&self) -> Option<&dyn Charges> {
        self.gateway.charges().map(|_| self as &dyn Charges)
    }

    fn cards(&self) -> Option<&dyn Cards> {
        self.gateway.cards().map(|_| self as &dyn Cards)
    }

    // The account is looked at although it did not answer: that is how it is seen whether it does again.
    fn checks(&self) -> Option<&dyn Checks> {
        self.gateway.checks()
    }

    fn subscriptions(&self) -> Option<&dyn Subscriptions> {
        self.gateway.subscriptions().map(|_| self as &dyn Subscriptions)
    }
}

/// A call of an ability of the gateway, noted.
macro_rules! pass {
    ($self:ident.$ability:ident().$name:ident($($value:expr),*)) => {
        Box::pin(async move { $self.call($self.gateway.$ability().map(|it| it.$name($($value),*))).await })
    };
}

#[deny(clippy::missing_trait_methods, reason = "what is not passed on would be what nobody can do")]
impl Refunds for Watched {
    fn refund<'a>(&'a self, instruction: &'a RefundInstruction) -> BoxFuture<'a, Result<RefundReport, GatewayError>> {
        pass!(self.refunds().refund(instruction))
    }

    fn find_refund<'a>(
        &'a self,
        instruction: &'a RefundInstruction,
    ) -> BoxFuture<'a, Result<Option<RefundReport>, GatewayError>> {
        pass!(self.refunds().find_refund(instruction))
    }

    fn list<'a>(
        &'a self,
        charge: &'a str,
        total: Money,
    ) -> BoxFuture<'a, Result<Option<Vec<RecordedRefund>>, GatewayError>> {
        pass!(self.refunds().list(charge, total))
    }

    fn whole_of<'a>(&'a self, payment: &'a str) -> BoxFuture<'a, Result<Vec<String>, GatewayError>> {
        pass!(self.refunds().whole_of(payment))
    }

    fn asks_payee_for(&self) -> &'static [Method] {
        self.gateway.refunds().map_or(&[], Refunds::asks_payee_for)
    }
}

#[deny(clippy::missing_trait_methods, reason = "what is not passed on would be what nobody can do")]
impl Charges for Watched {
    fn charge<'a>(&'a self, instruction: &'a ChargeInstruction) -> BoxFuture<'a, Result<ChargeReport, GatewayError>> {
        pass!(self.charges().charge(instruction))
    }

    fn find_charge<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<ChargeReport>, GatewayError>> {
        pass!(self.charges().find_charge(key))
    }
}

#[deny(clippy::missing_trait_methods, reason = "what is not passed on would be what nobody can do")]
impl Cards for Watched {
    fn begin_card<'a>(&'a self, instruction: &'a CardInstruction) -> BoxFuture<'a, Result<CardPage, GatewayError>> {
        pass!(self.cards().begin_card(instruction))
    }

    fn find_card<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<CardProgress, GatewayError>> {
        pass!(self.cards().find_card(reference))
    }

    fn is_paid(&self) -> bool {
        self.gateway.cards().is_some_and(Cards::is_paid)
    }

    fn pages_at(&self) -> Option<String> {
        self.gateway.cards().and_then(Cards::pages_at)
    }
}

#[deny(clippy::missing_trait_methods, reason = "what is not passed on would be what nobody can do")]
impl Subscriptions for Watched {
    fn can(&self) -> SubscriptionAbilities {
        self.gateway.subscriptions().map(Subscriptions::can).unwrap_or_default()
    }

    fn read<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Option<SubscriptionRecord>, GatewayError>> {
        pass!(self.subscriptions().read(reference))
    }

    fn cancel<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        at: CancelAt,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        pass!(self.subscriptions().cancel(instruction, at))
    }

    fn undo_cancel<'a>(&'a self, instruction: &'a SubscriptionInstruction) -> BoxFuture<'a, Result<(), GatewayError>> {
        pass!(self.subscriptions().undo_cancel(instruction))
    }

    fn preview<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        change: &'a PlanChange,
    ) -> BoxFuture<'a, Result<Option<PlanPreview>, GatewayError>> {
        pass!(self.subscriptions().preview(instruction, change))
    }

    fn change_plan<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        change: &'a PlanChange,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        pass!(self.subscriptions().change_plan(instruction, change))
    }

    fn knows_plan<'a>(&'a self, reference: &'a str, plan: &'a NextPlan) -> BoxFuture<'a, Result<bool, GatewayError>> {
        pass!(self.subscriptions().knows_plan(reference, plan))
    }

    fn plan_next<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        plan: &'a NextPlan,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        pass!(self.subscriptions().plan_next(instruction, plan))
    }

    fn change_method<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        method: Method,
        card: Option<&'a StoredCard>,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        pass!(self.subscriptions().change_method(instruction, method, card))
    }
}
