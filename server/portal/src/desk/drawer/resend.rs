//! Sending once more: mails to the buyer, a link to a place of the order, and what its member areas were told.

use super::mail::Mail;
use super::read::for_producer;
use super::{form, store};
use crate::db::{Error, Tx};
use crate::event::{self, Order, Record};
use crate::order::OrderRecord;
use crate::outbox::{self, Work};
use crate::portal_link::{self, LinkError};
use crate::{Producer, access, purchases};
use types::{Code, LinkPlace, MailKind, OrderId, RequestId};
use uuid::Uuid;

/// Why nothing is sent.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// No such order of this producer, or no such mail or link of it.
    #[error("no such order")]
    NotFound,
    /// There is nothing to send, or nobody to send it to.
    #[error("there is nothing to send")]
    NothingToSend,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Sends the purchase mail, or the one about access, to the buyer's address on file. The same form sends it once.
pub async fn send_mail(producer: &Producer, code: &Code, form: RequestId, kind: MailKind) -> Result<(), ResendError> {
    let acts = for_producer(producer, code).await?.ok_or(ResendError::NotFound)?.acts;
    match kind {
        MailKind::Purchase if acts.sends_purchase => {}
        MailKind::OrderAccess if acts.sends_access_mail => {}
        _ => return Err(ResendError::NothingToSend),
    }
    match kind {
        MailKind::Purchase => {
            once(producer, code, form, kind, |order| purchases::Mail::PurchaseAgain { order, form }).await
        }
        _ => once(producer, code, form, kind, |order| Mail::Access { order, form }).await,
    }
}

/// Makes a link to a place of the order, as the list of links has it, and sends it to the buyer's address on file. The
/// same form sends it once.
pub async fn send_link(producer: &Producer, code: &Code, form: RequestId, place: LinkPlace) -> Result<(), ResendError> {
    let drawer = for_producer(producer, code).await?.ok_or(ResendError::NotFound)?;
    if !drawer.acts.sends_links || drawer.links.iter().all(|link| link.place != place) {
        return Err(ResendError::NothingToSend);
    }
    let record = form::find(producer, code).await?.ok_or(ResendError::NotFound)?;
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    if form::take(producer, &mut tx, &record, form).await? {
        let about = (record.id, record.person);
        portal_link::make_within(producer, &mut tx, about, place, true).await.map_err(|error| match error {
            LinkError::Database(error) => ResendError::Database(error),
            LinkError::NotFound | LinkError::TooLate => ResendError::NotFound,
        })?;
    }
    portal.commit(tx).await?;
    Ok(())
}

/// Sends a mail that was given up. It goes to the address that is on file now, and says what is true now.
pub async fn send_mail_on_file(producer: &Producer, code: &Code, mail: Uuid) -> Result<(), ResendError> {
    let record = form::find(producer, code).await?.ok_or(ResendError::NotFound)?;
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    let kind = store::refused_mail(&mut tx, record.id, mail).await?.ok_or(ResendError::NothingToSend)?;
    if !outbox::retry_within(portal, &mut tx, mail).await? {
        return Err(ResendError::NothingToSend);
    }
    let kind = kind.parse().map_err(|error| Error::inconsistent("mails", mail, error))?;
    note(producer, &mut tx, &record, kind).await?;
    portal.commit(tx).await?;
    Ok(())
}

/// Tells the member areas of the order once more. The same form does it once.
pub async fn send_access(producer: &Producer, code: &Code, form: RequestId) -> Result<(), ResendError> {
    let portal = producer.portal();
    let record = form::find(producer, code).await?.ok_or(ResendError::NotFound)?;
    let access = access::of_order(portal, producer.id(), record.person, record.id).await?;
    let mut tx = portal.db.begin().await?;
    if form::take(producer, &mut tx, &record, form).await? {
        if !access.may_be_sent_again() {
            return Err(ResendError::NothingToSend);
        }
        access::send_again(producer, &mut tx, record.person, &access).await?;
    }
    portal.commit(tx).await?;
    Ok(())
}

/// Takes the form, asks for its mail and writes down that it was asked for.
async fn once<W: Work>(
    producer: &Producer,
    code: &Code,
    form: RequestId,
    kind: MailKind,
    mail: impl FnOnce(OrderId) -> W,
) -> Result<(), ResendError> {
    let record = form::find(producer, code).await?.ok_or(ResendError::NotFound)?;
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    if form::take(producer, &mut tx, &record, form).await? {
        outbox::put(portal, &mut tx, mail(record.id)).await?;
        note(producer, &mut tx, &record, kind).await?;
    }
    portal.commit(tx).await?;
    Ok(())
}

async fn note(producer: &Producer, tx: &mut Tx, record: &OrderRecord, mail: MailKind) -> Result<(), Error> {
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        person: Some(record.person),
        order: Some(record.id),
        after: Some(serde_json::json!({ "mail": mail })),
        ..Record::new(producer.actor(), Order::MailAsked { order: record.id, mail })
    };
    event::record(producer.portal(), tx, entry).await
}
