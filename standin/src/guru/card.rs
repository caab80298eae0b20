//! Cards and their tokens.

use super::Guru;
use super::answer::{Answer, Body, Refusal};
use super::books::Books;
use crate::cards::{self, Conduct, Known};
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

/// A test card that pays.
pub(super) const TEST: &str = "4242424242424242";

/// For how many seconds a token is good.
const LIFE: i64 = 5 * 60;

/// What is kept of a card.
#[derive(Clone)]
pub(super) struct Card {
    pub(super) id: String,
    known: Known,
    month: i64,
    year: i64,
    holder: String,
    created: i64,
}

/// A card that waits to be taken over.
pub(super) struct Token {
    token: String,
    card: Card,
}

/// What a form says of a card with this number.
pub(super) fn entered(number: &str) -> Body {
    Body::of(json!({
        "card_number": number, "card_cvv": "123", "card_expiration_month": "12", "card_expiration_year": "2099",
        "card_holder_name": "STANDIN",
    }))
}

impl Card {
    /// As a subscription's webhook shows it.
    pub(super) fn subscribed(&self) -> Value {
        let created = super::hook::iso(self.created);
        json!({
            "id": self.id, "brand": self.known.brand, "last_four": self.known.last4, "bin": null,
            "expiration_month": self.month, "expiration_year": self.year, "holder_name": self.holder,
            "created_at": created, "updated_at": created,
        })
    }

    /// As a transaction shows it.
    pub(super) fn charged(&self) -> Value {
        json!({
            "id": self.id, "brand": self.known.brand, "first_digits": self.known.first6,
            "last_digits": self.known.last4, "expiration_month": self.month, "expiration_year": self.year,
        })
    }
}

impl Books {
    /// The card that was entered. Its number goes no further than this function.
    pub(super) fn card(&mut self, said: &Body) -> Result<Card, Refusal> {
        let (month, year) = (said.needed("card_expiration_month")?, said.needed("card_expiration_year")?);
        let holder = said.needed("card_holder_name")?;
        said.needed("card_cvv")?;
        if !cards::is_current(&month, &year, self.today()) {
            return Err(Refusal::field("card_expiration_year", "The card has expired."));
        }
        let known = cards::known(&said.needed("card_number")?)
            .ok_or_else(|| Refusal::field("card_number", "Only numbers of test cards are taken."))?;
        if known.conduct == Conduct::Declines {
            return Err(Refusal::field("card_number", "Cartão recusado."));
        }
        let id = format!("card_standin{}", self.number());
        let (month, year) = (month.parse().unwrap_or_default(), year.parse().unwrap_or_default());
        Ok(Card { id, known, month, year, holder, created: self.now })
    }

    /// A token of the card that was entered.
    pub(super) fn make_token(&mut self, said: &Body) -> Result<String, Refusal> {
        let card = self.card(said)?;
        let token = format!("card_token_standin{:08}", self.number());
        self.tokens.push(Token { token: token.clone(), card });
        Ok(token)
    }

    /// The card of a token. What is too old, or not of this account, cannot be read: 403.
    pub(super) fn token_card(&self, token: &str) -> Result<Card, Refusal> {
        let found = self.tokens.iter().find(|one| one.token == token && self.now < one.card.created + LIFE);
        found.map(|one| one.card.clone()).ok_or_else(|| Refusal::new(403, "Invalid card token."))
    }

    /// Asks the bank; a no comes with its reason.
    pub(super) fn authorise(&mut self, card: Option<&Card>) -> Result<(), String> {
        if let Some(reason) = self.declines.pop_front() {
            return Err(reason);
        }
        match card {
            Some(card) if card.known.conduct == Conduct::Pays => Ok(()),
            Some(_) => Err("Transação não autorizada".to_owned()),
            None => Err("Sem cartão".to_owned()),
        }
    }
}

/// What the script in the browser calls: the account's token lets it in, not the user's.
pub(super) fn routes() -> Router<Guru> {
    Router::new().route("/checkout/card-token", post(make))
}

async fn make(State(guru): State<Guru>, said: Body) -> Answer {
    guru.change(|books| {
        if said.text("account_token").as_ref() != Some(&books.account_token) {
            return Err(Refusal::new(403, "Invalid account token."));
        }
        books.make_token(&said).map(|token| Json(json!({ "card_token": token })))
    })
}
