//! The order page: what was bought, its plan, what can be done about it.

mod papers;
mod rows;

use crate::calendar::Calendar;
use crate::document::{Document, copy_button};
use crate::html::{escaped, push};
use crate::visitor::{Answer, Refusal, Visitor};
use crate::window::{self, Free, Offer, Sale};
use crate::words::{every, handle, money, order_chip, plan_chip};
use axum::extract::Path;
use rows::{Order, Plan};
use std::fmt::Write;

pub(crate) async fn show(visitor: Visitor, Path(handle): Path<String>) -> Answer {
    let order = rows::find(&visitor.pool, visitor.buyer.person, &handle).await?.ok_or(Refusal::NotFound)?;
    let has_words = !order.is_unknown && order.charges.len() == 1 && !order.items.iter().any(|item| item.is_managed);
    let has_words = has_words && order.plan.as_ref().is_none_or(|plan| plan.discount_cycles == 0);
    let paid_at = order.paid_at.filter(|_| has_words && order.status == "paid").ok_or(Refusal::NotFound)?;
    let calendar = Calendar::new(&order.zone, visitor.now)?;
    let offer =
        window::offer(&calendar, &sale(&order, paid_at), &free(&order), visitor.now)?.ok_or(Refusal::NotFound)?;
    let mut document = Document::of_producer(&format!("Pedido {}", order.code), &order.producer, true)?;
    let html = &mut document.html;
    head(html, &order, &calendar)?;
    access(html, &order)?;
    if let Some(plan) = &order.plan {
        subscription(html, &order, plan, &calendar)?;
    }
    refund(html, &order, &offer, &calendar)?;
    papers::items(html, &order)?;
    papers::paid(html, &order, paid_at, &calendar)?;
    papers::documents(html, &order, &calendar)?;
    papers::timeline(html, &order, &calendar)?;
    papers::help(html, &order)?;
    Ok(document.answer(&visitor, Some(&order.zone))?)
}

fn sale(order: &Order, paid_at: i64) -> Sale {
    let paid = order.charges.iter().filter(|charge| charge.status == "paid").map(|charge| charge.amount).sum();
    Sale { paid_at, released_at: order.released_at, total: order.total, paid, left: paid }
}

fn free(order: &Order) -> Vec<Free> {
    order.items.iter().map(|item| Free { amount: item.amount, window_days: item.window_days }).collect()
}

fn address(order: &Order) -> String {
    format!("/orders/{}", handle(&order.code, &order.slug, order.is_shared))
}

fn head(html: &mut String, order: &Order, calendar: &Calendar) -> anyhow::Result<()> {
    html.push_str(r#"<header class="head"><h1>"#);
    push(html, order.items.first().map_or(&order.code, |item| &item.name));
    html.push_str("</h1>");
    match order.items.len() {
        0 | 1 => {}
        2 => html.push_str("<p>e mais 1 item</p>"),
        items => write!(html, "<p>e mais {} itens</p>", items - 1)?,
    }
    // How its plan stands says more than that it was paid for once.
    let plan = order.plan.as_ref().filter(|_| order.status == "paid").map(|plan| plan_chip(&plan.status));
    let (tone, word) = plan.unwrap_or_else(|| order_chip(&order.status, None));
    let bought = calendar.date(order.ordered_at)?;
    write!(html, r#"<p class="row"><span class="chip {tone}">{word}</span><span>Comprado em {bought}</span></p>"#)?;
    html.push_str(r#"<p class="row"><span>Código do pedido</span>"#);
    copy_button(html, &order.code, "Copiar código")?;
    html.push_str("</p></header>");
    Ok(())
}

fn access(html: &mut String, order: &Order) -> anyhow::Result<()> {
    html.push_str(r#"<section class="card" id="access"><h2>Acesso</h2><ul class="lines">"#);
    for item in &order.items {
        let (name, producer) = (escaped(&item.name), escaped(&order.producer));
        write!(
            html,
            r#"<li><strong>{name}</strong><span class="state calm">Quem libera o acesso é {producer}.</span></li>"#
        )?;
    }
    html.push_str("</ul></section>");
    Ok(())
}

fn subscription(html: &mut String, order: &Order, plan: &Plan, calendar: &Calendar) -> anyhow::Result<()> {
    let (tone, word) = plan_chip(&plan.status);
    let is_over = matches!(plan.status.as_str(), "ending" | "ended");
    let next = plan.next_charge_at.filter(|_| !is_over).map(|at| calendar.day(at)).transpose()?;
    let price = money(plan.amount, &order.currency);
    let next = next.map_or("Não haverá novas cobranças".to_owned(), |day| format!("{day}: {price}"));
    write!(
        html,
        concat!(
            r#"<section class="card" id="subscription"><h2>Assinatura</h2><p><span class="chip {}">{}</span></p><dl class="facts">"#,
            "<div><dt>Plano</dt><dd>{}</dd></div><div><dt>Preço</dt><dd>{} {}</dd></div>",
            "<div><dt>Próxima cobrança</dt><dd>{}</dd></div><div><dt>Período pago desde</dt><dd>{}</dd></div>",
            "<div><dt>Período pago até</dt><dd>{}</dd></div>",
        ),
        tone,
        word,
        escaped(&plan.name),
        price,
        every(&plan.unit, plan.count),
        next,
        calendar.day(plan.period_start)?,
        calendar.last_day(plan.period_end)?,
    )?;
    if let Some(at) = plan.canceled_at {
        write!(html, "<div><dt>Cancelada em</dt><dd>{}</dd></div>", calendar.moment(at)?)?;
    }
    write!(
        html,
        r#"</dl><div class="row"><a class="button" href="/subscriptions/{}">Gerenciar assinatura</a>"#,
        plan.id
    )?;
    if order.kind == "subscription" && !is_over {
        write!(html, r#"<a class="button" href="/subscriptions/{}/plan">Trocar de plano</a>"#, plan.id)?;
        write!(html, r#"<a class="button" href="/subscriptions/{}/cancel">Cancelar renovação</a>"#, plan.id)?;
    }
    html.push_str("</div></section>");
    Ok(())
}

fn refund(html: &mut String, order: &Order, offer: &Offer, calendar: &Calendar) -> anyhow::Result<()> {
    html.push_str(r#"<section class="card" id="refund"><h2>Reembolso</h2><p>"#);
    let (address, producer) = (address(order), escaped(&order.producer));
    match *offer {
        Offer::Open { until, amount } => write!(
            html,
            r#"Você pode desistir e receber {} de volta até {}. Não precisa dizer o motivo.</p><p><a class="button" href="{address}/refund">Pedir reembolso</a></p>"#,
            money(amount, &order.currency),
            calendar.deadline(until)?
        )?,
        Offer::Closed { until } => write!(
            html,
            concat!(
                "O prazo para pedir reembolso foi até {}.</p><p>{} ainda pode aprovar um reembolso fora do prazo.</p>",
                r#"<p><a class="button" href="{}/refund">Pedir ao vendedor</a></p>"#
            ),
            calendar.deadline(until)?,
            producer,
            address
        )?,
    }
    html.push_str("</section>");
    Ok(())
}
