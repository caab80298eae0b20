//! How a subscription is paid.

use super::failure::Failure;
use super::form::Form;
use super::http::id;
use super::subscription::path;
use super::wire::{Invoice, Subscription};
use super::{Stripe, no};
use portal::ports::{StoredCard, SubscriptionInstruction};
use types::Method;

/// How long the buyer has to pay a boleto or Pix of an invoice.
const DAYS: i64 = 3;

impl Stripe {
    /// Pays by this method from the next invoice on, and what is overdue at once by a card. A card must be kept for the
    /// customer of the subscription: Stripe refuses any other.
    pub(super) async fn pay_by(
        &self,
        instruction: &SubscriptionInstruction,
        method: Method,
        card: Option<&StoredCard>,
    ) -> Result<(), Failure> {
        let now = self.subscription(&instruction.reference).await?;
        let form = match method {
            Method::Card => by_card(card, &now)?,
            Method::Boleto => by_invoice("boleto"),
            Method::Pix => by_invoice("pix"),
            Method::Other => return Err(no("this is no way to pay at Stripe")),
        };
        let after: Subscription = self.post(&path(&now.id), form, &instruction.key).await?;
        match method {
            Method::Card => self.pay_overdue(&after, &instruction.key).await,
            _ => Ok(()),
        }
    }

    /// Stripe tries an invoice again by itself only days later. That the bank refuses this card as well changes nothing
    /// about the card that is charged from now on.
    async fn pay_overdue(&self, subscription: &Subscription, key: &str) -> Result<(), Failure> {
        let Some(invoice) = subscription.latest() else { return Ok(()) };
        if !matches!(subscription.status.as_str(), "past_due" | "unpaid") {
            return Ok(());
        }
        let path = format!("/v1/invoices/{}/pay", id(invoice)?);
        match self.post::<Invoice>(&path, Form::new(), &format!("{key}:pay")).await {
            Ok(_) | Err(Failure::Said(_)) => Ok(()),
            Err(failure) => Err(Failure::of_second_call(failure)),
        }
    }
}

/// Where the subscription takes only certain kinds of payment, cards become the one that it takes.
fn by_card(card: Option<&StoredCard>, now: &Subscription) -> Result<Form, Failure> {
    let token = card.and_then(|card| card.token.as_deref());
    let token = token.ok_or_else(|| no("Stripe's name of the card is not known here"))?;
    let form = Form::new().with("default_payment_method", token).with("collection_method", "charge_automatically");
    let kinds = now.payment_settings.as_ref().and_then(|settings| settings.payment_method_types.as_ref());
    Ok(match kinds.is_some_and(|kinds| !kinds.iter().any(|kind| kind == "card")) {
        true => form.with_list("payment_settings[payment_method_types]", &["card"]),
        false => form,
    })
}

/// The way to pay that a subscription is limited to; a card where it is not.
pub(super) fn charged_by(subscription: &Subscription) -> Method {
    let kinds = subscription.payment_settings.as_ref().and_then(|settings| settings.payment_method_types.as_deref());
    match kinds {
        Some([only]) if only == "boleto" => Method::Boleto,
        Some([only]) if only == "pix" => Method::Pix,
        _ => Method::Card,
    }
}

/// Nothing is taken by itself any more: Stripe mails each invoice, with a page on which it is paid.
fn by_invoice(kind: &str) -> Form {
    Form::new()
        .with("collection_method", "send_invoice")
        .with("days_until_due", DAYS)
        .with_list("payment_settings[payment_method_types]", &[kind])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn subscription(kinds: Value) -> Subscription {
        let settings = json!({"payment_method_types": kinds});
        let of = json!({"id": "sub_1", "status": "active", "items": {"data": []}, "payment_settings": settings});
        serde_json::from_value(of).unwrap()
    }

    #[test]
    fn a_card_takes_the_place_of_what_the_subscription_was_limited_to() {
        let card = StoredCard { token: Some("pm_1".to_owned()), last4: "4242".to_owned(), paid: None };
        let kind = "payment_settings[payment_method_types][0]";
        for (kinds, expected) in
            [(Value::Null, None), (json!(["card", "boleto"]), None), (json!(["boleto"]), Some("card"))]
        {
            let form = by_card(Some(&card), &subscription(kinds.clone())).unwrap();
            assert_eq!(form.value(kind), expected, "{kinds}");
            assert_eq!(form.value("collection_method"), Some("charge_automatically"));
        }
        let unnamed = StoredCard { token: None, ..card };
        assert!(matches!(by_card(Some(&unnamed), &subscription(Value::Null)), Err(Failure::No(_))));
        assert_eq!(by_invoice("pix").value(kind), Some("pix"));
    }
}
