//! The receipt of a payment.

use crate::calendar::Calendar;
use crate::document::Document;
use crate::html::escaped;
use crate::visitor::{Answer, Refusal, Visitor};
use crate::words::{Card, handle, money, payment, split};
use axum::extract::Path;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use std::fmt::Write;
use uuid::Uuid;

/// Of a payment of which nothing went back, made out to whom the checkout named.
const CHARGE: &str = "select o.code, o.currency, o.method as order_method, o.card_brand, o.card_last4, o.card_exp_month,
        o.card_exp_year, o.ordered_at, coalesce(b.name, o.buyer_name) as buyer, c.amount, c.method, c.paid_at, c.reference,
        pr.name as seller, pr.slug, pr.email, pr.time_zone,
        exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared
    from charges c join orders o on o.id = c.order_id join producers pr on pr.id = o.producer_id left join billing_data b on b.order_id = o.id
    where o.person_id = $1 and o.code = $2 and ($3 is null or pr.slug = $3) and c.id = $4
        and c.status = 'paid' and c.paid_at is not null and c.installments = 1 and b.address is null
        and case when b.order_id is null then o.tax_id else b.tax_id end is null
        and not exists (select 1 from refund_parts p where p.charge_id = c.id)";
const LINES: &str = "select name, offer_name, amount from charge_lines where charge_id = $1 order by position";

pub async fn show(visitor: Visitor, Path((handle, charge)): Path<(String, Uuid)>) -> Answer {
    let (code, slug) = split(&handle);
    let mut reader = visitor.pool.acquire().await?;
    let query = sqlx::query(CHARGE).bind(visitor.buyer.person).bind(code).bind(slug).bind(charge);
    let row = query.fetch_optional(&mut *reader).await?.ok_or(Refusal::NotFound)?;
    let lines = sqlx::query(LINES).bind(charge).fetch_all(&mut *reader).await?;
    drop(reader);
    let zone: &str = row.try_get("time_zone")?;
    let calendar = Calendar::new(zone, visitor.now)?;
    let mut document = Document::of_seller("Recibo de pagamento", row.try_get("seller")?, false)?;
    let html = &mut document.html;
    parties(html, &row, &visitor.buyer.email)?;
    facts(html, &row, &calendar)?;
    items(html, &row, &lines)?;
    foot(html, &row, charge, &calendar.moment(visitor.micros())?)?;
    Ok(document.answer(&visitor, Some(zone))?)
}

fn parties(html: &mut String, row: &SqliteRow, email: &str) -> anyhow::Result<()> {
    write!(
        html,
        concat!(
            r#"<article class="sheet card"><p class="from">{seller}</p><h1>Recibo de pagamento</h1><p>Este recibo comprova o pagamento abaixo. "#,
            "Não é nota fiscal: a nota fiscal, quando devida, é emitida por quem vendeu.</p>",
            r#"<dl class="facts"><div><dt>Vendido por</dt><dd>{seller} ({contact})</dd></div><div><dt>Comprador</dt><dd>{buyer}</dd></div>"#,
            "<div><dt>E-mail</dt><dd>{email}</dd></div></dl>",
        ),
        seller = escaped(row.try_get("seller")?),
        contact = escaped(row.try_get("email")?),
        buyer = escaped(row.try_get("buyer")?),
        email = escaped(email),
    )?;
    Ok(())
}

fn facts(html: &mut String, row: &SqliteRow, calendar: &Calendar) -> anyhow::Result<()> {
    let (method, order_method): (&str, &str) = (row.try_get("method")?, row.try_get("order_method")?);
    let card = Card::of(row)?.filter(|_| method == order_method);
    write!(
        html,
        concat!(
            r#"<dl class="facts"><div><dt>Pedido</dt><dd>{}</dd></div><div><dt>Data do pedido</dt><dd>{}</dd></div>"#,
            "<div><dt>Pago em</dt><dd>{}</dd></div><div><dt>Forma</dt><dd>{}</dd></div>",
            "<div><dt>Referência da cobrança</dt><dd>{}</dd></div></dl>",
        ),
        row.try_get::<&str, _>("code")?,
        calendar.date(row.try_get("ordered_at")?)?,
        calendar.moment(row.try_get("paid_at")?)?,
        payment(method, card.as_ref()),
        escaped(row.try_get("reference")?),
    )?;
    Ok(())
}

/// What it was for. Prices stand beside the lines where they add up to what was paid.
fn items(html: &mut String, row: &SqliteRow, lines: &[SqliteRow]) -> anyhow::Result<()> {
    let amount: i64 = row.try_get("amount")?;
    let prices = lines.iter().map(|line| line.try_get::<i64, _>("amount"));
    let adds_up = prices.sum::<sqlx::Result<i64>>()? == amount;
    let currency: &str = row.try_get("currency")?;
    html.push_str(concat!(
        r#"<div class="scroll" role="region" tabindex="0" aria-label="Itens"><table><thead><tr><th scope="col">Item</th>"#,
        r#"<th scope="col">Valor</th></tr></thead><tbody>"#
    ));
    for line in lines {
        let (name, offer): (&str, Option<&str>) = (line.try_get("name")?, line.try_get("offer_name")?);
        write!(html, "<tr><td>{}", escaped(name))?;
        if let Some(offer) = offer.filter(|offer| *offer != name) {
            write!(html, " · {}", escaped(offer))?;
        }
        html.push_str("</td><td>");
        if adds_up {
            html.push_str(&money(line.try_get("amount")?, currency));
        }
        html.push_str("</td></tr>");
    }
    let amount = money(amount, currency);
    write!(html, r#"</tbody><tfoot><tr><th scope="row">Valor pago</th><td>{amount}</td></tr></tfoot></table></div>"#)?;
    Ok(())
}

fn foot(html: &mut String, row: &SqliteRow, charge: Uuid, moment: &str) -> anyhow::Result<()> {
    let zone = row.try_get::<&str, _>("time_zone")?.replace('_', " ");
    write!(
        html,
        concat!(
            r#"<p class="help">Emitido pelo Aftersale em {moment}. Datas e horas no fuso {zone}.</p></article><div class="row screen">"#,
            r#"<a class="button primary" href="/orders/{handle}/receipts/{charge}/receipt.pdf">Baixar PDF</a>"#,
            r#"<a class="button" href="/orders/{handle}/billing">Corrigir nome, CPF ou endereço</a></div>"#,
            r#"<p class="help screen">Para imprimir, use o comando de impressão do navegador: só o documento sai no papel.</p>"#,
            r#"<p class="screen"><a href="/orders/{handle}">Voltar para o pedido</a></p>"#,
        ),
        moment = moment,
        zone = escaped(&zone),
        handle = handle(row.try_get("code")?, row.try_get("slug")?, row.try_get("is_shared")?),
        charge = charge,
    )?;
    Ok(())
}
