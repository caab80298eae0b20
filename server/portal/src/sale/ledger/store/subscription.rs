use crate::db::{Error, Tx, parsed};
use crate::ledger::merge::KeptSubscription;
use crate::ledger::new_order::{NewSubscription, Version};
use crate::ledger::standing::{SubscriptionFact, SubscriptionStanding};
use crate::{on, row, statements};
use types::{Instant, Line, OrderId, ProducerId, SubscriptionId};
use uuid::Uuid;

statements! {
    END_DISCOUNT = "update subscriptions set discount_percent = 0, discount_cycles = 0
        where order_id = $1 and discount_cycles > 0";
    OF_ORDER = "select id, reported_status, reported_canceled_at, reported_paid_at, plan_name, amount, interval_unit,
            interval_count, period_start, period_end, reported_next_charge_at, reference, source_version
        from subscriptions
        where order_id = $1";
    /// The currency is the order's; status and time of cancellation are settled afterwards.
    INSERT = "insert into subscriptions (id, producer_id, order_id, status, reported_status, reported_canceled_at,
                reported_paid_at, plan_name, amount, currency, interval_unit, interval_count, period_start,
                period_end, reported_next_charge_at, source_version, created_at, updated_at, reference) select $1,
            $2, $3, $4, $4, $5, $6, $7, $8, o.currency, $9, $10, $11, $12, $13, $14, $15, $15, $16
        from orders o
        where o.id = $3";
    UPDATE = "update subscriptions set reported_status = $2, reported_canceled_at = $3, reported_paid_at = $4,
            plan_name = $5, amount = $6, interval_unit = $7, interval_count = $8, period_start = $9,
            period_end = $10, reported_next_charge_at = $11, source_version = $12, updated_at = $13,
            reference = coalesce($14, reference)
        where order_id = $1";
    SETTLE = "update subscriptions set status = $2, canceled_at = $3, next_charge_at = $4,
            currency = (select o.currency from orders o where o.id = subscriptions.order_id), updated_at = $5
        where order_id = $1";
}

row! {
    struct SubscriptionRow {
        id: Uuid, reported_status: String, reported_canceled_at: Option<i64>, reported_paid_at: Option<i64>,
        plan_name: String, amount: i64, interval_unit: String, interval_count: i64, period_start: i64, period_end: i64,
        reported_next_charge_at: Option<i64>, reference: Option<String>, source_version: i64,
    }
}

impl TryFrom<SubscriptionRow> for KeptSubscription {
    type Error = Error;

    fn try_from(row: SubscriptionRow) -> Result<Self, Error> {
        const TABLE: &str = "subscriptions";
        let subscription = NewSubscription {
            status: parsed(TABLE, row.id, row.reported_status.parse())?,
            plan: Some(parsed(TABLE, row.id, Line::parse(&row.plan_name))?),
            amount: row.amount,
            interval: (parsed(TABLE, row.id, row.interval_unit.parse())?, row.interval_count),
            period_start: Instant::from_micros(row.period_start),
            period_end: Instant::from_micros(row.period_end),
            next_charge_at: row.reported_next_charge_at.map(Instant::from_micros),
            canceled_at: row.reported_canceled_at.map(Instant::from_micros),
            paid_at: row.reported_paid_at.map(Instant::from_micros),
            reference: row.reference,
        };
        Ok(Self { subscription, version: Version::from_column(row.source_version) })
    }
}

/// What counts of a subscription for where its order stands.
pub(in crate::sale::ledger) fn fact(kept: &KeptSubscription) -> SubscriptionFact {
    let NewSubscription { status, canceled_at, paid_at, next_charge_at, period_end, .. } = &kept.subscription;
    SubscriptionFact {
        status: *status,
        canceled_at: canceled_at.map(Instant::micros),
        paid_at: paid_at.map(Instant::micros),
        next_charge_at: next_charge_at.map(Instant::micros),
        period_end: period_end.micros(),
    }
}

pub(in crate::sale::ledger) async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Option<KeptSubscription>, Error> {
    let row =
        on!(tx.conn(), c => sqlx::query_as::<_, SubscriptionRow>(OF_ORDER).bind(order.0).fetch_optional(c).await?);
    row.map(KeptSubscription::try_from).transpose()
}

pub(in crate::sale::ledger) async fn insert(
    tx: &mut Tx,
    id: SubscriptionId,
    producer: ProducerId,
    order: OrderId,
    new: &NewSubscription,
    version: Version,
    now: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id.0)
            .bind(producer.0)
            .bind(order.0)
            .bind(new.status.as_str())
            .bind(new.canceled_at.map(Instant::micros))
            .bind(new.paid_at.map(Instant::micros))
            .bind(new.plan.as_ref().map_or("", Line::as_str))
            .bind(new.amount)
            .bind(new.interval.0.as_str())
            .bind(new.interval.1)
            .bind(new.period_start.micros())
            .bind(new.period_end.micros())
            .bind(new.next_charge_at.map(Instant::micros))
            .bind(version.column())
            .bind(now)
            .bind(new.reference.as_deref())
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::sale::ledger) async fn update(
    tx: &mut Tx,
    order: OrderId,
    new: &NewSubscription,
    version: Version,
    now: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(UPDATE)
            .bind(order.0)
            .bind(new.status.as_str())
            .bind(new.canceled_at.map(Instant::micros))
            .bind(new.paid_at.map(Instant::micros))
            .bind(new.plan.as_ref().map_or("", Line::as_str))
            .bind(new.amount)
            .bind(new.interval.0.as_str())
            .bind(new.interval.1)
            .bind(new.period_start.micros())
            .bind(new.period_end.micros())
            .bind(new.next_charge_at.map(Instant::micros))
            .bind(version.column())
            .bind(now)
            .bind(new.reference.as_deref())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Writes down where it stands by all that is known of its order, which is settled already.
/// What was promised on the plan before ends with it.
pub(in crate::sale::ledger) async fn end_discount(tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(END_DISCOUNT).bind(order.0).execute(c).await?;
    });
    Ok(())
}

pub(in crate::sale::ledger) async fn settle(
    tx: &mut Tx,
    order: OrderId,
    standing: SubscriptionStanding,
    now: i64,
) -> Result<(), Error> {
    let SubscriptionStanding { status, canceled_at, next_charge_at } = standing;
    on!(tx.conn(), c => {
        let settle = sqlx::query(SETTLE).bind(order.0).bind(status.as_str()).bind(canceled_at);
        settle.bind(next_charge_at).bind(now).execute(c).await?;
    });
    Ok(())
}
