use super::method::PaymentMethod;
use super::plan::{Account, Installments, NewInvoice, Subscription, Terms};
use super::state::{Attempt, Invoice, State};
use crate::db::{Conn, Error, Tx};
use crate::time::Zone;
use crate::{on, row, statements};
use types::{
    ChargeStatus, Code, Currency, Instant, InvoiceId, InvoiceState, Method, Money, OrderId, PersonId, ProducerId,
};
use uuid::Uuid;

statements! {
    // Whoever changes what an order owes holds the order. On PostgreSQL the row is locked until the transaction ends; on SQLite the
    // transaction has the only write lock already.
    LOCK_ORDER = "update orders set updated_at = updated_at where id = $1";
    // What was given back is not owed in parts any more.
    ACCOUNT = "select o.id, o.producer_id, o.person_id, o.status, o.currency, o.gateway, o.created_at, pr.time_zone, coalesce(m.method, o.method) as method,
            (select p.code from order_items i join products p on p.id = i.product_id where i.order_id = o.id and i.position = 0) as product,
            s.status as plan_status, s.amount as price, s.interval_unit, s.interval_count, s.period_end, s.next_charge_at, s.anchor, s.cycle,
            s.discount_percent, s.discount_cycles, s.noticed_charge_at, ip.installments, ip.anchor as first_due_at,
            (select count(*) from invoices v where v.order_id = o.id and v.state = 'paid') as paid,
            (select cast(coalesce(sum(i.amount), 0) as bigint) from order_items i where i.order_id = o.id and not exists (
                select 1 from refund_items ri where ri.item_id = i.id and ri.released_at is null)) as kept_total,
            exists (select 1 from refunds f where f.order_id = o.id and f.state in ('approved', 'reconciling')) as has_refund_under_way
        from orders o join producers pr on pr.id = o.producer_id
        left join subscriptions s on s.order_id = o.id and s.is_billed
        left join installment_plans ip on ip.order_id = o.id
        left join payment_methods m on m.order_id = o.id
        where o.id = $1 and (s.id is not null or ip.order_id is not null)";
    IS_BILLED = "select count(*) as hits from orders o where o.id = $1 and (
        exists (select 1 from subscriptions s where s.order_id = o.id and s.is_billed)
        or exists (select 1 from installment_plans ip where ip.order_id = o.id))";
    LIVE = "select id, number, period_start, period_end, due_at, amount, discount, currency, state, tries, next_try_at, attempt_key, attempt_at,
            waits_until, failing_since, failure, grace_until, paid_at
        from invoices where order_id = $1 and (state in ('open', 'overdue') or attempt_key is not null) order by number";
    ALL = "select id, number, period_start, period_end, due_at, amount, discount, currency, state, tries, next_try_at, attempt_key, attempt_at,
            waits_until, failing_since, failure, grace_until, paid_at
        from invoices where order_id = $1 order by number";
    BY_ID = "select id, number, period_start, period_end, due_at, amount, discount, currency, state, tries, next_try_at, attempt_key, attempt_at,
            waits_until, failing_since, failure, grace_until, paid_at
        from invoices where id = $1";
    ORDER_OF = "select order_id as id from invoices where id = $1";
    // What was void, of the same number, is owed again.
    INSERT = "insert into invoices (id, producer_id, order_id, number, period_start, period_end, due_at, amount, discount, currency, state, tries,
            next_try_at, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', 0, $11, $12, $12)
        on conflict (order_id, number) do update set period_start = excluded.period_start, period_end = excluded.period_end,
            due_at = excluded.due_at, amount = excluded.amount, discount = excluded.discount, state = 'open', next_try_at = excluded.next_try_at,
            failing_since = null, failure = null, grace_until = null, updated_at = excluded.updated_at
            where invoices.state = 'void'";
    INSERT_PAID = "insert into invoices (id, producer_id, order_id, number, period_start, period_end, due_at, amount, discount, currency, state, tries,
            paid_at, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 'paid', 1, $10, $11, $11)";
    WRITE = "update invoices set period_start = $2, period_end = $3, state = $4, tries = $5, next_try_at = $6, attempt_key = $7, attempt_at = $8,
            waits_until = $9, failing_since = $10, failure = $11, grace_until = $12, paid_at = $13, updated_at = $14 where id = $1";
    LINK_CHARGE = "update charges set invoice_id = $2 where order_id = $1 and gateway = $3 and reference = $4";
    CHARGES_LIKE = "select order_id, invoice_id, amount, currency, status, method, installments, created_at, paid_at, payment_code, payment_url, due_on
        from charges where gateway = $1 and reference = $2 limit 2";
    PENDING = "select reference, amount, method, created_at, payment_code, payment_url, due_on from charges where invoice_id = $1 and status = 'pending'";
    METHOD = "select coalesce(m.method, o.method) as method, m.token, case when m.order_id is null then o.card_brand else m.brand end as brand,
            case when m.order_id is null then o.card_last4 else m.last4 end as last4,
            case when m.order_id is null then o.card_exp_month else m.exp_month end as exp_month,
            case when m.order_id is null then o.card_exp_year else m.exp_year end as exp_year
        from orders o left join payment_methods m on m.order_id = o.id where o.id = $1";
    SET_METHOD = "insert into payment_methods (order_id, producer_id, method, token, brand, last4, exp_month, exp_year, updated_at)
        select o.id, o.producer_id, $2, $3, $4, $5, $6, $7, $8 from orders o where o.id = $1
        on conflict (order_id) do update set method = excluded.method, token = excluded.token, brand = excluded.brand, last4 = excluded.last4,
            exp_month = excluded.exp_month, exp_year = excluded.exp_year, updated_at = excluded.updated_at";
    BILL_SUBSCRIPTION = "update subscriptions set is_billed = $2, anchor = $3, cycle = $4 where order_id = $1";
    SET_POSITION = "update subscriptions set anchor = $2, cycle = $3 where order_id = $1";
    SET_DISCOUNT = "update subscriptions set discount_percent = $2, discount_cycles = $3 where order_id = $1";
    USE_DISCOUNT = "update subscriptions set discount_cycles = discount_cycles - 1 where order_id = $1 and discount_cycles > 0";
    SET_NOTICED = "update subscriptions set noticed_charge_at = $2 where order_id = $1";
    PAYER = "select p.email, pr.name as seller, coalesce((select s.plan_name from subscriptions s where s.order_id = o.id), i.name) as title
        from orders o join people p on p.id = o.person_id join producers pr on pr.id = o.producer_id
        join order_items i on i.order_id = o.id and i.position = 0 where o.id = $1";
    SLIP = "select method, payment_code, payment_url from charges where invoice_id = $1 and status = 'pending' order by created_at desc limit 1";
    UNLINK_CHARGE = "update charges set invoice_id = null where order_id = $1 and gateway = $2 and reference = $3";
    INSERT_PLAN = "insert into installment_plans (order_id, producer_id, installments, anchor, created_at) values ($1, $2, $3, $4, $5)";
}

