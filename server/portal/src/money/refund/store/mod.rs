//! The only SQL of refunds.

mod charge;
mod waiting;

pub(super) use charge::{ListedCharge, charge_called, charge_of_failed, failed_parts, listed_charge};
pub(super) use waiting::{counts, list};

use super::part::PartState;
use super::reported::PartOfCharge;
use super::state::State;
use crate::db::{Conn, Db, Error, Statement, Tx, parsed};
use crate::order::{self, OrderRecord};
use crate::ports::NamedGateway;
use crate::sale::connection_of;
use crate::{on, row, statements};
use std::sync::LazyLock;
use types::{
    ChargeId, Code, Instant, ItemId, Money, OrderId, PersonId, ProducerId, Protocol, RefundId, RefundPartId, RequestId,
};
use uuid::Uuid;

pub(super) static ALL: LazyLock<Vec<Statement>> =
    LazyLock::new(|| [STATEMENTS, charge::STATEMENTS, waiting::STATEMENTS].concat());

statements! {
    BY_REQUEST = "select protocol, request_hash from refunds where request_id = $1";
    INSERT = "insert into refunds (id, producer_id, order_id, protocol, request_id, request_hash, amount, currency,
                state, requested_at, message, answer_by, payee_sealed, payee_masked, payee_asked_at, answer, is_given)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        on conflict do nothing";
    INSERT_ITEM = "insert into refund_items (producer_id, order_id, refund_id, item_id, amount)
        values ($1, $2, $3, $4, $5)
        on conflict do nothing";
    INSERT_PART = "insert into refund_parts (id, producer_id, refund_id, charge_id, position, amount, state)
        values ($1, $2, $3, $4, $5, $6, 'waiting')";
    ADD_PART = "insert into refund_parts (id, producer_id, refund_id, charge_id, position, amount, state) select $1, $2,
            $3, $4, max(p.position) + 1, cast($5 as bigint), 'waiting'
        from refund_parts p
        where p.refund_id = $3";
    FIND = "select f.id, f.producer_id, f.order_id, f.protocol, f.amount, f.currency, f.state, f.failure, f.sent_at,
            f.ended_at, f.message, f.answer_by, f.answer, f.payee_sealed, f.payee_asked_at, f.requested_at,
            f.is_given, o.person_id
        from refunds f
        join orders o on o.id = f.order_id
        where f.id = $1";
    PARTS = concat!(
        "select p.id, p.charge_id, p.amount, p.state, p.gateway_reference, p.failure, p.begun_at, p.sent_at, p.ended_at,
            p.payee_page_at, p.payee_page, c.reference as charge_reference, c.amount as charge_amount,
            c.status as charge_status, c.method, c.gateway, ",
        connection_of!("c.gateway", "o.producer_id"),
        " as connection, case when c.method = 'card' then o.card_last4 end as card_last4,
            (select cast(coalesce(sum(g.amount), 0) as bigint) from refund_parts g where g.charge_id = c.id
                and g.id <> p.id and g.state not in ('failed', 'released')) + c.given_back as taken
        from refund_parts p
        join charges c on c.id = p.charge_id
        join orders o on o.id = c.order_id
        where p.refund_id = $1
        order by p.position"
    );
    WRITE = "update refunds set state = $2, sent_at = $3, failure = $4, ended_at = $5 where id = $1";
    WRITE_PART = "update refund_parts set state = $2, begun_at = $3, gateway_reference = $4, sent_at = $5, failure = $6,
            ended_at = $7, payee_page_at = $8, payee_page = $9
        where id = $1";
    SET_AMOUNT = "update refunds set amount = (select sum(p.amount) from refund_parts p where p.refund_id = refunds.id
                and p.state <> 'released')
        where id = $1";
    SET_PART = "update refund_parts set amount = $2 where id = $1 and state = 'waiting'";
    DROP_ITEM = "delete from refund_items where refund_id = $1 and item_id = $2";
    SET_ANSWER = "update refunds set answer = $2 where id = $1";
    OF_PRODUCER = "select f.id
        from refunds f
        join orders o on o.id = f.order_id
        where f.producer_id = $1 and o.code = $2 and f.protocol = $3";
    OF_PROTOCOL = "select id from refunds where producer_id = $1 and protocol = $2";
    OF_BUYER = "select f.id
        from refunds f
        join orders o on o.id = f.order_id
        where o.person_id = $1 and o.id = $2 and f.protocol = $3";
    OF_PART = "select refund_id as id from refund_parts where id = $1";
    RELEASE_ITEMS = "update refund_items set released_at = $2 where refund_id = $1 and released_at is null";
    // What a failed refund sent by another part may still be on its way.
    // What failed under a name of the gateway's came back: the source may go on listing it.
    PARTS_OF_CHARGE = "select p.refund_id, p.id, p.amount, p.state, p.gateway_reference, f.requested_at
        from refund_parts p
        join refunds f on f.id = p.refund_id
        join charges c on c.id = p.charge_id
        where c.order_id = $1
            and c.gateway = $2
            and c.reference = $3
            and p.state <> 'released'
            and (p.state <> 'failed' or p.gateway_reference is not null)
        order by f.requested_at, p.id";
    ITEM_NAMES = "select i.name
        from refund_items ri
        join order_items i on i.id = ri.item_id
        where ri.refund_id = $1
        order by i.position";
    ASK_PAYEE = "update refunds set payee_asked_at = $2
        where id = $1 and payee_asked_at is null and payee_sealed is null";
    SET_PAYEE = "update refunds set payee_sealed = $2, payee_masked = $3 where id = $1";
    FORGET_PAYEE = "update refunds set payee_sealed = null, payee_masked = null where id = $1";
}

