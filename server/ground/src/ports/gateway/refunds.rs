//! Paying money back.

use super::GatewayError;
use futures::future::BoxFuture;
use types::{Instant, Method, Money, Payee};

/// Pays money back when it is asked to.
///
/// A refund is asynchronous: taken is not arrived, and what has arrived may come back from the bank weeks later
/// ([`RefundProgress`]). Stripe: `failed` after `succeeded` is ordinary. Asaas: a boleto waits until its buyer has
/// named an account on Asaas's own page, and a balance that is too small is a failure. Guru pays back whole
/// transactions only: its adapter refuses a smaller amount, and the producer pays that back by hand.
pub trait Refunds: Send + Sync {
    /// Asks for money back. The same key again is the same refund.
    fn refund<'a>(&'a self, instruction: &'a RefundInstruction) -> BoxFuture<'a, Result<RefundReport, GatewayError>>;

    /// What became of the refund that this instruction asked for; `None` when the gateway never got it. Nothing is
    /// asked for by it. It takes the whole instruction because Stripe and Asaas list refunds by their charge, and the
    /// adapter finds the one with the key among them.
    fn find_refund<'a>(
        &'a self,
        instruction: &'a RefundInstruction,
    ) -> BoxFuture<'a, Result<Option<RefundReport>, GatewayError>>;

    /// What went back of this charge, of so much in all, ours too: what has arrived, and nothing that is still on its
    /// way. `None` where the gateway does not list that.
    fn list<'a>(
        &'a self,
        _charge_reference: &'a str,
        _charge_total: Money,
    ) -> BoxFuture<'a, Result<Option<Vec<RecordedRefund>>, GatewayError>> {
        Box::pin(async { Ok(None) })
    }

    /// How else orders may call the charge that this payment is a part of. Asaas: a card that paid in parts is called by
    /// the first of them, or by the plan.
    fn whole_of<'a>(&'a self, _payment: &'a str) -> BoxFuture<'a, Result<Vec<String>, GatewayError>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// The methods by which money goes back only to an account that the buyer names to us.
    fn asks_payee_for(&self) -> &'static [Method] {
        &[]
    }
}

/// An instruction to pay money back.
#[derive(Clone, PartialEq, Debug)]
pub struct RefundInstruction {
    /// Idempotency key: the id of the refund's part.
    pub key: String,
    /// Whose account at the gateway: what the producer's connection says, or the producer's id.
    pub account: String,
    /// The gateway's name of the charge.
    pub charge_reference: String,
    /// What was charged; a gateway that keeps no books of ours needs it.
    pub charge_total: Money,
    /// How it was paid.
    pub method: Method,
    /// Last four digits of the card charged, if it was a card.
    pub card_last4: Option<String>,
    /// How much comes back.
    pub amount: Money,
    /// The account that it goes to, where the method has none.
    pub payee: Option<Payee>,
}

/// Money that went back of a charge.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordedRefund {
    /// The gateway's name of the refund.
    pub reference: String,
    /// The key of the instruction by which it was asked for from here; none where it was not.
    pub key: Option<String>,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Instant,
}

/// What the gateway says of a refund.
#[derive(Clone, PartialEq, Debug)]
pub struct RefundReport {
    /// The gateway's name of the refund.
    pub reference: String,
    /// Where it stands there.
    pub state: RefundProgress,
}

/// Where a refund stands at the gateway.
#[derive(Clone, PartialEq, Debug)]
pub enum RefundProgress {
    /// Taken; on its way.
    Pending,
    /// Taken, and nothing happens before the buyer has named a bank account on a page of the gateway's own.
    WaitsForBuyer {
        /// The address of that page. Asaas tells it only to whoever asks for the refund, as often as that is asked with
        /// the same key; [`Refunds::find_refund`] knows none.
        page: Option<String>,
    },
    /// The money is back.
    Succeeded,
    /// It could not be paid back.
    Failed {
        /// The gateway's reason, for the producer.
        reason: String,
    },
}
