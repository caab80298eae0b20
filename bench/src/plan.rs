//! Which plans a subscription may change to.

use crate::calendar::Calendar;
use crate::document::Document;
use crate::html::escaped;
use crate::visitor::{Answer, Refusal, Visitor};
use crate::words::{every, handle, money};
use axum::extract::Path;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::fmt::Write;
use uuid::Uuid;

/// Of a subscription that may be changed and was not.
const SUBSCRIPTION: &str = "select s.plan_name, s.amount, s.interval_unit, s.interval_count, s.period_end, o.code, o.currency, o.producer_id,
        i.offer_id, i.product_id, pr.name as seller, pr.slug, pr.time_zone,
        exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared
    from subscriptions s join orders o on o.id = s.order_id join producers pr on pr.id = o.producer_id
    join order_items i on i.id = (select x.id from order_items x where x.order_id = o.id order by x.is_bump, x.position limit 1)
    where s.id = $1 and o.person_id = $2 and o.kind = 'subscription' and o.gateway = 'sandbox' and o.method <> 'other'
        and o.status = 'paid' and s.status = 'active' and s.period_end > $3
        and not exists (select 1 from refunds f where f.order_id = o.id)
        and not exists (select 1 from invoices v where v.order_id = o.id and v.state in ('open', 'overdue'))
        and not exists (select 1 from plan_changes c where c.subscription_id = s.id)
        and not exists (select 1 from policies r where r.producer_id = o.producer_id)";
const TARGETS: &str = "select x.code, x.name, x.amount, x.interval_unit, x.interval_count from offer_targets t
    join offers x on x.producer_id = t.producer_id and x.code = t.target_code
    where t.producer_id = $1 and t.offer_id = $2 and x.id <> t.offer_id and x.product_id = $3 and x.currency = $4
        and x.interval_unit is not null
    order by t.position";

pub async fn choose(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    let mut reader = visitor.pool.acquire().await?;
    let query = sqlx::query(SUBSCRIPTION).bind(id).bind(visitor.buyer.person).bind(visitor.micros());
    let row = query.fetch_optional(&mut *reader).await?.ok_or(Refusal::NotFound)?;
    let (producer, offer, product): (Uuid, Option<Uuid>, Uuid) =
        (row.try_get("producer_id")?, row.try_get("offer_id")?, row.try_get("product_id")?);
    let query = sqlx::query(TARGETS).bind(producer).bind(offer).bind(product).bind(row.try_get::<&str, _>("currency")?);
    let targets = query.fetch_all(&mut *reader).await?;
    drop(reader);
    if targets.is_empty() {
        return Err(Refusal::NotFound);
    }
    let zone: &str = row.try_get("time_zone")?;
    let calendar = Calendar::new(zone, visitor.now)?;
    let mut document = Document::of_seller("Trocar de plano", row.try_get("seller")?, true)?;
    page(&mut document.html, &id, &row, &targets, &calendar)?;
    Ok(document.answer(&visitor, Some(zone))?)
}

fn page(
    html: &mut String,
    id: &Uuid,
    row: &SqliteRow,
    targets: &[SqliteRow],
    calendar: &Calendar,
) -> anyhow::Result<()> {
    let (plan, price) = (escaped(row.try_get("plan_name")?), price(row, row)?);
    write!(
        html,
        concat!(
            r#"<h1>Trocar de plano</h1><p class="lead">Seu plano hoje: {}, {}.</p><form class="card" method="post" action="/subscriptions/{}/plan/quote">"#,
            r#"<fieldset id="choice" tabindex="-1"><legend>Escolha o novo plano</legend>"#,
        ),
        plan, price, id,
    )?;
    for target in targets {
        option(html, row, target, targets.len() == 1, calendar)?;
    }
    write!(
        html,
        concat!(
            r#"</fieldset><leptos-island data-component="PlanPreview_0123456789" data-props="{{&quot;address&quot;:&quot;/subscriptions/{}/plan/preview&quot;,"#,
            r#"&quot;loading&quot;:&quot;Calculando os valores…&quot;}}"><div class="preview" role="status"><!></div></leptos-island>"#,
            r#"<button class="button primary">Ver os valores</button></form>"#,
        ),
        id,
    )?;
    let handle = handle(row.try_get("code")?, row.try_get("slug")?, row.try_get("is_shared")?);
    write!(html, r#"<p><a href="/orders/{handle}">Voltar para o pedido</a></p>"#)?;
    Ok(())
}

/// A plan is dearer when one of its cycles costs as much or more: then it begins today.
fn option(
    html: &mut String,
    row: &SqliteRow,
    target: &SqliteRow,
    is_only: bool,
    calendar: &Calendar,
) -> anyhow::Result<()> {
    let (amount, now): (i64, i64) = (target.try_get("amount")?, row.try_get("amount")?);
    let (code, name) = (escaped(target.try_get("code")?), escaped(target.try_get("name")?));
    let checked = if is_only { " checked" } else { "" };
    write!(
        html,
        r#"<label class="choice option"><input type="radio" name="offer" value="{code}"{checked} required><span><strong>{name}</strong><small>{}</small></span>"#,
        price(target, row)?
    )?;
    match amount > 0 && amount >= now {
        true => html.push_str(r#"<span class="chip good">hoje</span></label>"#),
        false => {
            let date = calendar.short(row.try_get("period_end")?)?;
            write!(html, r#"<span class="chip wait">em {date}</span></label>"#)?;
        }
    }
    Ok(())
}

/// `R$ 99,90 por mês`, in the currency of the order.
fn price(plan: &SqliteRow, order: &SqliteRow) -> anyhow::Result<String> {
    let amount = money(plan.try_get("amount")?, order.try_get("currency")?);
    Ok(format!("{amount} {}", every(plan.try_get("interval_unit")?, plan.try_get("interval_count")?)))
}
