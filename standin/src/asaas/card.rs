//! Cards: those of the table of tests, kept as a token, a brand and four digits.

use super::Asaas;
use super::answer::{Answer, Refusal};
use super::books::Books;
use super::fields::Fields;
use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

/// A card that is kept for a customer.
#[derive(Clone)]
pub(super) struct Card {
    pub(super) token: String,
    customer: String,
    pub(super) last4: String,
    brand: &'static str,
    conduct: Conduct,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Conduct {
    /// Every charge is paid.
    Pays,
    /// It is taken over, and every charge is declined.
    DeclinesLater,
    /// It is not even taken over.
    Declines,
}

/// Asaas' own numbers first, then those that whoever tests payments knows by heart.
const NUMBERS: [(&str, Conduct); 10] = [
    ("4444444444444444", Conduct::Pays),
    ("5162306219378829", Conduct::Pays),
    ("5184019740373151", Conduct::Declines),
    ("4916561358240741", Conduct::Declines),
    ("4242424242424242", Conduct::Pays),
    ("5555555555554444", Conduct::Pays),
    ("4111111111111111", Conduct::Pays),
    ("4000000000000002", Conduct::Declines),
    ("4000000000009995", Conduct::Declines),
    ("4000000000000341", Conduct::DeclinesLater),
];

const DECLINED: &str = "Transação não autorizada. Verifique os dados do cartão de crédito e tente novamente.";

impl Card {
    /// As objects show it.
    pub(super) fn shape(&self) -> Value {
        json!({
            "creditCardNumber": self.last4,
            "creditCardBrand": self.brand,
            "creditCardToken": self.token,
        })
    }

    /// As a page shows it.
    pub(super) fn label(&self) -> String {
        format!("{} •••• {}", self.brand, self.last4)
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
        self.has_not_expired(&text("expiryMonth"), &text("expiryYear"))?;
        let number: String = text("number").chars().filter(char::is_ascii_digit).collect();
        let Some((_, conduct)) = NUMBERS.iter().find(|(known, _)| *known == number) else {
            return Err(Refusal::field("creditCard", "Número de cartão inválido: só números de teste são aceitos."));
        };
        if *conduct == Conduct::Declines {
            return Err(Refusal::action(DECLINED));
        }
        let brand = if number.starts_with('4') { "VISA" } else { "MASTERCARD" };
        let last4 = number.get(12..).unwrap_or_default().to_owned();
        let token = self.uuid();
        self.cards.push(Card { token: token.clone(), customer: customer.to_owned(), last4, brand, conduct: *conduct });
        Ok(token)
    }

    fn has_not_expired(&self, month: &str, year: &str) -> Result<(), Refusal> {
        let wrong = || Refusal::field("creditCard", "A validade do cartão de crédito é inválida.");
        let month: i8 = month.parse().map_err(|_| wrong())?;
        let year: i16 = year.parse().map_err(|_| wrong())?;
        let year = if year < 100 { 2000 + year } else { year };
        let today = self.today();
        if !(1..=12).contains(&month) || (year, month) < (today.year(), today.month()) {
            return Err(wrong());
        }
        Ok(())
    }

    /// Asks the bank. Nothing is charged by it: whoever asks writes that down.
    pub(super) fn authorise(&mut self, token: &str, customer: &str) -> Result<(), Refusal> {
        let conduct = self.card(token, customer)?.conduct;
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
