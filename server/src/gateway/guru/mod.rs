//! Digital Manager Guru, by version 2 of its API: calls in JSON, with the user token of one producer.
//!
//! Guru knows no idempotency. So each call looks first whether things are as they are to be: a transaction that went
//! back is not paid back again (`refund`), a subscription that ends is not ended again (`subscription`), a plan that is
//! there is not bought again (`plan`). The key of a refund goes along in its comment, by which it is found among
//! several transactions of one subscription.
//!
//! Guru charges by its own calendar only, and pays whole transactions back. The token of a card comes from a script of
//! Guru's in the buyer's browser and lives for five minutes: no page of ours carries that script, so the abilities to
//! charge and to enter a card are absent. Webhooks come to a source of orders, at an address that the producer enters
//! at Guru: its API registers none.
//!
//! What Guru writes is read as its webhooks are (`crate::hooks::guru`): amounts from the digits that stand in an
//! answer, days by the calendar of Brasília.
//!
//! An adapter calls once and never again by itself. The token never stands in an error, in a log or in what `Debug`
//! shows.

mod check;
mod failure;
mod history;
mod http;
mod method;
mod next;
mod plan;
mod quote;
mod record;
mod refund;
mod subscription;
mod wire;

use crate::guard::Guard;
use failure::Failure;
use futures::future::BoxFuture;
use portal::ports::{
    CancelAt, Cards, Charges, Checked, Checks, Clock, Gateway, GatewayError, GatewayRefusal, NextPlan, NextPlans,
    PlanChange, PlanPreview, RefundInstruction, RefundReport, Refunds, StoredCard, SubscriptionAbilities,
    SubscriptionInstruction, SubscriptionRecord, Subscriptions,
};
use portal::time::Zone;
use std::fmt;
use std::sync::Arc;
use types::Method;

/// The word for this gateway in a producer's connection.
pub const NAME: &str = "guru";

/// Where Guru answers.
pub const BASE_URL: &str = "https://digitalmanager.guru/api/v2";

/// The zone whose days Guru counts.
const ZONE: &str = "America/Sao_Paulo";

/// A producer's account.
#[derive(Clone)]
pub struct GuruAccount {
    /// The address of its API, [`BASE_URL`] by default.
    pub base_url: String,
    /// The token of a user of the account.
    pub user_token: String,
}

impl GuruAccount {
    /// Whether it moves real money. Guru has no test mode, and its tokens all look alike: only what answers without
    /// encryption, which the guard allows in networks of the operator's own, is no account of Guru's.
    pub fn is_live(&self) -> bool {
        !self.base_url.starts_with("http://")
    }
}

impl fmt::Debug for GuruAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuruAccount").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// The adapter of one account.
pub struct Guru {
    guard: Arc<Guard>,
    clock: Arc<dyn Clock>,
    account: GuruAccount,
}

impl Guru {
    /// An adapter that calls through `guard`. A change of plan charges a card: the guard should wait that long. `clock`
    /// says which day it is.
    pub fn new(guard: Arc<Guard>, clock: Arc<dyn Clock>, account: GuruAccount) -> Self {
        Self { guard, clock, account }
    }
}

impl fmt::Debug for Guru {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guru").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Gateway for Guru {
    fn refunds(&self) -> Option<&dyn Refunds> {
        Some(self)
    }

    fn charges(&self) -> Option<&dyn Charges> {
        None
    }

    fn cards(&self) -> Option<&dyn Cards> {
        None
    }

    fn checks(&self) -> Option<&dyn Checks> {
        Some(self)
    }

    fn subscriptions(&self) -> Option<&dyn Subscriptions> {
        Some(self)
    }
}

impl Checks for Guru {
    fn check(&self) -> BoxFuture<'_, Result<Checked, GatewayError>> {
        Box::pin(async move { self.look().await.map_err(|failure| GatewayError::Unavailable(failure.to_string())) })
    }

    fn register_webhook<'a>(&'a self, _url: &'a str) -> BoxFuture<'a, Result<Option<String>, GatewayError>> {
        Box::pin(async { Ok(None) })
    }
}

impl Refunds for Guru {
    fn refund<'a>(&'a self, instruction: &'a RefundInstruction) -> BoxFuture<'a, Result<RefundReport, GatewayError>> {
        Box::pin(async move { Ok(self.pay_back(instruction).await?) })
    }

    fn find_refund<'a>(
        &'a self,
        instruction: &'a RefundInstruction,
    ) -> BoxFuture<'a, Result<Option<RefundReport>, GatewayError>> {
        Box::pin(async move { Ok(self.look_for_refund(instruction).await?) })
    }
}

/// What can be done with a subscription of Guru's. A card is missing: it would need a token of Guru's script.
pub(super) const SUBSCRIPTIONS: SubscriptionAbilities = SubscriptionAbilities {
    undo: true,
    plans: true,
    next_plans: NextPlans::All,
    methods: &[Method::Pix, Method::Boleto],
};

impl Subscriptions for Guru {
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
        Box::pin(async move { Ok(self.end(instruction, at).await?) })
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
        _card: Option<&'a StoredCard>,
    ) -> BoxFuture<'a, Result<(), GatewayError>> {
        Box::pin(async move { Ok(self.pay_by(instruction, method).await?) })
    }
}

/// Our own no, in words.
fn no(words: impl Into<String>) -> Failure {
    Failure::No(GatewayRefusal::Other(words.into()))
}

/// The days that Guru counts.
fn zone() -> Result<Zone, Failure> {
    Zone::named(ZONE).map_err(|_| Failure::NotDone(format!("the time zone {ZONE} is unknown")))
}

/// How each comment of ours begins.
const MARK: &str = "Aftersale ";

/// What Guru keeps beside what was done from here, for people and for us to find it by.
fn comment(key: &str) -> String {
    format!("{MARK}{key}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_not_shown_and_only_a_stand_in_moves_no_real_money() {
        let account = |base_url: &str| GuruAccount { base_url: base_url.to_owned(), user_token: "4eC39H".to_owned() };
        assert!(!format!("{:?}", account(BASE_URL)).contains("4eC39H"));
        assert!(account(BASE_URL).is_live() && account("https://proxy.example/api/v2").is_live());
        assert!(!account("http://127.0.0.1:4010/api/v2").is_live());
    }
}
