//! The page that takes a card. What is typed is checked, turned into brand, last four digits and expiry, and forgotten:
//! it is never shown again, not even beside its own error.

use super::super::card::{Card, Faults, Typed, day_of};
use super::super::card_update::{CardUpdate, Event, State};
use super::super::{NAME, Sandbox};
use super::frame::{self, Say};
use app::fields::Fields;
use app::ui::escape;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use portal::db::Error;
use types::{DeclineReason, Instant};

/// The form, or where it has led.
pub(in super::super) async fn show(
    Shared(sandbox): Shared<Sandbox>,
    Path(page): Path<String>,
    headers: HeaderMap,
) -> Response {
    match sandbox.card_update_at(&page).await {
        Ok(Some(update)) => answer(Say::of(&headers), &update, &Faults::default(), sandbox.now()),
        Ok(None) => frame::absent(),
        Err(error) => frame::failed(&error),
    }
}

/// Takes a card, or lets the buyer go back without one.
pub(in super::super) async fn take(
    Shared(sandbox): Shared<Sandbox>,
    Path(page): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let (say, now) = (Say::of(&headers), sandbox.now());
    if fields.one("action") == "back" {
        return done(sandbox.do_on_page(&page, Event::Close).await, say, now);
    }
    match check(&fields, now) {
        Ok(card) => done(sandbox.type_card(&page, card).await, say, now),
        Err(faults) => match sandbox.card_update_at(&page).await {
            Ok(Some(update)) => answer(say, &update, &faults, now),
            Ok(None) => frame::absent(),
            Err(error) => frame::failed(&error),
        },
    }
}

fn check(fields: &Fields, now: Instant) -> Result<Card, Faults> {
    let (number, expiry) = (fields.one("number"), fields.one("expiry"));
    let typed = Typed { number, expiry, security_code: fields.one("security_code") };
    typed.check(day_of(now))
}

fn done(update: Result<Option<CardUpdate>, Error>, say: Say, now: Instant) -> Response {
    match update {
        Ok(Some(update)) => answer(say, &update, &Faults::default(), now),
        Ok(None) => frame::absent(),
        Err(error) => frame::failed(&error),
    }
}

fn answer(say: Say, update: &CardUpdate, faults: &Faults, now: Instant) -> Response {
    match &update.state {
        State::Saved(_) | State::Closed => Redirect::to(&update.return_url).into_response(),
        _ if now >= update.expires_at => ended(say, update),
        State::Confirming(_) => Redirect::to(&format!("/{NAME}/confirm/{}", update.page)).into_response(),
        State::Open => form(say, update, faults, None),
        State::Declined(reason) => form(say, update, faults, Some(*reason)),
    }
}

fn ended(say: Say, update: &CardUpdate) -> Response {
    let (text, back) = (
        say.say("O prazo desta página terminou. Nada foi salvo.", "The time of this page is over. Nothing was saved."),
        say.say("Voltar", "Go back"),
    );
    let body = format!("<p>{text}</p><p><a href=\"{}\">{back}</a></p>", escape(&update.return_url));
    frame::page(say, StatusCode::GONE, say.say("Página encerrada", "Page ended"), &body)
}

fn form(say: Say, update: &CardUpdate, faults: &Faults, declined: Option<DeclineReason>) -> Response {
    let has_faults = *faults != Faults::default();
    let notice = match declined {
        Some(reason) if !has_faults => {
            format!("<div class=\"bad\" role=\"alert\"><p>{}</p></div>", words(say, reason))
        }
        _ => String::new(),
    };
    let number = faults.number.then(|| say.say("Confira o número do cartão.", "Check the card number."));
    let expiry = if faults.has_expired {
        Some(say.say("Este cartão já venceu.", "This card has expired."))
    } else {
        faults.expiry.then(|| say.say("Escreva a validade como 08/31.", "Write the expiry as 08/31."))
    };
    let code = faults.security_code.then(|| {
        say.say("Digite os 3 ou 4 números do código de segurança.", "Type the 3 or 4 digits of the security code.")
    });
    let fields = [
        field("number", "cc-number", say.say("Número do cartão", "Card number"), "", number),
        field("expiry", "cc-exp", say.say("Validade", "Expiry"), say.say("mês/ano", "month/year"), expiry),
        field("security_code", "cc-csc", say.say("Código de segurança", "Security code"), "", code),
    ];
    let body = format!(
        "{notice}<p>{}</p><form method=\"post\" action=\"/sandbox/pay/{}\">{}<button class=\"main\">{}</button></form>\
         <form method=\"post\" action=\"/sandbox/pay/{}\"><input type=\"hidden\" name=\"action\" value=\"back\">\
         <button>{}</button></form>\
         <p class=\"help\">{}</p>",
        say.say("O cartão será guardado para as próximas cobranças.", "The card will be kept for the next charges."),
        escape(&update.page),
        fields.concat(),
        say.say("Salvar cartão", "Save card"),
        escape(&update.page),
        say.say("Voltar sem salvar", "Go back without saving"),
        say.say(
            "Use números de teste, como 4242 4242 4242 4242. O número não é guardado.",
            "Use test numbers such as 4242 4242 4242 4242. The number is not kept.",
        ),
    );
    let is_refused = has_faults || declined.is_some();
    let status = if is_refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    frame::page(say, status, say.say("Cadastrar cartão", "Add a card"), &body)
}

fn field(name: &str, autocomplete: &str, label: &str, help: &str, error: Option<&str>) -> String {
    let described: Vec<String> = [(!help.is_empty(), "help"), (error.is_some(), "error")]
        .iter()
        .filter(|(is_there, _)| *is_there)
        .map(|(_, end)| format!("{name}-{end}"))
        .collect();
    let described =
        if described.is_empty() { String::new() } else { format!(" aria-describedby=\"{}\"", described.join(" ")) };
    let invalid = if error.is_some() { " aria-invalid=\"true\"" } else { "" };
    let error = error.map_or_else(String::new, |error| format!("<p class=\"error\" id=\"{name}-error\">{error}</p>"));
    let help = if help.is_empty() { String::new() } else { format!("<p class=\"help\" id=\"{name}-help\">{help}</p>") };
    format!(
        "<label for=\"{name}\">{label}</label>{error}\
         <input id=\"{name}\" name=\"{name}\" inputmode=\"numeric\" autocomplete=\"{autocomplete}\"{described}{invalid}>{help}"
    )
}

fn words(say: Say, reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::InsufficientFunds => {
            say.say("O banco recusou: não há saldo ou limite.", "The bank refused: not enough funds or limit.")
        }
        DeclineReason::ExpiredCard => {
            say.say("O banco recusou: o cartão venceu.", "The bank refused: the card has expired.")
        }
        DeclineReason::IncorrectNumber => say.say("O número não confere.", "The number is not right."),
        DeclineReason::IncorrectCvc => say.say("O código de segurança não confere.", "The security code is not right."),
        DeclineReason::AuthenticationFailed => {
            say.say("Você não confirmou com o banco.", "You did not confirm with the bank.")
        }
        DeclineReason::ProcessingError => {
            say.say("O banco não respondeu. Tente de novo.", "The bank did not answer. Try again.")
        }
        DeclineReason::Generic | DeclineReason::LostCard | DeclineReason::StolenCard | DeclineReason::Expired => {
            say.say("O banco recusou este cartão. Tente outro.", "The bank refused this card. Try another one.")
        }
    }
}
