//! Cards: those of the tests, kept as a token, a brand and four digits.

use super::Asaas;
use super::answer::{Answer, Refusal};
use super::books::Books;
use super::fields::Fields;
use crate::cards::{self, Conduct, Known};
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

/// A card that is kept for a customer.
#[derive(Clone)]
pub(super) struct Card {
    pub(super) token: String,
    customer: String,
    known: Known,
}

const DECLINED: &str = "Transação não autorizada. Verifique os dados do cartão de crédito e tente novamente.";

impl Card {
    /// As objects show it.
    pub(super) fn shape(&self) -> Value {
        json!({
            "creditCardNumber": self.known.last4,
            "creditCardBrand": self.known.brand.to_uppercase(),
            "creditCardToken": self.token,
        })
    }

    /// As a page shows it.
    pub(super) fn label(&self) -> String {
        format!("{} •••• {}", self.known.brand, self.known.last4)
    }
}

impl Books {
    /// The card of a token. A token belongs to one customer: with another one it does not exist.
    pub(super) fn card(&self, token: &str, customer: &str) -> Result<&Card, Refusal> {
        let card = self.cards.iter().find(|card| card.token == token && card.customer == customer);
        card.ok_or_else(|| Refusal::field("creditCard", &format!("CreditCardToken {token} não encontrado.")))
    }

    /// The card of a token, as objects show it.
    pub(super) fn card_shape(&self, token: Option<&str>) -> Value {
        let card = self.cards.iter().find(|card| Some(&*card.token) == token);
        card.map_or(Value::Null, Card::shape)
    }

    /// The token that a call names, or that of the card that it carries; `None` when it says nothing of a card.
    pub(super) fn named_card(&mut self, fields: &Fields, customer: &str) -> Result<Option<String>, Refusal> {
        if let Some(token) = fields.text("creditCardToken") {
            return self.card(&token, customer).map(|card| Some(card.token.clone()));
        }
        if fields.get("creditCard").is_none() {
            return Ok(None);
        }
        self.keep_card(&fields.below("creditCard"), customer).map(Some)
    }

    /// Keeps a card under a token. Its number goes no further than this function.
    pub(super) fn keep_card(&mut self, entered: &Fields, customer: &str) -> Result<String, Refusal> {
        let text = |name: &str| entered.text(name).unwrap_or_default();
        if text("holderName").is_empty() || text("expiryMonth").is_empty() || text("expiryYear").is_empty() {
            return Err(Refusal::field("creditCard", "Os dados do cartão de crédito estão incompletos."));
        }
        if !cards::is_current(&text("expiryMonth"), &text("expiryYear"), self.today()) {
            return Err(Refusal::field("creditCard", "A validade do cartão de crédito é inválida."));
        }
        let Some(known) = cards::known(&text("number")) else {
            return Err(Refusal::field("creditCard", "Número de cartão inválido: só números de teste são aceitos."));
        };
        if known.conduct == Conduct::Declines {
            return Err(Refusal::action(DECLINED));
        }
        let token = self.uuid();
        self.cards.push(Card { token: token.clone(), customer: customer.to_owned(), known });
        Ok(token)
    }

    /// Asks the bank. Nothing is charged by it: whoever asks writes that down.
    pub(super) fn authorise(&mut self, token: &str, customer: &str) -> Result<(), Refusal> {
        let conduct = self.card(token, customer)?.known.conduct;
        if let Some(code) = self.declines.pop_front() {
            return Err(Refusal::new(400, &code, DECLINED));
        }
        if conduct == Conduct::Pays { Ok(()) } else { Err(Refusal::action(DECLINED)) }
    }
}

pub(super) fn routes() -> Router<Asaas> {
    Router::new().route("/creditCard/tokenizeCreditCard", post(tokenize)).route("/creditCard/tokenize", post(tokenize))
}

async fn tokenize(State(asaas): State<Asaas>, fields: Fields) -> Answer {
    asaas.change(|books| {
        let customer = books.customer(&fields.text("customer").unwrap_or_default())?.id.clone();
        if fields.text("remoteIp").is_none() {
            return Err(Refusal::field("remoteIp", "O IP remoto deve ser informado."));
        }
        if let Some(code) = books.declines.pop_front() {
            return Err(Refusal::new(400, &code, DECLINED));
        }
        let token = books.keep_card(&fields.below("creditCard"), &customer)?;
        Ok(Json(books.card_shape(Some(&token))))
    })
}
