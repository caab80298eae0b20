//! Taking money.

use super::GatewayError;
use futures::future::BoxFuture;
use types::{DeclineReason, Instant, Method, Money, PostalAddress, TaxId};

/// Takes money when it is asked to: what our calendar, a change of plan and a buyer who pays now need.
///
/// Stripe: a PaymentIntent, confirmed off session with the stored card; a boleto or Pix gives what to pay with. Asaas:
/// a payment; a declined card is a 400 there and a [`ChargeProgress::Declined`] here, and its card calls may take a
/// minute. Guru charges by its own calendar only and lacks this ability. Only gateways that charge a Brazilian card in
/// parts take more than one instalment (Asaas does, Stripe does not): the others refuse.
pub trait Charges: Send + Sync {
    /// Takes money. The same key again is the same charge.
    fn charge<'a>(&'a self, instruction: &'a ChargeInstruction) -> BoxFuture<'a, Result<ChargeReport, GatewayError>>;

    /// What became of the charge with this key; `None` when the gateway never got it. Stripe finds it by the metadata
    /// of a payment, a minute late, and until then among the newest hundred of the account; Asaas by its external
    /// reference: a `None` is not believed at once after a call whose outcome is unknown. A charge that is under way
    /// there, neither paid nor declined and with nothing for the buyer to do, is [`GatewayError::OutcomeUnknown`].
    fn find_charge<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<ChargeReport>, GatewayError>>;
}

/// An instruction to take money.
#[derive(Clone, PartialEq, Debug)]
pub struct ChargeInstruction {
    /// Idempotency key: the invoice's id and the number of the attempt.
    pub key: String,
    /// Whose account at the gateway: what the producer's connection says, or the producer's id.
    pub account: String,
    /// What is charged, in all its instalments.
    pub amount: Money,
    /// The way to pay: a card on file, a boleto or Pix.
    pub method: Method,
    /// The card, for that method.
    pub card: Option<StoredCard>,
    /// In how many instalments the card bills it, 1 or more.
    pub installments: i64,
    /// Until when a boleto or Pix is to be payable at least, where it is for something that falls due later. A gateway
    /// that gives it a longer life by itself keeps to that. Asaas: the due date; Stripe: `expires_at` of a Pix,
    /// `expires_after_days` of a boleto.
    pub pay_until: Option<Instant>,
    /// Where who pays is written to.
    pub email: String,
    /// Who pays, as far as it is known. A boleto is made out to somebody: a gateway refuses one without what it needs
    /// of that (Stripe: name, tax id and address; Asaas: name and tax id).
    pub payer: Option<Payer>,
    /// What for, as a statement shows it.
    pub description: String,
    /// Where the buyer goes on after what there is to do at the gateway.
    pub return_url: String,
}

/// Who pays, as the checkout asked for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payer {
    /// The name.
    pub name: String,
    /// CPF or CNPJ.
    pub tax_id: Option<TaxId>,
    /// Where they live; what is not known of it is not there.
    pub address: PostalAddress,
}

/// A card that the gateway keeps for us.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredCard {
    /// The gateway's name of the card; none for a card that came with an order and was never swapped here.
    pub token: Option<String>,
    /// Last four digits.
    pub last4: String,
    /// The gateway's name of the last charge that it paid, for a card whose own name is not known.
    pub paid: Option<String>,
}

/// What the gateway says of a charge.
#[derive(Clone, PartialEq, Debug)]
pub struct ChargeReport {
    /// The gateway's name of the charge.
    pub reference: String,
    /// Where it stands there.
    pub state: ChargeProgress,
}

/// Where a charge stands at the gateway.
#[derive(Clone, PartialEq, Debug)]
pub enum ChargeProgress {
    /// The money is there.
    Paid,
    /// A boleto or Pix waits to be paid.
    Waiting {
        /// Boleto line or Pix code.
        code: String,
        /// Its page at the gateway.
        url: String,
        /// Last instant to pay.
        until: Instant,
    },
    /// The bank wants the buyer to confirm, on this page.
    ActionRequired {
        /// Page of the gateway.
        url: String,
    },
    /// Not taken.
    Declined(DeclineReason),
}
