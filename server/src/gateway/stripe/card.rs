//! Entering a card: a page of Stripe's (Checkout Session in setup mode) that charges nothing. The card is then kept for
//! the customer of the page, and is nobody's default.

use super::failure::Failure;
use super::form::Form;
use super::http::id;
use super::wire::{Customer, Linked, List, PaymentMethod, Session, SetupIntent};
use super::{BASE_URL, KEY, Stripe, intent, no};
use portal::ports::{CardInstruction, CardPage, CardProgress, SavedCard};

const SESSIONS: &str = "/v1/checkout/sessions";

/// A page that charges nothing must name a currency all the same: what it offers hangs on it. Cards are of any.
const CURRENCY: &str = "brl";

/// The metadata of a customer of ours: whose account at the gateway it was made for.
const ACCOUNT: &str = "aftersale_account";

/// Where Stripe has its pages; whatever else is called has them itself. An account with a domain of its own for them
/// leads to another place.
pub(super) fn pages_at(base_url: &str) -> Option<String> {
    if base_url == BASE_URL {
        return Some("https://checkout.stripe.com".to_owned());
    }
    let url: http::Uri = base_url.parse().ok()?;
    Some(format!("{}://{}", url.scheme_str()?, url.authority()?))
}

impl Stripe {
    pub(super) async fn open_page(&self, instruction: &CardInstruction) -> Result<CardPage, Failure> {
        let customer = match &instruction.subscription {
            Some(reference) => self.payer_of(reference).await?,
            None => self.customer(instruction).await?,
        };
        let form = Form::new()
            .with("mode", "setup")
            .with("currency", CURRENCY)
            .with("customer", customer)
            .with("success_url", &instruction.return_url)
            .with("cancel_url", &instruction.return_url)
            .with(KEY, &instruction.key)
            .with("setup_intent_data[metadata][aftersale_key]", &instruction.key);
        let page: Session = self.post(SESSIONS, form, &instruction.key).await?;
        let url = page.url.ok_or_else(|| no("the page is over"))?;
        Ok(CardPage { reference: page.id, url })
    }

    /// Stripe charges a subscription to cards of its customer only.
    async fn payer_of(&self, reference: &str) -> Result<String, Failure> {
        let customer = self.subscription(reference).await?.customer;
        customer.map(|id| id.0).ok_or_else(|| no("the subscription has no customer"))
    }

    /// Several customers may have one e-mail, and most of them are none of ours. Of ours the oldest is taken: however
    /// often and from wherever it is asked, that is the same one.
    async fn customer(&self, instruction: &CardInstruction) -> Result<String, Failure> {
        let question = Form::new().with("email", &instruction.email).with("limit", 100);
        let known: List<Customer> = self.get("/v1/customers", question).await?;
        let account = |customer: &Customer| customer.metadata.as_ref()?.get(ACCOUNT).cloned();
        let ours = known.data.into_iter().rfind(|one| account(one).as_ref() == Some(&instruction.account));
        if let Some(ours) = ours {
            return Ok(ours.id);
        }
        let form = Form::new()
            .with("email", &instruction.email)
            .with(format!("metadata[{ACCOUNT}]"), &instruction.account)
            .with(KEY, &instruction.key);
        let made: Customer = self.post("/v1/customers", form, &format!("{}:customer", instruction.key)).await?;
        Ok(made.id)
    }

    pub(super) async fn look_for_card(&self, reference: &str) -> Result<CardProgress, Failure> {
        let question = Form::new().with_list("expand", &["setup_intent.payment_method"]);
        match self.get::<Session>(&format!("{SESSIONS}/{}", id(reference)?), question).await {
            Ok(page) => Ok(progress(page)),
            Err(Failure::Said(said)) if said.is_missing() => Ok(CardProgress::Closed),
            Err(failure) => Err(failure),
        }
    }
}

fn progress(page: Session) -> CardProgress {
    let setup = page.setup_intent.and_then(Linked::whole);
    match (page.status.as_deref(), setup) {
        (Some("expired"), _) => CardProgress::Closed,
        (_, Some(setup)) if setup.status == "succeeded" => saved(setup),
        // Where the bank asks, or looks at another card, the error is of the card before.
        (_, Some(SetupIntent { status, last_setup_error: Some(error), .. })) if status == "requires_payment_method" => {
            CardProgress::Declined(intent::reason(&error))
        }
        (_, Some(setup)) if setup.status == "canceled" => CardProgress::Closed,
        _ => CardProgress::Open,
    }
}

/// The page may offer more than cards: what is no card is of no use to us.
fn saved(setup: SetupIntent) -> CardProgress {
    match setup.payment_method.and_then(Linked::whole) {
        Some(PaymentMethod { id: token, card: Some(card), .. }) => CardProgress::Saved(SavedCard {
            token,
            brand: card.brand,
            last4: card.last4,
            exp_month: card.exp_month,
            exp_year: card.exp_year,
        }),
        _ => CardProgress::Closed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use types::DeclineReason;

    fn stands(status: &str, setup: Value) -> CardProgress {
        progress(serde_json::from_value(json!({"id": "cs_1", "status": status, "setup_intent": setup})).unwrap())
    }

    #[test]
    fn a_page_stands_where_its_setup_says() {
        let card = json!({"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2030});
        let method = json!({"id": "pm_1", "type": "card", "card": card});
        let saved = CardProgress::Saved(SavedCard {
            token: "pm_1".to_owned(),
            brand: "visa".to_owned(),
            last4: "4242".to_owned(),
            exp_month: 12,
            exp_year: 2030,
        });
        assert_eq!(stands("complete", json!({"status": "succeeded", "payment_method": method})), saved);
        assert_eq!(stands("open", Value::Null), CardProgress::Open);
        assert_eq!(stands("open", json!({"status": "requires_payment_method"})), CardProgress::Open);
        assert_eq!(stands("complete", json!({"status": "processing"})), CardProgress::Open);
        let refused = json!({"status": "requires_payment_method", "last_setup_error": {"code": "expired_card"}});
        assert_eq!(stands("open", refused.clone()), CardProgress::Declined(DeclineReason::ExpiredCard));
        assert_eq!(stands("expired", refused), CardProgress::Closed);
        let asks = json!({"status": "requires_action", "last_setup_error": {"code": "expired_card"}});
        assert_eq!(stands("open", asks), CardProgress::Open);
        let boleto = json!({"status": "succeeded", "payment_method": {"id": "pm_2", "type": "boleto"}});
        assert_eq!(stands("complete", boleto), CardProgress::Closed);
    }
}
