//! Another address: typed by the person, confirmed by a link that goes to the new address, told to the old one.
//!
//! The link proves that the new address is the buyer's own: two homes become one only by the owner of both.

use super::mail::Mail;
use super::moving::move_to;
use super::store::{self, NewChange};
use crate::db::{Error, Tx};
use crate::event::{self, Record};
use crate::fingerprint;
use crate::outbox;
use crate::sign_in::limit;
use crate::{Actor, Buyer, Origin, Portal};
use serde_json::json;
use std::time::Duration;
use types::view::EmailChangeView;
use types::{Email, EmailChangeId};

/// How long the link lives.
const LIFETIME: Duration = Duration::from_secs(3600);
/// Wishes of one person, and letters to one address: window in seconds, most in it.
const LIMITS: [(i64, i64); 2] = [(3600, 5), (86_400, 10)];

/// Why an address cannot be asked for.
#[derive(Debug, thiserror::Error)]
pub enum EmailChangeError {
    /// It is the one in use.
    #[error("this is the address in use")]
    Same,
    /// Too often.
    #[error("too many requests; again in {} s", retry_after.as_secs())]
    Limited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The person is being erased.
    #[error("nothing can be changed any more")]
    Erased,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Why a link to confirm does not open.
#[derive(Debug, thiserror::Error)]
pub enum LinkGone {
    /// Not a link of ours.
    #[error("not a link of this portal")]
    Invalid,
    /// Used, taken back or overtaken, or its time is over.
    #[error("the link has ended")]
    Ended,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Asks for another address. What follows is the same whether or not somebody has it already.
pub async fn ask_email(buyer: &Buyer, new: &Email) -> Result<(), EmailChangeError> {
    if new == buyer.email() {
        return Err(EmailChangeError::Same);
    }
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    if let Some(retry_after) = wait(portal, &mut tx, buyer, new).await? {
        // What was counted stays counted.
        portal.commit(tx).await?;
        return Err(EmailChangeError::Limited { retry_after });
    }
    if !store::lock_present(&mut tx, buyer.person()).await? {
        return Err(EmailChangeError::Erased);
    }
    let (id, now) = (EmailChangeId(portal.new_id()), portal.now());
    store::withdraw_changes(&mut tx, buyer.person(), now).await?;
    let change = NewChange {
        id,
        person: buyer.person(),
        old: buyer.email(),
        new,
        token_hash: fingerprint(token(portal, id).as_bytes()),
        language: buyer.origin().language.tag(),
        asked_from: &buyer.origin().address,
        browser: &buyer.origin().browser,
        now,
        expires_at: now.plus(LIFETIME),
    };
    store::insert_change(&mut tx, &change).await?;
    let entry = Record {
        origin: &buyer.origin().address,
        person: Some(buyer.person()),
        before: Some(json!({ "email": buyer.email() })),
        after: Some(json!({ "email": new })),
        ..Record::new(Actor::Buyer(buyer.person()), event::Account::EmailAsked { change: id })
    };
    event::record(portal, &mut tx, entry).await?;
    outbox::put(portal, &mut tx, Mail::EmailChange { change: id }).await?;
    outbox::put(portal, &mut tx, Mail::EmailNotice { change: id }).await?;
    portal.commit(tx).await?;
    Ok(())
}

/// How long to wait, if this was one too many of the person, the network or the address written to.
async fn wait(portal: &Portal, tx: &mut Tx, buyer: &Buyer, new: &Email) -> Result<Option<Duration>, Error> {
    let by_network = limit::network(portal, tx, "email", &buyer.origin().address).await?;
    let by_person = limit::subject(portal, tx, &format!("email:{}", buyer.person()), &LIMITS).await?;
    let address = format!("email:{}", fingerprint(new.as_str().as_bytes()));
    let by_address = limit::subject(portal, tx, &address, &LIMITS).await?;
    Ok(by_network.max(by_person).max(by_address))
}

/// Takes back what waits to be confirmed.
pub async fn withdraw_email(buyer: &Buyer) -> Result<(), Error> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    if store::withdraw_changes(&mut tx, buyer.person(), portal.now()).await? == 0 {
        return Ok(());
    }
    let entry = Record {
        origin: &buyer.origin().address,
        person: Some(buyer.person()),
        ..Record::new(Actor::Buyer(buyer.person()), event::Account::EmailWithdrawn { person: buyer.person() })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await
}

/// The secret of a link: only this installation can make it.
pub(super) fn token(portal: &Portal, change: EmailChangeId) -> String {
    portal.keys.name("email change", change.0.as_bytes())
}

/// What the link's page shows. Changes nothing.
pub async fn look_email(portal: &Portal, token: &str) -> Result<EmailChangeView, LinkGone> {
    let change = store::change_by_token(&portal.db, &fingerprint(token.as_bytes())).await?.ok_or(LinkGone::Invalid)?;
    if !change.waits(portal.now()) {
        return Err(LinkGone::Ended);
    }
    Ok(EmailChangeView { from: change.old.hinted(), to: change.new.to_string(), expires_at: change.expires_at })
}

/// Spends the link and moves the person, both or neither. Whoever is signed in with the old address, or as the person
/// of the new one before, is out.
pub async fn confirm_email(portal: &Portal, origin: &Origin, token: &str) -> Result<Email, LinkGone> {
    let hash = fingerprint(token.as_bytes());
    let known = store::change_by_token(&portal.db, &hash).await?.ok_or(LinkGone::Invalid)?;
    let from = known.person;
    let mut tx = portal.db.begin().await?;
    // The person first, as whoever asks does: two who wait for each other would wait for ever.
    if !store::lock_present(&mut tx, from).await? {
        return Err(LinkGone::Ended);
    }
    let confirmed = store::confirm_change(&mut tx, &hash, portal.now()).await?;
    let change = confirmed.ok_or(LinkGone::Ended)?;
    let new = change.new;
    let Some(to) = move_to(portal, &mut tx, (from, change.old.as_str()), &new).await? else {
        return Err(LinkGone::Ended);
    };
    let erasure = store::waiting_erasure(tx.conn(), to).await?.map(|erasure| erasure.protocol);
    let entry = Record {
        origin: &origin.address,
        person: Some(to),
        before: Some(json!({ "email": change.old, "person": from })),
        after: Some(json!({ "email": new, "person": to, "erasure": erasure })),
        ..Record::new(Actor::Buyer(from), event::Account::EmailChanged { change: change.id, from, to })
    };
    event::record(portal, &mut tx, entry).await?;
    outbox::put(portal, &mut tx, Mail::EmailChanged { change: change.id, to_old: true }).await?;
    outbox::put(portal, &mut tx, Mail::EmailChanged { change: change.id, to_old: false }).await?;
    portal.commit(tx).await?;
    Ok(new)
}
