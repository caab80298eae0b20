mod telling;
mod there;

pub(super) use telling::{begin, refused, telling, took};
pub(super) use there::order_there;

use super::state::State;
use crate::db::{Conn, Error, Statement, Tx};
use crate::order::{self, Found, OrderRecord};
use crate::{on, row, statements};
use std::sync::LazyLock;
use types::view::SubscriptionView;
use types::{
    CancellationId, Code, Instant, OrderId, PersonId, ProducerId, Protocol, RequestId, RetentionId, RetentionKind,
    SubscriptionId,
};
use uuid::Uuid;

pub(super) static ALL: LazyLock<Vec<Statement>> =
    LazyLock::new(|| [STATEMENTS, telling::STATEMENTS, there::STATEMENTS].concat());

/// An order with a subscription, and what of its history there is to read.
macro_rules! found {
    (which: $which:expr) => {
        order::order!(
            which: $which,
            more: "s.reported_status,
                exists (select 1 from cancellations k where k.subscription_id = s.id) as has_cancellation,
                exists (select 1 from retention_offers k where k.subscription_id = s.id) as has_retention,
                exists (select 1 from cancel_attempts k
                    where k.subscription_id = s.id and k.offer is not null
                        and k.outcome in ('saved', 'canceled')) as was_offered"
        )
    };
}

statements! {
    // Whose it is stands in the statement: not mine and not there are the same answer.
    OF_BUYER = found!(which: order::of_subscriber!());
    OF_ORDER = found!(which: "(select y.order_id from subscriptions y where y.order_id = $1)");
    NEWEST = found!(which: "(select y.order_id
        from orders x
        join subscriptions y on y.order_id = x.id
        where x.producer_id = $1
        order by x.ordered_at desc, x.id desc
        limit 1)");
    ORDER_OF_PRODUCER = "select s.order_id as id
        from subscriptions s
        join orders o on o.id = s.order_id
        where o.producer_id = $1 and o.code = $2";
    ORDER_OF = "select s.order_id as id
        from subscriptions s
        join orders o on o.id = s.order_id
        where s.id = $1 and o.person_id = $2";
    BY_REQUEST = "select protocol, subscription_id from cancellations where request_id = $1";
    // The one that counts, else the last that was taken back.
    LATEST = "select id, order_id, subscription_id, protocol, state, asked_at, effective_at, ended_at, is_by_seller
        from cancellations
        where subscription_id = $1
        order by case when state = 'undone' then 1 else 0 end, asked_at desc, id desc
        limit 1";
    FIND = "select id, order_id, subscription_id, protocol, state, asked_at, effective_at, ended_at, is_by_seller
        from cancellations
        where id = $1";
    INSERT = "insert into cancellations (id, producer_id, order_id, subscription_id, protocol, request_id, state,
                asked_at, effective_at, ended_at, reason, comment, is_by_seller)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict do nothing";
    WRITE = "update cancellations set state = $2, ended_at = $3 where id = $1";
    OPEN_ATTEMPT = "insert into cancel_attempts (id, producer_id, order_id, subscription_id, outcome, opened_at)
        values ($1, $2, $3, $4, 'opened', $5)
        on conflict do nothing";
    END_ATTEMPT = "update cancel_attempts set outcome = $2, reason = $3, offer = $4, ended_at = $5
        where subscription_id = $1 and outcome = 'opened'";
    NOTE_OFFER = "update cancel_attempts set reason = $2, offer = $3 where subscription_id = $1 and outcome = 'opened'";
    STAY_WITH_PLAN = "update cancel_attempts set outcome = 'saved', ended_at = $2
        where subscription_id = $1 and outcome = 'opened' and offer = 'plan'";
    RETENTION = "select id, order_id, kind, percent, cycles, starts_at, ends_at, message, state, accepted_at
        from retention_offers
        where subscription_id = $1";
    FIND_RETENTION = "select id, order_id, kind, percent, cycles, starts_at, ends_at, message, state, accepted_at
        from retention_offers
        where id = $1";
    INSERT_RETENTION = "insert into retention_offers (id, producer_id, order_id, subscription_id, kind, percent,
                cycles, starts_at, ends_at, message, state, accepted_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'accepted', $11)
        on conflict do nothing";
    WRITE_RETENTION = "update retention_offers set state = $2 where id = $1";
    OFFER_BY_CODE = "select name, amount from offers where producer_id = $1 and code = $2";
}