row! {
    struct AccountRow {
        id: Uuid, producer_id: Uuid, person_id: Uuid, status: String, currency: String, gateway: String, created_at: i64, time_zone: String,
        method: String, product: Option<String>, plan_status: Option<String>, price: Option<i64>, interval_unit: Option<String>,
        interval_count: Option<i64>, period_end: Option<i64>, next_charge_at: Option<i64>, anchor: Option<i64>, cycle: Option<i64>,
        discount_percent: Option<i64>, discount_cycles: Option<i64>, noticed_charge_at: Option<i64>, installments: Option<i64>,
        first_due_at: Option<i64>, paid: i64, kept_total: i64, has_refund_under_way: bool,
    }
    struct InvoiceRow {
        id: Uuid, number: i64, period_start: i64, period_end: i64, due_at: i64, amount: i64, discount: i64, currency: String, state: String,
        tries: i64, next_try_at: Option<i64>, attempt_key: Option<String>, attempt_at: Option<i64>, waits_until: Option<i64>,
        failing_since: Option<i64>, failure: Option<String>, grace_until: Option<i64>, paid_at: Option<i64>,
    }
    struct IdRow { id: Uuid }
    pub(super) struct PayerRow { email: String, seller: String, title: String }
    struct SlipRow { method: String, payment_code: Option<String>, payment_url: Option<String> }
    struct HitsRow { hits: i64 }
    struct MethodRow {
        method: String, token: Option<String>, brand: Option<String>, last4: Option<String>, exp_month: Option<i64>, exp_year: Option<i64>,
    }
    struct ChargeRow {
        order_id: Uuid, invoice_id: Option<Uuid>, amount: i64, status: String, method: String, installments: i64,
        created_at: i64, paid_at: Option<i64>, payment_code: Option<String>, payment_url: Option<String>, due_on: Option<String>,
    }
    struct PendingRow {
        reference: String, amount: i64, method: String, created_at: i64, payment_code: Option<String>, payment_url: Option<String>,
        due_on: Option<String>,
    }
}

