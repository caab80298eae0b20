use super::state::{ChargeOutcome, Owed, State};
use crate::db::{Conn, Error, Tx, parsed};
use crate::ports::NamedGateway;
use crate::ports::{CardPage, SavedCard};
use crate::sale::connection_of;
use crate::{on, row, statements};
use types::view::{CardView, OtherPlan};
use types::{
    CardUpdateId, ConnectionBills, Currency, Instant, InvoiceId, Money, OrderId, PersonId, ProducerId, RequestId,
    SubscriptionId,
};
use uuid::Uuid;

statements! {
    INSERT = "insert into card_updates (id, producer_id, order_id, person_id, request_id, gateway, origin, state,
                created_at)
        values ($1, $2, $3, $4, $5, $6, $7, 'begun', $8)
        on conflict (request_id) do nothing";
    BY_REQUEST = "select id from card_updates where request_id = $1 and order_id = $2 and person_id = $3";
    // Whoever changes a card update locks its row. On PostgreSQL the lock lasts until the transaction ends; on SQLite
    // the transaction has the only write lock already.
    LOCK = "update card_updates set state = state where id = $1";
    FIND = concat!(
        "select u.id, u.producer_id, u.order_id, u.person_id, u.gateway, ",
        connection_of!("u.gateway", "u.producer_id"),
        " as connection, u.origin, u.state, u.reference, u.url,
            u.token, u.brand, u.last4, u.exp_month, u.exp_year, u.owed_invoice, u.owed_tries, u.outcome,
            u.outcome_amount, u.outcome_reason, u.outcome_url, u.created_at, u.ended_at, o.currency, p.email,
            (select s.reference from subscriptions s where s.order_id = u.order_id) as subscription
        from card_updates u
        join orders o on o.id = u.order_id
        join people p on p.id = u.person_id
        where u.id = $1"
    );
    WRITE = "update card_updates set state = $2, reference = $3, url = $4, token = $5, brand = $6, last4 = $7,
            exp_month = $8, exp_year = $9, outcome = $10, outcome_amount = $11, outcome_reason = $12,
            outcome_url = $13, ended_at = $14, owed_invoice = $15, owed_tries = $16
        where id = $1";
    OTHERS = "select s.id, s.plan_name, o.id as order_id, o.card_brand, o.card_last4, o.card_exp_month, o.card_exp_year,
            exists (select 1 from card_update_uses w where w.update_id = $1 and w.order_id = o.id) as is_changed
        from card_updates u
        join orders o on o.person_id = u.person_id and o.producer_id = u.producer_id and o.gateway = u.gateway
        join subscriptions s on s.order_id = o.id
        where u.id = $1 and o.id <> u.order_id and s.is_billed
            and s.status in ('trialing', 'active', 'past_due', 'paused')
        order by o.ordered_at, o.id";
    USE = "insert into card_update_uses (producer_id, update_id, order_id, used_at)
        values ($1, $2, $3, $4)
        on conflict do nothing";
    EXPIRING = "select o.id, o.producer_id, o.card_exp_year * 12 + o.card_exp_month as expires
        from orders o
        left join subscriptions s on s.order_id = o.id
        where o.method = 'card'
            and o.card_exp_year * 12 + o.card_exp_month = $1
            and o.kind in ('subscription', 'smart_installments')
            and o.status in ('paid', 'partly_refunded')
            and (s.id is null or s.status in ('trialing', 'active', 'past_due', 'paused'))
            and not exists (select 1 from card_reminders r where r.order_id = o.id and r.expires = $1)
        order by o.id
        limit 500";
    REMIND = "insert into card_reminders (order_id, producer_id, expires, reminded_at)
        values ($1, $2, $3, $4)
        on conflict do nothing";
}

row! {
    struct IdRow { id: Uuid }
    pub(super) struct CardUpdateRow {
        id: Uuid, producer_id: Uuid, order_id: Uuid, person_id: Uuid, gateway: String, connection: Option<String>,
        origin: String, state: String,
        reference: Option<String>, url: Option<String>, token: Option<String>, brand: Option<String>,
        last4: Option<String>, exp_month: Option<i64>, exp_year: Option<i64>, owed_invoice: Option<Uuid>,
        owed_tries: Option<i64>, outcome: Option<String>, outcome_amount: Option<i64>, outcome_reason: Option<String>,
        outcome_url: Option<String>, created_at: i64, ended_at: Option<i64>, currency: String, email: String,
        subscription: Option<String>,
    }
    struct OtherRow {
        id: Uuid, plan_name: String, order_id: Uuid, card_brand: Option<String>, card_last4: Option<String>,
        card_exp_month: Option<i64>, card_exp_year: Option<i64>, is_changed: bool,
    }
    struct ExpiringRow { id: Uuid, producer_id: Uuid, expires: i64 }
}