row! {
    pub(super) struct FoundRow {
        reported_status: String, has_cancellation: bool, has_retention: bool, was_offered: bool,
    }
    struct IdRow { id: Uuid }
    pub(super) struct EarlierRow { protocol: String, subscription_id: Uuid }
    pub(super) struct CancellationRow {
        id: Uuid, order_id: Uuid, subscription_id: Uuid, protocol: String, state: String, asked_at: i64,
        effective_at: i64, ended_at: Option<i64>, is_by_seller: bool,
    }
    pub(super) struct RetentionRow {
        id: Uuid, order_id: Uuid, kind: String, percent: Option<i64>, cycles: Option<i64>, starts_at: Option<i64>,
        ends_at: Option<i64>, message: Option<String>, state: String, accepted_at: i64,
    }
    pub(super) struct OfferRow { name: String, amount: i64 }
}

/// A cancellation to be written.
pub(super) struct NewCancellation<'a> {
    pub(super) id: CancellationId,
    pub(super) order: &'a OrderRecord,
    pub(super) plan: &'a SubscriptionView,
    pub(super) protocol: Protocol,
    pub(super) request: RequestId,
    pub(super) state: State,
    pub(super) asked_at: Instant,
    pub(super) effective_at: Instant,
    pub(super) reason: Option<&'a str>,
    pub(super) comment: Option<&'a str>,
    /// Whether the producer decided, and not the buyer.
    pub(super) is_by_seller: bool,
}

/// What somebody takes instead of cancelling, to be written.
pub(super) struct NewRetention<'a> {
    pub(super) id: RetentionId,
    pub(super) order: &'a OrderRecord,
    pub(super) plan: &'a SubscriptionView,
    pub(super) kind: RetentionKind,
    pub(super) percent: Option<i64>,
    pub(super) cycles: Option<i64>,
    pub(super) pause: Option<(Instant, Instant)>,
    pub(super) message: Option<&'a str>,
    pub(super) now: Instant,
}

pub(super) async fn of_buyer(
    conn: Conn<'_>,
    person: PersonId,
    id: SubscriptionId,
) -> Result<Option<Found<FoundRow>>, Error> {
    OrderRecord::with(conn, OF_BUYER, &[id.0, person.0]).await
}

pub(super) async fn of_order(conn: Conn<'_>, order: OrderId) -> Result<Option<Found<FoundRow>>, Error> {
    OrderRecord::with(conn, OF_ORDER, &[order.0]).await
}

/// The newest subscription that a producer sold.
pub(super) async fn newest(conn: Conn<'_>, producer: ProducerId) -> Result<Option<Found<FoundRow>>, Error> {
    OrderRecord::with(conn, NEWEST, &[producer.0]).await
}

/// The order of this person's subscription, to be locked before anything of it is read.
pub(super) async fn order_of(conn: Conn<'_>, person: PersonId, id: SubscriptionId) -> Result<Option<OrderId>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, IdRow>(ORDER_OF).bind(id.0).bind(person.0).fetch_optional(c).await?);
    Ok(row.map(|row| OrderId(row.id)))
}

/// The producer's own order with this code, if it has a subscription.
pub(super) async fn order_of_producer(
    conn: Conn<'_>,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<OrderId>, Error> {
    let row = on!(conn, c => {
        let query = sqlx::query_as::<_, IdRow>(ORDER_OF_PRODUCER).bind(producer.0).bind(code.as_str());
        query.fetch_optional(c).await?
    });
    Ok(row.map(|row| OrderId(row.id)))
}

pub(super) async fn by_request(tx: &mut Tx, request: RequestId) -> Result<Option<EarlierRow>, Error> {
    Ok(on!(tx.conn(), c => sqlx::query_as::<_, EarlierRow>(BY_REQUEST).bind(request.0).fetch_optional(c).await?))
}

pub(super) async fn latest(conn: Conn<'_>, id: SubscriptionId) -> Result<Option<CancellationRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, CancellationRow>(LATEST).bind(id.0).fetch_optional(c).await?))
}

pub(super) async fn find(conn: Conn<'_>, id: CancellationId) -> Result<Option<CancellationRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, CancellationRow>(FIND).bind(id.0).fetch_optional(c).await?))
}