row! {
    pub(super) struct EarlierRow { protocol: String, request_hash: String }
    struct IdRow { id: Uuid }
    struct PartOfChargeRow {
        refund_id: Uuid, id: Uuid, amount: i64, state: String, gateway_reference: Option<String>, requested_at: i64,
    }
    struct NameRow { name: String }
    pub(super) struct RefundRow {
        id: Uuid, producer_id: Uuid, order_id: Uuid, protocol: String, amount: i64, currency: String, state: String,
        failure: Option<String>, sent_at: Option<i64>, ended_at: Option<i64>, message: Option<String>,
        answer_by: Option<i64>, answer: Option<String>, payee_sealed: Option<String>, payee_asked_at: Option<i64>,
        requested_at: i64, is_given: bool, person_id: Uuid,
    }
    pub(super) struct PartRow {
        id: Uuid, charge_id: Uuid, amount: i64, state: String, gateway_reference: Option<String>,
        failure: Option<String>, begun_at: Option<i64>, sent_at: Option<i64>, ended_at: Option<i64>,
        payee_page_at: Option<i64>, payee_page: Option<String>,
        charge_reference: String, charge_amount: i64, charge_status: String, method: String, gateway: String,
        connection: Option<String>, card_last4: Option<String>, taken: i64,
    }
}

impl PartRow {
    /// Where its money was taken.
    pub(super) fn gateway(&self) -> Result<NamedGateway, Error> {
        parsed("charges", self.charge_id, NamedGateway::read(self.gateway.clone(), self.connection.as_deref()))
    }
}

/// A refund to be written.
pub(super) struct NewRefund<'a> {
    pub(super) id: RefundId,
    pub(super) order: &'a OrderRecord,
    pub(super) protocol: Protocol,
    pub(super) request: RequestId,
    pub(super) request_hash: String,
    pub(super) amount: Money,
    pub(super) parts: Vec<(RefundPartId, ChargeId, i64)>,
    pub(super) items: Vec<(ItemId, i64)>,
    pub(super) state: State,
    pub(super) message: Option<String>,
    /// What the producer says to it.
    pub(super) answer: Option<String>,
    /// Whether the producer gives it unasked.
    pub(super) is_given: bool,
    /// Where the money of a boleto goes: sealed, and as it may be shown.
    pub(super) payee: Option<(String, String)>,
    /// Whether such an account is needed.
    pub(super) needs_payee: bool,
    pub(super) now: Instant,
}

pub(super) async fn by_request(tx: &mut Tx, request: RequestId) -> Result<Option<EarlierRow>, Error> {
    Ok(on!(tx.conn(), c => sqlx::query_as::<_, EarlierRow>(BY_REQUEST).bind(request.0).fetch_optional(c).await?))
}

