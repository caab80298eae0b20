//! Taking money: a payment that names our key as its `externalReference`.
//!
//! Nothing at Asaas keeps a call from having its effect twice, so the key is looked for before each one. A declined
//! card leaves nothing behind. A boleto or Pix that nobody paid in time could be paid later all the same: it is removed,
//! and only then it is over.

use super::failure::Failure;
use super::http::id;
use super::progress::{self, Standing};
use super::wire::{Boleto, List, Payment, Pix};
use super::{Asaas, amount, day, no};
use portal::ports::{ChargeInstruction, ChargeProgress, ChargeReport};
use serde_json::{Value, json};
use types::{DeclineReason, Method};

/// How long the buyer has to pay a boleto or Pix, where nobody says otherwise.
const DAYS: i64 = 3;

/// Asaas wants the address from which a card is charged. Nobody is there when the calendar charges it, and the
/// instruction names none.
pub(super) const NOWHERE: &str = "0.0.0.0";

/// A description is cut there.
const LONGEST: usize = 500;

impl Asaas {
    pub(super) async fn take(&self, instruction: &ChargeInstruction) -> Result<ChargeReport, Failure> {
        let value = amount::centavos(instruction.amount)?;
        if let Some(report) = self.look_for_charge(&instruction.key).await? {
            return Ok(report);
        }
        let body = match instruction.method {
            Method::Card => self.by_card(instruction, value).await?,
            Method::Boleto => self.by_slip(instruction, value, "BOLETO").await?,
            Method::Pix => self.by_slip(instruction, value, "PIX").await?,
            Method::Other => return Err(no("this is no way to pay at Asaas")),
        };
        match self.post::<Payment>("/payments", &body).await {
            Ok(made) => self.report(made).await.map_err(Failure::of_second_call),
            Err(Failure::Said(said)) if instruction.method == Method::Card && progress::is_declined(&said) => {
                Ok(declined(&instruction.key, progress::reason(&said)))
            }
            Err(failure) => Err(failure),
        }
    }

    async fn by_card(&self, instruction: &ChargeInstruction, value: i64) -> Result<Value, Failure> {
        let kept = self.kept(instruction.card.as_ref()).await?;
        let mut body = common(instruction, "CREDIT_CARD", &kept.customer);
        body["dueDate"] = day::of(self.clock.now()).map(|day| day.to_string()).into();
        body["creditCardToken"] = kept.token.into();
        body["remoteIp"] = NOWHERE.into();
        let total = amount::to_asaas(value)?;
        if instruction.installments > 1 {
            body["installmentCount"] = instruction.installments.into();
            body["totalValue"] = total.into();
        } else {
            body["value"] = total.into();
        }
        Ok(body)
    }

    async fn by_slip(&self, instruction: &ChargeInstruction, value: i64, kind: &str) -> Result<Value, Failure> {
        if instruction.installments != 1 {
            return Err(no("only a card is charged in several parts"));
        }
        let customer = self.customer(instruction).await?;
        let mut body = common(instruction, kind, &customer);
        let least = day::after(self.clock.now(), DAYS);
        let wanted = instruction.pay_until.and_then(day::of);
        body["dueDate"] = wanted.max(least).map(|day| day.to_string()).into();
        body["value"] = amount::to_asaas(value)?.into();
        Ok(body)
    }

    /// The payment with the key. Removed ones are not listed.
    pub(super) async fn look_for_charge(&self, key: &str) -> Result<Option<ChargeReport>, Failure> {
        let words = [("externalReference", key), ("limit", "100")];
        let found: List<Payment> = self.get("/payments", &words).await?;
        let now = self.clock.now();
        let is_ours = |payment: &Payment| payment.external_reference.as_deref() == Some(key);
        let mut ours: Vec<Payment> = found.data.into_iter().filter(is_ours).collect();
        // Of parts the first one stands for all.
        ours.sort_by_key(|payment| payment.installment_number);
        let best = ours.iter().map(|payment| progress::rank(payment, now)).max();
        let Some(payment) = ours.into_iter().find(|payment| Some(progress::rank(payment, now)) == best) else {
            return Ok(None);
        };
        self.report(payment).await.map(Some)
    }

    async fn report(&self, payment: Payment) -> Result<ChargeReport, Failure> {
        let now = self.clock.now();
        let state = match progress::standing(&payment, now) {
            Standing::Paid => ChargeProgress::Paid,
            Standing::Waits => self.waiting(&payment).await?,
            Standing::Over => return self.removed(payment).await,
            Standing::UnderWay => {
                let (id, status) = (&payment.id, &payment.status);
                return Err(Failure::Lost(format!("the payment {id} is under way ({status})")));
            }
        };
        Ok(ChargeReport { reference: payment.id, state })
    }

    async fn waiting(&self, payment: &Payment) -> Result<ChargeProgress, Failure> {
        let code = self.code(payment).await?;
        let until = progress::until(payment);
        let until = until.ok_or_else(|| Failure::Lost(format!("the payment {} has no day", payment.id)))?;
        Ok(ChargeProgress::Waiting { code, url: payment.invoice_url.clone().unwrap_or_default(), until })
    }

    /// What a boleto or Pix is paid with.
    pub(super) async fn code(&self, payment: &Payment) -> Result<String, Failure> {
        let path = format!("/payments/{}", id(&payment.id)?);
        Ok(match payment.is_boleto() {
            true => self.get::<Boleto>(&format!("{path}/identificationField"), &[]).await?.identification_field,
            false => self.get::<Pix>(&format!("{path}/pixQrCode"), &[]).await?.payload,
        })
    }

    /// Nobody can pay it any more. One that was paid meanwhile is not removed, and Asaas says so.
    async fn removed(&self, payment: Payment) -> Result<ChargeReport, Failure> {
        let path = format!("/payments/{}", id(&payment.id)?);
        match self.delete::<Value>(&path).await {
            Ok(_) => {
                let reason =
                    if payment.billing_type == "CREDIT_CARD" { DeclineReason::Generic } else { DeclineReason::Expired };
                Ok(declined(&payment.id, reason))
            }
            Err(failure) => match self.get::<Payment>(&path, &[]).await {
                Ok(now) if progress::standing(&now, self.clock.now()) == Standing::Paid => {
                    Ok(ChargeReport { reference: now.id, state: ChargeProgress::Paid })
                }
                _ => Err(failure.of_second_call()),
            },
        }
    }
}

fn declined(reference: &str, reason: DeclineReason) -> ChargeReport {
    ChargeReport { reference: reference.to_owned(), state: ChargeProgress::Declined(reason) }
}

/// What every payment says.
fn common(instruction: &ChargeInstruction, kind: &str, customer: &str) -> Value {
    let text = instruction.description.as_str();
    json!({
        "customer": customer,
        "billingType": kind,
        "description": &text[..text.floor_char_boundary(LONGEST)],
        "externalReference": instruction.key,
    })
}
