//! How a subscription is paid: another card, another method, more or fewer parts.

use crate::guru::answer::{Body, Refusal};
use crate::guru::books::Books;
use crate::guru::offer::Method;

/// How long a comment is at most.
const LONGEST: usize = 255;

impl Books {
    /// Another card or method pays from the next charge on. A card comes as a token; its own fields need a proof that
    /// nobody has here: 403.
    pub(super) fn change_method(&mut self, id: &str, said: &Body) -> Result<(), Refusal> {
        let wrong = |why: &str| Refusal::field("payment_type", why);
        let method = Method::named(&said.needed("payment_type")?).ok_or_else(|| wrong("Unknown payment type."))?;
        if said.needed("comment")?.chars().count() > LONGEST {
            return Err(Refusal::field("comment", "The comment may not be greater than 255 characters."));
        }
        let subscription = self.subscription(id)?;
        if subscription.is_over() {
            return Err(Refusal::rule("A assinatura foi cancelada."));
        }
        let (id, parts) = (subscription.id.clone(), said.count("installment")?.unwrap_or(1));
        let offer = self.offer(&subscription.offer)?;
        if !offer.methods.contains(&method) {
            return Err(wrong("This offer is not paid like that."));
        }
        if !(1..=offer.parts).contains(&parts) {
            return Err(Refusal::field("installment", "Too many installments."));
        }
        let card = match (method, said.text("card_token")) {
            (Method::CreditCard, Some(token)) => Some(self.token_card(&token)?),
            (Method::CreditCard, None) if said.text("card_number").is_some() => {
                return Err(Refusal::new(403, "PCI is required."));
            }
            (Method::CreditCard, None) => return Err(Refusal::field("card_token", "The card_token is required.")),
            _ => None,
        };
        let subscription = self.subscription_mut(&id)?;
        (subscription.method, subscription.card, subscription.parts) = (method, card, parts);
        self.tell_of_subscription(&id);
        Ok(())
    }

    /// A card divides the next charges into so many parts.
    pub(super) fn change_parts(&mut self, id: &str, said: &Body) -> Result<(), Refusal> {
        let missing = || Refusal::field("installment", "The installment field is required.");
        let parts = said.count("installment")?.ok_or_else(missing)?;
        let subscription = self.subscription(id)?;
        let (id, most) = (subscription.id.clone(), self.offer(&subscription.offer)?.parts);
        if !(1..=most).contains(&parts) {
            return Err(Refusal::field("installment", "Too many installments."));
        }
        self.subscription_mut(&id)?.parts = parts;
        self.tell_of_subscription(&id);
        Ok(())
    }
}
