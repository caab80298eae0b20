//! Of the money of an order: what was taken, what went back, and what is left.

use super::{Charge, OrderRecord, Refund, RefundPart};
use std::time::Duration;
use types::{ChargeId, ChargeStatus, Instant, Money, RefundPartState};

/// How long before a period a charge may be made for it.
const AHEAD: Duration = Duration::from_secs(86_400);

impl OrderRecord {
    /// A charge of this order.
    pub(crate) fn charge(&self, id: ChargeId) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.id == id)
    }

    /// What was taken, whether it went back or not.
    pub(crate) fn paid(&self) -> i64 {
        let took_money = |charge: &&Charge| charge.status.took_money() && !charge.goes_back;
        self.charges.iter().filter(took_money).map(|charge| charge.amount.amount).sum()
    }

    /// What is left of a charge that took money: all of it, less what went back or is going back.
    pub(crate) fn left_of(&self, charge: &Charge) -> i64 {
        if charge.status != ChargeStatus::Paid || charge.goes_back {
            return 0;
        }
        let taken = self.parts_of(charge.id).filter(|part| part.is_alive());
        let taken = taken.map(|part| part.amount.amount).sum::<i64>() + charge.given_back;
        (charge.amount.amount - taken).max(0)
    }

    /// What the gateway took to give back of a charge, or the source gave back by itself. What is only asked for has
    /// not gone anywhere yet.
    pub(crate) fn back_of(&self, charge: &Charge) -> i64 {
        if charge.status == ChargeStatus::Refunded {
            return charge.amount.amount;
        }
        charge.given_back
            + self.parts_of(charge.id).filter(|part| part.is_back()).map(|part| part.amount.amount).sum::<i64>()
    }

    /// What the source gave back of a charge by itself, beside refunds of ours, and when it last did.
    pub(crate) fn back_by_source(&self, charge: &Charge) -> Option<(Instant, Money)> {
        let ours = self.parts_of(charge.id).filter(|part| part.is_back()).map(|part| part.amount.amount).sum::<i64>();
        let rest = charge.amount.amount - ours;
        let back = if charge.status == ChargeStatus::Refunded { rest } else { charge.given_back };
        let at = charge.given_back_at.unwrap_or(charge.changed_at);
        (back > 0).then(|| (at, Money::new(back, charge.amount.currency)))
    }

    /// What went back or is on its way.
    pub(crate) fn refunded(&self) -> i64 {
        self.charges.iter().map(|charge| self.back_of(charge)).sum()
    }

    fn parts_of(&self, charge: ChargeId) -> impl Iterator<Item = &RefundPart> {
        self.refunds.iter().flat_map(|refund| &refund.parts).filter(move |part| part.charge == charge)
    }
}

impl Charge {
    /// Whether it was made for the period that begins then, or for a later one. Of a charge of our calendar the period
    /// is known: a boleto or Pix of it may be paid days ahead. Of others only the time is: they count when they were
    /// made a day before the period or later.
    pub(crate) fn pays_for(&self, period_start: Instant) -> bool {
        match self.period {
            Some((start, _)) => start >= period_start,
            None => self.paid_at.unwrap_or(self.created_at) >= period_start.minus(AHEAD),
        }
    }
}

impl RefundPart {
    /// Whether its money went back or is to go back.
    fn is_alive(&self) -> bool {
        !matches!(self.state, RefundPartState::Failed | RefundPartState::Released)
    }

    /// Whether the gateway took it.
    pub(crate) fn is_back(&self) -> bool {
        matches!(self.state, RefundPartState::Sent | RefundPartState::Settled)
    }
}

impl Refund {
    /// What of it went back or is on its way.
    pub(crate) fn back(&self) -> i64 {
        self.parts.iter().filter(|part| part.is_back()).map(|part| part.amount.amount).sum()
    }
}
