//! The purchase mail, which brings the order link.

use crate::db::Error;
use crate::order::OrderRecord;
use crate::{Portal, mails, refund};
use ground::letter::Draft;
use types::place::buyer::order_link;
use types::view::RefundOffer;
use types::{Instant, LinkPlace, MailKind, Money, OrderId, RequestId};

mails! {
    /// The purchase mail with the order link.
    Purchase("mail_purchase") about order, read by mail_purchase {
        /// The order.
        order: OrderId,
    }

    /// The same once more, because the producer asked for it.
    PurchaseAgain("mail_purchase_again") about order, read by mail_purchase_again {
        /// The order.
        order: OrderId,
        /// The form that asked for it.
        form: RequestId,
    }
}

/// What a mail about a purchase says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: the order is paid; here is its order link.
    Purchase {
        /// Producer's name.
        producer: String,
        /// Names of the items.
        items: Vec<String>,
        /// Sum of the items.
        total: Money,
        /// Whether it cost nothing and never will.
        is_free: bool,
        /// Code of the order.
        code: String,
        /// The order link.
        order_link: String,
        /// Until when money is given back on request.
        refundable_until: Option<Instant>,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Purchase { .. } => MailKind::Purchase,
        }
    }
}

/// Tells the buyer that the order is paid.
async fn mail_purchase(portal: &Portal, order: OrderId) -> Result<Option<Draft<Content>>, Error> {
    let record = OrderRecord::by_id(portal.db.read().await?.conn(), order).await?;
    let Some(record) = record else { return Ok(None) };
    let content = Content::Purchase {
        producer: record.producer.name.clone(),
        items: record.items.iter().map(|item| item.name.clone()).collect(),
        total: record.total,
        is_free: types::view::is_free(record.total, record.subscription.is_some()),
        code: record.code.to_string(),
        order_link: portal.url(order_link(&record.order_ref, LinkPlace::Order)),
        refundable_until: match refund::offer(&record, portal.now()) {
            RefundOffer::Open { until, .. } => Some(until),
            _ => None,
        },
    };
    // Another letter for whoever the order went to when its address was put right.
    let id = format!("purchase-{order}-{}", record.person);
    Ok(Some(record.mail_to_buyer(id, content)))
}

/// A letter of its own: what a mail server took once under one name it may drop the second time.
async fn mail_purchase_again(
    portal: &Portal,
    order: OrderId,
    form: RequestId,
) -> Result<Option<Draft<Content>>, Error> {
    let draft = mail_purchase(portal, order).await?;
    Ok(draft.map(|draft| Draft { id: format!("purchase-{order}-{form}"), ..draft }))
}
