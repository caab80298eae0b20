//! Mails about the end of a subscription.

use super::case::SubscriptionCase;
use super::store::{self, CancellationRow};
use crate::db::Error;
use crate::order::OrderRecord;
use crate::{Portal, mails};
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::place::buyer::order_link;
use types::{CancellationId, CancellationState, Email, Instant, LinkPlace, MailKind, OrderId, Protocol, RetentionId};

mails! {
    /// A mail to the buyer about the end of a subscription.
    Buyer("mail_cancellation") about cancellation, read by mail_buyer {
        /// The cancellation.
        cancellation: CancellationId,
        /// What happened.
        moment: CancelMoment,
    }

    /// A mail to the producer: end it, or let it go on, by hand.
    Producer("mail_producer_cancellation") about cancellation, read by mail_producer {
        /// The cancellation.
        cancellation: CancellationId,
        /// What happened.
        moment: CancelMoment,
    }

    /// A mail to the producer, so many days after the one above or after the last day: nobody has reported that it has
    /// ended there.
    ProducerNotDone("mail_producer_cancel_not_done") about cancellation, read by mail_producer_not_done {
        /// The cancellation.
        cancellation: CancellationId,
        /// Which reminder it is, from 1.
        number: u64,
    }

    /// A mail to the producer with the words of a buyer who stays for now.
    ProducerMessage("mail_producer_message") about retention, read by mail_producer_message {
        /// What was taken instead of cancelling.
        retention: RetentionId,
    }
}

/// What a mail about the end of a subscription tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelMoment {
    /// The buyer asked.
    Asked,
    /// The buyer took it back.
    Undone,
    /// It has ended.
    Ended,
}

impl CancelMoment {
    /// The word by which its mail differs from the others.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Undone => "undone",
            Self::Ended => "ended",
        }
    }
}

/// What a mail about the end of a subscription says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: the subscription is cancelled, with its last day.
    Canceled(CancelLetter),
    /// To the buyer: the cancellation was taken back.
    CancelUndone(CancelLetter),
    /// To the buyer: the last day has passed.
    Ended(CancelLetter),
    /// To the producer: end this at a gateway that this installation does not bill, or let it go on after all.
    ProducerCancelByHand {
        /// The cancellation.
        letter: CancelLetter,
        /// The gateway's name.
        gateway: String,
        /// The buyer.
        buyer: Email,
        /// Whether the buyer took it back.
        is_undone: bool,
    },
    /// To the producer: what was to be ended there is not reported as ended.
    ProducerNotDone {
        /// The cancellation.
        letter: CancelLetter,
        /// The gateway's name.
        gateway: String,
        /// The buyer.
        buyer: Email,
        /// Since when.
        since: Instant,
    },
    /// To the producer: a buyer who thought of cancelling would rather talk.
    ProducerMessage {
        /// Code of the order.
        code: String,
        /// Name of the plan.
        plan: String,
        /// The buyer's name.
        buyer_name: String,
        /// Where to answer.
        buyer: Email,
        /// The buyer's words.
        message: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Canceled(_) => MailKind::Canceled,
            Self::CancelUndone(_) => MailKind::CancelUndone,
            Self::Ended(_) => MailKind::SubscriptionEnded,
            Self::ProducerCancelByHand { .. } => MailKind::ProducerCancelByHand,
            Self::ProducerNotDone { .. } => MailKind::ProducerCancelNotDone,
            Self::ProducerMessage { .. } => MailKind::ProducerMessage,
        }
    }
}

/// What every mail about the end of a subscription knows.
#[derive(Clone, PartialEq, Debug)]
pub struct CancelLetter {
    /// Producer's name.
    pub producer: String,
    /// Code of the order.
    pub code: String,
    /// Name of the plan.
    pub plan: String,
    /// Receipt number.
    pub protocol: Protocol,
    /// When access ends; the last day is that of the second before.
    pub effective_at: Instant,
    /// Whether that was at once.
    pub ends_at_once: bool,
    /// Whether the producer decided it, and not the buyer.
    pub is_by_seller: bool,
    /// Whether the producer ends the charges, at a gateway that is not ours to bill, and has not reported that so far.
    pub is_by_producer: bool,
    /// The order link, to where it can be taken back.
    pub link: String,
}