/// Writes a cancellation; false when there is one that counts already.
pub(super) async fn insert(tx: &mut Tx, new: &NewCancellation<'_>) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(new.id.0)
            .bind(new.order.producer_id.0)
            .bind(new.order.id.0)
            .bind(new.plan.id.0)
            .bind(new.protocol.as_str())
            .bind(new.request.0)
            .bind(new.state.name().as_str())
            .bind(new.asked_at.micros())
            .bind(new.effective_at.micros())
            .bind(new.state.ended_at().map(Instant::micros))
            .bind(new.reason)
            .bind(new.comment)
            .bind(new.is_by_seller)
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

/// Writes where a cancellation is now. The caller has locked its order.
pub(super) async fn write(tx: &mut Tx, row: &CancellationRow, state: State) -> Result<(), Error> {
    let ended_at = state.ended_at().map(Instant::micros);
    on!(tx.conn(), c => {
        sqlx::query(WRITE).bind(row.id).bind(state.name().as_str()).bind(ended_at).execute(c).await?;
    });
    Ok(())
}

/// Notes that somebody began to cancel; once, however often the page is opened.
pub(super) async fn open_attempt(
    tx: &mut Tx,
    id: Uuid,
    order: &OrderRecord,
    plan: &SubscriptionView,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let insert = sqlx::query(OPEN_ATTEMPT).bind(id).bind(order.producer_id.0).bind(order.id.0).bind(plan.id.0);
        insert.bind(now.micros()).execute(c).await?;
    });
    Ok(())
}

/// Notes how the attempt ended; false when none was open.
pub(super) async fn end_attempt(
    tx: &mut Tx,
    plan: SubscriptionId,
    outcome: &str,
    reason: Option<&str>,
    offer: Option<RetentionKind>,
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let update = sqlx::query(END_ATTEMPT).bind(plan.0).bind(outcome).bind(reason);
        let update = update.bind(offer.map(RetentionKind::as_str)).bind(now.micros());
        update.execute(c).await?.rows_affected() == 1
    }))
}

/// Notes what was looked at instead; the attempt goes on.
pub(super) async fn note_offer(
    tx: &mut Tx,
    plan: SubscriptionId,
    reason: Option<&str>,
    offer: RetentionKind,
) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(NOTE_OFFER).bind(plan.0).bind(reason).bind(offer.as_str()).execute(c).await?; });
    Ok(())
}

/// The plan that was looked at, or another one, has taken the place of cancelling.
pub(super) async fn stay_with_plan(tx: &mut Tx, plan: SubscriptionId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(STAY_WITH_PLAN).bind(plan.0).bind(now.micros()).execute(c).await?; });
    Ok(())
}

pub(super) async fn retention(conn: Conn<'_>, plan: SubscriptionId) -> Result<Option<RetentionRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, RetentionRow>(RETENTION).bind(plan.0).fetch_optional(c).await?))
}

pub(super) async fn find_retention(conn: Conn<'_>, id: RetentionId) -> Result<Option<RetentionRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, RetentionRow>(FIND_RETENTION).bind(id.0).fetch_optional(c).await?))
}

/// Writes what was taken; false when something was taken already.
pub(super) async fn insert_retention(tx: &mut Tx, new: &NewRetention<'_>) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT_RETENTION)
            .bind(new.id.0)
            .bind(new.order.producer_id.0)
            .bind(new.order.id.0)
            .bind(new.plan.id.0)
            .bind(new.kind.as_str())
            .bind(new.percent)
            .bind(new.cycles)
            .bind(new.pause.map(|(from, _)| from.micros()))
            .bind(new.pause.map(|(_, until)| until.micros()))
            .bind(new.message)
            .bind(new.now.micros())
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

pub(super) async fn write_retention(tx: &mut Tx, row: &RetentionRow, state: &str) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(WRITE_RETENTION).bind(row.id).bind(state).execute(c).await?; });
    Ok(())
}

/// Name and price of the producer's offer with this code.
pub(super) async fn offer(conn: Conn<'_>, order: &OrderRecord, code: &str) -> Result<Option<OfferRow>, Error> {
    Ok(on!(conn, c => {
        sqlx::query_as::<_, OfferRow>(OFFER_BY_CODE).bind(order.producer_id.0).bind(code).fetch_optional(c).await?
    }))
}
