//! The lower half of the order page: what it came to, how it was paid, what can be kept, what happened, whom to ask.

use super::address;
use super::rows::Order;
use crate::calendar::Calendar;
use crate::html::{escaped, for_address};
use crate::words::{charge_chip, money, payment};
use std::fmt::Write;

pub(super) fn items(html: &mut String, order: &Order) -> anyhow::Result<()> {
    html.push_str(concat!(
        r#"<section class="card" id="items"><h2>Itens</h2><div class="scroll" role="region" tabindex="0" aria-label="Itens">"#,
        r#"<table><thead><tr><th scope="col">Item</th><th scope="col">Valor</th></tr></thead><tbody>"#
    ));
    for item in &order.items {
        write!(html, "<tr><td>{}", escaped(&item.name))?;
        let offer = item.offer.as_deref().filter(|offer| *offer != item.name).map(escaped);
        let bump = item.is_bump.then(|| "adicionado na compra".to_owned());
        let notes: Vec<String> = offer.into_iter().chain(bump).collect();
        if !notes.is_empty() {
            write!(html, "<small>{}</small>", notes.join(" · "))?;
        }
        write!(html, "</td><td>{}</td></tr>", money(item.amount, &order.currency))?;
    }
    let total = money(order.total, &order.currency);
    write!(
        html,
        r#"</tbody><tfoot><tr><th scope="row">Total</th><td>{total}</td></tr></tfoot></table></div></section>"#
    )?;
    Ok(())
}

pub(super) fn paid(html: &mut String, order: &Order, paid_at: i64, calendar: &Calendar) -> anyhow::Result<()> {
    html.push_str(r#"<section class="card" id="payment"><h2>Pagamento</h2><dl class="facts"><div><dt>Forma</dt><dd>"#);
    html.push_str(&payment(&order.method, order.card.as_ref()));
    if let Some(card) = &order.card {
        write!(html, ", validade {:02}/{}", card.exp_month, card.exp_year)?;
    }
    write!(html, "</dd></div><div><dt>Pago em</dt><dd>{}</dd></div></dl>", calendar.moment(paid_at)?)?;
    if let Some(plan) = order.plan.as_ref().filter(|plan| order.kind == "subscription" && plan.status != "ended") {
        write!(
            html,
            r#"<p><a class="button" href="/subscriptions/{}/card">Trocar cartão ou forma de pagamento</a></p>"#,
            plan.id
        )?;
    }
    if order.plan.is_some() {
        charges(html, order, calendar)?;
    }
    html.push_str("</section>");
    Ok(())
}

/// Each charge with what it paid for; one that was paid leads to its receipt.
fn charges(html: &mut String, order: &Order, calendar: &Calendar) -> anyhow::Result<()> {
    html.push_str(concat!(
        r#"<h3>Cobranças</h3><div class="scroll" role="region" tabindex="0" aria-label="Cobranças"><table><thead><tr>"#,
        r#"<th scope="col">Data</th><th scope="col">Situação</th><th scope="col">Valor</th></tr></thead><tbody>"#
    ));
    for charge in &order.charges {
        let day = calendar.date(charge.paid_at.unwrap_or(charge.created_at))?;
        html.push_str("<tr><td>");
        match charge.paid_at.filter(|_| charge.status != "failed") {
            Some(_) => write!(
                html,
                r#"<a class="day" href="{}/receipts/{}" aria-label="Recibo de {day}">{day}</a>"#,
                address(order),
                charge.id
            )?,
            None => write!(html, r#"<span class="day">{day}</span>"#)?,
        }
        if let Some((start, end)) = charge.period {
            write!(html, "<small>De {} a {}</small>", calendar.date(start)?, calendar.last_date(end)?)?;
        }
        if charge.installments > 1 {
            write!(html, "<small>em {}x no cartão</small>", charge.installments)?;
        }
        let ((tone, word), amount) = (charge_chip(&charge.status), money(charge.amount, &order.currency));
        write!(html, r#"</td><td><span class="chip {tone}">{word}</span></td><td>{amount}</td></tr>"#)?;
    }
    html.push_str("</tbody></table></div>");
    Ok(())
}

pub(super) fn documents(html: &mut String, order: &Order, calendar: &Calendar) -> anyhow::Result<()> {
    html.push_str(r#"<section class="card" id="documents"><h2>Documentos</h2><ul class="lines">"#);
    let address = address(order);
    for charge in &order.charges {
        let Some(at) = charge.paid_at else { continue };
        let (amount, date) = (money(charge.amount, &order.currency), calendar.date(at)?);
        write!(html, r#"<li><a href="{address}/receipts/{}">Recibo de {amount}, pago em {date}</a></li>"#, charge.id)?;
    }
    write!(
        html,
        r#"<li><a href="{address}/terms">O que foi vendido, como na compra</a></li><li><a href="{address}/billing">Corrigir nome, CPF ou endereço</a></li></ul></section>"#
    )?;
    Ok(())
}

pub(super) fn timeline(html: &mut String, order: &Order, calendar: &Calendar) -> anyhow::Result<()> {
    let canceled_at = order.plan.as_ref().and_then(|plan| plan.canceled_at);
    let mut entries: Vec<(i64, &str)> = vec![(order.ordered_at, "Pedido feito")];
    entries.extend(order.paid_at.map(|at| (at, "Pagamento confirmado")));
    entries.extend(order.released_at.map(|at| (at, "Acesso liberado")));
    entries.extend(canceled_at.map(|at| (at, "Assinatura cancelada")));
    entries.extend(order.events.iter().map(|event| (event.at, event_words(&event.word, event.is_mail))));
    entries.sort_by_key(|(at, _)| *at);
    html.push_str(r#"<section class="card" id="timeline"><h2>Histórico</h2><ol class="timeline">"#);
    for (at, words) in entries {
        let (machine, moment) = (calendar.machine(at)?, calendar.moment(at)?);
        write!(html, r#"<li><time datetime="{machine}">{moment}</time><span>{words}</span></li>"#)?;
    }
    html.push_str("</ol></section>");
    Ok(())
}

fn event_words(word: &str, is_mail: bool) -> &'static str {
    match (word, is_mail) {
        ("purchase", true) => "E-mail da compra enviado",
        (_, true) => "E-mail enviado",
        ("access.sent", false) => "Acesso enviado à área de membros",
        ("card.swap", false) => "Cartão trocado",
        (_, false) => "Pedido atualizado",
    }
}

pub(super) fn help(html: &mut String, order: &Order) -> anyhow::Result<()> {
    let (producer, code) = (escaped(&order.producer), &order.code);
    let (email, subject) = (for_address(&order.email), for_address(&format!("Pedido {code}")));
    write!(
        html,
        concat!(
            r#"<section class="card" id="help"><h2>Ajuda</h2><p>Dúvidas sobre o conteúdo ou sobre este pedido? Escreva para {producer} e diga o código {code}.</p>"#,
            r#"<p><a class="button" href="mailto:{email}?subject={subject}">Escrever para {producer}</a></p></section>"#
        ),
        producer = producer,
        code = code,
        email = email,
        subject = subject
    )?;
    Ok(())
}