/// Tells the buyer what happened to the subscription.
async fn mail_buyer(
    portal: &Portal,
    cancellation: CancellationId,
    moment: CancelMoment,
) -> Result<Option<Draft<Content>>, Error> {
    let Some((row, case)) = load(portal, cancellation).await? else { return Ok(None) };
    let letter = letter(portal, &row, &case, moment);
    let content = match moment {
        CancelMoment::Asked => Content::Canceled(letter),
        CancelMoment::Undone => Content::CancelUndone(letter),
        CancelMoment::Ended => Content::Ended(letter),
    };
    let id = format!("cancellation-{cancellation}-{}", moment.as_str());
    Ok(Some(case.order.mail_to_buyer(id, content)))
}

/// Tells the producer what to do at a gateway that this installation does not bill.
async fn mail_producer(
    portal: &Portal,
    cancellation: CancellationId,
    moment: CancelMoment,
) -> Result<Option<Draft<Content>>, Error> {
    let Some((row, case)) = load(portal, cancellation).await? else { return Ok(None) };
    let content = Content::ProducerCancelByHand {
        letter: letter(portal, &row, &case, moment),
        gateway: case.order.gateway.to_string(),
        buyer: case.order.email.clone(),
        is_undone: moment == CancelMoment::Undone,
    };
    let id = format!("cancellation-{cancellation}-producer-{}", moment.as_str());
    to_producer(&id, case.order, content)
}

/// Says so again while the source does not report that it has ended: what goes on charging a buyer is not forgotten.
async fn mail_producer_not_done(
    portal: &Portal,
    cancellation: CancellationId,
    number: u64,
) -> Result<Option<Draft<Content>>, Error> {
    let Some((row, case)) = load(portal, cancellation).await? else { return Ok(None) };
    if row.state == CancellationState::Undone.as_str() || !case.is_by_producer() {
        return Ok(None);
    }
    let content = Content::ProducerNotDone {
        letter: letter(portal, &row, &case, CancelMoment::Asked),
        gateway: case.order.gateway.to_string(),
        buyer: case.order.email.clone(),
        since: Instant::from_micros(row.asked_at),
    };
    to_producer(&format!("cancellation-{cancellation}-not-done-{number}"), case.order, content)
}

/// Hands the words of a buyer who would rather talk to the producer.
async fn mail_producer_message(portal: &Portal, retention: RetentionId) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = store::find_retention(portal.db.read().await?.conn(), retention).await? else {
        return Ok(None);
    };
    let order = OrderRecord::by_id(portal.db.read().await?.conn(), OrderId(row.order_id)).await?;
    let (Some(order), Some(message)) = (order, row.message) else { return Ok(None) };
    let content = Content::ProducerMessage {
        code: order.code.to_string(),
        plan: order.subscription.as_ref().map(|plan| plan.plan.clone()).unwrap_or_default(),
        buyer_name: order.buyer_name.clone(),
        buyer: order.email.clone(),
        message,
    };
    to_producer(&format!("retention-{retention}-message"), order, content)
}

fn to_producer(id: &str, order: OrderRecord, content: Content) -> Result<Option<Draft<Content>>, Error> {
    Ok(Some(order.mail_to_producer(id, content)))
}

async fn load(portal: &Portal, id: CancellationId) -> Result<Option<(CancellationRow, SubscriptionCase)>, Error> {
    let mut reader = portal.db.read().await?;
    let Some(row) = store::find(reader.conn(), id).await? else { return Ok(None) };
    let case = SubscriptionCase::by_order(portal, reader.conn(), OrderId(row.order_id)).await?;
    Ok(case.map(|case| (row, case)))
}

fn letter(portal: &Portal, row: &CancellationRow, case: &SubscriptionCase, moment: CancelMoment) -> CancelLetter {
    let order = &case.order;
    // What is cancelled leads to its receipt, where it can be taken back. What goes on again leads to no such page.
    let place = if moment == CancelMoment::Undone { LinkPlace::Order } else { LinkPlace::Cancel };
    CancelLetter {
        producer: order.producer.name.clone(),
        code: order.code.to_string(),
        plan: order.subscription.as_ref().map(|plan| plan.plan.clone()).unwrap_or_default(),
        protocol: Protocol::on_file(row.protocol.clone()),
        effective_at: Instant::from_micros(row.effective_at),
        is_by_seller: row.is_by_seller,
        ends_at_once: row.effective_at <= row.asked_at,
        is_by_producer: case.is_by_producer(),
        link: portal.url(order_link(&order.order_ref, place)),
    }
}
