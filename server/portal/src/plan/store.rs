use super::quote::Quote;
use super::state::State;
use crate::db::{Conn, Error, Tx};
use crate::{on, row, statements};
use types::{Instant, OfferId, OrderId, PersonId, ProducerId, QuoteId, SubscriptionId};
use uuid::Uuid;

/// A subscription with what its changes of plan say. The order's main item says which offer it is on. `b` is the last paid change that took effect inside
/// the running period and made it what it is: a renewal that came between counts by its own charge.
macro_rules! subject {
    ($which:literal) => {
        concat!(
            "select s.id, s.order_id, s.status, s.plan_name, s.amount, s.interval_unit, s.interval_count, s.period_start, s.period_end, s.next_charge_at,
            o.gateway, i.offer_id, p.code as product_code,
            (select c.id from plan_changes c where c.subscription_id = s.id and c.state = 'scheduled') as scheduled,
            (select c.id from plan_changes c where c.subscription_id = s.id and c.state in ('asked', 'reconciling', 'waiting')) as under_way,
            b.credit as begun_credit, b.debit as begun_debit, b.rest as begun_rest, b.extra_days as begun_extra_days, b.due as begun_due,
            b.created_at as begun_quoted_at
        from subscriptions s join orders o on o.id = s.order_id
        join order_items i on i.id = (select x.id from order_items x where x.order_id = o.id order by x.is_bump, x.position limit 1)
        join products p on p.id = i.product_id
        left join plan_quotes b on b.id = (select c.id from plan_changes c join plan_quotes q on q.id = c.id
            where c.subscription_id = s.id and c.state = 'applied' and q.effect = 'now' and not q.is_trial and c.ended_at >= s.period_start
                and q.period_end = s.period_end
            order by c.ended_at desc, q.created_at desc, q.id desc limit 1)
        ",
            $which
        )
    };
}

statements! {
    OF_BUYER = subject!("where s.id = $1 and o.person_id = $2");
    OF_ORDER = subject!("where s.order_id = $1");
    // A target may not be set up yet: then only its code is known.
    TARGETS = "select t.target_code as code, x.id as offer_id, x.name, x.amount, x.currency, x.interval_unit, x.interval_count, x.installments_max,
            p.code as product_code, p.name as product_name
        from offer_targets t left join offers x on x.producer_id = t.producer_id and x.code = t.target_code
        left join products p on p.id = x.product_id
        where t.producer_id = $1 and t.offer_id = $2 order by t.position";
    OFFER = "select x.product_id, p.code as product_code, p.name as product_name
        from offers x join products p on p.id = x.product_id where x.id = $1";
    SUBSCRIPTION_OF_ORDER = "select id from subscriptions where order_id = $1";
    INSERT_QUOTE = "insert into plan_quotes
        (id, producer_id, order_id, subscription_id, person_id, offer_id, basis, effect, currency, credit, debit, rest, extra_days, due, installments_max,
         from_plan, from_amount, plan_name, amount, interval_unit, interval_count, period_start, period_end, next_charge_at, is_trial, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27)";
    QUOTE = "select q.id, q.producer_id, q.order_id, q.subscription_id, q.person_id, q.offer_id, x.code as offer_code, q.basis, q.effect, q.currency, q.credit,
            q.debit, q.rest, q.extra_days, q.due, q.installments_max, q.from_plan, q.from_amount, q.plan_name, q.amount, q.interval_unit, q.interval_count,
            q.period_start, q.period_end, q.next_charge_at, q.is_trial, q.expires_at
        from plan_quotes q join offers x on x.id = q.offer_id where q.id = $1 and q.subscription_id = $2 and q.person_id = $3";
    QUOTE_BY_ID = "select q.id, q.producer_id, q.order_id, q.subscription_id, q.person_id, q.offer_id, x.code as offer_code, q.basis, q.effect, q.currency, q.credit,
            q.debit, q.rest, q.extra_days, q.due, q.installments_max, q.from_plan, q.from_amount, q.plan_name, q.amount, q.interval_unit, q.interval_count,
            q.period_start, q.period_end, q.next_charge_at, q.is_trial, q.expires_at
        from plan_quotes q join offers x on x.id = q.offer_id where q.id = $1";
    FORGET_QUOTES = "delete from plan_quotes where expires_at < $1 and not exists (select 1 from plan_changes c where c.id = plan_quotes.id)";
    INSERT_CHANGE = "insert into plan_changes (id, producer_id, order_id, subscription_id, state, installments, asked_at, ended_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
    CHANGE = "select id, state, installments, charge_reference, decline, pay_url, asked_at, first_sent_at, ended_at, card_last4, return_sent_at, return_failure
        from plan_changes where id = $1";
    WRITE = "update plan_changes set state = $2, charge_reference = $3, decline = $4, pay_url = $5, first_sent_at = $6, ended_at = $7, return_sent_at = $8,
            return_failure = $9 where id = $1";
    SET_CARD = "update plan_changes set card_last4 = $2 where id = $1";
    REPLACE = "update plan_changes set state = 'replaced', ended_at = $3 where subscription_id = $1 and state = 'scheduled' and id <> $2";
    SCHEDULED = "select id from plan_changes where subscription_id = $1 and state = 'scheduled'";
    IS_CONFIRMED = "select count(*) as number from plan_changes c join plan_quotes q on q.id = c.id join orders o on o.id = q.order_id
        where c.id = $1 and q.subscription_id = $2 and q.person_id = $3 and o.person_id = $3";
    BY_CHARGE = "select c.id from plan_changes c join orders o on o.id = c.order_id
        where c.charge_reference = $2 and o.gateway = $1 and c.state in ('asked', 'reconciling', 'waiting')";
}

