//! What the rules need from outside, in our words. Each port has two real implementations at least; the stateful fakes
//! of the tests live in `ground::testing`.

use crate::db::Error;
use crate::letter::Letter;
use crate::portal::Portal;
use futures::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;
use types::{DeclineReason, Instant, Method, Money, Payee};

/// Tells the time. The only way by which a rule learns it.
pub trait Clock: Send + Sync + 'static {
    /// Now, as the calendar counts.
    fn now(&self) -> Instant;

    /// What the clock on the wall shows: sessions and links live by it, also where the sandbox has moved the calendar.
    fn wall(&self) -> Instant {
        self.now()
    }

    /// Somebody has just turned the calendar: a clock that follows it looks at once.
    fn turned(&self) {}
}

/// Makes randomness. The only way by which a rule gets it.
pub trait Random: Send + Sync + 'static {
    /// Fills `bytes` with unpredictable bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// Hands letters to people: an SMTP server, or the built-in mailbox of development.
pub trait Mail: Send + Sync + 'static {
    /// Sends one letter; `Ok` means that the other side has taken responsibility for it.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailError>>;
}

/// Why a letter was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Comes again later: connection, 4xx.
    #[error("mail not taken for now: {0}")]
    Temporary(String),
    /// Will never be taken: 5xx, an address the server refuses.
    #[error("mail refused: {0}")]
    Refused(String),
}

/// A payment gateway.
pub trait Gateway: Send + Sync + 'static {
    /// Asks for money back. `key` makes the call idempotent: the same key again is the same refund.
    fn refund<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundReport, GatewayError>>;

    /// Whether money paid by this method goes back only to an account that the buyer names.
    fn needs_payee(&self, _method: Method) -> bool {
        false
    }

    /// What became of the refund with this key; `None` when the gateway never got it.
    fn find_refund<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<RefundReport>, GatewayError>>;

    /// Takes money. `key` makes the call idempotent: the same key again is the same charge.
    fn charge<'a>(&'a self, order: &'a ChargeOrder) -> BoxFuture<'a, Result<ChargeReport, GatewayError>>;

    /// What became of the charge with this key; `None` when the gateway never got it.
    fn find_charge<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<ChargeReport>, GatewayError>>;

    /// Opens a page of the gateway on which a buyer enters a card: its number never reaches us (rule 10). Idempotent by
    /// `key`.
    fn begin_card<'a>(&'a self, order: &'a CardOrder) -> BoxFuture<'a, Result<CardPage, GatewayError>>;

    /// What became of the page with this reference.
    fn find_card<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<CardProgress, GatewayError>>;
}

/// An instruction to take money.
#[derive(Clone, PartialEq, Debug)]
pub struct ChargeOrder {
    /// Idempotency key: the invoice's id and the number of the attempt.
    pub key: String,
    /// Whose account at the gateway: the seller's id.
    pub account: String,
    /// How much.
    pub amount: Money,
    /// How.
    pub method: Method,
    /// The card, for that method.
    pub card: Option<StoredCard>,
    /// In how many instalments the card bills it, 1 or more.
    pub installments: i64,
    /// Who pays; boletos carry it.
    pub email: String,
    /// What for, as a statement shows it.
    pub description: String,
    /// Where the buyer goes on after what there is to do at the gateway.
    pub return_url: String,
}

/// A card that the gateway keeps for us.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredCard {
    /// The gateway's name of the card; none for a card that came with an order and was never swapped here.
    pub token: Option<String>,
    /// Last four digits.
    pub last4: String,
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

/// A wish for a page that takes a card.
#[derive(Clone, PartialEq, Debug)]
pub struct CardOrder {
    /// Idempotency key: the card update's own id.
    pub key: String,
    /// Whose account at the gateway: the seller's id.
    pub account: String,
    /// Who holds the card.
    pub email: String,
    /// Where the buyer comes back to, saved or not.
    pub return_url: String,
}

/// A page of the gateway.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardPage {
    /// The gateway's name of the visit.
    pub reference: String,
    /// Where to send the buyer.
    pub url: String,
}

/// What became of a visit to the gateway's card page.
#[derive(Clone, PartialEq, Debug)]
pub enum CardProgress {
    /// Nothing yet.
    Open,
    /// The gateway keeps the card.
    Saved(SavedCard),
    /// The bank refused it; the buyer may try another on the same page.
    Declined(DeclineReason),
    /// The visit is over without a card.
    Closed,
}

/// A card as the gateway describes it: nothing else is ever known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedCard {
    /// The gateway's name of the card.
    pub token: String,
    /// `visa`, `mastercard` …
    pub brand: String,
    /// Last four digits.
    pub last4: String,
    /// Month of expiry, 1 to 12.
    pub exp_month: i64,
    /// Four-digit year of expiry.
    pub exp_year: i64,
}

/// An instruction to pay money back.
#[derive(Clone, PartialEq, Debug)]
pub struct RefundOrder {
    /// Idempotency key: the id of the refund's part.
    pub key: String,
    /// Whose account at the gateway: the seller's id.
    pub account: String,
    /// The gateway's name of the charge.
    pub charge_reference: String,
    /// What was charged; a gateway that keeps no books of ours needs it.
    pub charge_total: Money,
    /// How it was paid.
    pub method: Method,
    /// Last four digits of the card charged, if it was a card.
    pub card_last4: Option<String>,
    /// How much comes back.
    pub amount: Money,
    /// The account that it goes to, where the method has none.
    pub payee: Option<Payee>,
}

/// What the gateway says of a refund.
#[derive(Clone, PartialEq, Debug)]
pub struct RefundReport {
    /// The gateway's name of the refund.
    pub reference: String,
    /// Where it stands there.
    pub state: RefundProgress,
}

