use super::state::State;
use crate::db::{Conn, Db, Error, Tx};
use crate::order::{self, OrderRecord};
use crate::{on, row, statements};
use types::{ChargeId, Code, Instant, ItemId, Money, OrderId, PersonId, ProducerId, Protocol, RefundId, RequestId};
use uuid::Uuid;

statements! {
    BY_REQUEST = "select protocol, request_hash from refunds where request_id = $1";
    INSERT = "insert into refunds (id, producer_id, order_id, charge_id, protocol, request_id, request_hash, amount, currency, state, requested_at, message, answer_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing";
    INSERT_ITEM = "insert into refund_items (producer_id, order_id, refund_id, item_id, amount) values ($1, $2, $3, $4, $5) on conflict do nothing";
    FIND = "select f.id, f.producer_id, f.order_id, f.protocol, f.amount, f.currency, f.state, f.gateway_reference, f.failure,
            f.first_sent_at, f.sent_at, f.ended_at, f.message, f.answer_by, f.answer, c.reference as charge_reference, c.amount as charge_amount, c.gateway, o.card_last4, o.person_id
        from refunds f join charges c on c.id = f.charge_id join orders o on o.id = f.order_id where f.id = $1";
    WRITE = "update refunds set state = $2, first_sent_at = $3, gateway_reference = $4, sent_at = $5, failure = $6, ended_at = $7 where id = $1";
    BY_HAND = "update refunds set first_sent_at = $2 where id = $1 and state = 'approved' and first_sent_at is null";
    SET_ANSWER = "update refunds set answer = $2 where id = $1";
    OF_PRODUCER = "select f.id from refunds f join orders o on o.id = f.order_id where f.producer_id = $1 and o.code = $2 and f.protocol = $3";
    OF_BUYER = "select f.id from refunds f join orders o on o.id = f.order_id where o.person_id = $1 and o.id = $2 and f.protocol = $3";
    RELEASE_ITEMS = "update refund_items set released_at = $2 where refund_id = $1 and released_at is null";
    OPEN_OF_CHARGE = "select f.id from refunds f join charges c on c.id = f.charge_id
        where f.order_id = $1 and c.gateway = $2 and c.reference = $3 and f.state in ('approved', 'reconciling', 'sent')";
    ITEM_NAMES = "select i.name from refund_items ri join order_items i on i.id = ri.item_id where ri.refund_id = $1 order by i.position";
}

row! {
    pub(super) struct EarlierRow { protocol: String, request_hash: String }
    struct IdRow { id: Uuid }
    struct NameRow { name: String }
    pub(super) struct RefundRow {
        id: Uuid, producer_id: Uuid, order_id: Uuid, protocol: String, amount: i64, currency: String, state: String,
        gateway_reference: Option<String>, failure: Option<String>, first_sent_at: Option<i64>, sent_at: Option<i64>, ended_at: Option<i64>,
        message: Option<String>, answer_by: Option<i64>, answer: Option<String>,
        charge_reference: String, charge_amount: i64, gateway: String, card_last4: Option<String>, person_id: Uuid,
    }
}

/// A refund to be written.
pub(super) struct NewRefund<'a> {
    pub(super) id: RefundId,
    pub(super) order: &'a OrderRecord,
    pub(super) charge: ChargeId,
    pub(super) protocol: Protocol,
    pub(super) request: RequestId,
    pub(super) request_hash: String,
    pub(super) amount: Money,
    pub(super) items: Vec<(ItemId, i64)>,
    pub(super) state: State,
    pub(super) message: Option<String>,
    pub(super) now: Instant,
}

pub(super) async fn by_request(tx: &mut Tx, request: RequestId) -> Result<Option<EarlierRow>, Error> {
    Ok(on!(tx.conn(), c => sqlx::query_as::<_, EarlierRow>(BY_REQUEST).bind(request.0).fetch_optional(c).await?))
}

/// Writes the refund and its items; false when another one is under way or holds one of the items.
pub(super) async fn insert(tx: &mut Tx, new: &NewRefund<'_>) -> Result<bool, Error> {
    let (producer, order) = (new.order.producer.0, new.order.id.0);
    let answer_by = if let State::Requested { answer_by } = new.state { Some(answer_by.micros()) } else { None };
    on!(tx.conn(), c => {
        let done = sqlx::query(INSERT)
            .bind(new.id.0)
            .bind(producer)
            .bind(order)
            .bind(new.charge.0)
            .bind(new.protocol.as_str())
            .bind(new.request.0)
            .bind(&new.request_hash)
            .bind(new.amount.amount)
            .bind(new.amount.currency.as_str())
            .bind(new.state.word().as_str())
            .bind(new.now.micros())
            .bind(new.message.as_deref())
            .bind(answer_by)
            .execute(&mut *c)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        for (item, amount) in &new.items {
            let done = sqlx::query(INSERT_ITEM).bind(producer).bind(order).bind(new.id.0).bind(item.0).bind(amount).execute(&mut *c).await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
        }
    });
    Ok(true)
}

