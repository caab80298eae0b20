//! Erasing what names a person. Erasure is asked for with a protocol number and done a week later. Until then the
//! person can undo it, and a purchase undoes it, because whoever buys wants to be there.
//!
//! Erasure has two steps. First nothing is due in member areas any more, and they are told so; when all of them know,
//! name, address and traces go. The other way round there would be no address to send a revocation to. What the law
//! wants kept of a sale stays: what was sold, for how much, when, and to whom.
//!
//! Once the first step has begun, whoever buys with the address is somebody new. The old person gives the address up
//! and the erasure keeps it; member areas give access to the new person only when they have taken it from the old one.
//! A request to erase goes along when its person moves to another address.

use super::job::Job;
use super::mail::Mail;
use super::state::{Erasure, ErasureState, UndoneBy};
use super::store;
use crate::Producer;
use crate::access;
use crate::db::{Conn, Error, Tx};
use crate::event::{self, Record};
use crate::outbox::{self, Outcome};
use crate::session;
use crate::sign_in;
use crate::time::Zone;
use crate::{Actor, Buyer, Portal};
use ground::traces::Forgotten;
use jiff::ToSpan;
use serde_json::json;
use std::time::Duration;
use types::view::{ErasureOffer, ErasureView, OpenMatter};
use types::{ErasureId, Instant, OrderId, PersonId, Protocol, RequestId};

/// How long a request can be undone.
const DELAY: Duration = Duration::from_secs(7 * 86_400);
/// How soon it is looked again whether member areas know, and whether open matters are closed.
const SOON: Duration = Duration::from_secs(60);
const LATER: Duration = Duration::from_secs(86_400);
/// A boleto or Pix that nobody paid for so long will not be paid any more.
const UNPAID: Duration = Duration::from_secs(30 * 86_400);
/// How many years records of a sale are kept.
const YEARS: i64 = 5;

/// Why nothing is erased.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// Something is open.
    #[error("something is open")]
    Open,
    /// A request waits already.
    #[error("a request waits already")]
    Waiting,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// What stays, what goes, and what stands in the way.
pub async fn erasure(buyer: &Buyer) -> Result<ErasureOffer, Error> {
    let mut reader = buyer.portal().db.read().await?;
    let kept_until = store::last_sale(reader.conn(), buyer.person()).await?.map(kept_until).transpose()?;
    let waiting = store::waiting_erasure(reader.conn(), buyer.person()).await?.map(view);
    let open = open_matters(reader.conn(), buyer.person(), buyer.portal().now()).await?;
    Ok(ErasureOffer { email: buyer.email().clone(), open, kept_until: kept_until.flatten(), waiting })
}

/// Five years after the last sale, by the calendar of who sold it.
fn kept_until((at, zone): (Instant, String)) -> Result<Option<String>, Error> {
    let zone = Zone::named(&zone).map_err(|error| Error::inconsistent("producers", &zone, error))?;
    Ok(zone.day_of(at).checked_add(YEARS.years()).ok().map(|day| day.to_string()))
}

async fn open_matters(conn: Conn<'_>, person: PersonId, now: Instant) -> Result<Vec<(OpenMatter, String)>, Error> {
    store::open_matters(conn, person, now.minus(UNPAID)).await
}

fn view(erasure: Erasure) -> ErasureView {
    let Erasure { protocol, requested_at, due_at, .. } = erasure;
    ErasureView { protocol, requested_at, due_at }
}

/// Puts a request on file. The same form again is the same request.
pub async fn ask_erasure(buyer: &Buyer, request: RequestId) -> Result<Protocol, ErasureError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    store::lock_present(&mut tx, buyer.person()).await?;
    if let Some(earlier) = store::erasure_by_request(&mut tx, buyer.person(), request).await? {
        return Ok(earlier.protocol);
    }
    if !open_matters(tx.conn(), buyer.person(), portal.now()).await?.is_empty() {
        return Err(ErasureError::Open);
    }
    let (id, now) = (ErasureId(portal.new_id()), portal.now());
    let (protocol, due) = (Protocol::from_random('E', portal.random()), now.plus(DELAY));
    if !store::insert_erasure(&mut tx, id, buyer.person(), &protocol, request, now, due).await? {
        return Err(ErasureError::Waiting);
    }
    note(buyer, &mut tx, event::Account::ErasureAsked { erasure: id }, &protocol).await?;
    outbox::put_at(portal, &mut tx, Job::AdvanceErasure { erasure: id }, due).await?;
    outbox::put(portal, &mut tx, Mail::Erasure { erasure: id, is_undone: false }).await?;
    portal.commit(tx).await?;
    Ok(protocol)
}

/// Takes the request that waits back; false when there is none.
pub async fn undo_erasure(buyer: &Buyer) -> Result<bool, Error> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let waiting = store::waiting_erasure(tx.conn(), buyer.person()).await?;
    let Some(Erasure { id, protocol, .. }) = waiting else { return Ok(false) };
    if !store::undo_erasure(&mut tx, id, UndoneBy::Buyer, portal.now()).await? {
        return Ok(false);
    }
    note(buyer, &mut tx, event::Account::ErasureUndone { erasure: id }, &protocol).await?;
    outbox::put(portal, &mut tx, Mail::Erasure { erasure: id, is_undone: true }).await?;
    portal.commit(tx).await?;
    Ok(true)
}

