//! An order as the rules see it, with everything that belongs to it.

mod money;
mod read;
mod store;

pub(crate) use read::{NextPlan, card, next_charge, scheduled_plan};
pub(crate) use store::{of_buyer, of_subscriber, order};

use crate::Portal;
use crate::db::{Columns, Conn, Error, Statement};
use crate::policy::{self, Policy};
use crate::ports::{CardPages, NamedGateway, Payer, SubscriptionAbilities};
use crate::time::Zone;
use ground::letter::{Draft, Sender};
use types::view::{PayeePageView, PaymentView, ProducerView, SubscriptionView};
use types::{
    ChargeId, ChargeStatus, Code, ConnectionBills, Currency, Email, Instant, ItemId, Language, Method, Money, OrderId,
    OrderKind, OrderRef, OrderStatus, Particulars, PersonId, PictureName, PostalAddress, ProducerId, Protocol,
    RefundPartState, RefundState, SaleDetails, SubscriptionId, TaxId,
};
use uuid::Uuid;

pub(super) const STATEMENTS: &[Statement] = store::STATEMENTS;

/// One order with everything that belongs to it.
pub(crate) struct OrderRecord {
    pub(crate) id: OrderId,
    pub(crate) producer_id: ProducerId,
    pub(crate) person: PersonId,
    pub(crate) code: Code,
    pub(crate) order_ref: OrderRef,
    pub(crate) is_shared: bool,
    pub(crate) kind: OrderKind,
    pub(crate) status: OrderStatus,
    pub(crate) buyer_name: String,
    pub(crate) email: Email,
    pub(crate) language: Language,
    pub(crate) currency: Currency,
    pub(crate) total: Money,
    pub(crate) payment: PaymentView,
    pub(crate) ordered_at: Instant,
    pub(crate) paid_at: Option<Instant>,
    pub(crate) released_at: Option<Instant>,
    /// What the checkout asked of the buyer.
    pub(crate) tax_id: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) address: PostalAddress,
    /// What the sale says beside its items.
    pub(crate) details: SaleDetails,
    /// Who keeps the money.
    pub(crate) gateway: NamedGateway,
    /// Whether an invoice of it is open or overdue.
    pub(crate) has_owed: bool,
    /// Whether our calendar charges it. At a gateway where it could, an order that its source sends whole is charged by
    /// the source all the same.
    pub(crate) has_calendar: bool,
    policy: Option<String>,
    pub(crate) producer: ProducerView,
    /// Where the portal writes to the producer, and in which language.
    pub(crate) producer_email: Email,
    pub(crate) producer_language: Language,
    pub(crate) zone: Zone,
    pub(crate) items: Vec<Item>,
    pub(crate) charges: Vec<Charge>,
    pub(crate) subscription: Option<SubscriptionView>,
    /// When the paid period of the subscription began.
    pub(crate) period_start: Option<Instant>,
    /// What the gateway calls the subscription, if it was said.
    reference_there: Option<String>,
    pub(crate) refunds: Vec<Refund>,
}

/// An order, and what was read with it.
pub(crate) struct Found<T = (), U = ()> {
    pub(crate) order: OrderRecord,
    /// What else stood in its row.
    pub(crate) more: T,
    /// What was listed after it.
    pub(crate) also: Vec<U>,
}

pub(crate) struct Item {
    pub(crate) id: ItemId,
    pub(crate) name: String,
    pub(crate) offer: Option<String>,
    pub(crate) amount: i64,
    /// What it cost when it was sold: a change of plan does not change it.
    pub(crate) sold: i64,
    /// What product and offer were called when it was sold.
    pub(crate) sold_as: (String, Option<String>),
    /// The product's picture.
    pub(crate) picture: Option<PictureName>,
    pub(crate) is_bump: bool,
    pub(crate) window_days: i64,
    /// Whether access to it is given by us.
    pub(crate) is_managed: bool,
    /// The state of the refund that holds this item now.
    pub(crate) refund: Option<RefundState>,
}

