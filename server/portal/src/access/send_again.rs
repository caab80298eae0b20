//! Telling the member areas of an order once more, because a person asked for it: what was not taken is tried again at
//! once, and what was confirmed is told under a new delivery. Areas take what they hold already as done.

use super::due::Due;
use super::job::Job;
use super::store::{self, AreaMember, NewDelivery};
use super::{AccessOfOrder, delivery};
use crate::db::{Error, Tx};
use crate::event::{self, Order, Record};
use crate::ports::AccessTarget;
use crate::{Producer, outbox};
use std::collections::BTreeMap;
use types::{DeliveryId, Instant, MemberAreaId, PersonId};

/// Tells the areas that this order concerns once more. The caller has locked the order.
pub(crate) async fn send_again(
    producer: &Producer,
    tx: &mut Tx,
    person: PersonId,
    access: &AccessOfOrder,
) -> Result<(), Error> {
    let portal = producer.portal();
    for (area, wanted) in wanted(access) {
        let member = AreaMember { producer: producer.id(), area, person };
        // A delivery that is open makes its targets doubtful: then the area is told, whatever it confirmed before.
        for (until, targets) in wanted {
            let content = delivery::content_of(true, &targets, until);
            let new = NewDelivery { id: DeliveryId(portal.new_id()), content, is_revocation: false };
            store::open_delivery(tx, member, &new, portal.now()).await?;
        }
        outbox::put_afresh(portal, tx, Job::Sync { area, person }).await?;
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

/// What the order gives in each area that it concerns, by its end.
fn wanted(access: &AccessOfOrder) -> BTreeMap<MemberAreaId, BTreeMap<Option<Instant>, Vec<AccessTarget>>> {
    let mut wanted = BTreeMap::<MemberAreaId, BTreeMap<_, Vec<_>>>::new();
    for line in access.own() {
        let of_area = wanted.entry(line.area).or_default();
        if let Due::Yes { until, .. } = line.due {
            of_area.entry(until).or_default().push(line.target.clone());
        }
    }
    wanted
}
