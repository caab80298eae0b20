//! Orders as the producer's own programs may see them: no internal ids, no secrets.

use super::store;
use crate::access::{self, AccessOfOrder};
use crate::billing::{self, Invoice};
use crate::db::Error;
use crate::{Portal, Producer};
use types::view::AccessView;
use types::{
    ChargeStatus, Code, DeclineReason, DeliveryId, DeliveryState, Email, Instant, IntervalUnit, ItemId, Method, Money,
    OrderId, OrderKind, OrderStatus, PersonId, PostalAddress, ProducerId, RefundPartState, RefundState, SaleDetails,
    SubscriptionStatus,
};

/// One order in a list.
#[derive(Clone, Debug)]
pub struct ListedOrder {
    /// The producer's code.
    pub code: Code,
    /// How the order is paid for: once, in instalments, again and again.
    pub kind: OrderKind,
    /// Where the order stands now.
    pub status: OrderStatus,
    /// The buyer's address.
    pub email: Email,
    /// The buyer's name.
    pub buyer_name: String,
    /// Sum of the items.
    pub total: Money,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// The public half of its order link.
    pub order_ref: String,
}

/// One order, whole.
#[derive(Clone, Debug)]
pub struct WholeOrder {
    /// What a list shows of it.
    pub order: ListedOrder,
    /// CPF or CNPJ.
    pub tax_id: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// Where the buyer lives.
    pub address: PostalAddress,
    /// What the sale says beside its items.
    pub details: SaleDetails,
    /// The way in which the order is paid.
    pub method: Method,
    /// Brand, last four digits, month and year of expiry.
    pub card: Option<(String, String, i64, i64)>,
    /// The version that stands, of an order that came whole.
    pub version: Option<i64>,
    /// The gateway's name.
    pub gateway: String,
    /// Lines, in order.
    pub items: Vec<WholeItem>,
    /// Charges, newest first.
    pub charges: Vec<WholeCharge>,
    /// The subscription.
    pub subscription: Option<WholeSubscription>,
    /// What cycles and instalments owe or owed, oldest first.
    pub invoices: Vec<Invoice>,
    /// Refunds, newest first.
    pub refunds: Vec<WholeRefund>,
    /// Calls to member areas that the items' rules name, newest first, 20 at most.
    pub deliveries: Vec<WholeDelivery>,
}

/// One line.
#[derive(Clone, Debug)]
pub struct WholeItem {
    /// Its id, for forms.
    pub id: ItemId,
    /// Code of the product.
    pub product: String,
    /// Code of the offer.
    pub offer: Option<String>,
    /// Name as sold.
    pub name: String,
    /// Minor units.
    pub amount: i64,
    /// Whether it was an order bump.
    pub is_bump: bool,
    /// Where access stands.
    pub access: AccessView,
}

/// One charge.
#[derive(Clone, Debug)]
pub struct WholeCharge {
    /// The gateway's name of it.
    pub reference: String,
    /// What was charged, in all its instalments.
    pub amount: Money,
    /// Where the charge stands now.
    pub status: ChargeStatus,
    /// The way in which it was or is to be paid.
    pub method: Method,
    /// In how many instalments the card is charged; 1 for all at once.
    pub installments: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// Which instalment it is, where its source says so.
    pub installment: Option<i64>,
    /// Why it failed, where its source says so.
    pub decline: Option<DeclineReason>,
    /// What its source gave back of it by itself, minor units.
    pub given_back: i64,
    /// A page where it can be paid, while it is open.
    pub payment_url: Option<String>,
    /// Boleto line or Pix code, while it is open.
    pub payment_code: Option<String>,
}

/// The subscription.
#[derive(Clone, Debug)]
pub struct WholeSubscription {
    /// Where the subscription stands now.
    pub status: SubscriptionStatus,
    /// Name of the plan.
    pub plan: String,
    /// Price of a cycle, minor units.
    pub amount: i64,
    /// Length of a cycle.
    pub interval: (IntervalUnit, i64),
    /// Start of the paid period.
    pub period_start: Instant,
    /// End of the paid period.
    pub period_end: Instant,
    /// Next charge.
    pub next_charge_at: Option<Instant>,
    /// When it was cancelled.
    pub canceled_at: Option<Instant>,
}

