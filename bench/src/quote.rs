//! What a change of plan would come to, as text for the page's script.

use crate::calendar::Calendar;
use crate::headers;
use crate::visitor::{Answer, Refusal, Visitor};
use crate::words::{every, money};
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use http::header::CONTENT_TYPE;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::fmt::Write;
use uuid::Uuid;

/// A subscription and a dearer plan with a cycle of the same length.
const CHANGE: &str = "select s.plan_name as plan_now, s.amount as price_now, s.period_start, s.period_end,
        s.next_charge_at, x.name as plan_name, x.amount, x.interval_unit, x.interval_count, o.currency, pr.time_zone,
        (select sum(c.amount) from charges c where c.order_id = o.id and c.status = 'paid'
            and coalesce(c.paid_at, c.created_at) >= s.period_start - 86400000000) as paid
    from subscriptions s
    join orders o on o.id = s.order_id
    join producers pr on pr.id = o.producer_id
    join order_items i on i.id = (select y.id
        from order_items y
        where y.order_id = o.id
        order by y.is_bump, y.position
        limit 1)
    join offer_targets t on t.producer_id = o.producer_id and t.offer_id = i.offer_id and t.target_code = $3
    join offers x on x.producer_id = t.producer_id and x.code = t.target_code and x.id <> t.offer_id
        and x.product_id = i.product_id
    where s.id = $1 and o.person_id = $2 and o.kind = 'subscription' and o.gateway = 'sandbox' and o.method <> 'other'
        and o.status = 'paid' and s.status = 'active' and s.period_end > $4 and x.amount >= s.amount
        and x.interval_unit = s.interval_unit and x.interval_count = s.interval_count and x.currency = o.currency
        and not exists (select 1 from refunds f where f.order_id = o.id)
        and not exists (select 1 from invoices v where v.order_id = o.id)
        and not exists (select 1 from plan_changes c where c.subscription_id = s.id)
        and not exists (select 1 from policies r where r.producer_id = o.producer_id)";

#[derive(Deserialize)]
pub(crate) struct QuoteQuery {
    offer: String,
}

pub(crate) async fn show(visitor: Visitor, Path(id): Path<Uuid>, Query(query): Query<QuoteQuery>) -> Answer {
    let query = sqlx::query(CHANGE).bind(id).bind(visitor.buyer.person).bind(&query.offer).bind(visitor.micros());
    let row = query.fetch_optional(&visitor.pool).await?.ok_or(Refusal::NotFound)?;
    let calendar = Calendar::new(row.try_get("time_zone")?, visitor.now)?;
    let figures = count(&row, &calendar)?;
    let mut text = String::with_capacity(512);
    for (words, amount) in figures.lines(&calendar)? {
        writeln!(text, "line\t{words}\t{amount}")?;
    }
    writeln!(text, "due\tA pagar agora\t{}", money(figures.due, &figures.currency))?;
    for note in figures.notes(&calendar)? {
        writeln!(text, "note\t{note}\t")?;
    }
    let mut headers = headers::secure(&headers::nonce()?)?;
    headers.insert(CONTENT_TYPE, http::HeaderValue::from_static("text/plain; charset=utf-8"));
    Ok((headers, text).into_response())
}

/// What is counted, and what is charged afterwards.
struct Figures {
    currency: String,
    credit: i64,
    debit: i64,
    due: i64,
    plan_now: String,
    plan: String,
    price: String,
    until: i64,
    next: i64,
}

impl Figures {
    /// Words and amount of each line; their sum is what is due.
    fn lines(&self, calendar: &Calendar) -> anyhow::Result<Vec<(String, String)>> {
        let credit = (self.credit > 0)
            .then(|| (format!("Crédito não usado de {}", self.plan_now), money(-self.credit, &self.currency)));
        let plan = format!("{} até {}", self.plan, calendar.date(self.until)?);
        Ok(credit.into_iter().chain([(plan, money(self.debit, &self.currency))]).collect())
    }

    fn notes(&self, calendar: &Calendar) -> anyhow::Result<[String; 2]> {
        let begins = format!("{} começa assim que você confirmar.", self.plan);
        Ok([begins, format!("Depois: {}, a partir de {}.", self.price, calendar.day(self.next)?)])
    }
}

/// The running period goes on with the other plan: what is left of both is settled.
fn count(row: &SqliteRow, calendar: &Calendar) -> anyhow::Result<Figures> {
    let currency: String = row.try_get("currency")?;
    let (price, end): (i64, i64) = (row.try_get("amount")?, row.try_get("period_end")?);
    let (start_day, end_day) = (calendar.date_of(row.try_get("period_start")?)?, calendar.date_of(end)?);
    let (left, all) = (days(calendar.today(), end_day)?, days(start_day, end_day)?.max(1));
    let (credit, debit) = (part(paid(row)?, left, all), part(price, left, all));
    let cycle = every(row.try_get("interval_unit")?, row.try_get("interval_count")?);
    Ok(Figures {
        price: format!("{} {cycle}", money(price, &currency)),
        credit,
        debit,
        due: debit - credit,
        plan_now: row.try_get("plan_now")?,
        plan: row.try_get("plan_name")?,
        until: end,
        next: row.try_get::<Option<i64>, _>("next_charge_at")?.unwrap_or(end),
        currency,
    })
}

fn days(from: Date, to: Date) -> anyhow::Result<i64> {
    Ok(from.until(to)?.get_days().into())
}

/// The part of an amount that `left` of `all` days are worth, rounded half up.
fn part(amount: i64, left: i64, all: i64) -> i64 {
    let (amount, left, all) = (i128::from(amount), i128::from(left.clamp(0, all)), i128::from(all));
    i64::try_from((2 * amount * left + all) / (2 * all)).unwrap_or(i64::MAX)
}

/// What was paid for the running period: its price where no charge of it is known.
fn paid(row: &SqliteRow) -> anyhow::Result<i64> {
    let (price, paid): (i64, Option<i64>) = (row.try_get("price_now")?, row.try_get("paid")?);
    Ok(paid.map_or(price, |paid| paid.clamp(0, price)))
}
