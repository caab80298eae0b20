//! Asaas, by version 3 of its API: calls in JSON, with the access token of one producer's account.
//!
//! Asaas knows no idempotency. So a key of ours goes along in a text that Asaas keeps, and is looked for before
//! anything is sent: that of a charge as `externalReference` (`charge`), that of a refund in its description, by which
//! refunds of a payment are told apart because they have no ids (`refund`). What is asked of a subscription says how it
//! is to be, and may come twice (`subscription`).
//!
//! Money is in reais only, and each amount is read and written digit by digit (`amount`). A card that paid here is
//! charged again by its token, which belongs to one customer (`card`).
//!
//! There is no page that takes a card and charges nothing: a checkout sells something, at once or again and again, and
//! neither it nor a payment says when the card ends. So the ability to enter a card is absent.
//!
//! An adapter calls once and never again by itself. The token never stands in an error, in a log or in what `Debug`
//! shows.

mod amount;
mod card;
mod charge;
mod check;
mod day;
mod failure;
mod http;
mod listed;
mod payer;
mod payment;
mod period;
mod plan;
mod progress;
mod record;
mod refund;
mod subscription;
mod swap;
pub mod webhook;
mod wire;

pub(in crate::gateway) use subscription::SUBSCRIPTIONS;

use crate::guard::Guard;
use failure::Failure;
use futures::future::BoxFuture;
use portal::ports::{
    CardInstruction, CardPage, CardProgress, Cards, ChargeInstruction, ChargeReport, Charges, Checked, Checks, Clock,
    Gateway, GatewayError, GatewayRefusal, RecordedRefund, RefundInstruction, RefundReport, Refunds, Subscriptions,
};
use std::fmt;
use std::sync::Arc;
use types::Money;

/// The word for this gateway in a producer's connection.
pub const NAME: &str = "asaas";

/// Where Asaas answers.
pub const BASE_URL: &str = "https://api.asaas.com/v3";

/// How a token begins that moves real money.
pub const LIVE: &str = "$aact_prod_";

/// A producer's account.
#[derive(Clone)]
pub struct AsaasAccount {
    /// The address of its API, [`BASE_URL`] by default.
    pub base_url: String,
    /// `$aact_…`.
    pub access_token: String,
}

impl fmt::Debug for AsaasAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsaasAccount").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// The adapter of one account.
pub struct Asaas {
    guard: Arc<Guard>,
    clock: Arc<dyn Clock>,
    account: AsaasAccount,
}

impl Asaas {
    /// An adapter that calls through `guard`. A card may take Asaas a minute: the guard should wait that long. `clock`
    /// says which day it is.
    pub fn new(guard: Arc<Guard>, clock: Arc<dyn Clock>, account: AsaasAccount) -> Self {
        Self { guard, clock, account }
    }
}

impl fmt::Debug for Asaas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asaas").field("account", &self.account).finish_non_exhaustive()
    }
}

impl Gateway for Asaas {
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

impl Checks for Asaas {
    fn check(&self) -> BoxFuture<'_, Result<Checked, GatewayError>> {
        Box::pin(async move { self.look().await.map_err(unavailable) })
    }

    fn register_webhook<'a>(&'a self, url: &'a str) -> BoxFuture<'a, Result<Option<String>, GatewayError>> {
        Box::pin(async move { self.have_sent_to(url).await.map(Some).map_err(unavailable) })
    }
}

/// No money is in question.
fn unavailable(failure: Failure) -> GatewayError {
    GatewayError::Unavailable(failure.to_string())
}

impl Refunds for Asaas {
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
        charge_total: Money,
    ) -> BoxFuture<'a, Result<Option<Vec<RecordedRefund>>, GatewayError>> {
        Box::pin(async move { Ok(self.listed(charge_reference, charge_total).await?) })
    }

    fn whole_of<'a>(&'a self, payment: &'a str) -> BoxFuture<'a, Result<Vec<String>, GatewayError>> {
        Box::pin(async move { Ok(self.names_of_whole(payment).await?) })
    }
}

impl Charges for Asaas {
    fn charge<'a>(&'a self, instruction: &'a ChargeInstruction) -> BoxFuture<'a, Result<ChargeReport, GatewayError>> {
        Box::pin(async move { Ok(self.take(instruction).await?) })
    }

    fn find_charge<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<ChargeReport>, GatewayError>> {
        Box::pin(async move { Ok(self.look_for_charge(key).await?) })
    }
}

impl Cards for Asaas {
    fn begin_card<'a>(&'a self, instruction: &'a CardInstruction) -> BoxFuture<'a, Result<CardPage, GatewayError>> {
        Box::pin(async move { Ok(self.open_page(instruction).await?) })
    }

    fn find_card<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<CardProgress, GatewayError>> {
        Box::pin(async move { Ok(self.look_for_card(reference).await?) })
    }

    fn is_paid(&self) -> bool {
        true
    }

    fn pages_at(&self) -> Option<String> {
        swap::pages_at(&self.account.base_url)
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
    fn the_token_is_not_shown() {
        let account = AsaasAccount { base_url: BASE_URL.to_owned(), access_token: "$aact_hmlg_4eC39H".to_owned() };
        assert!(!format!("{account:?}").contains("4eC39H"));
    }
}
