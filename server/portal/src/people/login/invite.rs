//! Inviting somebody to work for a producer: a mail with a link, which they accept with a password of their own.

use super::member::NotRemoved;
use super::state::Invitation;
use super::{Door, Error, Mail, Refused, begin, enter, password, reset, store};
use crate::db;
use crate::event::{self, Login as Event, Record};
use crate::outbox;
use crate::session::Holder;
use crate::sign_in::limit;
use crate::{Actor, Member, Origin, Portal, Producer};
use serde_json::json;
use std::time::Duration;
use types::{Email, InvitationId, Line, LoginId, MemberRole};

/// How long an invitation waits.
const LIFETIME: Duration = Duration::from_secs(7 * 86_400);
/// Invitations of one producer: window in seconds, most in it.
const LIMITS: [(i64, i64); 2] = [(3600, 20), (86_400, 50)];

/// Why nobody is invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// They work for the producer already.
    #[error("works for this producer already")]
    IsMember,
    /// Too often.
    #[error("too many invitations")]
    Limited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Invites somebody. An invitation to the same address that waits is withdrawn: its link counts no more.
pub async fn invite(
    portal: &Portal,
    (producer, member): (&Producer, &Member),
    email: &Email,
    role: MemberRole,
) -> Result<(), InviteError> {
    let mut tx = portal.db.begin().await?;
    if store::member::is_member(tx.conn(), producer.id(), email).await? {
        return Err(InviteError::IsMember);
    }
    let subject = format!("invitations:{}", producer.id());
    if let Some(retry_after) = limit::subject(portal, &mut tx, &subject, &LIMITS).await? {
        portal.commit(tx).await?;
        return Err(InviteError::Limited { retry_after });
    }
    let now = portal.wall();
    store::invitation::withdraw_of(&mut tx, producer.id(), email, now).await?;
    let new = store::invitation::NewInvitation {
        id: InvitationId(portal.new_id()),
        producer: producer.id(),
        email,
        role,
        by: member.login,
        language: member.origin.language,
        now,
        expires_at: now.plus(LIFETIME),
    };
    store::invitation::insert(&mut tx, &new).await?;
    let event = Event::MemberInvited { invitation: new.id };
    let after = json!({ "email": email, "role": role });
    record(portal, &mut tx, producer, event, None, after).await?;
    outbox::put(portal, &mut tx, Mail::Invitation { invitation: new.id }).await?;
    Ok(portal.commit(tx).await?)
}

/// Writes the line of the log that goes with a change among a producer's people.
pub(super) async fn record(
    portal: &Portal,
    tx: &mut db::Tx,
    producer: &Producer,
    event: Event,
    before: Option<serde_json::Value>,
    after: serde_json::Value,
) -> Result<(), db::Error> {
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        before,
        after: Some(after),
        ..Record::new(producer.actor(), event)
    };
    event::record(portal, tx, entry).await
}

/// Withdraws an invitation that waits; absent when there is none such.
pub async fn withdraw(portal: &Portal, producer: &Producer, invitation: InvitationId) -> Result<(), NotRemoved> {
    let mut tx = portal.db.begin().await?;
    if !store::invitation::withdraw(&mut tx, producer.id(), invitation, portal.wall()).await? {
        return Err(NotRemoved::NotFound);
    }
    let event = Event::MemberInvitationWithdrawn { invitation };
    record(portal, &mut tx, producer, event, None, json!({ "invitation": invitation })).await?;
    Ok(portal.commit(tx).await?)
}

/// What the link of an invitation shows.
#[derive(Clone, Debug)]
pub struct InvitationView {
    /// Whom to work for.
    pub producer: String,
    /// The address that was invited.
    pub email: Email,
    /// As what.
    pub role: MemberRole,
    /// Whether somebody signs in with this address already, and joins with that password.
    pub has_login: bool,
}

