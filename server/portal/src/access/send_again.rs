//! Telling member areas once more: of an order, because a person asked for it, or of a person who is called otherwise
//! now. What was not taken is tried again at
//! once, and what was confirmed is told under a new delivery. Areas take what they hold already as done.

use super::due::Due;
use super::job::Job;
use super::store::{self, AreaMember, NewDelivery};
use super::{AccessOfOrder, delivery};
use crate::db::{Error, Tx};
use crate::event::{self, Order, Record};
use crate::outbox::{self, Outcome};
use crate::ports::AccessTarget;
use crate::{Portal, Producer};
use std::collections::BTreeMap;
use types::{DeliveryId, Instant, MemberAreaId, PersonId};

/// Targets by their end.
pub(super) type ByEnd = BTreeMap<Option<Instant>, Vec<AccessTarget>>;

/// Tells the areas that this order concerns once more. The caller has locked the order.
pub(crate) async fn send_again(
    producer: &Producer,
    tx: &mut Tx,
    person: PersonId,
    access: &AccessOfOrder,
) -> Result<(), Error> {
    let portal = producer.portal();
    for (area, wanted) in wanted(access) {
        tell(portal, tx, AreaMember { producer: producer.id(), area, person }, wanted).await?;
    }
    let order = access.order();
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        person: Some(person),
        order: Some(order),
        ..Record::new(producer.actor(), Order::AccessAsked { order })
    };
    event::record(portal, tx, entry).await
}

/// Tells every area what it gives this person once more, so that it learns what the person is called now.
pub(super) async fn tell_again(portal: &Portal, person: PersonId) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    for (member, given) in store::given(&mut tx, person).await? {
        tell(portal, &mut tx, member, given).await?;
    }
    portal.commit(tx).await?;
    Ok(Outcome::Done)
}

/// Has an area told these targets, whatever it confirmed before: a delivery that is open makes its targets doubtful.
async fn tell(portal: &Portal, tx: &mut Tx, member: AreaMember, wanted: ByEnd) -> Result<(), Error> {
    for (until, targets) in wanted {
        let content = delivery::content_of(true, &targets, until);
        let new = NewDelivery { id: DeliveryId(portal.new_id()), content, is_revocation: false };
        store::open_delivery(tx, member, &new, portal.now()).await?;
    }
    outbox::put_afresh(portal, tx, Job::Sync { area: member.area, person: member.person }).await
}

/// What the order gives in each area that it concerns, by its end.
fn wanted(access: &AccessOfOrder) -> BTreeMap<MemberAreaId, ByEnd> {
    let mut wanted = BTreeMap::<MemberAreaId, ByEnd>::new();
    for line in access.own() {
        let of_area = wanted.entry(line.area).or_default();
        if let Due::Yes { until, .. } = line.due {
            of_area.entry(until).or_default().push(line.target.clone());
        }
    }
    wanted
}