/// Where a refund stands at the gateway.
#[derive(Clone, PartialEq, Debug)]
pub enum RefundProgress {
    /// Taken; on its way.
    Pending,
    /// The money is back.
    Succeeded,
    /// It could not be paid back.
    Failed {
        /// The gateway's reason, for the producer.
        reason: String,
    },
}

/// Why a gateway did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// It said no, and will say no again.
    #[error("the gateway refused: {0}")]
    Refused(Refusal),
    /// It certainly did nothing: not reached, 429, 503 before any effect.
    #[error("the gateway is unavailable: {0}")]
    Unavailable(String),
    /// Nobody knows whether it did it: time-out, connection lost. Ask before sending again.
    #[error("the outcome at the gateway is unknown: {0}")]
    OutcomeUnknown(String),
}

/// What a gateway says no to.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// More than what is left of the charge.
    #[error("more than what is left of the charge")]
    OverRefund,
    /// All of the charge went back before.
    #[error("the charge was paid back before")]
    AlreadyRefunded,
    /// No money came by it.
    #[error("the charge is not paid")]
    NotPaid,
    /// The bank decides.
    #[error("the charge is disputed with the bank")]
    Disputed,
    /// It does not know where the money is to go; with an account it says yes.
    #[error("an account to pay to is needed")]
    NeedsPayee,
    /// Anything else, in its words.
    #[error("{0}")]
    Other(String),
}

/// A member area: the outside system that gives access.
pub trait MemberArea: Send + Sync + 'static {
    /// Makes one call. Every outcome is reported, none is an `Err`: the attempt is kept either way.
    fn tell<'a>(&'a self, area: &'a AreaAddress, telling: &'a Telling) -> BoxFuture<'a, Attempt>;

    /// The largest number of targets that one call of this area may carry together, given that they agree in everything
    /// else. Targets of different modes never travel together.
    fn batches(&self) -> bool;
}

/// Where a member area is and how to get in. The key is in clear here and nowhere else.
#[derive(Clone)]
pub struct AreaAddress {
    /// Base address of its API.
    pub base_url: String,
    /// Secret.
    pub api_key: String,
}

/// One call's content: these targets are given, or taken away, for this person.
#[derive(Clone, PartialEq, Debug)]
pub struct Telling {
    /// Stable id of the delivery.
    pub id: String,
    /// Whose access.
    pub person: TellingPerson,
    /// Given or taken.
    pub is_active: bool,
    /// What, all of one mode.
    pub targets: Vec<AccessTarget>,
    /// Last day of access, `YYYY-MM-DD` in the producer's zone, if it has one.
    pub until: Option<String>,
    /// Access had an end so far and has none from now on: to be said where silence keeps the old one.
    pub clears_end: bool,
}

/// What a member area may know of a person.
#[derive(Clone, PartialEq, Debug)]
pub struct TellingPerson {
    /// Address; the key of the other side.
    pub email: String,
    /// Full name.
    pub name: String,
    /// CPF or CNPJ.
    pub tax_id: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
}

/// Something a member area can give, as a rule names it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum AccessTarget {
    /// A class (*turma*).
    Classroom(i64),
    /// A membership level (*assinatura*).
    MembershipLevel(i64),
    /// Everything.
    Unlimited,
}

/// How one call to the outside went.
#[derive(Clone, PartialEq, Debug)]
pub struct Attempt {
    /// The request, secrets masked: method, address, body.
    pub request: String,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// First 20 kB of the answer.
    pub answer: String,
    /// What went wrong on the way, if there was no answer.
    pub error: Option<String>,
    /// How long it took.
    pub duration: Duration,
    /// What follows from it.
    pub verdict: Verdict,
}

/// What follows from an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The other side has it.
    Confirmed,
    /// Comes again; not before this long, when the other side said so.
    Again(Option<Duration>),
    /// The other side will not take it like this: the producer must look (401, 422).
    Refused,
}

/// Everything from outside that the rules were given, by name.
#[derive(Clone)]
pub struct Ports {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Mail.
    pub mail: Arc<dyn Mail>,
    /// Gateways by name, as orders name them.
    pub gateways: Arc<dyn Gateways>,
    /// Memberkit's connector.
    pub memberkit: Arc<dyn MemberArea>,
}

/// Finds the gateway that an order names.
pub trait Gateways: Send + Sync + 'static {
    /// The gateway, if this installation can reach it.
    fn named(&self, name: &str) -> Option<Arc<dyn Gateway>>;

    /// Whether our calendar takes renewals and instalments there. Elsewhere the gateway does so itself, and reports.
    fn bills(&self, name: &str) -> bool;

    /// Lets a gateway that lives in this installation do what is due: send its webhooks, let things run out. Says when
    /// to come again, if ever. Gateways elsewhere do so by themselves.
    fn tend<'a>(&'a self, _portal: &'a Portal) -> BoxFuture<'a, Result<Option<Instant>, Error>> {
        Box::pin(async { Ok(None) })
    }
}

impl AccessTarget {
    /// The word it is stored as: `classroom:111`, `level:4420`, `unlimited`.
    pub fn to_word(&self) -> String {
        match self {
            Self::Classroom(id) => format!("classroom:{id}"),
            Self::MembershipLevel(id) => format!("level:{id}"),
            Self::Unlimited => "unlimited".to_owned(),
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.split_once(':') {
            Some(("classroom", id)) => id.parse().ok().map(Self::Classroom),
            Some(("level", id)) => id.parse().ok().map(Self::MembershipLevel),
            None if word == "unlimited" => Some(Self::Unlimited),
            _ => None,
        }
    }
}
