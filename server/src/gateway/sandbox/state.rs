//! What the sandbox decides, as pure functions of books, instruction and time.

use portal::ports::{RefundInstruction, RefundProgress, RefundReport};
use sha2::{Digest, Sha256};
use std::time::Duration;
use types::{Instant, Method, Money};

/// A refund reaches the buyer after this long; by Pix at once.
pub(super) const SETTLES_AFTER: Duration = Duration::from_secs(5);
/// A refund to card 5126 is there at once, as Stripe's is, and comes back after this long.
pub(super) const FAILS_AFTER: Duration = Duration::from_secs(10);
/// How long card 9999 is out of reach, from the first instruction about its charge.
pub(super) const OUTAGE: Duration = Duration::from_secs(60);

const FAILURE: &str = "expired_or_canceled_card: the bank sent the money back";

/// A charge in the sandbox's books.
#[derive(Clone, Debug)]
pub(super) struct Charge {
    pub(super) reference: String,
    pub(super) card_last4: Option<String>,
    pub(super) total: Money,
    pub(super) refunded: i64,
    pub(super) heard_of_at: Instant,
}

/// A refund in the sandbox's books.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Refund {
    pub(super) reference: String,
    pub(super) key: String,
    pub(super) request_hash: String,
    pub(super) charge_reference: String,
    pub(super) amount: Money,
    pub(super) progress: Progress,
}

/// Where a refund stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Progress {
    Pending { changes_at: Instant, will_fail: bool },
    Succeeded,
    Failed(String),
}

/// What an outage does to an instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stand {
    Works,
    BreaksBefore,
    BreaksAfter,
}

/// Why the sandbox says no, for good.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error("more than what is left of the charge")]
    OverRefund,
    #[error("all of the charge went back before")]
    AlreadyRefunded,
    #[error("a boleto is paid back to an account, and none is named")]
    NeedsPayee,
    #[error("the amount must be more than nothing, in the currency of the charge")]
    InvalidAmount,
    #[error("the charge is not paid")]
    NotPaid,
    #[error("the charge is disputed with the bank")]
    Disputed,
}

impl Charge {
    /// Whether `card_last4` is the card whose refunds come back.
    fn fails_later(&self) -> bool {
        self.card_last4.as_deref() == Some("5126")
    }

    /// The refund that `instruction` asks for, not yet in the books.
    pub(super) fn take(&self, instruction: &RefundInstruction, now: Instant) -> Result<Refund, Refusal> {
        if instruction.amount.amount <= 0 || instruction.amount.currency != self.total.currency {
            return Err(Refusal::InvalidAmount);
        }
        if NEEDS_PAYEE.contains(&instruction.method) && instruction.payee.is_none() {
            return Err(Refusal::NeedsPayee);
        }
        if self.refunded >= self.total.amount {
            return Err(Refusal::AlreadyRefunded);
        }
        if instruction.amount.amount > self.total.amount - self.refunded {
            return Err(Refusal::OverRefund);
        }
        let will_fail = self.fails_later();
        let changes_at = match instruction.method {
            Method::Pix => now,
            _ => now.plus(if will_fail { FAILS_AFTER } else { SETTLES_AFTER }),
        };
        Ok(Refund {
            reference: format!("sbx_re_{}", &hex(&instruction.key)[..24]),
            key: instruction.key.clone(),
            request_hash: request_hash(instruction),
            charge_reference: self.reference.clone(),
            amount: instruction.amount,
            progress: Progress::Pending { changes_at, will_fail },
        })
    }

    /// What an outage does to the instruction with `key`: the key alone decides whether it takes effect, so that a
    /// repetition ends like the first.
    pub(super) fn outage(&self, key: &str, now: Instant) -> Stand {
        let is_out = self.card_last4.as_deref() == Some("9999") && now < self.heard_of_at.plus(OUTAGE);
        match (is_out, Sha256::digest(key)[0] % 2) {
            (false, _) => Stand::Works,
            (true, 0) => Stand::BreaksAfter,
            (true, _) => Stand::BreaksBefore,
        }
    }
}

impl Refund {
    /// Whether this refund is the answer to `instruction`: the same key must come with the same request.
    pub(super) fn answers(&self, instruction: &RefundInstruction) -> Result<(), Refusal> {
        if self.request_hash == request_hash(instruction) { Ok(()) } else { Err(Refusal::KeyReused) }
    }

    /// The refund after what was due by `now`; none when nothing was.
    pub(super) fn advanced(&self, now: Instant) -> Option<Self> {
        let progress = match &self.progress {
            Progress::Pending { changes_at, .. } if now < *changes_at => return None,
            Progress::Pending { will_fail: true, .. } => Progress::Failed(FAILURE.to_owned()),
            Progress::Pending { will_fail: false, .. } => Progress::Succeeded,
            Progress::Succeeded | Progress::Failed(_) => return None,
        };
        Some(Self { progress, ..self.clone() })
    }

    /// What the sandbox says of it.
    pub(super) fn report(&self) -> RefundReport {
        let state = match &self.progress {
            Progress::Pending { will_fail: false, .. } => RefundProgress::Pending,
            Progress::Pending { will_fail: true, .. } | Progress::Succeeded => RefundProgress::Succeeded,
            Progress::Failed(reason) => RefundProgress::Failed { reason: reason.clone() },
        };
        RefundReport { reference: self.reference.clone(), state }
    }
}

/// Money that was paid so has nowhere to go back to by itself.
pub(super) const NEEDS_PAYEE: &[Method] = &[Method::Boleto];

fn request_hash(instruction: &RefundInstruction) -> String {
    hex(&format!("{}\n{}\n{}", instruction.charge_reference, instruction.amount.amount, instruction.amount.currency))
}

pub(super) fn hex(text: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(text))
}