/// Whose order it is, beside its account.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) order: OrderId,
    pub(super) producer: ProducerId,
    pub(super) person: PersonId,
    pub(super) gateway: String,
    pub(super) product: Option<Code>,
    pub(super) account: Account,
}

/// A charge on file.
#[derive(Clone, Debug)]
pub(super) struct KnownCharge {
    pub(super) order: OrderId,
    pub(super) invoice: Option<InvoiceId>,
    pub(super) charge: crate::intake::NewCharge,
}

fn at(micros: i64) -> Instant {
    Instant::from_micros(micros)
}

impl AccountRow {
    fn subscription(&self) -> Result<Option<Subscription>, Error> {
        let wrong = |what: &str| Error::inconsistent("subscriptions", self.id, what);
        let Some(status) = &self.plan_status else { return Ok(None) };
        let whole = || {
            let unit = self.interval_unit.as_deref()?.parse().ok()?;
            let period_end = at(self.period_end?);
            Some(Subscription {
                status: status.parse().ok()?,
                price: self.price?,
                interval: (unit, self.interval_count?),
                period_end,
                next_charge_at: self.next_charge_at.map(at),
                anchor: self.anchor.map_or(period_end, at),
                cycle: self.cycle?,
                discount_percent: self.discount_percent?,
                discount_cycles: self.discount_cycles?,
                noticed: self.noticed_charge_at.map(at),
            })
        };
        whole().map(Some).ok_or_else(|| wrong("a plan that cannot be billed"))
    }

    fn terms(&self) -> Result<Terms, Error> {
        let wrong = |what: &str| Error::inconsistent("orders", self.id, what);
        if let Some(subscription) = self.subscription()? {
            return Ok(Terms::Subscription(subscription));
        }
        let (count, anchor) = self.installments.zip(self.first_due_at).ok_or_else(|| wrong("nothing to bill"))?;
        Ok(Terms::Installments(Installments { total: self.kept_total, count, anchor: at(anchor) }))
    }

    fn held(self, invoices: Vec<Invoice>) -> Result<Held, Error> {
        let wrong = |what: &str| Error::inconsistent("orders", self.id, what);
        let (owed, doubted): (Vec<_>, Vec<_>) = invoices.into_iter().partition(Invoice::is_owed);
        let account = Account {
            status: self.status.parse().map_err(|_| wrong("status"))?,
            currency: Currency::parse(&self.currency).map_err(|_| wrong("currency"))?,
            zone: Zone::named(&self.time_zone).map_err(|_| wrong("time zone"))?,
            method: self.method.parse().map_err(|_| wrong("method"))?,
            known_at: at(self.created_at),
            has_refund_under_way: self.has_refund_under_way,
            terms: self.terms()?,
            paid: self.paid,
            owed: owed.into_iter().next(),
            doubted: doubted.into_iter().next(),
        };
        Ok(Held {
            order: OrderId(self.id),
            producer: ProducerId(self.producer_id),
            person: PersonId(self.person_id),
            gateway: self.gateway,
            product: self.product.and_then(|code| Code::parse(&code).ok()),
            account,
        })
    }
}

