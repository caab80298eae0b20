//! The page of whoever tries the product: the clock, the next charge, disputes, webhooks and what goes wrong with them.

use super::super::admin;
use super::super::clock::Turn;
use super::super::payment::{self, Event, Payment};
use super::super::payment_store::By;
use super::super::webhook::{Fault, Webhook};
use super::Operators;
use super::frame::{self, Say};
use app::fields::Fields;
use app::format::{Calendar, HOME_ZONE, money};
use app::ui::escape;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use portal::db::Error;
use types::Instant;

/// How far the clock may be moved at once.
const MOST_DAYS: i64 = 731;

/// The page.
pub(in super::super) async fn show(State(Operators { sandbox, .. }): State<Operators>, headers: HeaderMap) -> Response {
    match sandbox.overview().await {
        Ok(seen) => render(Say::of(&headers), &seen, sandbox.wall()),
        Err(error) => frame::failed(&error),
    }
}

/// Moves the clock on, lets it stand or lets it run.
pub(in super::super) async fn turn_clock(
    State(Operators { portal, sandbox }): State<Operators>,
    fields: Fields,
) -> Response {
    let turn = match fields.one("turn") {
        "forward" => {
            let days = fields.one("days").trim().parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
            let Some(days) = days else { return unreadable() };
            return back(sandbox.move_on(&portal, days).await);
        }
        "freeze" => Turn::Freeze,
        "run" => Turn::Run,
        "real" => Turn::Real,
        _ => return unreadable(),
    };
    back(sandbox.turn_clock(turn).await)
}

/// The next charges fail.
pub(in super::super) async fn fail_next(
    State(Operators { sandbox, .. }): State<Operators>,
    fields: Fields,
) -> Response {
    let Some(count) = fields.one("count").parse().ok().filter(|count| (0..=99).contains(count)) else {
        return unreadable();
    };
    back(sandbox.fail_next(count).await)
}

/// The holder of a card goes to the bank.
pub(in super::super) async fn dispute(State(Operators { sandbox, .. }): State<Operators>, fields: Fields) -> Response {
    let done = sandbox.happen(By::Reference(fields.one("reference")), Event::Dispute).await;
    match done {
        Ok(Some(Err(_)) | None) => unreadable(),
        done => back(done),
    }
}

/// What goes wrong with webhooks from now on.
pub(in super::super) async fn set_fault(
    State(Operators { sandbox, .. }): State<Operators>,
    fields: Fields,
) -> Response {
    let Some(fault) = Fault::of_word(fields.one("fault")) else { return unreadable() };
    back(sandbox.set_fault(fault).await)
}

/// Sends a webhook once more.
pub(in super::super) async fn redeliver(
    State(Operators { sandbox, .. }): State<Operators>,
    fields: Fields,
) -> Response {
    match sandbox.redeliver(fields.one("id")).await {
        Ok(false) => unreadable(),
        done => back(done),
    }
}

fn back<T>(done: Result<T, Error>) -> Response {
    match done {
        Ok(_) => Redirect::to("/sandbox").into_response(),
        Err(error) => frame::failed(&error),
    }
}

fn unreadable() -> Response {
    StatusCode::UNPROCESSABLE_ENTITY.into_response()
}

fn render(say: Say, seen: &admin::Overview, wall: Instant) -> Response {
    let now = seen.settings.clock.shows(wall);
    // It never goes back: the real time can be chosen where it is not behind.
    let may_be_real = seen.settings.clock != super::super::clock::ClockStanding::Real && now <= wall;
    let calendar = Calendar::new(say.0, HOME_ZONE, now);
    let body =
        [clock(say, seen, &calendar, now, may_be_real), charges(say, seen, &calendar), webhooks(say, seen, &calendar)]
            .concat();
    frame::wide(say, "Sandbox", &body)
}

fn clock(say: Say, seen: &admin::Overview, calendar: &Calendar, now: Instant, may_be_real: bool) -> String {
    let real = if may_be_real {
        format!("<button name=\"turn\" value=\"real\">{}</button>", say.say("Hora real", "Real time"))
    } else {
        String::new()
    };
    let stands = matches!(seen.settings.clock, super::super::clock::ClockStanding::Frozen(_));
    let (turn, label) = if stands {
        ("run", say.say("Deixar andar", "Let it run"))
    } else {
        ("freeze", say.say("Parar o relógio", "Stop the clock"))
    };
    format!(
        "<h2>{}</h2><p><strong>{}</strong></p><p class=\"help\">{}</p>\
         <form method=\"post\" action=\"/sandbox/clock\"><label for=\"days\">{}</label>\
         <input id=\"days\" name=\"days\" inputmode=\"numeric\" value=\"1\">\
         <button class=\"main\" name=\"turn\" value=\"forward\">{}</button>\
         <button name=\"turn\" value=\"{turn}\">{label}</button>{real}</form>",
        say.say("Relógio", "Clock"),
        escape(&calendar.moment(now)),
        say.say(
            "O relógio só anda para a frente. Cobranças, boletos e reembolsos seguem este relógio; acessos e links \
             de entrada, o relógio real.",
            "The clock only goes forward. Charges, boletos and refunds follow it; sign-in and its links follow the \
             real one.",
        ),
        say.say("Dias para a frente", "Days forward"),
        say.say("Avançar", "Move on"),
    )
}