pub(crate) struct Charge {
    pub(crate) id: ChargeId,
    /// The gateway's own name of it.
    pub(crate) reference: String,
    pub(crate) amount: Money,
    pub(crate) status: ChargeStatus,
    pub(crate) method: Method,
    pub(crate) installments: i64,
    pub(crate) payment_code: Option<String>,
    pub(crate) payment_url: Option<String>,
    pub(crate) due_on: Option<String>,
    pub(crate) created_at: Instant,
    pub(crate) paid_at: Option<Instant>,
    pub(crate) gateway: NamedGateway,
    /// When its status was last reported.
    pub(crate) changed_at: Instant,
    /// Whether the order's card is the one that it was taken from.
    pub(crate) has_same_card: bool,
    /// Whether it came for what was over, and goes back by itself: it paid for nothing.
    pub(crate) goes_back: bool,
    /// What its source gave back of it by itself, and when it last did.
    pub(crate) given_back: i64,
    pub(crate) given_back_at: Option<Instant>,
    /// What it pays for, where it is a charge of a calendar.
    pub(crate) period: Option<(Instant, Instant)>,
}

pub(crate) struct Refund {
    pub(crate) protocol: Protocol,
    pub(crate) state: RefundState,
    pub(crate) amount: Money,
    /// What goes back by each charge, the newest charge first.
    pub(crate) parts: Vec<RefundPart>,
    pub(crate) items: Vec<String>,
    pub(crate) item_ids: Vec<ItemId>,
    pub(crate) requested_at: Instant,
    pub(crate) sent_at: Option<Instant>,
    pub(crate) ended_at: Option<Instant>,
    pub(crate) answer_by: Option<Instant>,
    pub(crate) answer: Option<String>,
    /// Whether the producer gave it unasked.
    pub(crate) is_given: bool,
    /// Since when the account is waited for that the money goes to.
    pub(crate) payee_asked_at: Option<Instant>,
    /// That account, as it may be shown.
    pub(crate) payee: Option<String>,
}

/// What of a refund goes back by one charge.
pub(crate) struct RefundPart {
    pub(crate) charge: ChargeId,
    pub(crate) amount: Money,
    pub(crate) state: RefundPartState,
    /// When the gateway was asked, or the producer.
    pub(crate) begun_at: Option<Instant>,
    /// Where its gateway waits for the buyer.
    pub(crate) page: Option<PayeePageView>,
}

/// Splits what stands in an address: the code, and the producer's slug where two producers use the same code.
pub(crate) fn split_handle(handle: &str) -> (&str, Option<&str>) {
    handle.split_once('~').map_or((handle, None), |(code, slug)| (code, Some(slug)))
}

/// The same of what may stand in an address; none for what no order is called.
fn read_handle(handle: &str) -> Option<(&str, Option<&str>)> {
    let (code, slug) = split_handle(handle);
    let is_one = Code::parse(code).is_ok() && slug.is_none_or(|slug| types::Slug::parse(slug).is_ok());
    is_one.then_some((code, slug))
}

impl OrderRecord {
    /// Whether our calendar charges it, at a gateway that this installation reaches and that leaves charging to us.
    pub(crate) fn is_billed_here(&self, portal: &Portal) -> bool {
        self.has_calendar && portal.ports.gateways.bills(&self.gateway)
    }

    /// The subscription at the gateway that charges it by its own calendar: what it is called there, and what can be
    /// done with it. None where our calendar charges it, and where nobody here reaches it.
    pub(crate) fn there(&self, portal: &Portal) -> Option<(&str, SubscriptionAbilities)> {
        let can = portal.ports.gateways.abilities(&self.gateway).subscriptions.filter(|_| self.is_theirs())?;
        Some((self.reference_there.as_deref()?, can))
    }

    /// Whether its gateway charges by its own calendar.
    pub(crate) fn is_theirs(&self) -> bool {
        self.gateway.bills() == Some(ConnectionBills::Gateway)
    }

    /// Whether another card can be entered for it, on a page of its gateway.
    pub(crate) fn takes_cards(&self, portal: &Portal) -> bool {
        let is_told = || self.there(portal).is_some_and(|(_, can)| can.methods.contains(&Method::Card));
        match portal.ports.gateways.abilities(&self.gateway).cards {
            CardPages::None => false,
            CardPages::Free => self.is_billed_here(portal) || is_told(),
            CardPages::WithPayment => is_told() && self.due_by_card().is_some(),
        }
    }