/// A card update on file.
#[derive(Clone, Debug)]
pub(super) struct CardUpdate {
    pub(super) id: CardUpdateId,
    pub(super) producer: ProducerId,
    pub(super) order: OrderId,
    pub(super) person: PersonId,
    pub(super) gateway: NamedGateway,
    /// What the gateway calls the subscription, where it charges it by its own calendar: it is told of the card.
    pub(super) there: Option<String>,
    /// Network address of the buyer who began it.
    pub(super) origin: String,
    pub(super) email: String,
    pub(super) created_at: Instant,
    pub(super) state: State,
}

/// A card update to be written.
pub(super) struct NewCardUpdate<'a> {
    pub(super) id: CardUpdateId,
    pub(super) producer: ProducerId,
    pub(super) order: OrderId,
    pub(super) person: PersonId,
    pub(super) request: RequestId,
    pub(super) gateway: &'a str,
    pub(super) origin: &'a str,
    pub(super) now: Instant,
}

/// The card update that this form's number stands for, made now if it is new; none when the number was used for
/// something else.
pub(super) async fn insert(tx: &mut Tx, new: &NewCardUpdate<'_>) -> Result<Option<(CardUpdateId, bool)>, Error> {
    on!(tx.conn(), c => {
        let done = sqlx::query(INSERT)
            .bind(new.id.0)
            .bind(new.producer.0)
            .bind(new.order.0)
            .bind(new.person.0)
            .bind(new.request.0)
            .bind(new.gateway)
            .bind(new.origin)
            .bind(new.now.micros())
            .execute(&mut *c)
            .await?;
        let is_new = done.rows_affected() == 1;
        let row = sqlx::query_as::<_, IdRow>(BY_REQUEST).bind(new.request.0).bind(new.order.0).bind(new.person.0);
        let row = row.fetch_optional(c).await?;
        Ok(row.map(|row| (CardUpdateId(row.id), is_new)))
    })
}

pub(super) async fn find(conn: Conn<'_>, id: CardUpdateId) -> Result<Option<CardUpdate>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, CardUpdateRow>(FIND).bind(id.0).fetch_optional(c).await?);
    row.map(CardUpdate::try_from).transpose()
}

/// Locks the card update until the transaction ends, and reads it.
pub(super) async fn lock(tx: &mut Tx, id: CardUpdateId) -> Result<Option<CardUpdate>, Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK).bind(id.0).execute(c).await?; });
    find(tx.conn(), id).await
}

/// Writes where a card update is now. The caller has locked it ([`lock`]).
pub(super) async fn write(tx: &mut Tx, before: &CardUpdate, state: &State) -> Result<(), Error> {
    let page = match (state, &before.state) {
        (State::Open(page), _) | (_, State::Open(page)) => Some(page),
        _ => None,
    };
    let (word, card, owed, ended_at) = match state {
        State::Begun => ("begun", None, None, None),
        State::Open(_) => ("open", None, None, None),
        State::Saved { card, owed, at } => ("saved", Some(card), owed.as_ref(), Some(*at)),
        State::Closed { at } => ("closed", None, None, Some(*at)),
    };
    let outcome = owed.and_then(|owed| owed.outcome.as_ref());
    let (outcome, reason, url) = match outcome {
        None => (None, None, None),
        Some(ChargeOutcome::Paid) => (Some("paid"), None, None),
        Some(ChargeOutcome::PaidBefore) => (Some("paid_before"), None, None),
        Some(ChargeOutcome::Void) => (Some("void"), None, None),
        Some(ChargeOutcome::Declined(reason)) => (Some("declined"), Some(reason.as_str()), None),
        Some(ChargeOutcome::Action(url)) => (Some("action"), None, Some(url.as_str())),
        Some(ChargeOutcome::Unknown) => (Some("unknown"), None, None),
    };
    on!(tx.conn(), c => {
        sqlx::query(WRITE)
            .bind(before.id.0)
            .bind(word)
            .bind(page.map(|page| page.reference.as_str()))
            .bind(page.map(|page| page.url.as_str()))
            .bind(card.map(|card| card.token.as_str()))
            .bind(card.map(|card| card.brand.as_str()))
            .bind(card.map(|card| card.last4.as_str()))
            .bind(card.map(|card| card.exp_month))
            .bind(card.map(|card| card.exp_year))
            .bind(outcome)
            .bind(owed.map(|owed| owed.amount.amount))
            .bind(reason)
            .bind(url)
            .bind(ended_at.map(Instant::micros))
            .bind(owed.map(|owed| owed.invoice.0))
            .bind(owed.map(|owed| owed.tries))
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Other plans of the same buyer, producer and gateway, with their orders.
pub(super) async fn others(conn: Conn<'_>, id: CardUpdateId) -> Result<Vec<(OrderId, OtherPlan)>, Error> {
    let rows = on!(conn, c => sqlx::query_as::<_, OtherRow>(OTHERS).bind(id.0).fetch_all(c).await?);
    let read = |row: OtherRow| {
        let card = row.card_brand.zip(row.card_last4).zip(row.card_exp_month.zip(row.card_exp_year));
        let card = card.map(|((brand, last4), (exp_month, exp_year))| CardView { brand, last4, exp_month, exp_year });
        let plan = OtherPlan { id: SubscriptionId(row.id), plan: row.plan_name, card, is_changed: row.is_changed };
        (OrderId(row.order_id), plan)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Returns whether the card that this update brought is used for that order from now on, and was not before.
pub(super) async fn use_for(tx: &mut Tx, update: &CardUpdate, order: OrderId, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let query = sqlx::query(USE).bind(update.producer.0).bind(update.id.0).bind(order.0).bind(now.micros());
        query.execute(c).await?.rows_affected() == 1
    }))
}

/// Orders whose card expires in this month (twelve times the year, and the month) and whose buyers were not told.
pub(super) async fn expiring(tx: &mut Tx, month: i64) -> Result<Vec<(OrderId, ProducerId, i64)>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, ExpiringRow>(EXPIRING).bind(month).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (OrderId(row.id), ProducerId(row.producer_id), row.expires)).collect())
}