fn charges(say: Say, seen: &admin::Overview, calendar: &Calendar) -> String {
    let rows: String = seen.payments.iter().map(|payment| charge(say, payment, calendar)).collect();
    format!(
        "<h2>{}</h2><form method=\"post\" action=\"/sandbox/fail-next\"><label for=\"count\">{}</label>\
         <input id=\"count\" name=\"count\" inputmode=\"numeric\" value=\"{}\"><button>{}</button></form>\
         <div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>{rows}</table></div>",
        say.say("Cobranças", "Charges"),
        say.say("Quantas das próximas cobranças no cartão vão falhar", "How many of the next card charges will fail"),
        seen.settings.fail_next,
        say.say("Salvar", "Save"),
        say.say("Cobranças", "Charges"),
    )
}

fn charge(say: Say, payment: &Payment, calendar: &Calendar) -> String {
    let state = match &payment.state {
        payment::State::Unheard => say.say("perdida", "lost"),
        payment::State::Confirming { .. } => say.say("espera confirmação", "to be confirmed"),
        payment::State::Waiting { .. } => say.say("espera pagamento", "to be paid"),
        payment::State::Paid { .. } => say.say("paga", "paid"),
        payment::State::Declined(_) => say.say("recusada", "declined"),
        payment::State::Disputed => say.say("contestada", "disputed"),
    };
    let reference = escape(&payment.reference);
    let dispute = matches!(payment.state, payment::State::Paid { .. }).then(|| {
        format!(
            "<form method=\"post\" action=\"/sandbox/dispute\">\
             <button name=\"reference\" value=\"{reference}\">{}</button></form>",
            say.say("Contestar", "Dispute")
        )
    });
    format!(
        "<tr><td><code>{reference}</code></td><td>{}</td><td>{}</td><td>{state}</td><td>{}</td></tr>",
        escape(&calendar.moment(payment.created_at)),
        escape(&money(say.0, payment.amount)),
        dispute.unwrap_or_default(),
    )
}

fn webhooks(say: Say, seen: &admin::Overview, calendar: &Calendar) -> String {
    let option = |fault: &Fault| {
        let chosen = if *fault == seen.settings.fault { " selected" } else { "" };
        format!("<option value=\"{}\"{chosen}>{}</option>", fault.as_str(), fault_words(say, *fault))
    };
    let options: String = Fault::ALL.iter().map(option).collect();
    let rows: String = seen.webhooks.iter().map(|webhook| webhook_row(say, webhook, calendar)).collect();
    format!(
        "<h2>Webhooks</h2><form method=\"post\" action=\"/sandbox/fault\"><label for=\"fault\">{}</label>\
         <select id=\"fault\" name=\"fault\">{options}</select>\
         <button>{}</button></form><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Webhooks\">\
         <table>{rows}</table></div>",
        say.say("O que dá errado", "What goes wrong"),
        say.say("Salvar", "Save"),
    )
}

fn webhook_row(say: Say, webhook: &Webhook, calendar: &Calendar) -> String {
    format!(
        "<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{} ({}) {}</td><td>\
         <form method=\"post\" action=\"/sandbox/redeliver\">\
         <button name=\"id\" value=\"{}\">{}</button></form></td></tr>",
        escape(&webhook.id),
        escape(&webhook.kind),
        escape(&calendar.moment(webhook.created_at)),
        webhook.state.as_str(),
        webhook.attempts,
        escape(webhook.last_answer.as_deref().unwrap_or_default()),
        escape(&webhook.id),
        say.say("Enviar de novo", "Send again"),
    )
}

fn fault_words(say: Say, fault: Fault) -> &'static str {
    match fault {
        Fault::None => say.say("nada", "nothing"),
        Fault::Duplicate => say.say("chegam em dobro", "they come twice"),
        Fault::Reorder => say.say("os mais novos vêm antes", "the newest come first"),
        Fault::Delay => say.say("chegam um minuto depois", "they come a minute late"),
        Fault::Drop => say.say("não chegam", "they do not come"),
        Fault::Corrupt => say.say("a primeira assinatura é errada", "the first signature is wrong"),
    }
}
