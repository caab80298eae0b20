//! Paying money back.
//!
//! Refunds have no ids: our key stands in the description. What a card paid in parts goes back part by part, and a call
//! that was cut off between two of them goes on where it was. A boleto goes back whole or not at all, without a
//! description: its one refund is ours. It waits until the buyer has named an account on a page of Asaas', whose
//! address is the answer to the call that asks for the refund, however often that is made.

use super::failure::Failure;
use super::http::id;
use super::payment::{Whole, is_disputed, is_paid};
use super::wire::{Payment, Refund, Requested, Said};
use super::{Asaas, amount, no};
use crate::gateway::failure::Words;
use portal::ports::{GatewayRefusal, RefundInstruction, RefundProgress, RefundReport};
use reqwest::Url;
use serde_json::json;
use types::web_page;

/// A payment, and what went back of it or is about to.
pub(super) struct Books {
    payment: Payment,
    refunds: Vec<Refund>,
}

impl Asaas {
    pub(super) async fn pay_back(&self, instruction: &RefundInstruction) -> Result<RefundReport, Failure> {
        let wanted = amount::centavos(instruction.amount)?;
        let wholes = self.charges_of(&instruction.charge_reference, instruction.charge_total.amount).await?;
        let has_any = !wholes.is_empty();
        let mut candidates = Vec::with_capacity(wholes.len());
        for whole in told_apart(&instruction.charge_reference, wholes) {
            let mut books = self.books_of(whole).await?;
            for of in books.iter_mut().filter(|of| of.payment.is_boleto()) {
                // One that came to nothing was of another key, and stands in nobody's way.
                of.refunds.retain(|refund| !refund.is_cancelled());
            }
            // Nothing else keeps Asaas from doing it twice, of the same payment or, of a subscription, of the next.
            if let Some(report) = report(&books, &instruction.key, wanted) {
                return Ok(self.with_page(&books, report).await);
            }
            candidates.push(books);
        }
        let mut books = choose(candidates, &instruction.key, wanted).ok_or_else(|| match has_any {
            true => no("which boleto of the subscription is meant cannot be told: the order names its payment instead"),
            false => Failure::No(GatewayRefusal::NotPaid),
        })?;
        let shares = shares(&books, &instruction.key, wanted)?;
        let (mut page, mut has_sent) = (None, books.iter().any(|of| !of.ours(&instruction.key).is_empty()));
        for (at, share) in shares {
            let Some(of) = books.get_mut(at) else { continue };
            let sent = self.send_back(&of.payment, share, &instruction.key).await;
            let sent = sent.map_err(|failure| if has_sent { failure.of_second_call() } else { failure })?;
            (of.refunds, page, has_sent) = (sent.refunds, sent.page.or(page), true);
        }
        let state = page.map_or(RefundProgress::Pending, |page| RefundProgress::WaitsForBuyer { page: Some(page) });
        let taken = RefundReport { reference: name(&books, &instruction.key), state };
        Ok(report(&books, &instruction.key, wanted).unwrap_or(taken))
    }

    /// Asks for it; the payment's refunds afterwards.
    async fn send_back(&self, payment: &Payment, share: i64, key: &str) -> Result<Sent, Failure> {
        let path = id(&payment.id)?;
        if payment.is_boleto() {
            return Ok(Sent { refunds: Vec::new(), page: self.ask_page(payment).await.map_err(refusal)? });
        }
        let body = json!({ "value": amount::to_asaas(share)?, "description": format!("Aftersale {key}") });
        let after: Payment = self.post(&format!("/payments/{path}/refund"), &body).await.map_err(refusal)?;
        Ok(Sent { refunds: after.refunds.unwrap_or_default(), page: None })
    }

    /// Asks for all of a boleto back: the page on which its buyer names an account, as far as it may be linked.
    async fn ask_page(&self, payment: &Payment) -> Result<Option<String>, Failure> {
        let path = format!("/payments/{}/bankSlip/refund", id(&payment.id)?);
        let asked: Requested = self.post(&path, &json!({})).await?;
        let page = asked.request_url.filter(|page| self.may_lead_to(page));
        if page.is_none() {
            tracing::warn!(payment = payment.id, "Asaas names no page, or none that may be linked, for this refund");
        }
        Ok(page)
    }

