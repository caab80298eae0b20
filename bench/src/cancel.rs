//! The first screen of a cancellation: what happens, when, and how much.

use crate::calendar::Calendar;
use crate::document::Document;
use crate::html::escaped;
use crate::visitor::{Answer, Refusal, Visitor};
use crate::window::{self, Free, Offer, Sale};
use crate::words::{handle, money};
use axum::extract::Path;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::fmt::Write;
use uuid::Uuid;

const SUBSCRIPTION: &str = "select s.plan_name, s.period_end, o.code, o.currency, o.total, o.paid_at, o.released_at,
        pr.name as seller, pr.slug, pr.time_zone,
        exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared,
        (select min(x.refund_window_days) from order_items i join products x on x.id = i.product_id where i.order_id = o.id) as window_days,
        coalesce((select max(c.amount) from charges c where c.order_id = o.id and c.status = 'paid'), 0) as paid
    from subscriptions s join orders o on o.id = s.order_id join producers pr on pr.id = o.producer_id
    where s.id = $1 and o.person_id = $2 and o.kind = 'subscription' and o.status = 'paid' and s.status = 'active' and s.period_end > $3
        and not exists (select 1 from cancellations c where c.subscription_id = s.id)
        and not exists (select 1 from refunds f where f.order_id = o.id)
        and not exists (select 1 from policies r where r.producer_id = o.producer_id)";

pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    let query = sqlx::query(SUBSCRIPTION).bind(id).bind(visitor.buyer.person).bind(visitor.micros());
    let row = query.fetch_optional(&visitor.pool).await?.ok_or(Refusal::NotFound)?;
    let zone: &str = row.try_get("time_zone")?;
    let calendar = Calendar::new(zone, visitor.now)?;
    let mut document = Document::of_seller("Cancelar renovação", row.try_get("seller")?, false)?;
    let (plan, last_day) = (escaped(row.try_get("plan_name")?), calendar.last_day(row.try_get("period_end")?)?);
    write!(
        document.html,
        concat!(
            r#"<h1>Cancelar renovação</h1><p>{plan}</p><form class="card" method="post" action="/subscriptions/{id}/cancel/begin">"#,
            r#"<p class="amount"><span>Seu acesso continua até</span><strong>{last_day}</strong></p><dl class="facts">"#,
            "<div><dt>Cobranças</dt><dd>Não haverá novas cobranças.</dd></div>",
            "<div><dt>Se mudar de ideia</dt><dd>Você pode desfazer até {last_day}.</dd></div></dl>",
            r#"<div class="row"><button class="button primary">Continuar</button>"#,
            r#"<a class="button" href="/subscriptions/{id}">Manter assinatura</a></div></form>"#,
        ),
        plan = plan,
        id = id,
        last_day = last_day,
    )?;
    refund(&mut document.html, &row, &calendar, &visitor)?;
    Ok(document.answer(&visitor, Some(zone))?)
}

/// The other choice, while the window is open.
fn refund(html: &mut String, row: &SqliteRow, calendar: &Calendar, visitor: &Visitor) -> anyhow::Result<()> {
    let Some(paid_at) = row.try_get("paid_at")? else { return Ok(()) };
    let (total, paid) = (row.try_get("total")?, row.try_get("paid")?);
    let sale = Sale { paid_at, released_at: row.try_get("released_at")?, total, paid, left: paid };
    let item = Free { amount: total, window_days: row.try_get("window_days")? };
    let Some(Offer::Open { until, amount }) = window::offer(calendar, &sale, &[item], visitor.now)? else {
        return Ok(());
    };
    let (amount, deadline) = (money(amount, row.try_get("currency")?), calendar.deadline(until)?);
    let handle = handle(row.try_get("code")?, row.try_get("slug")?, row.try_get("is_shared")?);
    write!(
        html,
        concat!(
            r#"<section class="card" id="refund"><h2>Prefere desistir e receber o dinheiro?</h2><p>Você está no prazo: pode desistir agora "#,
            "e receber {amount} de volta, até {deadline}. Nesse caso o acesso termina na hora.</p>",
            r#"<p><a class="button" href="/orders/{handle}/refund">Desistir e receber {amount}</a></p></section>"#,
        ),
        amount = amount,
        deadline = deadline,
        handle = handle,
    )?;
    Ok(())
}
