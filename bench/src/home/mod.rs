//! The home page: alerts, then a section a producer with subscriptions and purchases.

mod orders;

use crate::calendar::Calendar;
use crate::document::Document;
use crate::html::{escaped, push};
use crate::visitor::{Answer, Visitor};
use crate::words::{brand_name, every, handle, money, order_chip, plan_chip};
use jiff::Timestamp;
use orders::{Order, Plan};
use std::fmt::Write;

pub(crate) async fn show(visitor: Visitor) -> Answer {
    let orders = orders::of(&visitor.pool, visitor.buyer.person).await?;
    let mut document = Document::of_buyer("Minhas compras")?;
    let (html, email) = (&mut document.html, escaped(&visitor.buyer.email));
    write!(html, r#"<h1>Minhas compras</h1><p class="help">Compras feitas com {email}</p>"#)?;
    let groups = by_producer(&orders, visitor.now)?;
    alerts(html, &groups)?;
    html.push_str(FILTER);
    for (calendar, orders) in &groups {
        producer(html, calendar, orders, visitor.now)?;
    }
    Ok(document.answer(&visitor, None)?)
}

fn by_producer(orders: &[Order], now: Timestamp) -> anyhow::Result<Vec<(Calendar, Vec<&Order>)>> {
    let mut groups: Vec<(Calendar, Vec<&Order>)> = Vec::new();
    for order in orders {
        match groups.iter_mut().find(|(_, known)| known[0].slug == order.slug) {
            Some((_, known)) => known.push(order),
            None => groups.push((Calendar::new(&order.zone, now)?, vec![order])),
        }
    }
    Ok(groups)
}

fn alerts(html: &mut String, groups: &[(Calendar, Vec<&Order>)]) -> anyhow::Result<()> {
    let mut lines = String::new();
    for (calendar, orders) in groups {
        for order in orders {
            if let Some(text) = alert(calendar, order)? {
                write!(lines, r#"<li><a href="{}">{}</a></li>"#, address(order), escaped(&text))?;
            }
        }
    }
    if !lines.is_empty() {
        write!(html, r#"<div class="notice warn"><h2>Precisa da sua atenção</h2><ul>{lines}</ul></div>"#)?;
    }
    Ok(())
}

fn alert(calendar: &Calendar, order: &Order) -> anyhow::Result<Option<String>> {
    let title = &order.title;
    let plan = order.plan.as_ref().map(|plan| (plan.status.as_str(), plan));
    Ok(Some(match (order.refund.as_deref(), order.status.as_str(), plan) {
        (Some("failed"), ..) => format!("O reembolso de {title} voltou do banco. O vendedor já foi avisado."),
        (_, "pending", _) => format!("O pagamento de {title} ainda não foi feito."),
        (_, _, Some(("past_due", _))) => {
            format!("A cobrança de {title} não passou. Veja o que fazer.")
        }
        (_, _, Some(("ending", plan))) => {
            format!("Seu acesso a {title} termina {}.", calendar.deadline(plan.period_end)?)
        }
        _ => return Ok(None),
    }))
}

fn producer(html: &mut String, calendar: &Calendar, orders: &[&Order], now: Timestamp) -> anyhow::Result<()> {
    write!(html, r#"<section class="producer"><h2>{}</h2>"#, escaped(&orders[0].producer))?;
    let plans: Vec<_> = orders.iter().filter_map(|order| Some((*order, order.plan.as_ref()?))).collect();
    if !plans.is_empty() {
        html.push_str("<h3>Assinaturas</h3>");
    }
    for (order, plan) in &plans {
        subscription(html, calendar, order, plan)?;
    }
    if plans.len() < orders.len() {
        html.push_str(r#"<h3>Compras</h3><ul class="orders">"#);
        for order in orders.iter().filter(|order| order.plan.is_none()) {
            purchase(html, calendar, order, now)?;
        }
        html.push_str("</ul>");
    }
    html.push_str("</section>");
    Ok(())
}

fn subscription(html: &mut String, calendar: &Calendar, order: &Order, plan: &Plan) -> anyhow::Result<()> {
    let (name, price) = (escaped(&plan.name), money(plan.amount, &order.currency));
    let (tone, word) = plan_chip(&plan.status);
    write!(
        html,
        r#"<article class="card plan"><header><h4>{name}</h4><span class="chip {tone}">{word}</span></header><p class="price">{price} {}</p><p>"#,
        every(&plan.unit, plan.count)
    )?;
    let goes_on = !matches!(plan.status.as_str(), "ending" | "ended");
    match (plan.next_charge_at.filter(|_| goes_on), &order.card) {
        (Some(at), _) if plan.status == "past_due" => {
            write!(html, "Cobrança de {price} em atraso desde {}", calendar.date(at)?)?;
        }
        (Some(at), Some((brand, last4))) => {
            let (date, brand, last4) = (calendar.date(at)?, escaped(brand_name(brand)), escaped(last4));
            write!(html, "Próxima cobrança em {date}: {price} no {brand} final {last4}")?;
        }
        (Some(at), None) => write!(html, "Próxima cobrança em {}: {price}", calendar.date(at)?)?,
        (None, _) if plan.status == "ending" => {
            write!(html, "Acesso até {}. Não haverá novas cobranças.", calendar.day(plan.period_end)?)?;
        }
        (None, _) => {}
    }
    html.push_str(r#"</p><div class="row">"#);
    if let Some(content) = order.content_url.as_deref().filter(|address| address.starts_with("http")) {
        let (content, title) = (escaped(content), escaped(&order.title));
        write!(
            html,
            r#"<a class="button primary" href="{content}" aria-label="Acessar conteúdo de {title}" rel="noreferrer">Acessar conteúdo</a>"#
        )?;
    }
    write!(
        html,
        r#"<a class="button" href="{}" aria-label="Gerenciar {name}">Gerenciar</a></div></article>"#,
        address(order)
    )?;
    Ok(())
}

fn purchase(html: &mut String, calendar: &Calendar, order: &Order, now: Timestamp) -> anyhow::Result<()> {
    write!(html, r#"<li class="order"><a href="{}">"#, address(order))?;
    push(html, &order.title);
    write!(html, r#"</a><span class="money">{}</span>"#, money(order.total, &order.currency))?;
    match order.items {
        1 => {}
        2 => html.push_str("<span>e mais 1 item</span>"),
        items => write!(html, "<span>e mais {} itens</span>", items - 1)?,
    }
    let (tone, word) = order_chip(&order.status, order.refund.as_deref());
    let bought = calendar.date(order.ordered_at)?;
    write!(html, r#"<span class="chip {tone}">{word}</span><span>Comprado em {bought}</span>"#)?;
    if let Some(paid_at) = order.paid_at.filter(|_| is_refundable(order)) {
        let start = order.released_at.unwrap_or(paid_at).max(paid_at);
        let until = calendar.last_second(start, order.window_days)?;
        if now.as_second() <= until / 1_000_000 {
            write!(html, "<span>Reembolso até {}</span>", calendar.deadline(until)?)?;
        }
    }
    html.push_str("</li>");
    Ok(())
}

fn is_refundable(order: &Order) -> bool {
    let is_free = matches!(order.refund.as_deref(), None | Some("failed" | "declined" | "withdrawn"));
    is_free && order.status == "paid" && order.total > 0
}

fn address(order: &Order) -> String {
    format!("/orders/{}", handle(&order.code, &order.slug, order.is_shared))
}

/// Search and filter above the list.
const FILTER: &str = concat!(
    r#"<details class="finder"><summary>Buscar e filtrar</summary><form class="filter" method="get" action="/" role="search">"#,
    r#"<div class="field"><label for="q">Buscar</label>"#,
    r#"<input class="input" id="q" name="q" type="search" value="" aria-describedby="q-help"><p class="help" id="q-help">"#,
    r#"Produto ou código do pedido</p></div><div class="field"><label for="status">Situação</label>"#,
    r#"<select class="input" id="status" name="status"><option value="">Todas</option>"#,
    r#"<option value="pending">Aguardando pagamento</option><option value="canceled">Cancelado</option>"#,
    r#"<option value="paid">Pago</option><option value="partly_refunded">Reembolsado em parte</option>"#,
    r#"<option value="disputed">Em disputa no banco</option><option value="refunded">Reembolsado</option></select></div>"#,
    r#"<button class="button">Filtrar</button></form></details>"#,
);
