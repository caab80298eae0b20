//! Taking money: a payment (`PaymentIntent`) that is made and confirmed in one call.
//!
//! A stored card is charged without its holder. Where the bank wants them to be there, Stripe declines with
//! `authentication_required`; the same payment is then confirmed once more as if they were, which gives the page on
//! which they confirm.

use super::failure::Failure;
use super::form::Form;
use super::http::id;
use super::wire::{Intent, List, Paid, PaymentMethod, Said, our_key};
use super::{KEY, Stripe, amount, intent, no, slip};
use portal::ports::{ChargeInstruction, ChargeProgress, ChargeReport};
use types::Method;

const PAYMENTS: &str = "/v1/payment_intents";

impl Stripe {
    pub(super) async fn take(&self, instruction: &ChargeInstruction) -> Result<ChargeReport, Failure> {
        if instruction.installments != 1 {
            return Err(no("Stripe charges a card in one part only"));
        }
        let token = self.card_of(instruction).await?;
        let form = match instruction.method {
            Method::Card => self.by_card(instruction, token.as_deref().unwrap_or_default()).await?,
            Method::Boleto => slip::boleto(common(instruction)?, instruction, self.clock.now())?,
            Method::Pix => slip::pix(common(instruction)?, instruction, self.clock.now()),
            Method::Other => return Err(no("this is no way to pay at Stripe")),
        };
        match self.post::<Intent>(PAYMENTS, form, &instruction.key).await {
            Ok(taken) => intent::report(&taken),
            Err(Failure::Said(said)) => self.not_taken(*said, token.as_deref(), instruction).await,
            Err(failure) => Err(failure),
        }
    }

    async fn by_card(&self, instruction: &ChargeInstruction, token: &str) -> Result<Form, Failure> {
        let method: PaymentMethod = self.get(&format!("/v1/payment_methods/{}", id(token)?), Form::new()).await?;
        let customer = method.customer.ok_or_else(|| no("Stripe keeps this card for nobody any more"))?;
        Ok(common(instruction)?.with("customer", customer.0).with("payment_method", token).with("off_session", true))
    }

    /// Stripe's name of the card: that which is on file, or that of the payment which the card made.
    async fn card_of(&self, instruction: &ChargeInstruction) -> Result<Option<String>, Failure> {
        let Some(card) = instruction.card.as_ref().filter(|_| instruction.method == Method::Card) else {
            return Ok(None);
        };
        if card.token.is_some() {
            return Ok(card.token.clone());
        }
        let unknown = || no("Stripe's name of the card is not known here: it came with an order");
        let payments = self.payments_of(card.paid.as_deref().ok_or_else(unknown)?).await?;
        let payment = payments.first().ok_or_else(unknown)?;
        let path = match payment.parameter {
            "payment_intent" => format!("{PAYMENTS}/{}", id(&payment.id)?),
            _ => format!("/v1/charges/{}", id(&payment.id)?),
        };
        let paid: Paid = self.get(&path, Form::new()).await?;
        Ok(Some(paid.payment_method.ok_or_else(unknown)?.0))
    }

    /// A bank's no leaves a payment that was not taken; any other no leaves nothing.
    async fn not_taken(
        &self,
        mut said: Said,
        token: Option<&str>,
        instruction: &ChargeInstruction,
    ) -> Result<ChargeReport, Failure> {
        let Some(payment) = said.payment_intent.take().filter(|_| said.kind == "card_error") else {
            return Err(Failure::Said(Box::new(said)));
        };
        match token.filter(|_| intent::wants_buyer(&said)) {
            Some(token) => self.ask_buyer(&payment.id, token, instruction).await,
            None => Ok(declined(payment.id, &said)),
        }
    }

    /// Confirms a payment again, with the buyer there.
    async fn ask_buyer(
        &self,
        payment: &str,
        token: &str,
        instruction: &ChargeInstruction,
    ) -> Result<ChargeReport, Failure> {
        let form = Form::new().with("payment_method", token).with("return_url", &instruction.return_url);
        let key = format!("{}:confirm", instruction.key);
        match self.post::<Intent>(&format!("{PAYMENTS}/{}/confirm", id(payment)?), form, &key).await {
            Ok(asked) => intent::report(&asked),
            Err(Failure::Said(said)) if said.kind == "card_error" => Ok(declined(payment.to_owned(), &said)),
            Err(failure) => Err(failure.of_second_call()),
        }
    }

    /// Stripe's search is up to a minute late, in what it finds and in what it says of it. So what it finds is read
    /// again, and where it finds nothing the newest hundred payments of the account are looked through.
    pub(super) async fn look_for_charge(&self, key: &str) -> Result<Option<ChargeReport>, Failure> {
        let mut found: Vec<Intent> = Vec::new();
        for late in self.search(key).await? {
            found.push(self.get(&format!("{PAYMENTS}/{}", id(&late.id)?), Form::new()).await?);
        }
        if found.is_empty() {
            let newest: List<Intent> = self.get(PAYMENTS, Form::new().with("limit", 100)).await?;
            found.extend(newest.data.into_iter().filter(|one| our_key(one.metadata.as_ref()) == Some(key)));
        }
        found.iter().max_by_key(|one| intent::rank(one)).map(intent::report).transpose()
    }

    async fn search(&self, key: &str) -> Result<Vec<Intent>, Failure> {
        let key = key.replace('\\', "\\\\").replace('\'', "\\'");
        let question = Form::new().with("query", format!("metadata['aftersale_key']:'{key}'")).with("limit", 10);
        let found: List<Intent> = self.get(&format!("{PAYMENTS}/search"), question).await?;
        Ok(found.data)
    }
}

fn declined(reference: String, said: &Said) -> ChargeReport {
    ChargeReport { reference, state: ChargeProgress::Declined(intent::reason(said)) }
}

/// What every charge says.
fn common(instruction: &ChargeInstruction) -> Result<Form, Failure> {
    Ok(Form::new()
        .with("amount", amount::to_stripe(instruction.amount)?)
        .with("currency", amount::code(instruction.amount.currency))
        .with("confirm", true)
        .with("automatic_payment_methods[enabled]", true)
        .with("return_url", &instruction.return_url)
        .with("description", &instruction.description)
        .with(KEY, &instruction.key))
}