    /// What the gateway that charges the subscription could not take from its card.
    pub(crate) fn due_by_card(&self) -> Option<&Charge> {
        let is_due = |charge: &&Charge| charge.status == ChargeStatus::Pending && charge.method == Method::Card;
        self.charges.iter().filter(is_due).min_by_key(|charge| charge.created_at)
    }

    /// Whether its plan can be changed from here.
    pub(crate) fn changes_plans(&self, portal: &Portal) -> bool {
        self.is_billed_here(portal) || self.there(portal).is_some_and(|(_, can)| can.changes_plans())
    }

    /// Who pays for it.
    pub(crate) fn payer(&self) -> Payer {
        let tax_id = self.tax_id.as_deref().and_then(TaxId::completed);
        Payer { name: self.buyer_name.clone(), tax_id, address: self.address.clone() }
    }

    /// A mail to the buyer of this order.
    pub(crate) fn mail_to_buyer<C>(self, id: impl Into<String>, content: C) -> Draft<C> {
        let zone = self.producer.time_zone.clone();
        Draft::new(id, self.email, self.language, zone, content)
            .about_order(self.person, self.id)
            .from_sender(sender(self.producer))
    }

    /// A mail to the producer of this order.
    pub(crate) fn mail_to_producer<C>(self, id: impl Into<String>, content: C) -> Draft<C> {
        let zone = self.producer.time_zone;
        Draft::new(id, self.producer_email, self.producer_language, zone, content).about_order(self.person, self.id)
    }
}

/// In whose name a mail to a buyer of `producer` goes out.
pub(crate) fn sender(producer: ProducerView) -> Sender {
    let Particulars { legal, look, sending, .. } = producer.particulars;
    let contact = sending.reply_to.unwrap_or(producer.contact);
    Sender { name: producer.name, contact, legal, look, mail_name: sending.name }
}

impl OrderRecord {
    /// The buyer's own order; none when it is absent or somebody else's.
    pub(crate) async fn of_buyer(conn: Conn<'_>, person: PersonId, handle: &str) -> Result<Option<Self>, Error> {
        let Some(handle) = read_handle(handle) else { return Ok(None) };
        store::for_buyer(conn, person, handle).await?.map(Self::try_from).transpose()
    }

    /// The same by a statement made with [`order!`](super::order) and [`of_buyer!`](super::of_buyer).
    pub(crate) async fn of_buyer_with<T: Columns, U: Columns>(
        conn: Conn<'_>,
        statement: &'static str,
        person: PersonId,
        handle: &str,
    ) -> Result<Option<Found<T, U>>, Error> {
        let Some(handle) = read_handle(handle) else { return Ok(None) };
        store::for_buyer_with(conn, statement, person, handle).await?.map(Found::try_from).transpose()
    }

    /// The order of the buyer's own subscription; none when it is absent or somebody else's.
    pub(crate) async fn of_subscription(
        conn: Conn<'_>,
        person: PersonId,
        subscription: SubscriptionId,
    ) -> Result<Option<Self>, Error> {
        store::of_subscription(conn, person, subscription).await?.map(Self::try_from).transpose()
    }

    /// An order that a job is about.
    pub(crate) async fn by_id(conn: Conn<'_>, order: OrderId) -> Result<Option<Self>, Error> {
        store::by_id(conn, order).await?.map(Self::try_from).transpose()
    }

    /// The order that a statement made by [`order!`](super::order) finds by these ids.
    pub(crate) async fn with<T: Columns, U: Columns>(
        conn: Conn<'_>,
        statement: &'static str,
        ids: &[Uuid],
    ) -> Result<Option<Found<T, U>>, Error> {
        store::with(conn, statement, ids).await?.map(Found::try_from).transpose()
    }

    /// What the producer lets buyers do with it.
    pub(crate) fn policy(&self) -> Result<Policy, Error> {
        policy::read(self.producer_id, self.policy.as_deref())
    }

    /// What stands in the order's address.
    pub(crate) fn handle(&self) -> String {
        handle(self.code.as_str(), &self.producer.slug, self.is_shared)
    }
}

/// What stands in an order's address.
pub(crate) fn handle(code: &str, slug: &str, is_shared: bool) -> String {
    if is_shared { format!("{code}~{slug}") } else { code.to_owned() }
}
