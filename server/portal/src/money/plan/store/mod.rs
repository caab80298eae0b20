mod next;

pub(super) use next::{is_untold, latest, next_refused, set_told, set_untold, told_at};

use super::Reporter;
use super::quote::Quote;
use super::state::State;
use crate::db::{Conn, Error, Statement, Tx};
use crate::order::{self, Found, OrderRecord};
use crate::{on, row, statements};
use sqlx::{FromRow, Row};
use std::sync::LazyLock;
use types::{Instant, Method, OfferId, OrderId, PersonId, QuoteId, SubscriptionId};
use uuid::Uuid;

/// Everything that is asked of the database here.
pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| [STATEMENTS, next::STATEMENTS].concat());

/// An order with a subscription, and what else its plan depends on: [`order::order!`] with the columns of
/// [`SubjectRow`]. The order's main item says which offer it is on.
macro_rules! subject {
    (which: $which:expr $(, $part:ident: $value:expr)* $(,)?) => {
        order::order!(
            which: $which,
            more: "i.offer_id as main_offer, ip.code as main_product,
                exists (select 1 from plan_changes k where k.order_id = o.id) as has_changes,
                exists (select 1 from retention_offers k
                    where k.subscription_id = s.id and k.kind = 'pause' and k.state = 'accepted') as has_pause_ahead,
                coalesce((select v.amount from invoices v
                    where v.order_id = o.id and v.period_start = s.period_start
                    order by v.number desc
                    limit 1) = 0, 1 = 0) as was_free"
            $(, $part: $value)*
        )
    };
}

