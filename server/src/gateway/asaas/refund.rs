//! Paying money back.
//!
//! Refunds have no ids: our key stands in the description. What a card paid in parts goes back part by part, and a call
//! that was cut off between two of them goes on where it was. A boleto goes back whole or not at all, without a
//! description: its one refund is ours. It waits until the buyer has named an account on a page of Asaas'.

use super::failure::Failure;
use super::http::id;
use super::payment::{Whole, is_disputed, is_paid, total};
use super::wire::{List, Payment, Refund, Said};
use super::{Asaas, amount, no};
use crate::gateway::failure::Words;
use portal::ports::{GatewayRefusal, RefundInstruction, RefundProgress, RefundReport};
use serde_json::{Value, json};

/// A payment, and what went back of it or is about to.
pub(super) struct Books {
    payment: Payment,
    refunds: Vec<Refund>,
}

impl Asaas {
    pub(super) async fn pay_back(&self, instruction: &RefundInstruction) -> Result<RefundReport, Failure> {
        let wanted = amount::centavos(instruction.amount)?;
        let wholes = self.charges_of(&instruction.charge_reference, instruction.charge_total.amount).await?;
        let whole = choose(wholes, wanted).ok_or(Failure::No(GatewayRefusal::NotPaid))?;
        let mut books = self.books_of(whole).await?;
        for of in books.iter_mut().filter(|of| of.payment.is_boleto()) {
            // One that came to nothing was of another key, and stands in nobody's way.
            of.refunds.retain(|refund| !refund.is_cancelled());
        }
        // Nothing else keeps Asaas from doing it twice.
        if let Some(report) = report(&books, &instruction.key, wanted) {
            return Ok(report);
        }
        let shares = shares(&books, &instruction.key, wanted)?;
        let mut has_sent = books.iter().any(|of| !of.ours(&instruction.key).is_empty());
        for (at, share) in shares {
            let Some(of) = books.get_mut(at) else { continue };
            let sent = self.send_back(&of.payment, share, &instruction.key).await;
            of.refunds = sent.map_err(|failure| if has_sent { failure.of_second_call() } else { failure })?;
            has_sent = true;
        }
        let taken = RefundReport { reference: name(&books, &instruction.key), state: RefundProgress::Pending };
        Ok(report(&books, &instruction.key, wanted).unwrap_or(taken))
    }

    /// Asks for it; the payment's refunds afterwards.
    async fn send_back(&self, payment: &Payment, share: i64, key: &str) -> Result<Vec<Refund>, Failure> {
        let path = id(&payment.id)?;
        if payment.is_boleto() {
            let path = format!("/payments/{path}/bankSlip/refund");
            self.post::<Value>(&path, &json!({})).await.map_err(refusal)?;
            return Ok(Vec::new());
        }
        let body = json!({ "value": amount::to_asaas(share)?, "description": format!("Aftersale {key}") });
        let after: Payment = self.post(&format!("/payments/{path}/refund"), &body).await.map_err(refusal)?;
        Ok(after.refunds.unwrap_or_default())
    }

