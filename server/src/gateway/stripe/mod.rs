//! Stripe, by its own API: form-encoded calls of one pinned version, with the secret key of one producer's account.
//!
//! Each instruction is one effect: its key goes along as `Idempotency-Key`, and stands in the metadata of what it made,
//! by which it is found again. Stripe forgets a key after a day and gives the same answer until then, errors of its own
//! included; a key that comes again with other parameters says nothing about what became of it (`failure`). Whoever does
//! not know asks with `find_…`: a refund among those of its payment (`refund`), a payment by its metadata (`charge`).
//!
//! No call that makes something names the kinds of payment (`payment_method_types`): Stripe's newer versions refuse it,
//! and what a page offers is chosen in Stripe's dashboard.
//!
//! An adapter calls once and never again by itself. The key never stands in an error, in a log or in what `Debug` shows.

mod amount;
mod card;
mod charge;
mod check;
mod failure;
mod form;
mod http;
mod intent;
mod method;
mod payment;
mod plan;
mod record;
mod refund;
mod schedule;
mod slip;
mod subscription;
pub mod webhook;
mod wire;

pub use check::{CheckError, Checked, Right};

use crate::guard::Guard;
use failure::Failure;
use futures::future::BoxFuture;
use portal::ports::{
    CancelAt, CardInstruction, CardPage, CardProgress, Cards, ChargeInstruction, ChargeReport, Charges, Checks, Clock,
    Gateway, GatewayError, GatewayRefusal, NextPlan, NextPlans, PlanChange, PlanPreview, RecordedRefund,
    RefundInstruction, RefundReport, Refunds, StoredCard, SubscriptionAbilities, SubscriptionInstruction,
    SubscriptionRecord, Subscriptions,
};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use types::{Method, Money};

/// The word for this gateway in a producer's connection.
pub const NAME: &str = "stripe";

/// Where Stripe answers.
pub const BASE_URL: &str = "https://api.stripe.com";

/// The version whose shapes are read here.
const VERSION: &str = "2025-09-30.clover";

/// The metadata of everything of ours: the key of the instruction that made it.
const KEY: &str = "metadata[aftersale_key]";

/// A producer's account.
#[derive(Clone)]
pub struct StripeAccount {
    /// The origin, [`BASE_URL`] by default.
    pub base_url: String,
    /// `sk_…`, or `rk_…` with the rights that [`Stripe::check`] asks for.
    pub secret_key: String,
    /// Which price a plan is, by the code of its offer. One that is not here is the price with that `lookup_key`.
    pub prices: BTreeMap<String, String>,
}

impl fmt::Debug for StripeAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { base_url, prices, .. } = self;
        f.debug_struct("StripeAccount").field("base_url", base_url).field("prices", prices).finish_non_exhaustive()
    }
}

/// The adapter of one account.
pub struct Stripe {
    guard: Arc<Guard>,
    clock: Arc<dyn Clock>,
    account: StripeAccount,
}

impl Stripe {
    /// An adapter that calls through `guard`. A charge may take Stripe half a minute: the guard should wait that long.
    /// `clock` counts the days that a boleto is to be payable.
    pub fn new(guard: Arc<Guard>, clock: Arc<dyn Clock>, account: StripeAccount) -> Self {
        Self { guard, clock, account }
    }
}

impl fmt::Debug for Stripe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stripe").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Gateway for Stripe {
    fn refunds(&self) -> Option<&dyn Refunds> {
        Some(self)
    }

    fn charges(&self) -> Option<&dyn Charges> {
        Some(self)
    }

    fn cards(&self) -> Option<&dyn Cards> {
        Some(self)
    }

    fn checks(&self) -> Option<&dyn Checks> {
        Some(self)
    }

    fn subscriptions(&self) -> Option<&dyn Subscriptions> {
        Some(self)
    }
}

