//! The bank's page on which the holder of a card confirms (3-D Secure): for a card that is being saved, or for a
//! charge.

use super::super::card_update::{self, CardUpdate};
use super::super::payment::{self, Payment};
use super::super::payment_store::By;
use super::super::{Sandbox, payment_store};
use super::frame::{self, Say};
use app::fields::Fields;
use app::format::money;
use app::ui::escape;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use portal::db::Error;

/// What waits to be confirmed.
enum Found {
    Card(CardUpdate),
    Charge(Payment),
}

/// The question, or where its answer has led.
pub(in super::super) async fn show(
    State(sandbox): State<Sandbox>,
    Path(page): Path<String>,
    headers: HeaderMap,
) -> Response {
    match find(&sandbox, &page).await {
        Ok(Some(found)) => finish(Say::of(&headers), found),
        Ok(None) => frame::absent(),
        Err(error) => frame::failed(&error),
    }
}

/// Takes the answer.
pub(in super::super) async fn take(
    State(sandbox): State<Sandbox>,
    Path(page): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let does = match fields.one("action") {
        "approve" => Some((card_update::Event::Confirm, payment::Event::Confirm)),
        "refuse" => Some((card_update::Event::Refuse, payment::Event::Refuse)),
        _ => None,
    };
    let Some((on_card_update, on_payment)) = does else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
    match answer(&sandbox, &page, on_card_update, on_payment).await {
        Ok(Some(found)) => finish(Say::of(&headers), found),
        Ok(None) => frame::absent(),
        Err(error) => frame::failed(&error),
    }
}

async fn find(sandbox: &Sandbox, page: &str) -> Result<Option<Found>, Error> {
    if let Some(update) = sandbox.card_update_at(page).await? {
        return Ok(Some(Found::Card(update)));
    }
    Ok(sandbox.payment_at(page).await?.map(Found::Charge))
}

async fn answer(
    sandbox: &Sandbox,
    page: &str,
    on_card_update: card_update::Event,
    on_payment: payment::Event,
) -> Result<Option<Found>, Error> {
    if let Some(update) = sandbox.do_on_page(page, on_card_update).await? {
        return Ok(Some(Found::Card(update)));
    }
    let payment = sandbox.happen(payment_store::By::Page(page), on_payment).await?;
    Ok(payment.map(|payment| Found::Charge(payment.unwrap_or_else(|unchanged| unchanged))))
}

fn finish(say: Say, found: Found) -> Response {
    match found {
        Found::Card(update) if matches!(update.state, card_update::State::Confirming(_)) => {
            let what = say.say("Salvar este cartão para cobranças futuras", "Keep this card for future charges");
            question(say, what, &update.page, &update.return_url)
        }
        // The page of the card update knows where to go on.
        Found::Card(update) => Redirect::to(&format!("/sandbox/pay/{}", update.page)).into_response(),
        Found::Charge(payment) if matches!(payment.state, payment::State::Confirming { .. }) => {
            let amount = money(say.0, payment.amount);
            question(say, &format!("{}: {amount}", payment.description), &payment.page, &payment.return_url)
        }
        Found::Charge(payment) => Redirect::to(&payment.return_url).into_response(),
    }
}

fn question(say: Say, what: &str, page: &str, back: &str) -> Response {
    let (what, page, back) = (escape(what), escape(page), escape(back));
    let button = |action: &str, class: &str, label: &str| {
        format!("<button name=\"action\" value=\"{action}\"{class}>{label}</button>")
    };
    let body = format!(
        "<p>{}</p><p><strong>{what}</strong></p><form method=\"post\" action=\"/sandbox/confirm/{page}\">{}{}</form>\
         <p><a href=\"{back}\">{}</a></p>",
        say.say("O seu banco quer saber se é você:", "Your bank wants to know whether it is you:"),
        button("approve", " class=\"main\"", say.say("Confirmar", "Approve")),
        button("refuse", "", say.say("Recusar", "Refuse")),
        say.say("Fechar sem responder", "Close without an answer"),
    );
    frame::page(say, StatusCode::OK, say.say("Confirmação do banco", "Confirmation by the bank"), &body)
}

impl Sandbox {
    /// The payment at this address.
    pub(super) async fn payment_at(&self, page: &str) -> Result<Option<Payment>, Error> {
        let mut books = self.books().await?;
        let payment = books.payment(By::Page(page)).await?;
        books.close().await?;
        Ok(payment)
    }
}
