//! One order as those see it who work with it.

use crate::access::AccessLine;
use crate::refund::{Givable, RefundError};
use crate::sales::WholeOrder;
use crate::subscription;
use std::collections::BTreeMap;
use types::view::ProducerView;
use types::{DeliveryId, Instant, LinkPlace, MemberAreaId, OrderId};
use uuid::Uuid;

/// One order, whole.
#[derive(Debug)]
pub struct Drawer {
    /// The order.
    pub id: OrderId,
    /// Whose it is.
    pub producer: ProducerView,
    /// Who bought, as the reader may see it.
    pub buyer: Buyer,
    /// Items, charges, refunds, deliveries.
    pub order: WholeOrder,
    /// What each line gives, wanted and told.
    pub access: Vec<AccessLine>,
    /// Codes of the producer's member areas.
    pub areas: BTreeMap<MemberAreaId, String>,
    /// Attempts of the latest deliveries, newest first.
    pub attempts: Vec<Attempt>,
    /// Mails about it that were put into words, newest first.
    pub mails: Vec<MailOnFile>,
    /// Notes, newest first.
    pub notes: Vec<Note>,
    /// What happened, newest first.
    pub happenings: Vec<Happening>,
    /// What may be done now.
    pub acts: Acts,
    /// Links that lead a buyer somewhere now.
    pub links: Vec<Link>,
}

/// Who bought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Buyer {
    /// The address; empty when the one that came could not be read.
    pub email: String,
    /// The name.
    pub name: String,
    /// CPF or CNPJ.
    pub tax_id: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// What the buyer wants printed on receipts, where that was written.
    pub printed: Option<Printed>,
    /// What the buyer said since of who they are, where they did.
    pub profile: Option<Profile>,
}

/// Who a person says they are. It counts more than what came with an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// The name.
    pub name: String,
    /// CPF or CNPJ.
    pub tax_id: Option<String>,
    /// Phone.
    pub phone: Option<String>,
}

/// What stands on receipts instead of what came with the order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printed {
    /// The name.
    pub name: String,
    /// CPF or CNPJ.
    pub tax_id: Option<String>,
    /// Postal address.
    pub address: Option<String>,
}

/// What may be done with the order now. Each is what its rule would take.
#[derive(Debug)]
pub struct Acts {
    /// What may be given back, or why nothing.
    pub refund: Result<Givable, RefundError>,
    /// Whether money goes back by the producer's hand, at a gateway that this installation does not reach.
    pub is_refund_by_hand: bool,
    /// What may be done with its subscription.
    pub subscription: Option<subscription::Acts>,
    /// Whether its address may be put right.
    pub corrects_email: bool,
    /// Whether the purchase mail may be sent once more.
    pub sends_purchase: bool,
    /// Whether the mail about access may be sent.
    pub sends_access_mail: bool,
    /// Whether the member areas may be told once more.
    pub tells_access: bool,
    /// Whether links may be mailed to the buyer.
    pub sends_links: bool,
}

/// One attempt of a delivery.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// Of which delivery.
    pub delivery: DeliveryId,
    /// Which one, from 1.
    pub number: i64,
    /// What was sent, secrets masked; empty when no call was made.
    pub request: String,
    /// HTTP status.
    pub status: Option<i64>,
    /// The beginning of the answer.
    pub answer: Option<String>,
    /// What went wrong on the way.
    pub error: Option<String>,
    /// How long it took, microseconds.
    pub duration: i64,
    /// When it began.
    pub at: Instant,
}

/// One mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailOnFile {
    /// Its id.
    pub id: Uuid,
    /// What it tells: a word of `MailKind`.
    pub kind: String,
    /// `waiting`, `sent` or `refused`.
    pub state: String,
    /// How often it was tried.
    pub tries: i64,
    /// To whom.
    pub recipient: String,
    /// What the mail server said against it.
    pub answer: Option<String>,
    /// When it was asked for.
    pub created_at: Instant,
    /// When the mail server took it.
    pub sent_at: Option<Instant>,
}

/// One note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub written_by: String,
    /// When.
    pub at: Instant,
}

/// Something that happened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Happening {
    /// When.
    pub at: Instant,
    /// What: a word of `EventName`.
    pub name: String,
    /// Who: `buyer`, `producer`, `staff`, `api_key`, `source` or `system`.
    pub actor: String,
    /// From which network address; empty for programs.
    pub origin: String,
    /// How it was, for people to read.
    pub before: Option<String>,
    /// How it is, for people to read.
    pub after: Option<String>,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
}

/// A link to a place of the order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Which place.
    pub place: LinkPlace,
    /// Its whole address.
    pub url: String,
}
