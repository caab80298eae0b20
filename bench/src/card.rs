//! The card of a subscription: what is on file, and how it may be paid instead.

use crate::document::Document;
use crate::headers::form_number;
use crate::html::escaped;
use crate::visitor::{Answer, Refusal, Visitor};
use crate::words::{Card, handle, payment};
use axum::extract::Path;
use sqlx::Row;
use std::fmt::Write;
use uuid::Uuid;

/// Of a subscription of which nothing is owed or open, at the gateway that leaves charging to us.
const SUBSCRIPTION: &str = "select s.plan_name, o.code, o.method, o.card_brand, o.card_last4, o.card_exp_month, o.card_exp_year,
        pr.name as seller, pr.slug, pr.time_zone,
        exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared
    from subscriptions s join orders o on o.id = s.order_id join producers pr on pr.id = o.producer_id
    where s.id = $1 and o.person_id = $2 and o.kind = 'subscription' and o.gateway = 'sandbox' and s.status <> 'ended'
        and o.status not in ('refunded', 'canceled', 'disputed')
        and not exists (select 1 from invoices v where v.order_id = o.id and v.state in ('open', 'overdue'))
        and not exists (select 1 from charges c where c.order_id = o.id and c.status = 'pending')
        and not exists (select 1 from policies r where r.producer_id = o.producer_id)";

pub async fn show(visitor: Visitor, Path(id): Path<Uuid>) -> Answer {
    let query = sqlx::query(SUBSCRIPTION).bind(id).bind(visitor.buyer.person);
    let row = query.fetch_optional(&visitor.pool).await?.ok_or(Refusal::NotFound)?;
    let (seller, zone): (&str, &str) = (row.try_get("seller")?, row.try_get("time_zone")?);
    let (method, card): (&str, _) = (row.try_get("method")?, Card::of(&row)?);
    let mut document = Document::of_seller("Cartão e pagamento", seller, false)?;
    let (html, number) = (&mut document.html, form_number()?);
    let plan = escaped(row.try_get("plan_name")?);
    write!(html, r#"<h1>Cartão e pagamento</h1><p class="lead">{plan}, de {}</p>"#, escaped(seller))?;
    on_file(html, &id, &number, method, card.as_ref())?;
    methods(html, &id, &number, method)?;
    let handle = handle(row.try_get("code")?, row.try_get("slug")?, row.try_get("is_shared")?);
    write!(html, r#"<p><a href="/orders/{handle}">Voltar para o pedido</a></p>"#)?;
    Ok(document.answer(&visitor, Some(zone))?)
}

fn on_file(html: &mut String, id: &Uuid, number: &Uuid, method: &str, card: Option<&Card>) -> anyhow::Result<()> {
    html.push_str(
        r#"<section class="card" id="on-file"><h2>Em uso agora</h2><dl class="facts"><div><dt>Forma</dt><dd>"#,
    );
    html.push_str(&payment(method, card));
    html.push_str("</dd></div>");
    if let Some(card) = card {
        write!(html, "<div><dt>Validade</dt><dd>{:02}/{}</dd></div>", card.exp_month, card.exp_year)?;
    }
    let label = if method == "card" { "Trocar cartão" } else { "Usar um cartão" };
    write!(
        html,
        concat!(
            r#"</dl><form method="post" action="/subscriptions/{}/card"><input type="hidden" name="request" value="{}">"#,
            r#"<button class="button primary">{}</button></form><p class="help">Você digita o cartão na página segura de quem processa "#,
            "o pagamento e volta para cá. Nós não vemos o número.</p></section>",
        ),
        id, number, label,
    )?;
    Ok(())
}

fn methods(html: &mut String, id: &Uuid, number: &Uuid, method: &str) -> anyhow::Result<()> {
    write!(
        html,
        concat!(
            r#"<section class="card" id="methods"><h2>Outras formas de pagar</h2><p>Vale já para o que estiver em aberto e para as "#,
            r#"próximas cobranças.</p><form method="post" action="/subscriptions/{}/card/method">"#,
            r#"<input type="hidden" name="request" value="{}"><div class="row">"#,
        ),
        id, number,
    )?;
    for (word, label) in [("pix", "Pagar por Pix"), ("boleto", "Pagar por boleto")] {
        if word != method {
            write!(html, r#"<button class="button" name="method" value="{word}">{label}</button>"#)?;
        }
    }
    html.push_str("</div></form></section>");
    Ok(())
}
