//! Another card: Asaas takes one only with a payment, on the payment's own page. What is overdue of a subscription is paid
//! there with it, and from then on the subscription is charged to it.

use super::charge::NOWHERE;
use super::failure::Failure;
use super::http::id;
use super::subscription::path;
use super::wire::{Payment, Subscription};
use super::{Asaas, card, no};
use portal::fingerprint;
use portal::ports::{CardInstruction, CardPage, CardProgress, SavedCard, StoredCard};
use serde_json::json;

/// How much of the fingerprint of a token tells two cards apart.
const MARK: usize = 16;

impl Asaas {
    /// The page of what is overdue the longest. Nothing is made: asked twice, it is the same page.
    pub(super) async fn open_page(&self, instruction: &CardInstruction) -> Result<CardPage, Failure> {
        let reference = instruction.subscription.as_deref();
        let reference =
            reference.ok_or_else(|| no("Asaas takes a card only with a payment of its own subscription"))?;
        let mut overdue = self.payments_of(reference, Some("OVERDUE")).await?.data;
        overdue.retain(|payment| payment.billing_type == "CREDIT_CARD");
        overdue.sort_by(|one, other| one.due_date.cmp(&other.due_date));
        let payment = overdue.into_iter().next().ok_or_else(|| no("nothing of this subscription is overdue"))?;
        let before = card::token_of(&payment).map(mark).unwrap_or_default();
        let url = payment.invoice_url.ok_or_else(|| no("the payment at Asaas has no page"))?;
        Ok(CardPage { reference: format!("{}:{before}", payment.id), url })
    }

    /// Another card is there once the payment is made with one; the card of before may have paid it, too.
    pub(super) async fn look_for_card(&self, reference: &str) -> Result<CardProgress, Failure> {
        let (payment, before) = reference.split_once(':').unwrap_or((reference, ""));
        let payment = match self.get::<Payment>(&format!("/payments/{}", id(payment)?), &[]).await {
            Ok(payment) if !payment.deleted => payment,
            Ok(_) => return Ok(CardProgress::Closed),
            Err(gone) if gone.is_missing() => return Ok(CardProgress::Closed),
            Err(failure) => return Err(failure),
        };
        match payment.status.as_str() {
            "PENDING" | "OVERDUE" | "AWAITING_RISK_ANALYSIS" | "AUTHORIZED" => return Ok(CardProgress::Open),
            "CONFIRMED" | "RECEIVED" => {}
            _ => return Ok(CardProgress::Closed),
        }
        let Some(saved) = saved(&payment) else { return Ok(CardProgress::Closed) };
        Ok(if mark(&saved.token) == before { CardProgress::Closed } else { CardProgress::Saved(saved) })
    }

    /// The card of a token is charged from now on, for what waits too.
    pub(super) async fn charge_card(&self, reference: &str, card: Option<&StoredCard>) -> Result<(), Failure> {
        let token = card.and_then(|card| card.token.as_deref());
        let token = token.ok_or_else(|| no("Asaas' token of the card is not known here"))?;
        let body = json!({"creditCardToken": token, "remoteIp": NOWHERE});
        self.put::<Subscription>(&format!("{}/creditCard", path(reference)?), &body).await.map(drop)
    }
}

/// Where Asaas has its pages; whatever else is called has them itself.
pub(super) fn pages_at(base_url: &str) -> Option<String> {
    let url: http::Uri = base_url.parse().ok()?;
    Some(match url.host()? {
        "api.asaas.com" => "https://www.asaas.com".to_owned(),
        "api-sandbox.asaas.com" => "https://sandbox.asaas.com".to_owned(),
        _ => format!("{}://{}", url.scheme_str()?, url.authority()?),
    })
}

fn mark(token: &str) -> String {
    fingerprint(token.as_bytes()).chars().take(MARK).collect()
}

/// What Asaas tells of a card: not until when it is good.
fn saved(payment: &Payment) -> Option<SavedCard> {
    let card = payment.credit_card.as_ref()?;
    Some(SavedCard {
        token: card.credit_card_token.clone()?,
        brand: card.credit_card_brand.as_deref().unwrap_or("card").to_lowercase(),
        last4: card.credit_card_number.clone()?,
        exp_month: 0,
        exp_year: 0,
    })
}