    /// The refund with the key; of a payment that Asaas does not know there is none.
    pub(super) async fn look_for_refund(
        &self,
        instruction: &RefundInstruction,
    ) -> Result<Option<RefundReport>, Failure> {
        let wanted = amount::centavos(instruction.amount)?;
        let wholes = match self.charges_of(&instruction.charge_reference, instruction.charge_total.amount).await {
            Err(failure) if failure.is_missing() => return Ok(None),
            wholes => wholes?,
        };
        for whole in wholes {
            let found = report(&self.books_of(whole).await?, &instruction.key, wanted);
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    async fn books_of(&self, whole: Whole) -> Result<Vec<Books>, Failure> {
        let mut books = Vec::with_capacity(whole.len());
        for payment in whole {
            let path = format!("/payments/{}/refunds", id(&payment.id)?);
            let found: List<Refund> = self.get(&path, &[("limit", "100")]).await?;
            let mut refunds = found.data;
            refunds.sort_by(|one, other| one.date_created.cmp(&other.date_created));
            books.push(Books { payment, refunds });
        }
        Ok(books)
    }
}

/// What was charged, or the first of at least what is to go back, or any.
fn choose(mut wholes: Vec<Whole>, wanted: i64) -> Option<Whole> {
    let enough = wholes.iter().position(|whole| total(whole) >= wanted);
    (!wholes.is_empty()).then(|| wholes.swap_remove(enough.unwrap_or(0)))
}

impl Books {
    /// The refunds that a key asked for.
    fn ours(&self, key: &str) -> Vec<&Refund> {
        if self.payment.is_boleto() {
            return self.refunds.last().into_iter().collect();
        }
        self.refunds
            .iter()
            .filter(|refund| refund.description.as_deref().is_some_and(|text| text.contains(key)))
            .collect()
    }

    /// What could still go back.
    fn left(&self) -> i64 {
        let gone = self.refunds.iter().filter(|refund| !refund.is_cancelled()).map(Refund::centavos);
        gone.fold(self.payment.centavos(), i64::saturating_sub)
    }

    /// What stands in the way of all refunds.
    fn obstacle(&self) -> Option<GatewayRefusal> {
        match self.payment.status.as_str() {
            "REFUNDED" | "REFUND_IN_PROGRESS" | "REFUND_REQUESTED" => Some(GatewayRefusal::AlreadyRefunded),
            _ if is_disputed(&self.payment) => Some(GatewayRefusal::Disputed),
            _ if !is_paid(&self.payment) => Some(GatewayRefusal::NotPaid),
            _ => None,
        }
    }
}

/// How much of each payment is to go back, besides what the key asked for before.
fn shares(books: &[Books], key: &str, wanted: i64) -> Result<Vec<(usize, i64)>, Failure> {
    let obstacles: Vec<_> = books.iter().map(Books::obstacle).collect();
    let is_hard = |one: &&GatewayRefusal| **one != GatewayRefusal::AlreadyRefunded;
    if let Some(hard) = obstacles.iter().flatten().find(is_hard) {
        return Err(Failure::No(hard.clone()));
    }
    let before: i64 = books.iter().flat_map(|of| of.ours(key)).map(Refund::centavos).sum();
    let mut wanted = wanted - before;
    let mut shares = Vec::new();
    for (at, of) in books.iter().enumerate().filter(|(at, _)| obstacles.get(*at).is_some_and(Option::is_none)) {
        let share = wanted.min(of.left()).max(0);
        if of.payment.is_boleto() && share > 0 && share != of.payment.centavos() {
            return Err(no("Asaas pays a boleto back as a whole only"));
        }
        if share > 0 {
            shares.push((at, share));
        }
        wanted -= share;
    }
    match (wanted, shares.is_empty() && before == 0) {
        (0, _) => Ok(shares),
        (_, true) => Err(Failure::No(GatewayRefusal::AlreadyRefunded)),
        (_, false) => Err(Failure::No(GatewayRefusal::OverRefund)),
    }
}

/// Where the refund of a key stands; none when nothing of it, or only some of it, was asked for.
fn report(books: &[Books], key: &str, wanted: i64) -> Option<RefundReport> {
    let ours: Vec<&Refund> = books.iter().flat_map(|of| of.ours(key)).collect();
    let asked: i64 = ours.iter().map(|refund| refund.centavos()).sum();
    let state = if ours.iter().any(|refund| refund.is_cancelled()) {
        RefundProgress::Failed { reason: "it was called off at Asaas, or the bank sent it back".to_owned() }
    } else if ours.is_empty() || asked < wanted {
        return None;
    } else if ours.iter().all(|refund| refund.is_done()) {
        RefundProgress::Succeeded
    } else {
        RefundProgress::Pending
    };
    Some(RefundReport { reference: name(books, key), state })
}

/// What a refund is called here: the payment that it is of, and its key.
fn name(books: &[Books], key: &str) -> String {
    let payment = books.first().map(|of| of.payment.id.as_str()).unwrap_or_default();
    format!("{payment}:{key}")
}

/// What Asaas says no to. There is one code for most of it, and words.
fn refusal(failure: Failure) -> Failure {
    let Failure::Said(said) = failure else { return failure };
    Failure::No(match &said {
        said if said.mentions("saldo") => {
            GatewayRefusal::Other(format!("the balance at Asaas is too small: {}", said.words()))
        }
        said if said.mentions("chargeback") => GatewayRefusal::Disputed,
        said if said.mentions("já foi estornad") || said.mentions("já estornad") => GatewayRefusal::AlreadyRefunded,
        said if is_too_much(said) => GatewayRefusal::OverRefund,
        said if said.mentions("recebidas ou confirmadas") => GatewayRefusal::NotPaid,
        _ => return Failure::Said(said),
    })
}

fn is_too_much(said: &Said) -> bool {
    said.is("invalid_value") && said.mentions("maior")
}

#[cfg(test)]
mod tests;