impl TryFrom<InvoiceRow> for Invoice {
    type Error = Error;

    fn try_from(row: InvoiceRow) -> Result<Self, Error> {
        let wrong = |what: &str| Error::inconsistent("invoices", row.id, what);
        let attempt = row.attempt_key.clone().zip(row.attempt_at).map(|(key, began)| Attempt {
            key,
            at: at(began),
            waits_until: row.waits_until.map(at),
        });
        let next_try_at = row.next_try_at.map(at);
        let state = match row.state.parse().map_err(|_| wrong("state"))? {
            InvoiceState::Open => {
                State::Open { next_try_at: next_try_at.ok_or_else(|| wrong("open and never tried"))?, attempt }
            }
            InvoiceState::Overdue => State::Overdue { next_try_at, attempt },
            InvoiceState::Paid => State::Paid { at: at(row.paid_at.ok_or_else(|| wrong("paid when?"))?), attempt },
            InvoiceState::Void => State::Void { attempt },
        };
        Ok(Self {
            id: InvoiceId(row.id),
            number: row.number,
            period_start: at(row.period_start),
            period_end: at(row.period_end),
            due_at: at(row.due_at),
            amount: Money::new(row.amount, Currency::parse(&row.currency).map_err(|_| wrong("currency"))?),
            discount: row.discount,
            tries: row.tries,
            failing_since: row.failing_since.map(at),
            failure: row.failure.as_deref().map(str::parse).transpose().map_err(|_| wrong("failure"))?,
            grace_until: row.grace_until.map(at),
            state,
        })
    }
}

pub(super) async fn lock_order(tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK_ORDER).bind(order.0).execute(c).await?; });
    Ok(())
}

/// What counts of an order; none when our calendar has nothing to do with it.
pub(super) async fn find(conn: Conn<'_>, order: OrderId) -> Result<Option<Held>, Error> {
    on!(conn, c => {
        let Some(row) = sqlx::query_as::<_, AccountRow>(ACCOUNT).bind(order.0).fetch_optional(&mut *c).await? else { return Ok(None) };
        let invoices = sqlx::query_as::<_, InvoiceRow>(LIVE).bind(order.0).fetch_all(&mut *c).await?;
        row.held(invoices.into_iter().map(Invoice::try_from).collect::<Result<_, _>>()?).map(Some)
    })
}

/// The same, and nobody else's until the transaction ends.
pub(super) async fn hold(tx: &mut Tx, order: OrderId) -> Result<Option<Held>, Error> {
    lock_order(tx, order).await?;
    find(tx.conn(), order).await
}

pub(super) async fn is_billed(tx: &mut Tx, order: OrderId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query_as::<_, HitsRow>(IS_BILLED).bind(order.0).fetch_one(c).await?.hits > 0))
}

pub(super) async fn all(conn: Conn<'_>, order: OrderId) -> Result<Vec<Invoice>, Error> {
    let rows = on!(conn, c => sqlx::query_as::<_, InvoiceRow>(ALL).bind(order.0).fetch_all(c).await?);
    rows.into_iter().map(Invoice::try_from).collect()
}

pub(super) async fn invoice(conn: Conn<'_>, invoice: InvoiceId) -> Result<Option<Invoice>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, InvoiceRow>(BY_ID).bind(invoice.0).fetch_optional(c).await?);
    row.map(Invoice::try_from).transpose()
}