/// The same, and what the offer of the order's main item lists. A target may not be set up yet: then only its code is
/// known.
macro_rules! with_targets {
    (which: $which:expr) => {
        subject!(
            which: $which,
            also: concat!(
                "select t.target_code as code, x.id as offer_id, x.name, x.amount, x.currency, x.interval_unit,
                    x.interval_count, x.installments_max, p.code as product_code, p.name as product_name
                from offer_targets t
                left join offers x on x.producer_id = t.producer_id and x.code = t.target_code
                left join products p on p.id = x.product_id
                where t.offer_id = (select y.offer_id from order_items y where y.order_id = ",
                $which,
                " order by y.is_bump, y.position limit 1) order by t.position"
            )
        )
    };
}

/// A quote: of `qq`, with the code of its offer `qx`. The names are its own, so that it can be read in one row with its
/// subscription.
macro_rules! quote_columns {
    () => {
        "qq.id as quote_id, qq.producer_id as quote_producer, qq.order_id as quote_order,
            qq.subscription_id as quote_subscription, qq.person_id as quote_person, qq.offer_id as quote_offer,
            qx.code as quote_code, qq.basis, qq.effect, qq.currency as quote_currency, qq.credit, qq.debit, qq.rest,
            qq.extra_days, qq.due, qq.installments_max, qq.from_plan, qq.from_amount, qq.plan_name as quote_plan,
            qq.amount as quote_amount, qq.interval_unit as quote_unit, qq.interval_count as quote_count,
            qq.period_start as quote_start, qq.period_end as quote_end, qq.next_charge_at as quote_next, qq.is_trial,
            qq.expires_at, exists (select 1 from plan_changes k where k.id = qq.id) as is_confirmed"
    };
}

macro_rules! quote {
    ($which:expr) => {
        concat!(
            "select ",
            quote_columns!(),
            " from plan_quotes qq join offers qx on qx.id = qq.offer_id where ",
            $which
        )
    };
}

statements! {
    OWED_FROM = "select count(*) as owed
        from invoices
        where order_id = $1 and state in ('open', 'overdue') and period_start >= $2";
    OF_BUYER = with_targets!(which: order::of_subscriber!());
    OF_ORDER = with_targets!(which: "(select y.order_id from subscriptions y where y.order_id = $1)");
    // `b` is the last paid change that took effect inside the running period and made it what it is: a renewal that
    // came between counts by its own charge.
    CHANGES = "select b.credit as begun_credit, b.debit as begun_debit, b.rest as begun_rest,
            b.extra_days as begun_extra_days, b.due as begun_due, b.created_at as begun_quoted_at,
            (select k.id from plan_changes k where k.subscription_id = s.id
                and k.state in ('asked', 'reconciling', 'waiting')) as under_way
        from subscriptions s
        left join plan_quotes b on b.id = (select k.id from plan_changes k join plan_quotes q on q.id = k.id
                where k.order_id = s.order_id and k.state = 'applied' and q.effect = 'now' and not q.is_trial
                and k.ended_at >= s.period_start and q.period_end = s.period_end
                order by k.ended_at desc, q.created_at desc, q.id desc limit 1)
        where s.order_id = $1";
    OFFER = "select x.code, x.product_id, p.code as product_code, p.name as product_name
        from offers x
        join products p on p.id = x.product_id
        where x.id = $1";
    SUBSCRIPTION_OF_ORDER = "select id from subscriptions where order_id = $1";
    INSERT_QUOTE = "insert into plan_quotes (id, producer_id, order_id, subscription_id, person_id, offer_id, basis,
                effect, currency, credit, debit, rest, extra_days, due, installments_max, from_plan,
                from_amount, plan_name, amount, interval_unit, interval_count, period_start, period_end,
                next_charge_at, is_trial, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24, $25, $26, $27)";
    QUOTE = quote!("qq.id = $1 and qq.subscription_id = $2 and qq.person_id = $3");
    QUOTE_BY_ID = quote!("qq.id = $1");
    SEEN = subject!(
        which: "(select x.id
            from plan_quotes y
            join orders x on x.id = y.order_id
            where y.id = $1 and y.subscription_id = $2 and y.person_id = $3 and x.person_id = $3)",
        more: quote_columns!(),
        joins: "join plan_quotes qq on qq.id = $1 join offers qx on qx.id = qq.offer_id",
    );
    LOCK_QUOTE = "update plan_quotes set expires_at = expires_at where id = $1";
    FORGET_QUOTES = "delete
        from plan_quotes
        where expires_at < $1 and not exists (select 1 from plan_changes c where c.id = plan_quotes.id)";
    INSERT_CHANGE = "insert into plan_changes (id, producer_id, order_id, subscription_id, state, installments,
                asked_at, ended_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict do nothing";
    CHANGE = "select id, state, installments, charge_reference, decline, pay_url, pay_code, pay_until, asked_at,
            first_sent_at, ended_at, method, card_last4, return_sent_at, return_failure
        from plan_changes
        where id = $1";
    WRITE = "update plan_changes set state = $2, charge_reference = $3, decline = $4, pay_url = $5, first_sent_at = $6,
            ended_at = $7, return_sent_at = $8, return_failure = $9, pay_code = $10, pay_until = $11
        where id = $1";
    SET_INSTRUMENT = "update plan_changes set method = $2, card_last4 = $3 where id = $1";
    REPLACE = "update plan_changes set state = 'replaced', ended_at = $3
        where subscription_id = $1 and state = 'scheduled' and id <> $2";
    SCHEDULED = "select id from plan_changes where subscription_id = $1 and state = 'scheduled'";
    // Also one that was declined: what was to be paid by boleto or Pix may be paid after its last day.
    BY_CHARGE = "select c.id, o.producer_id
        from plan_changes c
        join orders o on o.id = c.order_id
        where c.charge_reference = $2 and o.gateway = $1
            and c.state in ('asked', 'reconciling', 'waiting', 'declined')";
}

row! {
    struct OwedRow { owed: i64 }
    struct OwnRow { id: Uuid, producer_id: Uuid }
    pub(super) struct SubjectRow {
        main_offer: Option<Uuid>, main_product: String, has_changes: bool, has_pause_ahead: bool, was_free: bool,
    }
    pub(super) struct ChangesRow {
        begun_credit: Option<i64>, begun_debit: Option<i64>, begun_rest: Option<i64>, begun_extra_days: Option<i64>,
        begun_due: Option<i64>, begun_quoted_at: Option<i64>, under_way: Option<Uuid>,
    }
    pub(super) struct TargetRow {
        code: String, offer_id: Option<Uuid>, name: Option<String>, amount: Option<i64>, currency: Option<String>,
        interval_unit: Option<String>, interval_count: Option<i64>, installments_max: Option<i64>,
        product_code: Option<String>, product_name: Option<String>,
    }
    pub(super) struct OfferRow { code: String, product_id: Uuid, product_code: String, product_name: String }
    pub(super) struct QuoteRow {
        quote_id: Uuid, quote_producer: Uuid, quote_order: Uuid, quote_subscription: Uuid, quote_person: Uuid,
        quote_offer: Uuid, quote_code: String, basis: String, effect: String, quote_currency: String, credit: i64,
        debit: i64, rest: i64, extra_days: i64, due: i64, installments_max: i64, from_plan: String, from_amount: i64,
        quote_plan: String, quote_amount: i64, quote_unit: String, quote_count: i64, quote_start: i64, quote_end: i64,
        quote_next: i64, is_trial: bool, expires_at: i64, is_confirmed: bool,
    }
    pub(super) struct ChangeRow {
        id: Uuid, state: String, installments: i64, charge_reference: Option<String>, decline: Option<String>,
        pay_url: Option<String>, pay_code: Option<String>, pay_until: Option<i64>, asked_at: i64,
        first_sent_at: Option<i64>, ended_at: Option<i64>, method: Option<String>, card_last4: Option<String>,
        return_sent_at: Option<i64>, return_failure: Option<String>,
    }
    struct IdRow { id: Uuid }
}