pub(super) async fn set_reminded(
    tx: &mut Tx,
    (order, producer, expires): (OrderId, ProducerId, i64),
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let query = sqlx::query(REMIND).bind(order.0).bind(producer.0).bind(expires).bind(now.micros());
        query.execute(c).await?.rows_affected() == 1
    }))
}

impl TryFrom<CardUpdateRow> for CardUpdate {
    type Error = Error;

    fn try_from(row: CardUpdateRow) -> Result<Self, Error> {
        let state = read_state(&row)?;
        let gateway: NamedGateway =
            parsed("card_updates", row.id, NamedGateway::read(row.gateway, row.connection.as_deref()))?;
        let is_theirs = gateway.bills() == Some(ConnectionBills::Gateway);
        Ok(Self {
            id: CardUpdateId(row.id),
            producer: ProducerId(row.producer_id),
            order: OrderId(row.order_id),
            person: PersonId(row.person_id),
            gateway,
            there: row.subscription.filter(|_| is_theirs),
            origin: row.origin,
            email: row.email,
            created_at: Instant::from_micros(row.created_at),
            state,
        })
    }
}

fn read_state(row: &CardUpdateRow) -> Result<State, Error> {
    let wrong = |what: &'static str| Error::inconsistent("card_updates", row.id, what);
    let at = row.ended_at.map(Instant::from_micros);
    let page = row.reference.clone().zip(row.url.clone()).map(|(reference, url)| CardPage { reference, url });
    match (row.state.as_str(), page, at) {
        ("begun", None, None) => Ok(State::Begun),
        ("open", Some(page), None) => Ok(State::Open(page)),
        ("saved", _, Some(at)) => {
            let card = read_card(row).ok_or_else(|| wrong("saved without a card"))?;
            Ok(State::Saved { card, owed: read_owed(row)?, at })
        }
        ("closed", _, Some(at)) => Ok(State::Closed { at }),
        _ => Err(wrong("state, page and time do not go together")),
    }
}

fn read_card(row: &CardUpdateRow) -> Option<SavedCard> {
    Some(SavedCard {
        token: row.token.clone()?,
        brand: row.brand.clone()?,
        last4: row.last4.clone()?,
        exp_month: row.exp_month?,
        exp_year: row.exp_year?,
    })
}

fn read_owed(row: &CardUpdateRow) -> Result<Option<Owed>, Error> {
    let wrong = |what: &'static str| Error::inconsistent("card_updates", row.id, what);
    let Some(amount) = row.outcome_amount else { return Ok(None) };
    let reason = row.outcome_reason.as_deref().map(str::parse).transpose().map_err(|_| wrong("reason"))?;
    let outcome = match (row.outcome.as_deref(), reason, &row.outcome_url) {
        (None, None, None) => None,
        (Some("paid"), None, None) => Some(ChargeOutcome::Paid),
        (Some("paid_before"), None, None) => Some(ChargeOutcome::PaidBefore),
        (Some("void"), None, None) => Some(ChargeOutcome::Void),
        (Some("declined"), Some(reason), None) => Some(ChargeOutcome::Declined(reason)),
        (Some("action"), None, Some(url)) => Some(ChargeOutcome::Action(url.clone())),
        (Some("unknown"), None, None) => Some(ChargeOutcome::Unknown),
        _ => return Err(wrong("outcome, reason and address do not go together")),
    };
    let currency = Currency::parse(&row.currency).map_err(|_| wrong("currency"))?;
    let (invoice, tries) = row.owed_invoice.zip(row.owed_tries).ok_or_else(|| wrong("owed by no invoice"))?;
    let (invoice, amount) = (InvoiceId(invoice), Money::new(amount, currency));
    Ok(Some(Owed { invoice, amount, tries, outcome }))
}
