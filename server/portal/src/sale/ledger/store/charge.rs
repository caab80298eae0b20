use crate::db::{Error, Tx, parsed};
use crate::ledger::merge::KeptCharge;
use crate::ledger::new_order::{NewCharge, Told};
use crate::ledger::standing::ChargeFact;
use crate::{on, row, statements};
use types::{ChargeId, Currency, DeclineReason, Instant, OrderId, PersonId, ProducerId};
use uuid::Uuid;

statements! {
    OF_ORDER = "select id, gateway, reference, amount, currency, status, method, installments, created_at, paid_at,
            payment_code, payment_url, due_on, source_version, goes_back, installment, decline,
            given_back_at
        from charges
        where order_id = $1";
    INSERT = "insert into charges (id, producer_id, order_id, amount, currency, status, method, installments, gateway,
                reference, payment_code, payment_url, due_on, created_at, paid_at, source_version, installment,
                decline)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        on conflict (producer_id, gateway, reference) do nothing";
    UPDATE = "update charges set amount = $4, currency = $5, status = $6, method = $7, installments = $8,
            payment_code = $9, payment_url = $10, due_on = $11, created_at = $12, paid_at = $13,
            source_version = $14, installment = $15, decline = $16
        where producer_id = $1 and gateway = $2 and reference = $3";
    RENAME = "update charges set reference = $3
        where order_id = $1 and reference = $2
            and not exists (select 1 from charges c where c.order_id = $1 and c.reference = $3)";
    SET_GOING_BACK = "update charges set goes_back = $4 where producer_id = $1 and gateway = $2 and reference = $3";
    // A source may have reported something in the future already: what the bank says comes after it.
    DISPUTE = "update charges set status = 'disputed',
            source_version = case when source_version >= $4 then source_version + 1 else $4 end
        where producer_id = $1 and gateway = $2 and reference = $3 and status = 'paid'";
    // What went back already is not the bank's any more.
    KEEP_DISPUTE = "insert into disputes (producer_id, gateway, reference, heard_at) select p.id, $2, $3, $4
        from producers p
        where p.id = $1
            and not exists (select 1 from charges c where c.producer_id = $1 and c.gateway = $2 and c.reference = $3
                and c.status = 'refunded')
        on conflict (producer_id, gateway, reference) do nothing";
    DISPUTED_AT = "select heard_at from disputes where producer_id = $1 and gateway = $2 and reference = $3";
    WHOSE = "select c.order_id, o.person_id
        from charges c
        join orders o on o.id = c.order_id
        where c.producer_id = $1 and c.gateway = $2 and c.reference = $3";
}

row! {
    struct WhoseRow { order_id: Uuid, person_id: Uuid }
    struct ChargeRow {
        id: Uuid, gateway: String, reference: String, amount: i64, currency: String, status: String, method: String,
        installments: i64, created_at: i64, paid_at: Option<i64>, payment_code: Option<String>,
        payment_url: Option<String>, due_on: Option<String>, source_version: i64, goes_back: bool,
        installment: Option<i64>, decline: Option<String>, given_back_at: Option<i64>,
    }
}

impl TryFrom<ChargeRow> for KeptCharge {
    type Error = Error;

    fn try_from(row: ChargeRow) -> Result<Self, Error> {
        let charge = NewCharge {
            reference: row.reference,
            amount: row.amount,
            status: parsed("charges", row.id, row.status.parse())?,
            method: parsed("charges", row.id, row.method.parse())?,
            installments: row.installments,
            created_at: Instant::from_micros(row.created_at),
            paid_at: row.paid_at.map(Instant::from_micros),
            payment_code: row.payment_code,
            payment_url: row.payment_url,
            due_on: row.due_on,
            changed_at: Instant::from_micros(row.source_version),
            told: Told {
                installment: row.installment,
                decline: row.decline.map(|word| parsed("charges", row.id, word.parse())).transpose()?,
            },
        };
        let currency = parsed("charges", row.id, Currency::parse(&row.currency))?;
        let (id, is_partly_back) = (ChargeId(row.id), row.given_back_at.is_some());
        Ok(Self { id, gateway: row.gateway, charge, currency, goes_back: row.goes_back, is_partly_back })
    }
}

/// In whose books a charge is.
#[derive(Clone, Debug)]
pub(in crate::sale::ledger) struct Books {
    pub gateway: String,
    pub currency: Currency,
}

/// What counts of a charge for where its order stands.
pub(in crate::sale::ledger) fn fact(kept: &KeptCharge) -> ChargeFact {
    let charge = &kept.charge;
    ChargeFact {
        status: charge.status,
        created_at: charge.created_at.micros(),
        reference: charge.reference.clone(),
        paid_at: charge.paid_at.map(Instant::micros),
        changed_at: charge.changed_at.micros(),
        currency: kept.currency,
        is_partly_back: kept.is_partly_back,
    }
}