pub(super) async fn order_of(conn: Conn<'_>, invoice: InvoiceId) -> Result<Option<OrderId>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, IdRow>(ORDER_OF).bind(invoice.0).fetch_optional(c).await?);
    Ok(row.map(|row| OrderId(row.id)))
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: InvoiceId,
    held: &Held,
    new: &NewInvoice,
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id.0)
            .bind(held.producer.0)
            .bind(held.order.0)
            .bind(new.number)
            .bind(new.period.0.micros())
            .bind(new.period.1.micros())
            .bind(new.due_at.micros())
            .bind(new.amount.amount)
            .bind(new.discount)
            .bind(new.amount.currency.as_str())
            .bind(new.opens_at.micros())
            .bind(now.micros())
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

/// The first part of a plan in instalments, paid with the order.
pub(super) async fn insert_paid(
    tx: &mut Tx,
    id: InvoiceId,
    (producer, order): (ProducerId, OrderId),
    new: &NewInvoice,
    paid_at: Instant,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT_PAID)
            .bind(id.0)
            .bind(producer.0)
            .bind(order.0)
            .bind(new.number)
            .bind(new.period.0.micros())
            .bind(new.period.1.micros())
            .bind(new.due_at.micros())
            .bind(new.amount.amount)
            .bind(new.amount.currency.as_str())
            .bind(paid_at.micros())
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Writes where an invoice is now. The caller holds its order ([`hold`]).
pub(super) async fn write(tx: &mut Tx, invoice: &Invoice, now: Instant) -> Result<(), Error> {
    let attempt = invoice.attempt();
    let paid_at = match invoice.state {
        State::Paid { at, .. } => Some(at.micros()),
        _ => None,
    };
    on!(tx.conn(), c => {
        sqlx::query(WRITE)
            .bind(invoice.id.0)
            .bind(invoice.period_start.micros())
            .bind(invoice.period_end.micros())
            .bind(invoice.word().as_str())
            .bind(invoice.tries)
            .bind(invoice.next_try_at().map(Instant::micros))
            .bind(attempt.map(|attempt| attempt.key.as_str()))
            .bind(attempt.map(|attempt| attempt.at.micros()))
            .bind(attempt.and_then(|attempt| attempt.waits_until).map(Instant::micros))
            .bind(invoice.failing_since.map(Instant::micros))
            .bind(invoice.failure.map(types::DeclineReason::as_str))
            .bind(invoice.grace_until.map(Instant::micros))
            .bind(paid_at)
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(super) async fn link_charge(
    tx: &mut Tx,
    order: OrderId,
    invoice: InvoiceId,
    gateway: &str,
    reference: &str,
) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LINK_CHARGE).bind(order.0).bind(invoice.0).bind(gateway).bind(reference).execute(c).await?; });
    Ok(())
}

/// A charge pays for no invoice: another one did.
pub(super) async fn unlink_charge(tx: &mut Tx, order: OrderId, gateway: &str, reference: &str) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(UNLINK_CHARGE).bind(order.0).bind(gateway).bind(reference).execute(c).await?; });
    Ok(())
}

/// The charge that a gateway calls so; none when it is not on file, or when two sellers have one of this name.
pub(super) async fn charge_like(tx: &mut Tx, gateway: &str, reference: &str) -> Result<Option<KnownCharge>, Error> {
    let mut rows = on!(tx.conn(), c => {
        sqlx::query_as::<_, ChargeRow>(CHARGES_LIKE).bind(gateway).bind(reference).fetch_all(c).await?
    });
    let (Some(row), true) = (rows.pop(), rows.is_empty()) else { return Ok(None) };
    let wrong = |what: &str| Error::inconsistent("charges", reference, what);
    let charge = crate::intake::NewCharge {
        reference: reference.to_owned(),
        amount: row.amount,
        status: row.status.parse().map_err(|_| wrong("status"))?,
        method: row.method.parse().map_err(|_| wrong("method"))?,
        installments: row.installments,
        created_at: at(row.created_at),
        paid_at: row.paid_at.map(at),
        payment_code: row.payment_code,
        payment_url: row.payment_url,
        due_on: row.due_on,
        changed_at: at(row.created_at),
    };
    Ok(Some(KnownCharge { order: OrderId(row.order_id), invoice: row.invoice_id.map(InvoiceId), charge }))
}