row! {
    pub(super) struct SubjectRow {
        id: Uuid, order_id: Uuid, status: String, plan_name: String, amount: i64, interval_unit: String, interval_count: i64, period_start: i64,
        period_end: i64, next_charge_at: Option<i64>, gateway: String, offer_id: Option<Uuid>, product_code: String, scheduled: Option<Uuid>,
        under_way: Option<Uuid>, begun_credit: Option<i64>, begun_debit: Option<i64>, begun_rest: Option<i64>, begun_extra_days: Option<i64>,
        begun_due: Option<i64>, begun_quoted_at: Option<i64>,
    }
    pub(super) struct TargetRow {
        code: String, offer_id: Option<Uuid>, name: Option<String>, amount: Option<i64>, currency: Option<String>, interval_unit: Option<String>,
        interval_count: Option<i64>, installments_max: Option<i64>, product_code: Option<String>, product_name: Option<String>,
    }
    pub(super) struct OfferRow { product_id: Uuid, product_code: String, product_name: String }
    pub(super) struct QuoteRow {
        id: Uuid, producer_id: Uuid, order_id: Uuid, subscription_id: Uuid, person_id: Uuid, offer_id: Uuid, offer_code: String, basis: String, effect: String,
        currency: String, credit: i64, debit: i64, rest: i64, extra_days: i64, due: i64, installments_max: i64, from_plan: String, from_amount: i64,
        plan_name: String, amount: i64, interval_unit: String, interval_count: i64, period_start: i64, period_end: i64, next_charge_at: i64,
        is_trial: bool, expires_at: i64,
    }
    pub(super) struct ChangeRow {
        id: Uuid, state: String, installments: i64, charge_reference: Option<String>, decline: Option<String>,
        pay_url: Option<String>, asked_at: i64, first_sent_at: Option<i64>, ended_at: Option<i64>, card_last4: Option<String>,
        return_sent_at: Option<i64>, return_failure: Option<String>,
    }
    struct IdRow { id: Uuid }
    struct CountRow { number: i64 }
}

pub(super) async fn of_buyer(
    conn: Conn<'_>,
    subscription: SubscriptionId,
    person: PersonId,
) -> Result<Option<SubjectRow>, Error> {
    Ok(
        on!(conn, c => sqlx::query_as::<_, SubjectRow>(OF_BUYER).bind(subscription.0).bind(person.0).fetch_optional(c).await?),
    )
}

pub(super) async fn of_order(conn: Conn<'_>, order: OrderId) -> Result<Option<SubjectRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, SubjectRow>(OF_ORDER).bind(order.0).fetch_optional(c).await?))
}

pub(super) async fn targets(conn: Conn<'_>, producer: ProducerId, offer: OfferId) -> Result<Vec<TargetRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, TargetRow>(TARGETS).bind(producer.0).bind(offer.0).fetch_all(c).await?))
}

pub(super) async fn offer(conn: Conn<'_>, offer: OfferId) -> Result<Option<OfferRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, OfferRow>(OFFER).bind(offer.0).fetch_optional(c).await?))
}

pub(super) async fn subscription_of(conn: Conn<'_>, order: OrderId) -> Result<Option<SubscriptionId>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, IdRow>(SUBSCRIPTION_OF_ORDER).bind(order.0).fetch_optional(c).await?);
    Ok(row.map(|row| SubscriptionId(row.id)))
}

