use crate::db::{Conn, Error, Tx};
use crate::ledger::{NewCharge, Told};
use crate::plan::Reporter;
use crate::{on, row, statements};
use types::{ChargeId, ChargeStatus, Instant, InvoiceId, Method, OrderId};
use uuid::Uuid;

statements! {
    LINK_CHARGE = "update charges set invoice_id = $2 where order_id = $1 and gateway = $3 and reference = $4";
    UNLINK_CHARGE = "update charges set invoice_id = null where order_id = $1 and gateway = $2 and reference = $3";
    CHARGE_ID = "select id from charges where order_id = $1 and gateway = $2 and reference = $3";
    CHARGES_LIKE = "select order_id, invoice_id, amount, currency, status, method, installments, created_at, paid_at,
            payment_code, payment_url, due_on, installment, decline
        from charges
        where gateway = $1 and reference = $2
        limit 2";
    CHARGE_OF = "select order_id, invoice_id, amount, currency, status, method, installments, created_at, paid_at,
            payment_code, payment_url, due_on, installment, decline
        from charges
        where gateway = $1 and reference = $2 and producer_id = $3";
    PENDING = "select reference, amount, method, created_at, payment_code, payment_url, due_on, installment
        from charges
        where invoice_id = $1 and status = 'pending'";
    PAYS_FOR = "select count(*) as hits
        from charges
        where invoice_id = $1 and gateway = $2 and reference = $3 and status in ('paid', 'refunded', 'disputed')";
    SLIP = "select method, payment_code
        from charges
        where invoice_id = $1 and status = 'pending'
        order by created_at desc
        limit 1";
}

row! {
    struct ChargeRow {
        order_id: Uuid, invoice_id: Option<Uuid>, amount: i64, status: String, method: String, installments: i64,
        created_at: i64, paid_at: Option<i64>, payment_code: Option<String>, payment_url: Option<String>,
        due_on: Option<String>, installment: Option<i64>, decline: Option<String>,
    }
    struct PendingRow {
        reference: String, amount: i64, method: String, created_at: i64, payment_code: Option<String>,
        payment_url: Option<String>, due_on: Option<String>, installment: Option<i64>,
    }
    struct HitsRow { hits: i64 }
    struct IdRow { id: Uuid }
    struct SlipRow { method: String, payment_code: Option<String> }
}

/// A charge on file.
#[derive(Clone, Debug)]
pub(in crate::money::billing) struct KnownCharge {
    pub(in crate::money::billing) order: OrderId,
    pub(in crate::money::billing) invoice: Option<InvoiceId>,
    pub(in crate::money::billing) charge: NewCharge,
}

pub(in crate::money::billing) async fn link_charge(
    tx: &mut Tx,
    order: OrderId,
    invoice: InvoiceId,
    gateway: &str,
    reference: &str,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(LINK_CHARGE).bind(order.0).bind(invoice.0).bind(gateway).bind(reference).execute(c).await?;
    });
    Ok(())
}

/// A charge pays for no invoice: another one did.
pub(in crate::money::billing) async fn unlink_charge(
    tx: &mut Tx,
    order: OrderId,
    gateway: &str,
    reference: &str,
) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(UNLINK_CHARGE).bind(order.0).bind(gateway).bind(reference).execute(c).await?; });
    Ok(())
}

/// The charge of an order that was just reported.
pub(in crate::money::billing) async fn charge_id(
    tx: &mut Tx,
    order: OrderId,
    (gateway, reference): (&str, &str),
) -> Result<ChargeId, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, IdRow>(CHARGE_ID).bind(order.0).bind(gateway).bind(reference).fetch_one(c).await?
    });
    Ok(ChargeId(row.id))
}

/// The charge that a gateway calls so; none when it is not on file, or when two producers have one of this name. What
/// comes by a producer's own account is about that producer's charges.
pub(in crate::money::billing) async fn charge_like(
    tx: &mut Tx,
    by: Reporter<'_>,
    reference: &str,
) -> Result<Option<KnownCharge>, Error> {
    let gateway = by.gateway;
    let mut rows = on!(tx.conn(), c => match by.producer {
        Some(producer) => {
            let query = sqlx::query_as::<_, ChargeRow>(CHARGE_OF).bind(gateway).bind(reference).bind(producer.0);
            query.fetch_all(c).await?
        }
        None => sqlx::query_as::<_, ChargeRow>(CHARGES_LIKE).bind(gateway).bind(reference).fetch_all(c).await?,
    });
    let (Some(row), true) = (rows.pop(), rows.is_empty()) else { return Ok(None) };
    let wrong = |what: &str| Error::inconsistent("charges", reference, what);
    let charge = NewCharge {
        reference: reference.to_owned(),
        amount: row.amount,
        status: row.status.parse().map_err(|_| wrong("status"))?,
        method: row.method.parse().map_err(|_| wrong("method"))?,
        installments: row.installments,
        created_at: Instant::from_micros(row.created_at),
        paid_at: row.paid_at.map(Instant::from_micros),
        payment_code: row.payment_code,
        payment_url: row.payment_url,
        due_on: row.due_on,
        changed_at: Instant::from_micros(row.created_at),
        told: Told {
            installment: row.installment,
            decline: row.decline.map(|word| word.parse().map_err(|_| wrong("decline"))).transpose()?,
        },
    };
    Ok(Some(KnownCharge { order: OrderId(row.order_id), invoice: row.invoice_id.map(InvoiceId), charge }))
}

/// What a gateway still waits for of an invoice, as charges that failed now.
pub(in crate::money::billing) async fn pending_as_failed(
    tx: &mut Tx,
    invoice: InvoiceId,
    now: Instant,
) -> Result<Vec<NewCharge>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, PendingRow>(PENDING).bind(invoice.0).fetch_all(c).await?);
    let read = |row: PendingRow| {
        let method = row.method.parse().map_err(|error| Error::inconsistent("charges", &row.reference, error))?;
        Ok(NewCharge {
            reference: row.reference,
            amount: row.amount,
            status: ChargeStatus::Failed,
            method,
            installments: 1,
            created_at: Instant::from_micros(row.created_at),
            paid_at: None,
            payment_code: row.payment_code,
            payment_url: row.payment_url,
            due_on: row.due_on,
            changed_at: now,
            told: Told { installment: row.installment, decline: None },
        })
    };
    rows.into_iter().map(read).collect()
}

/// Whether the charge with this reference is in the books as the one that paid this invoice.
pub(in crate::money::billing) async fn pays_for(
    tx: &mut Tx,
    invoice: InvoiceId,
    (gateway, reference): (&str, &str),
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let query = sqlx::query_as::<_, HitsRow>(PAYS_FOR).bind(invoice.0).bind(gateway).bind(reference);
        query.fetch_one(c).await?.hits > 0
    }))
}

/// What an invoice can be paid with by hand: method and code.
pub(in crate::money::billing) async fn slip(
    conn: Conn<'_>,
    invoice: InvoiceId,
) -> Result<Option<(Method, String)>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, SlipRow>(SLIP).bind(invoice.0).fetch_optional(c).await?);
    let read = |row: SlipRow| Some((row.method.parse().ok()?, row.payment_code?));
    Ok(row.and_then(read))
}