    /// Whether an address that Asaas names may be shown to a buyer: one that nobody can read along, or one of where
    /// this account's Asaas is, for tests.
    pub(super) fn may_lead_to(&self, page: &str) -> bool {
        let (Some(_), Ok(page)) = (web_page::host(page), Url::parse(page)) else { return false };
        page.scheme() == "https" || Url::parse(&self.account.base_url).is_ok_and(|base| base.origin() == page.origin())
    }

    /// A refund that waits for its buyer with its page, as far as Asaas tells it once more. It is under way, whatever
    /// becomes of that.
    async fn with_page(&self, books: &[Books], report: RefundReport) -> RefundReport {
        let boleto = books.iter().find(|of| of.payment.is_boleto() && of.refunds.iter().any(Refund::waits_for_buyer));
        let (Some(boleto), RefundProgress::WaitsForBuyer { .. }) = (boleto, &report.state) else { return report };
        let page = self.ask_page(&boleto.payment).await.unwrap_or_else(|failure| {
            tracing::warn!(%failure, payment = boleto.payment.id, "the page of a refund is not told once more");
            None
        });
        RefundReport { state: RefundProgress::WaitsForBuyer { page }, ..report }
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
        for whole in told_apart(&instruction.charge_reference, wholes) {
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
            let mut refunds = self.refunds_of(&payment).await?;
            refunds.sort_by(|one, other| one.date_created.cmp(&other.date_created));
            books.push(Books { payment, refunds });
        }
        Ok(books)
    }
}

/// What a call for money back led to.
struct Sent {
    refunds: Vec<Refund>,
    page: Option<String>,
}

/// The refund of a boleto bears no key. Of a subscription that was paid by several of them nobody knows which was
/// meant.
fn told_apart(reference: &str, mut wholes: Vec<Whole>) -> Vec<Whole> {
    let is_boleto = |whole: &Whole| whole.iter().any(Payment::is_boleto);
    if reference.starts_with("sub_") && wholes.iter().filter(|whole| is_boleto(whole)).count() > 1 {
        wholes.retain(|whole| !is_boleto(whole));
    }
    wholes
}

/// Where the key was begun, or the first that has what is to go back, or was at least as much, or any.
fn choose(mut candidates: Vec<Vec<Books>>, key: &str, wanted: i64) -> Option<Vec<Books>> {
    let sum = |books: &[Books], of: fn(&Books) -> i64| books.iter().map(of).fold(0, i64::saturating_add);
    let is_begun = |books: &Vec<Books>| books.iter().any(|of| !of.ours(key).is_empty());
    let has_left =
        |books: &Vec<Books>| books.iter().all(|of| of.obstacle().is_none()) && sum(books, Books::left) >= wanted;
    let was_enough = |books: &Vec<Books>| sum(books, |of| of.payment.centavos()) >= wanted;
    let begun = candidates.iter().position(|books| is_begun(books) && was_enough(books));
    let free = || candidates.iter().position(has_left).or_else(|| candidates.iter().position(was_enough));
    let at = begun.or_else(free).unwrap_or(0);
    (!candidates.is_empty()).then(|| candidates.swap_remove(at))
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
    } else if ours.iter().any(|refund| refund.waits_for_buyer()) {
        RefundProgress::WaitsForBuyer { page: None }
    } else {
        RefundProgress::Pending
    };
    Some(RefundReport { reference: name(books, key), state })
}

/// What a refund is called here: the payment that it is of, and its key. That of a boleto bears no key, and is called
/// as the list of what went back calls it.
fn name(books: &[Books], key: &str) -> String {
    match books.first() {
        Some(of) if of.payment.is_boleto() => of.payment.id.clone(),
        of => format!("{}:{key}", of.map(|of| of.payment.id.as_str()).unwrap_or_default()),
    }
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