pub(super) async fn of_buyer(
    conn: Conn<'_>,
    subscription: SubscriptionId,
    person: PersonId,
) -> Result<Option<Found<SubjectRow, TargetRow>>, Error> {
    OrderRecord::with(conn, OF_BUYER, &[subscription.0, person.0]).await
}

pub(super) async fn of_order(conn: Conn<'_>, order: OrderId) -> Result<Option<Found<SubjectRow, TargetRow>>, Error> {
    OrderRecord::with(conn, OF_ORDER, &[order.0]).await
}

/// What the changes of an order's plan say.
pub(super) async fn changes(conn: Conn<'_>, order: OrderId) -> Result<Option<ChangesRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, ChangesRow>(CHANGES).bind(order.0).fetch_optional(c).await?))
}

/// A quote and the subscription it is for, in one row.
pub(super) struct SeenRow {
    pub(super) subject: SubjectRow,
    pub(super) quote: QuoteRow,
}

impl<'r, R: Row> FromRow<'r, R> for SeenRow
where
    SubjectRow: FromRow<'r, R>,
    QuoteRow: FromRow<'r, R>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self { subject: SubjectRow::from_row(row)?, quote: QuoteRow::from_row(row)? })
    }
}

/// A quote of this person for this subscription of theirs.
pub(super) async fn seen(
    conn: Conn<'_>,
    quote: QuoteId,
    subscription: SubscriptionId,
    person: PersonId,
) -> Result<Option<Found<SeenRow, TargetRow>>, Error> {
    OrderRecord::with(conn, SEEN, &[quote.0, subscription.0, person.0]).await
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

/// Locks a quote until the transaction ends; false when it was forgotten.
pub(super) async fn lock_quote(tx: &mut Tx, quote: QuoteId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(LOCK_QUOTE).bind(quote.0).execute(c).await?.rows_affected() == 1))
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
            .bind(state.name().as_str())
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

/// Writes where a change is now. The caller has locked its order.
pub(super) async fn write(tx: &mut Tx, row: &ChangeRow, state: &State) -> Result<(), Error> {
    let columns = state.columns(row);
    on!(tx.conn(), c => {
        sqlx::query(WRITE)
            .bind(row.id)
            .bind(state.name().as_str())
            .bind(columns.charge_reference)
            .bind(columns.decline)
            .bind(columns.pay_url)
            .bind(columns.first_sent_at)
            .bind(columns.ended_at)
            .bind(columns.return_sent_at)
            .bind(columns.return_failure)
            .bind(columns.pay_code)
            .bind(columns.pay_until)
            .execute(c)
            .await?;
    });
    Ok(())
}

/// What a change is charged with: something else may be on file when its money arrives or goes back.
pub(super) async fn set_instrument(
    tx: &mut Tx,
    change: QuoteId,
    method: Method,
    last4: Option<&str>,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_INSTRUMENT).bind(change.0).bind(method.as_str()).bind(last4).execute(c).await?;
    });
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

pub(super) async fn by_charge(conn: Conn<'_>, by: Reporter<'_>, reference: &str) -> Result<Option<QuoteId>, Error> {
    let rows = on!(conn, c => {
        sqlx::query_as::<_, OwnRow>(BY_CHARGE).bind(by.gateway).bind(reference).fetch_all(c).await?
    });
    let is_theirs = |row: &OwnRow| by.producer.is_none_or(|producer| producer.0 == row.producer_id);
    Ok(rows.iter().find(|row| is_theirs(row)).map(|row| QuoteId(row.id)))
}

/// Whether anything is owed already for a period that begins at `start` or later.
pub(super) async fn is_owed_from(conn: Conn<'_>, order: OrderId, start: Instant) -> Result<bool, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, OwedRow>(OWED_FROM).bind(order.0).bind(start.micros()).fetch_one(c).await?
    });
    Ok(row.owed > 0)
}
