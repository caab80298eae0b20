//! The first page of a refund: which items.

use crate::calendar::Calendar;
use crate::document::Document;
use crate::html::escaped;
use crate::visitor::{Answer, Refusal, Visitor};
use crate::window::{self, Free, Offer, Sale};
use crate::words::{handle, money, split};
use axum::extract::Path;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::fmt::Write;
use uuid::Uuid;

const ORDER: &str = "select o.id, o.code, o.currency, o.total, o.paid_at, o.released_at, pr.name as seller, pr.slug, pr.time_zone,
        exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared,
        o.status in ('disputed', 'refunded')
            or exists (select 1 from refunds f where f.order_id = o.id and f.state in ('requested', 'approved', 'reconciling')) as is_closed,
        coalesce((select sum(c.amount) from charges c where c.order_id = o.id and c.status = 'paid'), 0) as paid,
        coalesce((select sum(c.amount - coalesce((select sum(p.amount) from refund_parts p
                where p.charge_id = c.id and p.state not in ('failed', 'released')), 0))
            from charges c where c.order_id = o.id and c.status = 'paid'), 0) as money_left
    from orders o join producers pr on pr.id = o.producer_id
    where o.person_id = $1 and o.code = $2 and ($3 is null or pr.slug = $3) order by o.ordered_at desc, o.id desc limit 1";
const ITEMS: &str =
    "select i.id, i.name, i.amount, max(p.refund_window_days, coalesce(w.window_days, 0)) as refund_window_days,
        exists (select 1 from refund_items ri where ri.item_id = i.id and ri.released_at is null) as is_held
    from order_items i join products p on p.id = i.product_id left join sale_items w on w.item_id = i.id
    where i.order_id = $1 order by i.position";

pub async fn start(visitor: Visitor, Path(handle): Path<String>) -> Answer {
    let (code, slug) = split(&handle);
    let mut reader = visitor.pool.acquire().await?;
    let order =
        sqlx::query(ORDER).bind(visitor.buyer.person).bind(code).bind(slug).fetch_optional(&mut *reader).await?;
    let order = order.ok_or(Refusal::NotFound)?;
    let items = sqlx::query(ITEMS).bind(order.try_get::<Uuid, _>("id")?).fetch_all(&mut *reader).await?;
    drop(reader);
    let calendar = Calendar::new(order.try_get("time_zone")?, visitor.now)?;
    // One item alone is not chosen, and what is held by another refund has words that this program lacks.
    let is_held = items.iter().any(|item| item.try_get("is_held").unwrap_or(true));
    if items.len() < 2 || is_held || order.try_get("is_closed")? {
        return Err(Refusal::NotFound);
    }
    match window::offer(&calendar, &sale(&order)?, &free(&items)?, visitor.now)? {
        Some(Offer::Open { .. }) => page(&visitor, &order, &items),
        _ => Err(Refusal::NotFound),
    }
}

fn sale(order: &SqliteRow) -> Result<Sale, Refusal> {
    Ok(Sale {
        paid_at: order.try_get::<Option<_>, _>("paid_at")?.ok_or(Refusal::NotFound)?,
        released_at: order.try_get("released_at")?,
        total: order.try_get("total")?,
        paid: order.try_get("paid")?,
        left: order.try_get("money_left")?,
    })
}

fn free(items: &[SqliteRow]) -> sqlx::Result<Vec<Free>> {
    let item =
        |row: &SqliteRow| Ok(Free { amount: row.try_get("amount")?, window_days: row.try_get("refund_window_days")? });
    items.iter().map(item).collect()
}

fn page(visitor: &Visitor, order: &SqliteRow, items: &[SqliteRow]) -> Answer {
    let handle = handle(order.try_get("code")?, order.try_get("slug")?, order.try_get("is_shared")?);
    let mut document = Document::of_seller("Pedir reembolso", order.try_get("seller")?, false)?;
    let html = &mut document.html;
    write!(
        html,
        concat!(
            "<h1>Pedir reembolso</h1><p>Escolha o que você quer devolver. Na próxima tela você vê o valor antes de confirmar.</p>",
            r#"<form class="card" method="get" action="/orders/{}/refund/preview"><fieldset id="choice" tabindex="-1">"#,
            "<legend>Itens do pedido</legend>"
        ),
        handle
    )?;
    for item in items {
        line(html, item, order.try_get("currency")?)?;
    }
    write!(
        html,
        r#"</fieldset><button class="button primary">Ver o valor</button></form><p><a href="/orders/{handle}">Voltar para o pedido</a></p>"#
    )?;
    Ok(document.answer(visitor, None)?)
}

fn line(html: &mut String, item: &SqliteRow, currency: &str) -> anyhow::Result<()> {
    let (id, name): (Uuid, _) = (item.try_get("id")?, escaped(item.try_get("name")?));
    let amount = money(item.try_get("amount")?, currency);
    write!(
        html,
        r#"<label class="choice"><input type="checkbox" name="item" value="{id}" checked><span>{name}</span><span class="money">{amount}</span></label>"#
    )?;
    Ok(())
}
