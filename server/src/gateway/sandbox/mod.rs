//! The sandbox: a gateway that behaves like a real one and moves no money. It keeps books of its own. The rules reach
//! it by the port, and hear of it by its webhooks; people reach it by its pages (`page`). The server, in which it
//! lives, tends it (`tending`), lets a clock follow it in development (`clock`) and checks its books (`invariants`).
//! The rules know nothing of that.
//!
//! Cards are told what to do by the numbers that Stripe's documents use; a card that was never typed here, by its last
//! four digits (`card`). Card 5126 is paid back and then sent back by the bank; 9999 is an outage of a minute with
//! unknown outcome, where some instructions take effect before the connection breaks. A Pix is paid back at once,
//! everything else after five seconds, a boleto to an account that the instruction names. A boleto that nobody touches
//! is paid with the next business day, unless its buyer is `expire+…@`. A number is never stored.

mod admin;
mod card;
mod card_update;
mod card_update_store;
mod card_updating;
mod charging;
mod clock;
mod code;
mod invariants;
pub mod page;
mod payment;
mod payment_store;
mod refunding;
mod state;
mod store;
mod tending;
mod traces;
mod webhook;
mod webhook_store;

pub use clock::SandboxClock;
pub use invariants::INVARIANTS;
pub use traces::TRACES;
pub(crate) use webhook::SIGNATURE;

use data_encoding::BASE32_NOPAD;
use futures::future::BoxFuture;
use portal::db::{Db, Error};
use portal::ports::{
    CardInstruction, CardPage, CardProgress, Cards, ChargeInstruction, ChargeReport, Charges, Clock, Gateway,
    GatewayError, GatewayRefusal, Random, RefundInstruction, RefundReport, Refunds,
};
use portal::{Keys, mac};
use std::sync::Arc;
use tokio::sync::Notify;
use types::{Instant, Method};

/// The name under which orders are charged here.
pub const NAME: &str = "sandbox";

/// The sandbox gateway: cheap to clone.
#[derive(Clone)]
pub struct Sandbox {
    db: Db,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    secret: [u8; 32],
    bells: Arc<Bells>,
}

/// Whom the sandbox wakes in its own process. Other processes over the same books look by themselves.
#[derive(Default)]
pub struct Bells {
    /// Something may be due: whoever tends it looks at once.
    due: Notify,
    /// The clock was turned: a clock that follows it looks at once.
    turned: Notify,
}

impl Sandbox {
    /// A sandbox with its books in `db`. Its pages and signatures hang on the key of the installation.
    pub fn new(db: Db, clock: Arc<dyn Clock>, random: Arc<dyn Random>, keys: &Keys, bells: Arc<Bells>) -> Self {
        Self { db, clock, random, secret: keys.of_use("sandbox"), bells }
    }

    /// Now, as the calendar counts.
    fn now(&self) -> Instant {
        self.clock.now()
    }

    /// What the clock on the wall shows.
    fn wall(&self) -> Instant {
        self.clock.wall()
    }

    /// The key that signs its webhooks.
    pub(crate) fn signing_key(&self) -> [u8; 32] {
        mac(&self.secret, &[b"webhooks"])
    }

    /// The last part of the address of the product's hook for this gateway.
    pub(crate) fn hook_key(&self) -> String {
        self.unguessable("hook", NAME)
    }

    /// The end of an address that only this installation can make for `key`.
    fn unguessable(&self, purpose: &str, key: &str) -> String {
        let bytes = mac(&self.secret, &[purpose.as_bytes(), b":", key.as_bytes()]);
        BASE32_NOPAD.encode(&bytes[..20]).to_lowercase()
    }

    async fn books(&self) -> Result<store::Books, Error> {
        store::Books::open(&self.db).await
    }

    /// Closes the books; something may be due from now on.
    async fn close_and_ring(&self, books: store::Books) -> Result<(), Error> {
        books.close().await?;
        self.bells.due.notify_one();
        Ok(())
    }
}

impl Gateway for Sandbox {
    fn refunds(&self) -> Option<&dyn Refunds> {
        Some(self)
    }

    fn charges(&self) -> Option<&dyn Charges> {
        Some(self)
    }

    fn cards(&self) -> Option<&dyn Cards> {
        Some(self)
    }
}

impl Refunds for Sandbox {
    fn refund<'a>(&'a self, instruction: &'a RefundInstruction) -> BoxFuture<'a, Result<RefundReport, GatewayError>> {
        Box::pin(async move { Ok(self.take_refund(instruction).await?) })
    }

    fn find_refund<'a>(
        &'a self,
        instruction: &'a RefundInstruction,
    ) -> BoxFuture<'a, Result<Option<RefundReport>, GatewayError>> {
        Box::pin(async move { Ok(self.look_for_refund(&instruction.key).await?) })
    }

    fn asks_payee_for(&self) -> &'static [Method] {
        state::NEEDS_PAYEE
    }
}

impl Charges for Sandbox {
    fn charge<'a>(&'a self, instruction: &'a ChargeInstruction) -> BoxFuture<'a, Result<ChargeReport, GatewayError>> {
        Box::pin(async move { Ok(self.take_charge(instruction).await?) })
    }

    fn find_charge<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<ChargeReport>, GatewayError>> {
        Box::pin(async move { Ok(self.look_for_charge(key).await?) })
    }
}

impl Cards for Sandbox {
    fn begin_card<'a>(&'a self, instruction: &'a CardInstruction) -> BoxFuture<'a, Result<CardPage, GatewayError>> {
        Box::pin(async move { Ok(self.begin_card_update(instruction).await?) })
    }

    fn find_card<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<CardProgress, GatewayError>> {
        Box::pin(async move { Ok(self.look_for_card(reference).await?) })
    }
}

/// Why an instruction was not answered with what it asked for.
#[derive(Debug)]
enum Failure {
    Refused(GatewayRefusal),
    Lost,
    Books(Error),
}

impl From<state::Refusal> for Failure {
    fn from(refusal: state::Refusal) -> Self {
        Self::Refused(match refusal {
            state::Refusal::OverRefund => GatewayRefusal::OverRefund,
            state::Refusal::AlreadyRefunded => GatewayRefusal::AlreadyRefunded,
            state::Refusal::NotPaid => GatewayRefusal::NotPaid,
            state::Refusal::Disputed => GatewayRefusal::Disputed,
            state::Refusal::NeedsPayee => GatewayRefusal::NeedsPayee,
            state::Refusal::KeyReused | state::Refusal::InvalidAmount => GatewayRefusal::Other(refusal.to_string()),
        })
    }
}

impl From<payment::Refusal> for Failure {
    fn from(refusal: payment::Refusal) -> Self {
        Self::Refused(GatewayRefusal::Other(refusal.to_string()))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Books(error)
    }
}

impl From<Failure> for GatewayError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(reason) => Self::Refused(reason),
            Failure::Lost => Self::OutcomeUnknown("the connection broke (sandbox outage)".to_owned()),
            // A commit that failed may have happened all the same.
            Failure::Books(error) => Self::OutcomeUnknown(error.to_string()),
        }
    }
}

#[cfg(test)]
mod charge_tests;
#[cfg(test)]
mod tests;