pub(super) async fn find(conn: Conn<'_>, refund: RefundId) -> Result<Option<RefundRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, RefundRow>(FIND).bind(refund.0).fetch_optional(c).await?))
}

pub(super) async fn item_names(db: &Db, refund: RefundId) -> Result<Vec<String>, Error> {
    let rows = on!(db.reader(), c => sqlx::query_as::<_, NameRow>(ITEM_NAMES).bind(refund.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| row.name).collect())
}

pub(super) async fn open_of_charge(
    tx: &mut Tx,
    order: OrderId,
    gateway: &str,
    reference: &str,
) -> Result<Vec<RefundId>, Error> {
    let rows = on!(tx.conn(), c => {
        sqlx::query_as::<_, IdRow>(OPEN_OF_CHARGE).bind(order.0).bind(gateway).bind(reference).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| RefundId(row.id)).collect())
}

/// The refund as it is, held until the transaction ends.
pub(super) async fn hold(tx: &mut Tx, row: &RefundRow) -> Result<Option<RefundRow>, Error> {
    order::lock(tx, OrderId(row.order_id)).await?;
    find(tx.conn(), RefundId(row.id)).await
}

/// Writes where a refund is now. The caller holds it ([`hold`]).
pub(super) async fn write(tx: &mut Tx, row: &RefundRow, state: &State) -> Result<(), Error> {
    let first_sent_at = match state {
        State::Approved => None,
        State::Reconciling { since } => Some(since.micros()),
        _ => row.first_sent_at,
    };
    let (reference, sent_at) = match state {
        State::Sent { reference, at } => (Some(reference), Some(at.micros())),
        State::Settled { at } => (row.gateway_reference.as_ref(), row.sent_at.or(Some(at.micros()))),
        _ => (row.gateway_reference.as_ref(), row.sent_at),
    };
    let (failure, ended_at) = match state {
        State::Failed { reason, at } => (Some(reason), Some(at.micros())),
        State::Settled { at } | State::Declined { at } | State::Withdrawn { at } => (None, Some(at.micros())),
        _ => (row.failure.as_ref(), row.ended_at),
    };
    on!(tx.conn(), c => {
        let written = sqlx::query(WRITE).bind(row.id).bind(state.word().as_str()).bind(first_sent_at).bind(reference);
        written.bind(sent_at).bind(failure).bind(ended_at).execute(c).await?;
    });
    Ok(())
}

pub(super) async fn by_hand(tx: &mut Tx, refund: RefundId, now: Instant) -> Result<bool, Error> {
    Ok(
        on!(tx.conn(), c => sqlx::query(BY_HAND).bind(refund.0).bind(now.micros()).execute(c).await?.rows_affected() == 1),
    )
}

/// Lets a refund's items be asked for again.
pub(super) async fn release_items(tx: &mut Tx, refund: RefundId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(RELEASE_ITEMS).bind(refund.0).bind(now.micros()).execute(c).await?; });
    Ok(())
}

/// Keeps what the producer said.
pub(super) async fn set_answer(tx: &mut Tx, refund: RefundId, answer: &str) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_ANSWER).bind(refund.0).bind(answer).execute(c).await?; });
    Ok(())
}

/// A refund of this producer's order.
pub(super) async fn of_producer(
    conn: Conn<'_>,
    producer: ProducerId,
    order: &Code,
    protocol: &Protocol,
) -> Result<Option<RefundId>, Error> {
    let row = on!(conn, c => {
        let query = sqlx::query_as::<_, IdRow>(OF_PRODUCER).bind(producer.0).bind(order.as_str());
        query.bind(protocol.as_str()).fetch_optional(c).await?
    });
    Ok(row.map(|row| RefundId(row.id)))
}

/// A refund of this buyer's order.
pub(super) async fn of_buyer(
    conn: Conn<'_>,
    person: PersonId,
    order: OrderId,
    protocol: &str,
) -> Result<Option<RefundId>, Error> {
    let row = on!(conn, c => {
        let query = sqlx::query_as::<_, IdRow>(OF_BUYER).bind(person.0).bind(order.0);
        query.bind(protocol).fetch_optional(c).await?
    });
    Ok(row.map(|row| RefundId(row.id)))
}