/// Writes the refund, its parts and its items; false when another one is under way or holds one of the items.
pub(super) async fn insert(tx: &mut Tx, new: &NewRefund<'_>) -> Result<bool, Error> {
    let (producer, order) = (new.order.producer_id.0, new.order.id.0);
    let answer_by = if let State::Requested { answer_by } = new.state { Some(answer_by.micros()) } else { None };
    let (sealed, masked) = new.payee.as_ref().map(|(sealed, masked)| (sealed.as_str(), masked.as_str())).unzip();
    on!(tx.conn(), c => {
        let done = sqlx::query(INSERT)
            .bind(new.id.0)
            .bind(producer)
            .bind(order)
            .bind(new.protocol.as_str())
            .bind(new.request.0)
            .bind(&new.request_hash)
            .bind(new.amount.amount)
            .bind(new.amount.currency.as_str())
            .bind(new.state.name().as_str())
            .bind(new.now.micros())
            .bind(new.message.as_deref())
            .bind(answer_by)
            .bind(sealed)
            .bind(masked)
            .bind(new.needs_payee.then_some(new.now.micros()))
            .bind(new.answer.as_deref())
            .bind(new.is_given)
            .execute(&mut *c)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        for (item, amount) in &new.items {
            let query = sqlx::query(INSERT_ITEM).bind(producer).bind(order).bind(new.id.0).bind(item.0).bind(amount);
            let done = query.execute(&mut *c).await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
        }
        for (position, (id, charge, amount)) in new.parts.iter().enumerate() {
            let part = sqlx::query(INSERT_PART).bind(id.0).bind(producer).bind(new.id.0).bind(charge.0);
            part.bind(position as i64).bind(amount).execute(&mut *c).await?;
        }
    });
    Ok(true)
}

/// One part more, after those that there are.
pub(super) async fn add_part(
    tx: &mut Tx,
    refund: &RefundRow,
    part: RefundPartId,
    charge: ChargeId,
    amount: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let added = sqlx::query(ADD_PART).bind(part.0).bind(refund.producer_id).bind(refund.id).bind(charge.0);
        added.bind(amount).execute(c).await?;
    });
    Ok(())
}

pub(super) async fn find(conn: Conn<'_>, refund: RefundId) -> Result<Option<RefundRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, RefundRow>(FIND).bind(refund.0).fetch_optional(c).await?))
}

/// What of it goes back by each charge, in the order in which it is sent.
pub(super) async fn parts(conn: Conn<'_>, refund: RefundId) -> Result<Vec<PartRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, PartRow>(PARTS).bind(refund.0).fetch_all(c).await?))
}

