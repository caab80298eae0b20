//! Money back.

use super::state::{Progress, Refund, Refusal, Stand};
use super::webhook::Happened;
use super::{Failure, Sandbox, payment, store};
use portal::db::Error;
use portal::ports::{RefundInstruction, RefundReport};
use serde_json::json;
use types::Instant;

impl Sandbox {
    /// As with charges: two first calls with one key are one refund.
    pub(super) async fn take_refund(&self, instruction: &RefundInstruction) -> Result<RefundReport, Failure> {
        match self.try_refund(instruction).await {
            Err(Failure::Books(error)) if store::is_taken(&error) => self.try_refund(instruction).await,
            outcome => outcome,
        }
    }

    async fn try_refund(&self, instruction: &RefundInstruction) -> Result<RefundReport, Failure> {
        let now = self.clock.now();
        let mut books = self.books().await?;
        if let Some(refund) = books.refund(&instruction.key).await? {
            return match refund.answers(instruction) {
                Ok(()) => Ok(self.settled(books, refund).await?),
                Err(refusal) => Err(refusal.into()),
            };
        }
        check_payment(&mut books, instruction).await?;
        let charge = books.charge(instruction, now).await?;
        let refund = charge.take(instruction, now)?;
        let due = match &refund.progress {
            Progress::Pending { changes_at, .. } => *changes_at,
            _ => now,
        };
        match charge.outage(&instruction.key, now) {
            Stand::Works => {}
            Stand::BreaksBefore => {
                // That the charge was heard of is kept: the outage counts from there.
                books.close().await?;
                return Err(Failure::Lost);
            }
            Stand::BreaksAfter => {
                books.write(&refund).await?;
                self.close_and_ring(books).await?;
                return Err(Failure::Lost);
            }
        }
        books.write(&refund).await?;
        if due <= now {
            return Ok(self.settled(books, refund).await?);
        }
        self.close_and_ring(books).await?;
        Ok(refund.report())
    }

    pub(super) async fn look_for_refund(&self, key: &str) -> Result<Option<RefundReport>, Failure> {
        let mut books = self.books().await?;
        match books.refund(key).await? {
            Some(refund) => Ok(Some(self.settled(books, refund).await?)),
            None => Ok(None),
        }
    }

    /// Lets a refund reach what was due by now, and tells of it. Two that do so at once write it once: a refund leaves
    /// `pending` by one conditional update, and what happened is one webhook by its id.
    pub(super) async fn settled(&self, mut books: store::Books, refund: Refund) -> Result<RefundReport, Error> {
        let now = self.clock.now();
        let Some(refund) = refund.advanced(now) else { return Ok(refund.report()) };
        books.advance(&refund).await?;
        books.insert_webhook(&happened(&refund).webhook(&refund.reference, now)).await?;
        self.close_and_ring(books).await?;
        Ok(refund.report())
    }

    /// Lets every refund reach what was due by `now`; how many there were.
    pub(super) async fn settle_refunds(&self, now: Instant) -> Result<usize, Error> {
        let mut count = 0;
        loop {
            let mut books = self.books().await?;
            let Some(key) = books.due_refund(now).await? else { return Ok(count) };
            let Some(refund) = books.refund(&key).await? else { return Ok(count) };
            self.settled(books, refund).await?;
            count += 1;
        }
    }
}

/// Of what was taken here, only what is there goes back. Of other charges there are no books.
async fn check_payment(books: &mut store::Books, instruction: &RefundInstruction) -> Result<(), Failure> {
    let by = super::payment_store::By::Reference(&instruction.charge_reference);
    let payment = books.payment(by).await?.filter(|payment| payment.account == instruction.account);
    let Some(payment) = payment else { return Ok(()) };
    match payment.state {
        payment::State::Paid { .. } if payment.amount == instruction.charge_total => Ok(()),
        payment::State::Paid { .. } => Err(Refusal::InvalidAmount.into()),
        payment::State::Disputed => Err(Refusal::Disputed.into()),
        _ => Err(Refusal::NotPaid.into()),
    }
}

fn happened(refund: &Refund) -> Happened {
    let (kind, reason) = match &refund.progress {
        Progress::Failed(reason) => ("refund.failed", Some(reason)),
        Progress::Succeeded | Progress::Pending { .. } => ("refund.settled", None),
    };
    let account = refund.charge_reference.split('/').next().unwrap_or_default().to_owned();
    let about = json!({ "reference": refund.reference, "key": refund.key, "reason": reason });
    Happened { kind, account, about }
}
