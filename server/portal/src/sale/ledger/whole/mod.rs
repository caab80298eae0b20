//! The whole order, as its source sees it now, in the place of all that the source reported before. A version stands
//! until a greater one comes; of a smaller one, whenever it comes, nothing counts but what was sold ([`sale`]).
//!
//! So the end depends on the greatest and on the smallest version, and not on the way that they came.

mod agree;
mod charges;
mod header;
mod items;
mod sale;

pub(crate) use agree::agree;
pub(crate) use charges::set_given_back;
pub(crate) use header::replace_buyer;
pub(crate) use items::drop_items;
pub(crate) use sale::Sale;
pub(super) use sale::{ChargeLine, SoldLine, SoldPlan};
pub(crate) use sale::{keep_version, write_sale};

use super::entry::Entry;
use super::merge::Kept;
use super::new_order::{NewCharge, NewOrder, Version};
use super::{OrderRefusal, store};
use crate::Portal;
use crate::db::{Error, Tx};
use types::{Code, Instant, ItemId, OrderId, OrderKind, ProducerId, SubscriptionId};

/// The whole order as its source sees it now.
#[derive(Clone, Debug)]
pub struct WholeOrder {
    /// The order without a charge. Without a subscription, that of an order on file stays as it is.
    pub order: NewOrder,
    /// Every charge, each under a name of its own.
    pub charges: Vec<NewCharge>,
    /// Whether the source listed them. If not, the one charge is what follows from the order being paid or not.
    pub lists_charges: bool,
    /// What went back of them.
    pub refunds: Vec<ReportedRefund>,
    /// Which report is the newer one: the greatest stands. 0 or more.
    pub version: i64,
}

/// Money that went back at whoever keeps it.
#[derive(Clone, Debug)]
pub struct ReportedRefund {
    /// The gateway's name of it.
    pub reference: String,
    /// The gateway's name of the charge.
    pub charge: String,
    /// Minor units, more than 0.
    pub amount: i64,
    /// When it went back.
    pub at: Instant,
}

/// An order on file, as far as it decides whether a report about the whole of it counts.
#[derive(Clone, Debug)]
pub(crate) struct OnFile {
    pub(crate) kind: OrderKind,
    /// `api`, or the hook that it came by.
    pub(crate) source: String,
    /// The version that stands; none for an order that never came whole.
    pub(crate) version: Option<i64>,
    /// What was sold, as far as it came whole.
    pub(super) sale: Option<Sale>,
}

/// What became of a report.
#[derive(Debug, Default)]
pub(crate) struct Replaced {
    /// Whether it reported anything that was not known.
    pub(crate) anything: bool,
    /// Charges whose money went back since the last report.
    pub(crate) paid_back: Vec<String>,
    /// Lines that are sold no more.
    pub(crate) gone: Vec<ItemId>,
}

impl OnFile {
    /// Returns whether this version stands, or a greater one.
    pub(crate) fn has(&self, version: i64) -> bool {
        self.version.is_some_and(|known| known >= version)
    }
}

/// What is on file with this code.
pub(crate) async fn find(tx: &mut Tx, producer: ProducerId, code: &Code) -> Result<Option<OnFile>, Error> {
    store::whole::find(tx, producer, code).await
}

/// Writes buyer, payment, lines, charges and subscription as they are reported, in the place of what was reported
/// before. Lines that a refund of ours names stay; a charge that one names may not be left out.
pub(crate) async fn replace(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    before: Option<&Kept>,
    entry: &Entry<'_>,
    whole: &WholeOrder,
) -> Result<Replaced, OrderRefusal> {
    let mut replaced = Replaced { anything: header::replace(tx, id, before, entry).await?, ..Replaced::default() };
    items::replace(portal, tx, id, entry, &mut replaced).await?;
    charges::replace(portal, tx, id, entry, whole, &mut replaced).await?;
    replaced.anything |= replace_subscription(portal, tx, id, entry).await?;
    Ok(replaced)
}

async fn replace_subscription(portal: &Portal, tx: &mut Tx, id: OrderId, entry: &Entry<'_>) -> Result<bool, Error> {
    let Some(new) = &entry.order.subscription else { return Ok(false) };
    let (version, now) = (entry.order.version, portal.now().micros());
    let kept = store::subscription::of_order(tx, id).await?;
    match &kept {
        Some(_) => store::subscription::update(tx, id, new, version, now).await?,
        None => {
            let of = SubscriptionId(portal.new_id());
            store::subscription::insert(tx, of, entry.producer.id(), id, new, version, now).await?;
        }
    }
    Ok(kept.is_none_or(|kept| kept.subscription != *new))
}

/// When the newest thing happened that a report names: what a hook says of the same order later than that counts.
pub(crate) fn version_of(order: &NewOrder, charges: &[NewCharge], refunds: &[ReportedRefund]) -> Version {
    let of_order = [Some(order.ordered_at), order.subscription.as_ref().and_then(|plan| plan.canceled_at)];
    let of_charges = charges.iter().map(|charge| charge.changed_at);
    let times = of_order.into_iter().flatten().chain(of_charges).chain(refunds.iter().map(|refund| refund.at));
    Version::of_charge(times.max().unwrap_or(order.ordered_at))
}
