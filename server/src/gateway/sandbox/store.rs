//! The sandbox's books: one transaction an instruction.

use super::state::{Charge, Progress, Refund};
use portal::db::{Db, Error, Tx};
use portal::on;
use portal::ports::RefundInstruction;
use types::{Currency, Instant, Money};

/// A charge is heard of when somebody first asks about it.
const REGISTER: &str = "insert into sandbox_charges (reference, card_last4, amount, currency, refunded, created_at)
values ($1, $2, $3, $4, 0, $5) on conflict (reference) do nothing";

const CHARGE: &str =
    "select card_last4, amount, currency, refunded, created_at from sandbox_charges where reference = $1";

// The charge's card is read along: it decides how the refund ends.
const REFUND: &str = "select r.reference, r.request_hash, r.charge_reference, r.amount, c.currency, r.state,
    r.failure, r.changes_at, c.card_last4
from sandbox_refunds r join sandbox_charges c on c.reference = r.charge_reference where r.idempotency_key = $1";

const WRITE: &str = "insert into sandbox_refunds
(reference, idempotency_key, request_hash, charge_reference, amount, state, failure, changes_at, created_at)
values ($1, $2, $3, $4, $5, 'pending', null, $6, $6)";

// Two instructions at once must not take more than there is: the charge's own CHECK is the judge.
const TAKE: &str = "update sandbox_charges set refunded = refunded + $1 where reference = $2";

const ADVANCE: &str =
    "update sandbox_refunds set state = $1, failure = $2, changes_at = null where reference = $3 and state = 'pending'";

const DUE: &str = "select idempotency_key from sandbox_refunds where state = 'pending' and changes_at <= $1
    order by changes_at limit 1";

type ChargeRow = (Option<String>, i64, String, i64, i64);
type RefundRow = (String, String, String, i64, String, String, Option<String>, Option<i64>, Option<String>);

/// Whether somebody else has written the same key meanwhile.
pub(super) fn is_taken(error: &Error) -> bool {
    let Error::Database(error) = error else { return false };
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// An open transaction over the books. Dropped without [`Books::close`], nothing was written.
pub(super) struct Books(pub(super) Tx);

impl Books {
    pub(super) async fn open(db: &Db) -> Result<Self, Error> {
        db.begin().await.map(Self)
    }

    pub(super) async fn close(self) -> Result<(), Error> {
        self.0.commit().await
    }

    /// The charge that `instruction` is about.
    pub(super) async fn charge(&mut self, instruction: &RefundInstruction, now: Instant) -> Result<Charge, Error> {
        // Two producers may use the same reference: each has books of its own.
        let reference = &format!("{}/{}", instruction.account, instruction.charge_reference);
        let total = instruction.charge_total;
        on!(self.0.conn(), c => sqlx::query(REGISTER).bind(reference).bind(instruction.card_last4.as_deref())
            .bind(total.amount).bind(total.currency.as_str()).bind(now.micros()).execute(c).await.map(drop))?;
        let row: ChargeRow = on!(self.0.conn(), c => sqlx::query_as(CHARGE).bind(reference).fetch_one(c).await)?;
        let (card_last4, amount, currency, refunded, at) = row;
        let total = Money::new(amount, read_currency(&currency, reference)?);
        Ok(Charge { reference: reference.clone(), card_last4, total, refunded, heard_of_at: Instant::from_micros(at) })
    }

    /// The refund with this idempotency key.
    pub(super) async fn refund(&mut self, key: &str) -> Result<Option<Refund>, Error> {
        let row: Option<RefundRow> = on!(self.0.conn(), c => sqlx::query_as(REFUND).bind(key).fetch_optional(c).await)?;
        row.map(|row| read_refund(key, row)).transpose()
    }

    /// Writes a new refund and takes its amount from the charge.
    pub(super) async fn write(&mut self, refund: &Refund) -> Result<(), Error> {
        let Progress::Pending { changes_at, .. } = refund.progress else {
            return Err(Error::inconsistent("sandbox_refunds", &refund.reference, "new, yet not pending"));
        };
        on!(self.0.conn(), c => sqlx::query(WRITE).bind(&refund.reference).bind(&refund.key).bind(&refund.request_hash)
            .bind(&refund.charge_reference).bind(refund.amount.amount).bind(changes_at.micros())
            .execute(c).await.map(drop))?;
        self.take(&refund.charge_reference, refund.amount.amount).await
    }

    /// Writes where a refund stands now; one that failed gives its amount back to the charge.
    pub(super) async fn advance(&mut self, refund: &Refund) -> Result<(), Error> {
        let (state, failure) = match &refund.progress {
            Progress::Pending { .. } => return Ok(()),
            Progress::Succeeded => ("succeeded", None),
            Progress::Failed(reason) => ("failed", Some(reason.as_str())),
        };
        let rows = on!(self.0.conn(), c => sqlx::query(ADVANCE).bind(state).bind(failure).bind(&refund.reference)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if rows == 1 && failure.is_some() {
            self.take(&refund.charge_reference, -refund.amount.amount).await?;
        }
        Ok(())
    }

    /// The key of a refund that is to change by `now`.
    pub(super) async fn due_refund(&mut self, now: Instant) -> Result<Option<String>, Error> {
        let row: Option<(String,)> =
            on!(self.0.conn(), c => sqlx::query_as(DUE).bind(now.micros()).fetch_optional(c).await?);
        Ok(row.map(|(key,)| key))
    }

    async fn take(&mut self, charge: &str, amount: i64) -> Result<(), Error> {
        on!(self.0.conn(), c => sqlx::query(TAKE).bind(amount).bind(charge).execute(c).await.map(drop))?;
        Ok(())
    }
}

fn read_refund(key: &str, row: RefundRow) -> Result<Refund, Error> {
    let (reference, request_hash, charge_reference, amount, currency, state, failure, changes_at, card) = row;
    let progress = match (state.as_str(), failure, changes_at) {
        ("pending", None, Some(at)) => {
            Progress::Pending { changes_at: Instant::from_micros(at), will_fail: card.as_deref() == Some("5126") }
        }
        ("succeeded", None, None) => Progress::Succeeded,
        ("failed", Some(reason), None) => Progress::Failed(reason),
        _ => {
            return Err(Error::inconsistent(
                "sandbox_refunds",
                &reference,
                "state, failure and time do not go together",
            ));
        }
    };
    let amount = Money::new(amount, read_currency(&currency, &reference)?);
    Ok(Refund { reference, key: key.to_owned(), request_hash, charge_reference, amount, progress })
}

pub(super) fn read_currency(text: &str, id: &str) -> Result<Currency, Error> {
    Currency::parse(text).map_err(|error| Error::inconsistent("sandbox_charges", id, error))
}