/// How somebody accepts.
#[derive(Clone, Debug)]
pub struct Acceptance {
    /// Their name; of no matter for whoever signs in already.
    pub name: Option<Line>,
    /// The password to be, or the one that they have.
    pub password: String,
}

/// Why an invitation is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// The link is none of ours, was used or withdrawn, or its time is over.
    #[error("the invitation has ended")]
    Ended,
    /// A name is wanted.
    #[error("a name is wanted")]
    NoName,
    /// The new password is too short or too long.
    #[error("a password has 12 to 200 characters")]
    Weak,
    /// The password of the login that is there is another one, or cannot be looked at now.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// The invitation behind a link; none that has ended.
pub async fn invitation_of_token(portal: &Portal, token: &str) -> Result<Option<InvitationView>, db::Error> {
    let Some(row) = open(portal, token).await? else { return Ok(None) };
    let email = row.email.clone();
    let login = store::login::of_email(&portal.db, Door::Producer, &email).await?;
    Ok(Some(InvitationView { producer: row.producer_name.clone(), role: row.role, has_login: login.is_some(), email }))
}

/// Accepts: whoever is new gets a login, whoever signs in already proves it. None when a second step is wanted: the
/// person is in, and signs in as ever.
pub async fn accept(
    portal: &Portal,
    token: &str,
    how: Acceptance,
    origin: &Origin,
) -> Result<Option<String>, AcceptError> {
    let row = open(portal, token).await?.ok_or(AcceptError::Ended)?;
    let (email, role, producer) = (row.email.clone(), row.role, row.producer);
    let known = store::login::of_email(&portal.db, Door::Producer, &email).await?;
    let (login, hash) = match &known {
        Some(_) => {
            let login = enter::known(portal, Door::Producer, (&email, &how.password), origin).await?;
            (login.id, None)
        }
        None => (LoginId(portal.new_id()), Some(hash(portal, &how).await?)),
    };
    let mut tx = portal.db.begin().await?;
    if !store::invitation::accept(&mut tx, row.id, portal.wall()).await? {
        return Err(AcceptError::Ended);
    }
    if let Some((name, hash)) = &hash {
        let new =
            store::login::NewLogin { id: login, door: Door::Producer, email: &email, name, hash, now: portal.now() };
        if !store::login::insert(&mut tx, &new).await? {
            return Err(AcceptError::Ended);
        }
    }
    store::member::insert(&mut tx, producer, login, role, portal.now()).await?;
    let event = Event::MemberJoined { login, producer };
    let after = Some(json!({ "email": email, "role": role }));
    let entry =
        Record { origin: &origin.address, producer: Some(producer), after, ..Record::new(Actor::Member(login), event) };
    event::record(portal, &mut tx, entry).await?;
    let token = match known.and_then(|login| login.totp_sealed) {
        Some(_) => None,
        None => Some(begin(portal, &mut tx, Holder::Producer(login, producer), origin).await?),
    };
    portal.commit(tx).await?;
    Ok(token)
}

async fn hash(portal: &Portal, how: &Acceptance) -> Result<(String, String), AcceptError> {
    let name = how.name.clone().ok_or(AcceptError::NoName)?;
    match password::hash(portal, &how.password).await {
        Ok(hash) => Ok((name.into(), hash)),
        Err(Error::Database(error)) => Err(error.into()),
        Err(_) => Err(AcceptError::Weak),
    }
}

/// The secret half of the link's address.
pub(super) fn token(portal: &Portal, invitation: InvitationId) -> String {
    format!("{}-{}", invitation.0.simple(), portal.keys.name("invitation", invitation.0.as_bytes()))
}

async fn open(portal: &Portal, text: &str) -> Result<Option<Invitation>, db::Error> {
    let Some(id) = reset::id_of(text, |id| token(portal, InvitationId(id))) else { return Ok(None) };
    store::invitation::find(&portal.db, InvitationId(id), portal.wall()).await
}