impl Checks for Stripe {
    fn check(&self) -> BoxFuture<'_, Result<portal::ports::Checked, GatewayError>> {
        Box::pin(async move {
            let Checked { account, is_live, rights, .. } = Stripe::check(self).await.map_err(unavailable)?;
            let lacks = rights.iter().filter(|right| !right.is_allowed && !check::UNNEEDED.contains(&right.what));
            let lacks = lacks.map(|right| right.what.to_owned()).collect();
            Ok(portal::ports::Checked { is_live, account, lacks })
        })
    }

    fn register_webhook<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<Option<String>, GatewayError>> {
        Box::pin(async move { Stripe::register_webhook(self, url).await.map(Some).map_err(unavailable) })
    }
}

/// No money is in question.
fn unavailable(error: CheckError) -> GatewayError {
    GatewayError::Unavailable(error.to_string())
}

impl Refunds for Stripe {
    fn refund<'a>(&'a self, instruction: &'a RefundInstruction) -> BoxFuture<'a, Result<RefundReport, GatewayError>> {
        Box::pin(async move { Ok(self.pay_back(instruction).await?) })
    }

    fn find_refund<'a>(
        &'a self,
        instruction: &'a RefundInstruction,
    ) -> BoxFuture<'a, Result<Option<RefundReport>, GatewayError>> {
        Box::pin(async move { Ok(self.look_for_refund(instruction).await?) })
    }

    fn list<'a>(
        &'a self,
        charge_reference: &'a str,
        _: Money,
    ) -> BoxFuture<'a, Result<Option<Vec<RecordedRefund>>, GatewayError>> {
        Box::pin(async move { Ok(Some(self.listed(charge_reference).await?)) })
    }
}

impl Charges for Stripe {
    fn charge<'a>(&'a self, instruction: &'a ChargeInstruction) -> BoxFuture<'a, Result<ChargeReport, GatewayError>> {
        Box::pin(async move { Ok(self.take(instruction).await?) })
    }

    fn find_charge<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<ChargeReport>, GatewayError>> {
        Box::pin(async move { Ok(self.look_for_charge(key).await?) })
    }
}

impl Cards for Stripe {
    fn begin_card<'a>(&'a self, instruction: &'a CardInstruction) -> BoxFuture<'a, Result<CardPage, GatewayError>> {
        Box::pin(async move { Ok(self.open_page(instruction).await?) })
    }

    fn find_card<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<CardProgress, GatewayError>> {
        Box::pin(async move { Ok(self.look_for_card(reference).await?) })
    }

    fn pages_at(&self) -> Option<String> {
        card::pages_at(&self.account.base_url)
    }
}

/// What can be done with a subscription of Stripe's own.
pub(super) const SUBSCRIPTIONS: SubscriptionAbilities = SubscriptionAbilities {
    undo: true,
    plans: true,
    next_plans: NextPlans::All,
    methods: &[Method::Card, Method::Pix, Method::Boleto],
};

impl Subscriptions for Stripe {
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
                CancelAt::Now => self.end_now(instruction).await?,
                CancelAt::PeriodEnd => self.end_with_period(instruction).await?,
            }
            Ok(())
        })
    }

    fn undo_cancel<'a>(&'a self, instruction: &'a SubscriptionInstruction) -> BoxFuture<'a, Result<(), GatewayError>> {
        Box::pin(async move { Ok(self.go_on(instruction).await?) })
    }

    fn preview<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        change: &'a PlanChange,
    ) -> BoxFuture<'a, Result<Option<PlanPreview>, GatewayError>> {
        Box::pin(async move { Ok(Some(self.reckon(instruction, change).await?)) })
    }

    fn change_plan<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        change: &'a PlanChange,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        Box::pin(async move { Ok(self.change(instruction, change).await?) })
    }

    fn knows_plan<'a>(&'a self, _: &'a str, plan: &'a NextPlan) -> BoxFuture<'a, Result<bool, GatewayError>> {
        Box::pin(async move { Ok(self.knows(plan).await?) })
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
        Box::pin(async move { Ok(self.pay_by(instruction, method, card).await?) })
    }
}

/// Our own no, in words.
fn no(words: impl Into<String>) -> Failure {
    Failure::No(GatewayRefusal::Other(words.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_key_is_not_shown() {
        let account = StripeAccount {
            base_url: BASE_URL.to_owned(),
            secret_key: "sk_test_4eC39H".to_owned(),
            prices: BTreeMap::new(),
        };
        assert!(!format!("{account:?}").contains("4eC39H"));
    }
}
