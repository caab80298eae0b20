//! Who pays a boleto or Pix: Asaas charges customers of its own, and wants to know the CPF or CNPJ of each.

use super::failure::Failure;
use super::wire::{Customer, List};
use super::{Asaas, no};
use portal::ports::{ChargeInstruction, Payer};
use serde_json::json;

impl Asaas {
    /// The customer at Asaas, made where there is none. Made twice it does no harm: either can be charged.
    pub(super) async fn customer(&self, instruction: &ChargeInstruction) -> Result<String, Failure> {
        let needed = || no("a boleto or Pix needs the buyer's name and CPF or CNPJ");
        let Payer { name, tax_id, .. } = instruction.payer.as_ref().ok_or_else(needed)?;
        let tax_id = tax_id.as_ref().ok_or_else(needed)?.as_str();
        let email = instruction.email.as_str();
        let words = [("cpfCnpj", tax_id), ("email", email), ("limit", "100")];
        let known: List<Customer> = self.get("/customers", &words).await?;
        let is_theirs = |one: &Customer| one.email.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(email));
        if let Some(known) = known.data.into_iter().rfind(is_theirs) {
            return Ok(known.id);
        }
        // What there is to say to the buyer is said from here.
        let body = json!({ "name": name, "cpfCnpj": tax_id, "email": email, "notificationDisabled": true });
        let made: Customer = self.post("/customers", &body).await.map_err(Failure::of_question)?;
        Ok(made.id)
    }
}
