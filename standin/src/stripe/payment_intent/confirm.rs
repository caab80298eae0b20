//! Confirming: the bank of a card answers, or a boleto or a Pix is made.

use super::outcome::{ask, authentication_failed, decline, succeed};
use super::voucher;
use crate::stripe::books::{Books, Saved};
use crate::stripe::card::Behaviour;
use crate::stripe::error::Failure;
use crate::stripe::params::Params;
use crate::stripe::value::{maybe, text};
use serde_json::Value;

/// How a payment intent is confirmed.
#[derive(Clone, Default)]
pub(in crate::stripe) struct Terms {
    /// Nobody is there now whom the bank could ask.
    pub(in crate::stripe) is_off_session: bool,
    pub(in crate::stripe) return_url: Option<String>,
    /// The payment is declined if the bank wants to ask; else it waits for the answer.
    pub(in crate::stripe) fails_if_asked: bool,
}

impl Terms {
    pub(super) fn read(params: &Params) -> Result<Self, Failure> {
        let off_session = params.text("off_session")?;
        let is_off_session = matches!(off_session, Some("true" | "1" | "one_off" | "recurring"));
        Ok(Self {
            is_off_session,
            return_url: params.address("return_url")?.map(str::to_owned),
            fails_if_asked: is_off_session || params.flag("error_on_requires_action")?.unwrap_or(false),
        })
    }

    /// Where any kind of payment is possible, one of them may lead away from the page.
    pub(super) fn can_return(&self, intent: &Value) -> Result<(), Failure> {
        let automatic = &intent["automatic_payment_methods"];
        let may_lead_away = automatic["enabled"] == true && text(automatic, "allow_redirects") == "always";
        if self.is_off_session || self.return_url.is_some() || !may_lead_away {
            return Ok(());
        }
        let message = "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because \
                       some of them might redirect your customer off of your page, you must provide a `return_url`. \
                       If you don't want to accept redirect-based payment methods, set \
                       `automatic_payment_methods[enabled]` to `true` and \
                       `automatic_payment_methods[allow_redirects]` to `never`.";
        Err(Failure::parameter("", "return_url", message))
    }
}

/// Confirms a payment intent that has a payment method. A decline is kept in the intent, and is the error of the call.
pub(in crate::stripe) fn confirm(books: &mut Books, id: &str, terms: &Terms) -> Result<(), Failure> {
    let intent = books.find("payment_intent", id, "id")?;
    let Some(method) = maybe(&intent, "payment_method") else {
        let message = "You cannot confirm this PaymentIntent because it's missing a payment method.";
        let failure = Failure::refused("payment_intent_unexpected_state", message);
        return Err(failure.with("payment_intent", intent));
    };
    let kind = books.get(&method).map(|method| text(method, "type").to_owned()).unwrap_or_default();
    match kind.as_str() {
        "boleto" => voucher::boleto(books, id),
        "pix" => voucher::pix(books, id),
        _ => by_card(books, id, &method, terms),
    }
}

fn by_card(books: &mut Books, id: &str, method: &str, terms: &Terms) -> Result<(), Failure> {
    if !books.declines.is_empty() {
        let reason = books.declines.remove(0);
        return Err(decline(books, id, &reason));
    }
    let saved = books.cards.get(method).copied();
    let Saved { behaviour, is_set_up } = saved.unwrap_or(Saved { behaviour: Behaviour::Fine, is_set_up: false });
    match behaviour {
        Behaviour::Unavailable => return Err(Failure::server("Something went wrong on Stripe's end.")),
        Behaviour::Declined(reason) => return Err(decline(books, id, reason)),
        Behaviour::DeclinedWhenCharged => return Err(decline(books, id, "generic_decline")),
        _ if !asks(behaviour, is_set_up, terms) => succeed(books, id),
        _ if terms.fails_if_asked => {
            return Err(decline(books, id, "authentication_required"));
        }
        _ => ask(books, id, terms.return_url.as_deref()),
    }
    Ok(())
}

/// Returns whether the bank wants to ask the owner of the card.
fn asks(behaviour: Behaviour, is_set_up: bool, terms: &Terms) -> bool {
    match behaviour {
        Behaviour::AsksOnce => !is_set_up,
        Behaviour::IsSetUp => !terms.is_off_session,
        Behaviour::AsksAlways | Behaviour::AsksThenDeclined(_) => true,
        _ => false,
    }
}

/// The owner of the card answered the bank.
pub(in crate::stripe) fn answered(books: &mut Books, id: &str, does_confirm: bool) {
    let method = books.get(id).and_then(|intent| maybe(intent, "payment_method")).unwrap_or_default();
    let behaviour = books.cards.get(&method).map(|saved| saved.behaviour);
    match behaviour {
        _ if !does_confirm => authentication_failed(books, id),
        Some(Behaviour::AsksThenDeclined(reason)) => {
            decline(books, id, reason);
        }
        _ => succeed(books, id),
    }
}
