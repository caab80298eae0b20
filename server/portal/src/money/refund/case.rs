//! A refund with its parts: as it was read, or locked until a transaction ends.

use super::part::{InvalidStep, PartState, PayeePage};
use super::state::State;
use super::store::{self, PartRow, RefundRow};
use crate::db::{Conn, Error, Tx};
use crate::ports::NamedGateway;
use types::{Currency, Instant, Money, ProducerId, RefundId, RefundPartId};

/// A refund with its parts, in the order in which they are sent.
pub(super) struct RefundCase {
    pub(super) row: RefundRow,
    pub(super) state: State,
    pub(super) parts: Vec<CasePart>,
    pub(super) currency: Currency,
}

/// A part of the refund: what of it goes back by one charge.
pub(super) struct CasePart {
    pub(super) row: PartRow,
    /// Where its money was taken.
    pub(super) gateway: NamedGateway,
    pub(super) state: PartState,
}

impl RefundCase {
    /// Whose order it is.
    pub(super) fn producer(&self) -> ProducerId {
        ProducerId(self.row.producer_id)
    }

    /// The refund as it is now, for looking at.
    pub(super) async fn read(mut conn: Conn<'_>, refund: RefundId) -> Result<Option<Self>, Error> {
        let Some(row) = store::find(conn.again(), refund).await? else { return Ok(None) };
        Self::with_parts(conn, row).await.map(Some)
    }

    /// Locks the refund until the transaction ends, and reads it.
    pub(super) async fn lock(tx: &mut Tx, refund: RefundId) -> Result<Option<Self>, Error> {
        let Some(row) = store::lock(tx, refund).await? else { return Ok(None) };
        Self::with_parts(tx.conn(), row).await.map(Some)
    }

    async fn with_parts(conn: Conn<'_>, row: RefundRow) -> Result<Self, Error> {
        let parts = store::parts(conn, RefundId(row.id)).await?;
        let part =
            |row: PartRow| Ok::<_, Error>(CasePart { state: PartState::try_from(&row)?, gateway: row.gateway()?, row });
        Ok(Self {
            state: State::try_from(&row)?,
            parts: parts.into_iter().map(part).collect::<Result<_, _>>()?,
            currency: Currency::parse(&row.currency).map_err(|error| Error::inconsistent("refunds", row.id, error))?,
            row,
        })
    }

    pub(super) fn id(&self) -> RefundId {
        RefundId(self.row.id)
    }

    /// Where all its parts are.
    pub(super) fn states(&self) -> Vec<PartState> {
        self.parts.iter().map(|part| part.state.clone()).collect()
    }

    /// Since when no part of the refund is to be sent or on its way. None while one is.
    pub(super) fn rests_since(&self) -> Option<Instant> {
        let is_under_way = |part: &CasePart| part.state.is_open() || matches!(part.state, PartState::Sent { .. });
        match self.state {
            State::Settled { at } | State::Failed { at, .. } if !self.parts.iter().any(is_under_way) => Some(at),
            _ => None,
        }
    }

    /// What of it went back or is on its way.
    pub(super) fn back(&self) -> Money {
        self.sum(|state| matches!(state, PartState::Sent { .. } | PartState::Settled { .. }))
    }

    /// The sum of the parts that are there.
    pub(super) fn sum(&self, counts: impl Fn(&PartState) -> bool) -> Money {
        let counted = self.parts.iter().filter(|part| counts(&part.state));
        Money::new(counted.map(|part| part.row.amount).sum(), self.currency)
    }

    /// Returns whether the refund waits for the account that the money of a boleto goes to.
    pub(super) fn waits_for_payee(&self) -> bool {
        self.row.payee_asked_at.is_some()
            && self.row.payee_sealed.is_none()
            && self.parts.iter().any(|part| part.state == PartState::Waiting && part.is_slip())
    }

    /// The parts whose gateway waits for the buyer on a page of its own.
    pub(super) fn at_page(&self) -> impl Iterator<Item = (&CasePart, &PayeePage)> {
        self.parts.iter().filter_map(|part| Some((part, part.state.page()?)))
    }

    /// Moves one part on and writes it. Returns false when the part cannot take the step any more.
    pub(super) async fn move_part(
        &mut self,
        tx: &mut Tx,
        part: RefundPartId,
        step: impl FnOnce(PartState) -> Result<PartState, InvalidStep>,
    ) -> Result<bool, Error> {
        let Some(part) = self.parts.iter_mut().find(|known| known.id() == part) else { return Ok(false) };
        let Ok(next) = step(part.state.clone()) else { return Ok(false) };
        store::write_part(tx, &part.row, &next).await?;
        part.state = next;
        Ok(true)
    }
}

impl CasePart {
    pub(super) fn id(&self) -> RefundPartId {
        RefundPartId(self.row.id)
    }

    /// Returns whether the part's charge still has the money.
    pub(super) fn is_there(&self) -> bool {
        let is_paid = self.row.charge_status == types::ChargeStatus::Paid.as_str();
        is_paid && self.row.charge_amount - self.row.taken >= self.row.amount
    }

    /// Returns whether the charge was paid in a way that tells us no account of the buyer.
    pub(super) fn is_slip(&self) -> bool {
        ![types::Method::Card.as_str(), types::Method::Pix.as_str()].contains(&self.row.method.as_str())
    }
}