/// One refund.
#[derive(Clone, Debug)]
pub struct WholeRefund {
    /// Receipt number.
    pub protocol: String,
    /// Where the refund stands now.
    pub state: RefundState,
    /// What goes back in all its parts.
    pub amount: Money,
    /// When it was asked for.
    pub requested_at: Instant,
    /// When the gateway took it.
    pub sent_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// The gateway's reason when it failed.
    pub failure: Option<String>,
    /// What the producer said to it, and its buyer reads.
    pub answer: Option<String>,
    /// Whether the producer gave it unasked.
    pub is_given: bool,
    /// What of it goes back by each charge, in the order in which they are sent.
    pub parts: Vec<WholeRefundPart>,
}

/// What of a refund goes back by one charge.
#[derive(Clone, Debug)]
pub struct WholeRefundPart {
    /// The gateway's name of the charge.
    pub charge: String,
    /// What goes back by this charge.
    pub amount: Money,
    /// Where it stands.
    pub state: RefundPartState,
    /// The gateway's reason when it failed.
    pub failure: Option<String>,
    /// Since when the gateway waits until the buyer has named an account on a page of its own.
    pub waits_for_buyer_since: Option<Instant>,
}

/// One call to a member area, with its last attempt.
#[derive(Clone, Debug)]
pub struct WholeDelivery {
    /// Its stable id, which the member area gets as well.
    pub id: DeliveryId,
    /// Code of the member area.
    pub member_area: String,
    /// Whether access was taken away by it; else given.
    pub is_revocation: bool,
    /// Where it stands.
    pub state: DeliveryState,
    /// Number of attempts.
    pub attempts: i64,
    /// When it was first due.
    pub created_at: Instant,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// HTTP status of the last attempt.
    pub last_status: Option<i64>,
    /// What went wrong on the way at the last attempt.
    pub last_error: Option<String>,
}

/// Which orders are listed.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this address.
    pub email: Option<Email>,
    /// In this status.
    pub status: Option<OrderStatus>,
    /// Behind this place of the list: time of order and code of the last one seen.
    pub after: Option<(Instant, Code)>,
    /// How many, 1 to 100.
    pub limit: i64,
}

/// The producer's orders, newest first; whether there are more behind them.
pub async fn list(portal: &Portal, producer: &Producer, filter: &Filter) -> Result<(Vec<ListedOrder>, bool), Error> {
    let mut orders = store::list(portal, producer.id(), filter, filter.limit + 1).await?;
    let has_more = orders.len() as i64 > filter.limit;
    orders.truncate(filter.limit as usize);
    Ok((orders, has_more))
}

/// One of the producer's orders; none when it is absent or somebody else's.
pub async fn find(portal: &Portal, producer: &Producer, code: &Code) -> Result<Option<WholeOrder>, Error> {
    Ok(read(portal, producer.id(), code).await?.map(|found| found.order))
}

/// An order with what its page shows besides.
pub(crate) struct Found {
    pub(crate) id: OrderId,
    pub(crate) person: PersonId,
    pub(crate) order: WholeOrder,
    pub(crate) access: AccessOfOrder,
}

/// The order of this producer with this code, for whoever may see it.
pub(crate) async fn read(portal: &Portal, producer: ProducerId, code: &Code) -> Result<Option<Found>, Error> {
    let Some((mut order, id, person)) = store::find(portal, producer, code).await? else { return Ok(None) };
    order.invoices = billing::invoices_of(portal.db.read().await?.conn(), id).await?;
    let access = access::of_order(portal, producer, person, id).await?;
    for item in &mut order.items {
        item.access = access.of_item(item.id);
    }
    Ok(Some(Found { id, person, order, access }))
}