/// Somebody bought with an address whose erasure waits: whoever buys wants to be there. What was ordered before
/// it was asked for is no new purchase, however late it comes in.
pub(crate) async fn undo_by_purchase(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    (person, order): (PersonId, OrderId),
    ordered_at: Instant,
) -> Result<(), Error> {
    let Some(Erasure { id, protocol, requested_at, .. }) = store::waiting_erasure(tx.conn(), person).await? else {
        return Ok(());
    };
    if ordered_at <= requested_at || !store::undo_erasure(tx, id, UndoneBy::Purchase, portal.now()).await? {
        return Ok(());
    }
    let entry = Record {
        producer: Some(producer.id()),
        person: Some(person),
        after: Some(json!({ "protocol": protocol, "order": order })),
        ..Record::new(producer.actor(), event::Account::ErasureUndone { erasure: id })
    };
    event::record(portal, tx, entry).await?;
    outbox::put(portal, tx, Mail::Erasure { erasure: id, is_undone: true }).await
}

async fn note(buyer: &Buyer, tx: &mut Tx, event: event::Account, protocol: &Protocol) -> Result<(), Error> {
    let entry = Record {
        origin: &buyer.origin().address,
        person: Some(buyer.person()),
        after: Some(json!({ "protocol": protocol })),
        ..Record::new(Actor::Buyer(buyer.person()), event)
    };
    event::record(buyer.portal(), tx, entry).await
}

/// Begins when the day has come and nothing is open; ends when member areas know.
pub(super) async fn advance(portal: &Portal, erasure: ErasureId) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    let Some(seen) = store::erasure(tx.conn(), erasure).await? else { return Ok(Outcome::Done) };
    let person = seen.person;
    store::lock(&mut tx, person).await?;
    // What was read before is read again: a purchase may have come between, or another address.
    let row = store::erasure(tx.conn(), erasure).await?.filter(|row| row.person == person);
    let Some(row) = row else { return Ok(Outcome::At(portal.now())) };
    let outcome = match row.state {
        ErasureState::Waiting if !store::lock_present(&mut tx, person).await? => Outcome::Done,
        ErasureState::Waiting if portal.now() < row.due_at => Outcome::At(row.due_at),
        // Something was bought or asked for meanwhile: that comes first.
        ErasureState::Waiting if !open_matters(tx.conn(), person, portal.now()).await?.is_empty() => {
            Outcome::At(portal.now().plus(LATER))
        }
        ErasureState::Waiting => begin(portal, &mut tx, &row).await?,
        ErasureState::Begun => finish(portal, &mut tx, &row).await?,
        ErasureState::Done | ErasureState::Undone(_) => Outcome::Done,
    };
    portal.commit(tx).await?;
    Ok(outcome)
}

async fn begin(portal: &Portal, tx: &mut Tx, erasure: &Erasure) -> Result<Outcome, Error> {
    if !store::move_erasure(tx, erasure.id, ErasureState::Waiting, ErasureState::Begun, None).await? {
        return Ok(Outcome::Done);
    }
    let person = erasure.person;
    store::begin_erasing(tx, person, portal.now()).await?;
    sign_in::spend_links(tx, person, &erasure.email, portal.now()).await?;
    session::end_of_person(portal, tx, person).await?;
    for (one, _) in everybody(tx, erasure).await? {
        for producer in store::producers(tx, one).await? {
            access::look_again(portal, tx, producer, one).await?;
        }
    }
    Ok(Outcome::At(portal.now().plus(SOON)))
}

/// Whoever is to be erased: the person, and those of the addresses that they had before, each with the address.
async fn everybody(tx: &mut Tx, erasure: &Erasure) -> Result<Vec<(PersonId, String)>, Error> {
    let mut everybody = store::former(tx, erasure.person).await?;
    everybody.push((erasure.person, erasure.email.clone()));
    Ok(everybody)
}

async fn finish(portal: &Portal, tx: &mut Tx, erasure: &Erasure) -> Result<Outcome, Error> {
    let (id, person) = (erasure.id, erasure.person);
    let all = everybody(tx, erasure).await?;
    for (one, _) in &all {
        if store::still_told(tx, *one).await? > 0 {
            return Ok(Outcome::At(portal.now().plus(SOON * 10)));
        }
    }
    if store::move_erasure(tx, id, ErasureState::Begun, ErasureState::Done, Some(portal.now())).await? {
        for (one, email) in all {
            let before = erasure.given_at.filter(|_| one == person).map_or(i64::MAX, Instant::micros);
            forget(portal, tx, Forgotten { person: one, email: &email, before }).await?;
        }
        let entry = Record {
            person: Some(person),
            after: Some(json!({ "protocol": erasure.protocol })),
            ..Record::new(Actor::System, event::Account::Erased { erasure: id })
        };
        event::record(portal, tx, entry).await?;
    }
    Ok(Outcome::Done)
}

/// Everything that names the person goes, but what belongs to the record of a sale. What that is, each feature says of
/// its own tables.
async fn forget(portal: &Portal, tx: &mut Tx, who: Forgotten<'_>) -> Result<(), Error> {
    store::forget(tx, who.person, &format!("{}@erased.invalid", who.person), "—").await?;
    for traces in portal.dispatcher.traces() {
        traces.forget(tx, who).await?;
    }
    Ok(())
}