pub(in crate::sale::ledger) async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<KeptCharge>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, ChargeRow>(OF_ORDER).bind(order.0).fetch_all(c).await?);
    rows.into_iter().map(KeptCharge::try_from).collect()
}

/// Whether it was written: not when the gateway's name of it belongs to another order.
pub(in crate::sale::ledger) async fn insert(
    tx: &mut Tx,
    id: ChargeId,
    producer: ProducerId,
    order: OrderId,
    books: &Books,
    charge: &NewCharge,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id.0)
            .bind(producer.0)
            .bind(order.0)
            .bind(charge.amount)
            .bind(books.currency.as_str())
            .bind(charge.status.as_str())
            .bind(charge.method.as_str())
            .bind(charge.installments)
            .bind(&books.gateway)
            .bind(&charge.reference)
            .bind(charge.payment_code.as_deref())
            .bind(charge.payment_url.as_deref())
            .bind(charge.due_on.as_deref())
            .bind(charge.created_at.micros())
            .bind(charge.paid_at.map(Instant::micros))
            .bind(charge.changed_at.micros())
            .bind(charge.told.installment)
            .bind(charge.told.decline.map(DeclineReason::as_str))
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

pub(in crate::sale::ledger) async fn update(
    tx: &mut Tx,
    producer: ProducerId,
    books: &Books,
    charge: &NewCharge,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(UPDATE)
            .bind(producer.0)
            .bind(&books.gateway)
            .bind(&charge.reference)
            .bind(charge.amount)
            .bind(books.currency.as_str())
            .bind(charge.status.as_str())
            .bind(charge.method.as_str())
            .bind(charge.installments)
            .bind(charge.payment_code.as_deref())
            .bind(charge.payment_url.as_deref())
            .bind(charge.due_on.as_deref())
            .bind(charge.created_at.micros())
            .bind(charge.paid_at.map(Instant::micros))
            .bind(charge.changed_at.micros())
            .bind(charge.told.installment)
            .bind(charge.told.decline.map(DeclineReason::as_str))
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Keeps what a gateway reported; false when it was known, or the money went back before.
pub(in crate::sale::ledger) async fn keep_dispute(
    tx: &mut Tx,
    producer: ProducerId,
    gateway: &str,
    reference: &str,
    now: i64,
) -> Result<bool, Error> {
    let kept = on!(tx.conn(), c => {
        let keep = sqlx::query(KEEP_DISPUTE).bind(producer.0).bind(gateway).bind(reference).bind(now);
        keep.execute(c).await?.rows_affected()
    });
    Ok(kept == 1)
}

/// When a dispute of this charge was reported, if it was.
pub(in crate::sale::ledger) async fn disputed_at(
    tx: &mut Tx,
    producer: ProducerId,
    gateway: &str,
    reference: &str,
) -> Result<Option<Instant>, Error> {
    let row: Option<(i64,)> = on!(tx.conn(), c => {
        sqlx::query_as(DISPUTED_AT).bind(producer.0).bind(gateway).bind(reference).fetch_optional(c).await?
    });
    Ok(row.map(|(heard_at,)| Instant::from_micros(heard_at)))
}

/// Notes that the money of a charge came for what was over, and goes back.
pub(in crate::sale::ledger) async fn set_going_back(
    tx: &mut Tx,
    producer: ProducerId,
    books: &Books,
    reference: &str,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_GOING_BACK).bind(producer.0).bind(&books.gateway).bind(reference).bind(true).execute(c).await?;
    });
    Ok(())
}

/// Marks a paid charge as disputed; whose it is, if there was one.
pub(in crate::sale::ledger) async fn dispute(
    tx: &mut Tx,
    producer: ProducerId,
    gateway: &str,
    reference: &str,
    now: i64,
) -> Result<Option<(OrderId, PersonId)>, Error> {
    let row = on!(tx.conn(), c => {
        let dispute = sqlx::query(DISPUTE).bind(producer.0).bind(gateway).bind(reference).bind(now);
        let done = dispute.execute(&mut *c).await?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        sqlx::query_as::<_, WhoseRow>(WHOSE).bind(producer.0).bind(gateway).bind(reference).fetch_optional(c).await?
    });
    Ok(row.map(|row| (OrderId(row.order_id), PersonId(row.person_id))))
}

/// Gives a charge of an order another name, unless one of that name is on file.
pub(in crate::sale::ledger) async fn rename(tx: &mut Tx, order: OrderId, was: &str, is: &str) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(RENAME).bind(order.0).bind(was).bind(is).execute(c).await?; });
    Ok(())
}
