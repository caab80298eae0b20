//! The mail to a buyer that its producer asks for: what the order opens.

use crate::db::Error;
use crate::order::OrderRecord;
use crate::{Portal, access, mails};
use ground::letter::Draft;
use types::place::buyer::order_link;
use types::view::AccessView;
use types::{Instant, LinkPlace, MailKind, OrderId, RequestId};

mails! {
    /// What the order opens.
    Access("mail_order_access") about order, read by mail_access {
        /// The order.
        order: OrderId,
        /// The form that asked for it.
        form: RequestId,
    }
}

/// What such a mail says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: this is open to you.
    Access {
        /// Producer's name.
        producer: String,
        /// Code of the order.
        code: String,
        /// What is open: its name, until when, and where.
        items: Vec<(String, Option<Instant>, Option<String>)>,
        /// The order link.
        link: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Access { .. } => MailKind::OrderAccess,
        }
    }
}

/// Only what a member area has confirmed is said to be open.
async fn mail_access(portal: &Portal, order: OrderId, form: RequestId) -> Result<Option<Draft<Content>>, Error> {
    let Some(record) = OrderRecord::by_id(portal.db.read().await?.conn(), order).await? else { return Ok(None) };
    let access = access::of_record(portal, &record).await?;
    let open = |item: &crate::order::OrderItem| match access.of_item(item.id) {
        AccessView::Confirmed { until, content_url, .. } => Some((item.name.clone(), until, content_url)),
        _ => None,
    };
    let items: Vec<_> = record.items.iter().filter_map(open).collect();
    if items.is_empty() {
        return Ok(None);
    }
    let content = Content::Access {
        producer: record.producer.name.clone(),
        code: record.code.to_string(),
        items,
        link: portal.url(order_link(&record.order_ref, LinkPlace::Order)),
    };
    Ok(Some(record.mail_to_buyer(format!("order-access-{form}"), content)))
}
