//! How a subscription is paid.

use super::failure::Failure;
use super::subscription::path;
use super::wire::Outcome;
use super::{Guru, comment, no};
use portal::ports::SubscriptionInstruction;
use serde_json::json;
use types::Method;

impl Guru {
    /// Pays by boleto or Pix from the next charge on.
    pub(super) async fn pay_by(&self, instruction: &SubscriptionInstruction, method: Method) -> Result<(), Failure> {
        let word = match method {
            Method::Boleto => "billet",
            Method::Pix => "pix",
            Method::Card => return Err(no("Guru takes another card only on a page of Guru's")),
            Method::Other => return Err(no("this is no way to pay at Guru")),
        };
        if self.subscription(&instruction.reference).await?.payment_method.text()? == Some(word) {
            return Ok(());
        }
        let body = json!({ "payment_type": word, "comment": comment(&instruction.key) });
        let path = format!("{}/payment-types", path(&instruction.reference)?);
        self.put::<Outcome>(&path, &body).await.map(|_| ())
    }
}
