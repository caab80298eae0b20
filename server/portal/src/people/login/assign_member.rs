//! The operator's hand on who works for a producer: where nobody is left who may invite, nobody else can help.

use super::member::{NotRemoved, set_role};
use super::{Door, Error, invite, password, store};
use crate::db;
use crate::event::Login as Event;
use crate::{Portal, Producer};
use serde_json::json;
use types::{Email, Line, LoginId, MemberRole};

/// Somebody who is to work for a producer.
#[derive(Clone, Debug)]
pub struct NewMember {
    /// The address that they sign in with.
    pub email: Email,
    /// What they may do.
    pub role: MemberRole,
    /// Their name and password, 12 characters at least; of no matter for whoever signs in already.
    pub newcomer: Option<(Line, String)>,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Assigned {
    /// They work for the producer from now on.
    Joined,
    /// They did before, in this other role.
    Changed(MemberRole),
    /// It was so before.
    AsBefore,
}

/// Why nobody is assigned.
#[derive(Debug, thiserror::Error)]
pub enum NotAssigned {
    /// Nobody signs in with this e-mail, and there is no password to do so from now on.
    #[error("nobody signs in with this e-mail yet")]
    Unknown,
    /// The login or its password.
    #[error(transparent)]
    Login(#[from] Error),
    /// The producer would be left without an owner.
    #[error(transparent)]
    Role(#[from] NotRemoved),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Whether somebody signs in for producers with this e-mail, or did until they were disabled.
pub async fn is_known(portal: &Portal, email: &Email) -> Result<bool, db::Error> {
    Ok(store::login::of_email(&portal.db, Door::Producer, email).await?.is_some())
}

/// Gives somebody a role at the producer. Whoever signs in already keeps the password; an invitation that waits for
/// them ends, so that its link does not give another role later.
pub async fn assign_member(portal: &Portal, producer: &Producer, new: NewMember) -> Result<Assigned, NotAssigned> {
    let known = store::login::of_email(&portal.db, Door::Producer, &new.email).await?;
    if known.as_ref().is_some_and(|login| login.is_disabled) {
        return Err(Error::Disabled.into());
    }
    if let Some(login) = &known
        && let Some(before) = store::member::role_of(portal.db.read().await?.conn(), producer.id(), login.id).await?
    {
        return change(portal, producer, login.id, (before, new.role)).await;
    }
    join(portal, producer, known.map(|login| login.id), new).await
}

async fn change(
    portal: &Portal,
    producer: &Producer,
    login: LoginId,
    (before, role): (MemberRole, MemberRole),
) -> Result<Assigned, NotAssigned> {
    if before == role {
        return Ok(Assigned::AsBefore);
    }
    set_role(portal, producer, login, role).await?;
    Ok(Assigned::Changed(before))
}

async fn join(
    portal: &Portal,
    producer: &Producer,
    known: Option<LoginId>,
    new: NewMember,
) -> Result<Assigned, NotAssigned> {
    let NewMember { email, role, newcomer } = new;
    let (login, hashed) = match (known, newcomer) {
        (Some(login), _) => (login, None),
        (None, Some((name, secret))) => {
            (LoginId(portal.new_id()), Some((name, password::hash(portal, &secret).await?)))
        }
        (None, None) => return Err(NotAssigned::Unknown),
    };
    let (mut tx, now) = (portal.db.begin().await?, portal.now());
    if let Some((name, hash)) = &hashed {
        let new =
            store::login::NewLogin { id: login, door: Door::Producer, email: &email, name: name.as_str(), hash, now };
        if !store::login::insert(&mut tx, &new).await? {
            return Err(Error::EmailTaken.into());
        }
    }
    store::invitation::withdraw_of(&mut tx, producer.id(), &email, portal.wall()).await?;
    store::member::insert(&mut tx, producer.id(), login, role, now).await?;
    let event = Event::MemberJoined { login, producer: producer.id() };
    invite::record(portal, &mut tx, producer, event, None, json!({ "email": email, "role": role })).await?;
    portal.commit(tx).await?;
    Ok(Assigned::Joined)
}
