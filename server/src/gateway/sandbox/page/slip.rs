//! The pages of a boleto and of a Pix: the code, and two buttons in place of the bank.

use super::super::Sandbox;
use super::super::payment::{self, Event, Payment};
use super::super::payment_store::By;
use super::frame::{self, Say};
use app::fields::Fields;
use app::format::{Calendar, HOME_ZONE, money};
use app::ui::{escape, qr};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use types::{Instant, Method};

/// A boleto's page.
pub(in super::super) async fn boleto(sandbox: State<Sandbox>, page: Path<String>, headers: HeaderMap) -> Response {
    show(sandbox, page, headers, Method::Boleto).await
}

/// A Pix's page.
pub(in super::super) async fn pix(sandbox: State<Sandbox>, page: Path<String>, headers: HeaderMap) -> Response {
    show(sandbox, page, headers, Method::Pix).await
}

async fn show(
    State(sandbox): State<Sandbox>,
    Path(page): Path<String>,
    headers: HeaderMap,
    method: Method,
) -> Response {
    match sandbox.payment_at(&page).await {
        Ok(Some(payment)) if payment.method == method => render(Say::of(&headers), &payment, sandbox.now()),
        Ok(_) => frame::absent(),
        Err(error) => frame::failed(&error),
    }
}

/// Plays the bank.
pub(in super::super) async fn take(
    State(sandbox): State<Sandbox>,
    Path(page): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let event = match fields.one("action") {
        "pay" => Event::Pay,
        "expire" => Event::Expire,
        _ => return StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    };
    // A charge by card has no such page.
    match sandbox.payment_at(&page).await {
        Ok(Some(payment)) if payment.method != Method::Card => {}
        Ok(_) => return frame::absent(),
        Err(error) => return frame::failed(&error),
    }
    match sandbox.happen(By::Page(&page), event).await {
        Ok(Some(Ok(payment) | Err(payment))) => render(Say::of(&headers), &payment, sandbox.now()),
        Ok(None) => frame::absent(),
        Err(error) => frame::failed(&error),
    }
}

fn render(say: Say, payment: &Payment, now: Instant) -> Response {
    let is_pix = payment.method == Method::Pix;
    let title = if is_pix { "Pix" } else { "Boleto" };
    let facts = format!(
        "<dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>",
        say.say("Valor", "Amount"),
        escape(&money(say.0, payment.amount)),
        say.say("Referente a", "For"),
        escape(&payment.description),
    );
    let rest = match &payment.state {
        payment::State::Waiting { code, until } => waiting(say, payment, code, *until, now),
        payment::State::Paid { .. } | payment::State::Disputed => end(say.say("Pago. Obrigado.", "Paid. Thank you.")),
        _ => end(say.say("O prazo para pagar terminou.", "The time to pay is over.")),
    };
    let back = format!(
        "<p><a href=\"{}\">{}</a></p>",
        escape(&payment.return_url),
        say.say("Voltar para a sua compra", "Back to your purchase"),
    );
    frame::page(say, StatusCode::OK, title, &format!("{facts}{rest}{back}"))
}

fn end(words: &str) -> String {
    format!("<p role=\"status\"><strong>{words}</strong></p>")
}

fn svg(picture: &qr::Picture, label: &str) -> String {
    let qr::Picture { side, path } = picture;
    format!(
        "<svg viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    )
}

fn waiting(say: Say, payment: &Payment, code: &str, until: Instant, now: Instant) -> String {
    let calendar = Calendar::new(say.0, HOME_ZONE, now);
    let is_pix = payment.method == Method::Pix;
    let label =
        if is_pix { say.say("Pix copia e cola", "Pix code to copy") } else { say.say("Linha digitável", "Code line") };
    let picture = is_pix.then(|| qr::picture(code)).flatten();
    let picture =
        picture.map_or_else(String::new, |picture| svg(&picture, say.say("QR code do Pix", "QR code of the Pix")));
    format!(
        "<h2>{label}</h2><code class=\"code\">{}</code>{picture}<p>{} <strong>{}</strong>.</p><p class=\"help\">{}</p>\
         <form method=\"post\" action=\"/sandbox/{}/{}\">\
         <button class=\"main\" name=\"action\" value=\"pay\">{}</button>\
         <button name=\"action\" value=\"expire\">{}</button></form>",
        escape(code),
        say.say("Pague até", "Pay until"),
        escape(&calendar.deadline(until)),
        say.say("Nenhum banco aceita este código.", "No bank takes this code."),
        payment.method,
        escape(&payment.page),
        say.say("Pagar (fazer de conta)", "Pay (make-believe)"),
        say.say("Deixar vencer", "Let it expire"),
    )
}