/// What a gateway still waits for of an invoice, as charges that failed now.
pub(super) async fn pending_as_failed(
    tx: &mut Tx,
    invoice: InvoiceId,
    now: Instant,
) -> Result<Vec<crate::intake::NewCharge>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, PendingRow>(PENDING).bind(invoice.0).fetch_all(c).await?);
    let read = |row: PendingRow| {
        let method = row.method.parse().map_err(|error| Error::inconsistent("charges", &row.reference, error))?;
        Ok(crate::intake::NewCharge {
            reference: row.reference,
            amount: row.amount,
            status: ChargeStatus::Failed,
            method,
            installments: 1,
            created_at: at(row.created_at),
            paid_at: None,
            payment_code: row.payment_code,
            payment_url: row.payment_url,
            due_on: row.due_on,
            changed_at: now,
        })
    };
    rows.into_iter().map(read).collect()
}

pub(super) async fn method(conn: Conn<'_>, order: OrderId) -> Result<Option<PaymentMethod>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, MethodRow>(METHOD).bind(order.0).fetch_optional(c).await?);
    let read = |row: MethodRow| {
        let method: Method = row.method.parse().map_err(|error| Error::inconsistent("orders", order, error))?;
        let MethodRow { token, brand, last4, exp_month, exp_year, .. } = row;
        Ok(PaymentMethod { method, token, brand, last4, exp_month, exp_year })
    };
    row.map(read).transpose()
}

/// What an invoice can be paid with by hand: method, code, page.
pub(super) async fn slip(conn: Conn<'_>, invoice: InvoiceId) -> Result<Option<(Method, String, String)>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, SlipRow>(SLIP).bind(invoice.0).fetch_optional(c).await?);
    let read = |row: SlipRow| Some((row.method.parse().ok()?, row.payment_code?, row.payment_url?));
    Ok(row.and_then(read))
}

/// Who pays, whom, and what for.
pub(super) async fn payer(conn: Conn<'_>, order: OrderId) -> Result<PayerRow, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, PayerRow>(PAYER).bind(order.0).fetch_one(c).await?))
}

pub(super) async fn set_method(tx: &mut Tx, order: OrderId, new: &PaymentMethod, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_METHOD)
            .bind(order.0)
            .bind(new.method.as_str())
            .bind(new.token.as_deref())
            .bind(new.brand.as_deref())
            .bind(new.last4.as_deref())
            .bind(new.exp_month)
            .bind(new.exp_year)
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(super) async fn bill_subscription(
    tx: &mut Tx,
    order: OrderId,
    (anchor, cycle): (Instant, i64),
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(BILL_SUBSCRIPTION).bind(order.0).bind(true).bind(anchor.micros()).bind(cycle).execute(c).await?;
    });
    Ok(())
}

pub(super) async fn set_position(tx: &mut Tx, order: OrderId, (anchor, cycle): (Instant, i64)) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_POSITION).bind(order.0).bind(anchor.micros()).bind(cycle).execute(c).await?; });
    Ok(())
}

pub(super) async fn set_discount(tx: &mut Tx, order: OrderId, percent: i64, cycles: i64) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_DISCOUNT).bind(order.0).bind(percent).bind(cycles).execute(c).await?; });
    Ok(())
}

pub(super) async fn use_discount(tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(USE_DISCOUNT).bind(order.0).execute(c).await?; });
    Ok(())
}

pub(super) async fn set_noticed(tx: &mut Tx, order: OrderId, charge_at: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_NOTICED).bind(order.0).bind(charge_at.micros()).execute(c).await?; });
    Ok(())
}

pub(super) async fn insert_plan(
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    count: i64,
    anchor: Instant,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT_PLAN).bind(order.0).bind(producer.0).bind(count).bind(anchor.micros()).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}