pub(super) async fn item_names(db: &Db, refund: RefundId) -> Result<Vec<String>, Error> {
    let rows =
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, NameRow>(ITEM_NAMES).bind(refund.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Parts of ours that take from a charge, or took from it; the oldest first.
pub(super) async fn parts_of_charge(
    tx: &mut Tx,
    order: OrderId,
    gateway: &str,
    reference: &str,
) -> Result<Vec<PartOfCharge>, Error> {
    let rows = on!(tx.conn(), c => {
        let parts = sqlx::query_as::<_, PartOfChargeRow>(PARTS_OF_CHARGE).bind(order.0).bind(gateway).bind(reference);
        parts.fetch_all(c).await?
    });
    let read = |row: PartOfChargeRow| {
        Ok(PartOfCharge {
            refund: RefundId(row.refund_id),
            part: RefundPartId(row.id),
            amount: row.amount,
            state: parsed("refund_parts", row.id, row.state.parse())?,
            reference: row.gateway_reference,
            requested_at: Instant::from_micros(row.requested_at),
        })
    };
    rows.into_iter().map(read).collect()
}

/// The refund that a part is of.
pub(super) async fn of_part(tx: &mut Tx, part: RefundPartId) -> Result<Option<RefundId>, Error> {
    let row = on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(OF_PART).bind(part.0).fetch_optional(c).await?);
    Ok(row.map(|row| RefundId(row.id)))
}

/// Locks the refund until the transaction ends, and reads it.
pub(super) async fn lock(tx: &mut Tx, refund: RefundId) -> Result<Option<RefundRow>, Error> {
    let Some(row) = find(tx.conn(), refund).await? else { return Ok(None) };
    order::lock(tx, OrderId(row.order_id)).await?;
    find(tx.conn(), refund).await
}

/// Writes where a refund is now. The caller has locked it ([`lock`]).
pub(super) async fn write(tx: &mut Tx, row: &RefundRow, state: &State, has_sent: bool) -> Result<(), Error> {
    let sent_at = match state {
        State::Sent { at } => Some(at.micros()),
        State::Settled { at } => row.sent_at.or(Some(at.micros())),
        State::Failed { at, .. } => row.sent_at.or(has_sent.then_some(at.micros())),
        _ => row.sent_at,
    };
    let (failure, ended_at) = match state {
        State::Failed { reason, at } => (Some(reason), Some(at.micros())),
        State::Settled { at } | State::Declined { at } | State::Withdrawn { at } => (None, Some(at.micros())),
        _ => (row.failure.as_ref(), row.ended_at),
    };
    on!(tx.conn(), c => {
        let written = sqlx::query(WRITE).bind(row.id).bind(state.name().as_str());
        written.bind(sent_at).bind(failure).bind(ended_at).execute(c).await?;
    });
    Ok(())
}

/// Writes where a part is now. The caller has locked its refund ([`lock`]).
pub(super) async fn write_part(tx: &mut Tx, row: &PartRow, state: &PartState) -> Result<(), Error> {
    let begun_at = match state {
        PartState::Waiting => None,
        PartState::Reconciling { since } | PartState::ByHand { since } => Some(since.micros()),
        _ => row.begun_at,
    };
    let (reference, sent_at) = match state {
        PartState::Sent { reference, at, .. } => (Some(reference), Some(at.micros())),
        PartState::Settled { at } => (row.gateway_reference.as_ref(), row.sent_at.or(Some(at.micros()))),
        _ => (row.gateway_reference.as_ref(), row.sent_at),
    };
    let (failure, ended_at) = match state {
        PartState::Failed { reason, at } => (Some(reason), Some(at.micros())),
        PartState::Settled { at } | PartState::Released { at } => (None, Some(at.micros())),
        _ => (row.failure.as_ref(), row.ended_at),
    };
    let (page_at, page) = state.page().map(|page| (page.since.micros(), page.url.as_deref())).unzip();
    on!(tx.conn(), c => {
        let written = sqlx::query(WRITE_PART).bind(row.id).bind(state.name().as_str()).bind(begun_at).bind(reference);
        let written = written.bind(sent_at).bind(failure).bind(ended_at).bind(page_at).bind(page.flatten());
        written.execute(c).await?;
    });
    Ok(())
}

/// The refund is the sum of what is left of its parts.
pub(super) async fn set_amount(tx: &mut Tx, refund: RefundId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_AMOUNT).bind(refund.0).execute(c).await?; });
    Ok(())
}

/// How much of a part that waits is left of it.
pub(super) async fn set_part(tx: &mut Tx, part: RefundPartId, amount: i64) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_PART).bind(part.0).bind(amount).execute(c).await?; });
    Ok(())
}

/// The refund is not about this item any more.
pub(super) async fn drop_item(tx: &mut Tx, refund: RefundId, item: ItemId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(DROP_ITEM).bind(refund.0).bind(item.0).execute(c).await?; });
    Ok(())
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

/// Notes that we wait for the buyer to name the account that the money goes to. Returns false when we did before, or
/// the account is there.
pub(super) async fn ask_payee(tx: &mut Tx, refund: RefundId, now: Instant) -> Result<bool, Error> {
    let asked =
        on!(tx.conn(), c => sqlx::query(ASK_PAYEE).bind(refund.0).bind(now.micros()).execute(c).await?.rows_affected());
    Ok(asked == 1)
}

/// Keeps the account that the money goes to.
pub(super) async fn set_payee(tx: &mut Tx, refund: RefundId, sealed: &str, masked: &str) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_PAYEE).bind(refund.0).bind(sealed).bind(masked).execute(c).await?; });
    Ok(())
}

/// Forgets it, also what may be shown of it.
pub(super) async fn forget_payee(tx: &mut Tx, refund: RefundId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(FORGET_PAYEE).bind(refund.0).execute(c).await?; });
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

/// A refund of one of this producer's orders.
pub(super) async fn of_protocol(
    conn: Conn<'_>,
    producer: ProducerId,
    protocol: &str,
) -> Result<Option<RefundId>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, IdRow>(OF_PROTOCOL).bind(producer.0).bind(protocol).fetch_optional(c).await?
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
