//! What is behind the reference of a made link, and the press of its button.

use super::store;
use crate::db::Error;
use crate::event::{self, PortalLink, Record};
use crate::{Actor, Origin, Portal};
use types::{LinkPlace, OrderRef, PortalLinkId};

/// What a made link leads to. For the rules and the page of its order's link, never to be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Behind {
    id: PortalLinkId,
    /// The reference of the order's own link.
    pub order_ref: OrderRef,
    /// The place of the order.
    pub target: LinkPlace,
    /// Whether its producer revoked it.
    pub is_revoked: bool,
}

/// What is behind this reference; none when it is of no made link. Changes nothing.
pub async fn behind(portal: &Portal, reference: &OrderRef) -> Result<Option<Behind>, Error> {
    let found = store::by_ref(portal.db.read().await?.conn(), reference).await?;
    Ok(found.map(|found| Behind {
        id: found.id,
        order_ref: found.order_ref,
        target: found.target,
        is_revoked: found.is_revoked,
    }))
}

/// Somebody pressed the button on the page of this link: it counts as opened, the first time.
pub async fn press(portal: &Portal, origin: &Origin, behind: &Behind) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    if let Some(found) = store::open(&mut tx, behind.id, portal.now()).await? {
        // Whoever holds a link may be anybody.
        let entry = Record {
            origin: &origin.address,
            producer: Some(found.producer),
            order: Some(found.order),
            ..Record::new(Actor::System, PortalLink::Opened { link: behind.id, order: found.order })
        };
        event::record(portal, &mut tx, entry).await?;
    }
    portal.commit(tx).await
}