pub(super) async fn insert_quote(tx: &mut Tx, quote: &Quote, now: Instant) -> Result<(), Error> {
    let figures = &quote.figures;
    on!(tx.conn(), c => {
        sqlx::query(INSERT_QUOTE)
            .bind(quote.id.0)
            .bind(quote.producer.0)
            .bind(quote.order.0)
            .bind(quote.subscription.0)
            .bind(quote.person.0)
            .bind(quote.offer.0)
            .bind(&quote.basis)
            .bind(if quote.is_now { "now" } else { "period_end" })
            .bind(quote.currency.as_str())
            .bind(figures.credit)
            .bind(figures.debit)
            .bind(figures.rest)
            .bind(figures.extra_days)
            .bind(figures.due)
            .bind(quote.installments_max)
            .bind(&quote.from_plan)
            .bind(quote.from_amount)
            .bind(quote.plan.as_str())
            .bind(quote.amount)
            .bind(quote.interval.0.as_str())
            .bind(quote.interval.1)
            .bind(quote.period_start.micros())
            .bind(quote.period_end.micros())
            .bind(quote.next_charge_at.micros())
            .bind(quote.is_trial)
            .bind(now.micros())
            .bind(quote.expires_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// A quote of this person for this subscription.
pub(super) async fn quote(
    conn: Conn<'_>,
    quote: QuoteId,
    subscription: SubscriptionId,
    person: PersonId,
) -> Result<Option<Quote>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, QuoteRow>(QUOTE).bind(quote.0).bind(subscription.0).bind(person.0).fetch_optional(c).await?
    });
    row.map(Quote::try_from).transpose()
}

/// A quote that a job is about.
pub(super) async fn quote_by_id(conn: Conn<'_>, quote: QuoteId) -> Result<Option<Quote>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, QuoteRow>(QUOTE_BY_ID).bind(quote.0).fetch_optional(c).await?);
    row.map(Quote::try_from).transpose()
}

pub(super) async fn forget_quotes(tx: &mut Tx, before: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(FORGET_QUOTES).bind(before.micros()).execute(c).await?; });
    Ok(())
}

/// Writes a change; false when this quote was confirmed before, or another change takes money or waits.
pub(super) async fn insert_change(
    tx: &mut Tx,
    quote: &Quote,
    state: &State,
    installments: i64,
    now: Instant,
) -> Result<bool, Error> {
    let ended_at = matches!(state, State::Applied { .. }).then_some(now.micros());
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT_CHANGE)
            .bind(quote.id.0)
            .bind(quote.producer.0)
            .bind(quote.order.0)
            .bind(quote.subscription.0)
            .bind(state.word().as_str())
            .bind(installments)
            .bind(now.micros())
            .bind(ended_at)
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

pub(super) async fn change(conn: Conn<'_>, change: QuoteId) -> Result<Option<ChangeRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, ChangeRow>(CHANGE).bind(change.0).fetch_optional(c).await?))
}

/// Writes where a change is now. The caller holds its order.
pub(super) async fn write(tx: &mut Tx, row: &ChangeRow, state: &State) -> Result<(), Error> {
    let columns = state.columns(row);
    on!(tx.conn(), c => {
        sqlx::query(WRITE)
            .bind(row.id)
            .bind(state.word().as_str())
            .bind(columns.charge_reference)
            .bind(columns.decline)
            .bind(columns.pay_url)
            .bind(columns.first_sent_at)
            .bind(columns.ended_at)
            .bind(columns.return_sent_at)
            .bind(columns.return_failure)
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Which card is charged for a change: another one may be on file when its money goes back.
pub(super) async fn set_card(tx: &mut Tx, change: QuoteId, last4: Option<&str>) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_CARD).bind(change.0).bind(last4).execute(c).await?; });
    Ok(())
}

/// The change that waited for the renewal waits no more: `by` takes its place.
pub(super) async fn replace(tx: &mut Tx, subscription: SubscriptionId, by: QuoteId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(REPLACE).bind(subscription.0).bind(by.0).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}

pub(super) async fn scheduled(conn: Conn<'_>, subscription: SubscriptionId) -> Result<Option<QuoteId>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, IdRow>(SCHEDULED).bind(subscription.0).fetch_optional(c).await?);
    Ok(row.map(|row| QuoteId(row.id)))
}

/// Whether this person's quote became a change.
pub(super) async fn is_confirmed(
    conn: Conn<'_>,
    quote: QuoteId,
    subscription: SubscriptionId,
    person: PersonId,
) -> Result<bool, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, CountRow>(IS_CONFIRMED).bind(quote.0).bind(subscription.0).bind(person.0).fetch_one(c).await?
    });
    Ok(row.number > 0)
}

pub(super) async fn by_charge(conn: Conn<'_>, gateway: &str, reference: &str) -> Result<Option<QuoteId>, Error> {
    let row =
        on!(conn, c => sqlx::query_as::<_, IdRow>(BY_CHARGE).bind(gateway).bind(reference).fetch_optional(c).await?);
    Ok(row.map(|row| QuoteId(row.id)))
}
