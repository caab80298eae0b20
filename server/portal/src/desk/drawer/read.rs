//! Reading one order whole.

use super::view::{Acts, Buyer, Drawer, Link};
use super::{mask, store};
use crate::db::Error;
use crate::order::OrderRecord;
use crate::{Portal, Producer, Staff, card, refund, sales, subscription};
use types::place::buyer::order_link;
use types::view::{AccessView, RefundOffer};
use types::{Code, LinkPlace, OrderId, OrderStatus, ProducerId};

/// The producer's own order, with what may be done now; none when it is absent or somebody else's.
pub async fn for_producer(producer: &Producer, code: &Code) -> Result<Option<Drawer>, Error> {
    read(producer.portal(), producer.id(), code).await
}

/// An order for somebody of the staff: what is about its buyer as a person is masked. `reach`: the producers whose
/// orders they may see, none for all. None when it is absent or out of reach.
pub async fn for_staff(staff: &Staff, reach: Option<&[ProducerId]>, order: OrderId) -> Result<Option<Drawer>, Error> {
    let Some((producer, code)) = within(staff, reach, order).await? else { return Ok(None) };
    Ok(read(staff.portal(), producer, &code).await?.map(mask::masked))
}

/// Producer and code of an order that this member of the staff may see.
pub(super) async fn within(
    staff: &Staff,
    reach: Option<&[ProducerId]>,
    order: OrderId,
) -> Result<Option<(ProducerId, Code)>, Error> {
    let found = store::whose(&staff.portal().db, order).await?;
    Ok(found.filter(|(producer, _)| reach.is_none_or(|reach| reach.contains(producer))))
}

async fn read(portal: &Portal, producer: ProducerId, code: &Code) -> Result<Option<Drawer>, Error> {
    let Some(found) = sales::read(portal, producer, code).await? else { return Ok(None) };
    let sales::Found { id, person, order, access } = found;
    let Some(record) = OrderRecord::by_id(portal.db.read().await?.conn(), id).await? else { return Ok(None) };
    let subscription = subscription::acts(portal, portal.db.read().await?.conn(), id).await?;
    let deliveries: Vec<_> = order.deliveries.iter().map(|delivery| delivery.id).collect();
    let beside = store::beside(&portal.db, (producer, id, person), &deliveries).await?;
    let email = &order.order.email;
    let buyer = Buyer {
        email: if email.is_unknown() { String::new() } else { email.to_string() },
        name: order.order.buyer_name.clone(),
        tax_id: order.tax_id.clone(),
        phone: order.phone.clone(),
        printed: beside.printed,
        profile: beside.profile,
    };
    let was_paid = matches!(record.status, OrderStatus::Paid | OrderStatus::PartlyRefunded);
    let is_reached = !email.is_unknown() && !beside.is_erased;
    let is_confirmed = |item: &sales::WholeItem| matches!(item.access, AccessView::Confirmed { .. });
    let acts = Acts {
        refund: refund::givable(&record),
        is_refund_by_hand: refund::is_by_hand(portal, &record.gateway),
        corrects_email: !beside.is_erased,
        sends_purchase: was_paid && is_reached,
        sends_access_mail: is_reached && order.items.iter().any(is_confirmed),
        tells_access: access.may_be_sent_again(),
        sends_links: is_reached,
        subscription,
    };
    Ok(Some(Drawer {
        id,
        producer: record.producer.clone(),
        buyer,
        access: access.lines(),
        areas: beside.areas,
        attempts: beside.attempts,
        mails: beside.mails,
        notes: beside.notes,
        happenings: beside.happenings,
        links: links(portal, record, acts.subscription.as_ref())?,
        acts,
        order,
    }))
}

/// Links to those places that show more than "this is not possible".
fn links(portal: &Portal, record: OrderRecord, subscription: Option<&subscription::Acts>) -> Result<Vec<Link>, Error> {
    let standing = refund::RefundStanding::of(&record, portal.now());
    let is_refundable = matches!(standing.offer, RefundOffer::Open { .. }) || !standing.askable.is_empty();
    let order_ref = record.order_ref.clone();
    let may = [
        (LinkPlace::Order, true),
        (LinkPlace::Card, card::is_changeable(portal, record)?),
        (LinkPlace::Cancel, subscription.is_some_and(|acts| acts.refusal.is_none())),
        (LinkPlace::Refund, is_refundable),
        (LinkPlace::Plan, subscription.is_some_and(|acts| acts.plan_refusal.is_none())),
    ];
    let link = |(place, _)| Link { place, url: portal.url(order_link(&order_ref, place)) };
    Ok(may.into_iter().filter(|(_, may)| *may).map(link).collect())
}
