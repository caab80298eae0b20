//! What a change of plan comes to: figures that were fixed, and the same figures while one chooses.

mod basis;
pub mod preview;

use crate::calendar::Calendar;
use crate::document::Document;
use crate::html::escaped;
use crate::visitor::{Answer, Refusal, Visitor};
use crate::words::{Card, every, handle, money, payment};
use axum::extract::Path;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::fmt::Write;
use uuid::Uuid;

/// A quote that begins now, and of its subscription what it was counted with.
const QUOTE: &str = "select q.basis, q.credit, q.debit, q.due, q.plan_name, q.amount, q.interval_unit, q.interval_count, q.period_end as until,
        q.next_charge_at as next, q.expires_at, s.status, s.plan_name as plan_now, s.amount as price_now, s.interval_unit as unit_now,
        s.interval_count as count_now, s.period_start, s.period_end, s.next_charge_at, i.offer_id,
        o.code, o.currency, o.method, o.card_brand, o.card_last4, o.card_exp_month, o.card_exp_year, pr.name as seller, pr.slug, pr.time_zone,
        exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared,
        (select sum(c.amount) from charges c where c.order_id = o.id and c.status = 'paid'
            and coalesce(c.paid_at, c.created_at) >= s.period_start - 86400000000) as paid
    from plan_quotes q join subscriptions s on s.id = q.subscription_id join orders o on o.id = s.order_id
    join producers pr on pr.id = o.producer_id
    join order_items i on i.id = (select x.id from order_items x where x.order_id = o.id order by x.is_bump, x.position limit 1)
    where q.id = $1 and s.id = $2 and q.person_id = $3 and o.person_id = $3 and q.effect = 'now' and not q.is_trial and q.rest = 0
        and q.installments_max = 1 and q.expires_at > $4 and s.period_end > $4 and s.status = 'active' and o.status = 'paid'
        and not exists (select 1 from refunds f where f.order_id = o.id)
        and not exists (select 1 from invoices v where v.order_id = o.id)
        and not exists (select 1 from plan_changes c where c.subscription_id = s.id)
        and not exists (select 1 from policies r where r.producer_id = o.producer_id)";

pub async fn show(visitor: Visitor, Path((id, quote)): Path<(Uuid, Uuid)>) -> Answer {
    let query = sqlx::query(QUOTE).bind(quote).bind(id).bind(visitor.buyer.person).bind(visitor.micros());
    let row = query.fetch_optional(&visitor.pool).await?.ok_or(Refusal::NotFound)?;
    if basis::of(&row)? != row.try_get::<&str, _>("basis")? {
        return Err(Refusal::NotFound);
    }
    let zone: &str = row.try_get("time_zone")?;
    let calendar = Calendar::new(zone, visitor.now)?;
    let mut document = Document::of_seller("Confira antes de trocar", row.try_get("seller")?, false)?;
    let figures = Figures::of(&row)?;
    table(&mut document.html, &figures, &calendar)?;
    for note in figures.notes(&calendar)? {
        write!(document.html, "<p>{}</p>", escaped(&note))?;
    }
    confirm(&mut document.html, &id, &quote, &row, &calendar)?;
    Ok(document.answer(&visitor, Some(zone))?)
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
    fn of(row: &SqliteRow) -> anyhow::Result<Self> {
        let currency: String = row.try_get("currency")?;
        let cycle = every(row.try_get("interval_unit")?, row.try_get("interval_count")?);
        Ok(Self {
            price: format!("{} {cycle}", money(row.try_get("amount")?, &currency)),
            credit: row.try_get("credit")?,
            debit: row.try_get("debit")?,
            due: row.try_get("due")?,
            plan_now: row.try_get("plan_now")?,
            plan: row.try_get("plan_name")?,
            until: row.try_get("until")?,
            next: row.try_get("next")?,
            currency,
        })
    }

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

fn table(html: &mut String, figures: &Figures, calendar: &Calendar) -> anyhow::Result<()> {
    let due = money(figures.due, &figures.currency);
    write!(
        html,
        concat!(
            r#"<h1>Confira antes de trocar</h1><section class="card"><p class="amount"><span>A pagar agora</span><strong>{}</strong></p>"#,
            r#"<div class="scroll" role="region" tabindex="0" aria-label="Como chegamos ao valor"><table><thead><tr>"#,
            r#"<th scope="col">O que é contado</th><th scope="col">Valor</th></tr></thead><tbody>"#,
        ),
        due
    )?;
    for (words, amount) in figures.lines(calendar)? {
        write!(html, "<tr><td>{}</td><td>{amount}</td></tr>", escaped(&words))?;
    }
    write!(html, r#"</tbody><tfoot><tr><th scope="row">A pagar agora</th><td>{due}</td></tr></tfoot></table></div>"#)?;
    Ok(())
}

fn confirm(html: &mut String, id: &Uuid, quote: &Uuid, row: &SqliteRow, calendar: &Calendar) -> anyhow::Result<()> {
    let due = money(row.try_get("due")?, row.try_get("currency")?);
    let payment = payment(row.try_get("method")?, Card::of(row)?.as_ref());
    write!(
        html,
        concat!(
            r#"<form method="post" action="/subscriptions/{id}/plan/confirm"><input type="hidden" name="quote" value="{quote}">"#,
            r#"<label class="choice"><input type="checkbox" id="consent" name="consent" value="yes"><span>Autorizo a cobrança de {due} agora: {payment}.</span></label>"#,
            r#"<p class="help">Estes valores valem até {expires}.</p><div class="row"><button class="button primary">Pagar {due} e trocar</button>"#,
            r#"<a class="button" href="/orders/{handle}">Ficar com o plano atual</a></div></form></section>"#,
            r#"<p><a href="/subscriptions/{id}/plan">Escolher outro plano</a></p>"#,
        ),
        id = id,
        quote = quote,
        due = due,
        payment = payment,
        expires = calendar.soon(row.try_get("expires_at")?)?,
        handle = handle(row.try_get("code")?, row.try_get("slug")?, row.try_get("is_shared")?),
    )?;
    Ok(())
}
