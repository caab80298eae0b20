//! The mail that brings a made link.

use super::make::address;
use super::store;
use crate::db::Error;
use crate::order::OrderRecord;
use crate::{Portal, mails};
use ground::letter::Draft;
use types::{LinkPlace, MailKind, PortalLinkId};

mails! {
    /// The mail with a made link.
    Link("mail_portal_link") about link, read by mail_link {
        /// The link.
        link: PortalLinkId,
    }
}

/// What a mail with a made link says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: the producer sends a link to a place of the order.
    Link {
        /// Producer's name.
        producer: String,
        /// Names of the items.
        items: Vec<String>,
        /// Code of the order.
        code: String,
        /// Where it leads.
        target: LinkPlace,
        /// Its address.
        url: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Link { .. } => MailKind::PortalLink,
        }
    }
}

/// Brings the link, unless it was revoked meanwhile.
async fn mail_link(portal: &Portal, link: PortalLinkId) -> Result<Option<Draft<Content>>, Error> {
    let found = store::by_id(portal.db.read().await?.conn(), link).await?;
    let Some(found) = found.filter(|found| !found.is_revoked) else { return Ok(None) };
    let order = OrderRecord::by_id(portal.db.read().await?.conn(), found.order).await?;
    let Some(order) = order else { return Ok(None) };
    let content = Content::Link {
        producer: order.producer.name.clone(),
        items: order.items.iter().map(|item| item.name.clone()).collect(),
        code: order.code.to_string(),
        target: found.target,
        url: address(portal, &found.reference),
    };
    // The list of links finds its mail by this name.
    Ok(Some(order.mail_to_buyer(format!("portal-link-{}", found.reference), content)))
}
