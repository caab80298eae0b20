//! A password that was forgotten: a mail to the address, if anybody signs in with it, and a new password by its link.

use super::state::Known;
use super::{Door, Error, Mail, password, store};
use crate::db;
use crate::event::{self, Login as Event, Record};
use crate::outbox;
use crate::session;
use crate::sign_in::limit;
use crate::{Actor, Origin, Portal, fingerprint};
use std::time::Duration;
use types::{Email, PasswordResetId, StaffId};

/// How long the link lives.
const LIFETIME: Duration = Duration::from_secs(3600);
/// Wishes for one address: window in seconds, most in it.
const OF_ADDRESS: [(i64, i64); 2] = [(3600, 3), (86_400, 8)];

/// Why there is no new password.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// The link is none of ours, was used, or its time is over.
    #[error("the link has ended")]
    Ended,
    /// The new password is too short or too long.
    #[error("a password has 12 to 200 characters")]
    Weak,
    /// Too often.
    #[error("too many requests")]
    Limited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Asks for a link. What follows is the same whether or not anybody signs in with this address: the mail finds out.
pub async fn ask_reset(portal: &Portal, door: Door, email: &Email, origin: &Origin) -> Result<(), ResetError> {
    let mut tx = portal.db.begin().await?;
    let subject = format!("reset:{}", fingerprint(format!("{}:{email}", door.as_str()).as_bytes()));
    let of_network = limit::network(portal, &mut tx, "reset", &origin.address).await?;
    let of_address = limit::subject(portal, &mut tx, &subject, &OF_ADDRESS).await?;
    if let Some(retry_after) = of_network.max(of_address) {
        // What was counted stays counted.
        portal.commit(tx).await?;
        return Err(ResetError::Limited { retry_after });
    }
    let (reset, now) = (PasswordResetId(portal.new_id()), portal.wall());
    store::reset::insert(&mut tx, reset, (door, email), origin.language, (now, now.plus(LIFETIME))).await?;
    outbox::put(portal, &mut tx, Mail::Reset { reset }).await?;
    Ok(portal.commit(tx).await?)
}

/// The address whose password the link opens; none for a link that does not, or not any more.
pub async fn reset_of_token(portal: &Portal, door: Door, token: &str) -> Result<Option<Email>, db::Error> {
    Ok(open(portal, door, token).await?.map(|(_, login)| login.email))
}

/// Another password by the link: once. Every session ends; the second step stays.
pub async fn reset(portal: &Portal, door: Door, token: &str, new: &str, origin: &Origin) -> Result<(), ResetError> {
    let (reset, row) = open(portal, door, token).await?.ok_or(ResetError::Ended)?;
    let login = row.id;
    let hash = match password::hash(portal, new).await {
        Ok(hash) => hash,
        Err(Error::Database(error)) => return Err(error.into()),
        Err(_) => return Err(ResetError::Weak),
    };
    let actor = match door {
        Door::Producer => Actor::Member(login),
        Door::Staff => Actor::Staff(StaffId(login.0)),
    };
    let mut tx = portal.db.begin().await?;
    let is_used = store::reset::use_up(&mut tx, reset, portal.wall()).await?;
    if !is_used || !store::login::set_hash(&mut tx, login, &hash).await? {
        return Err(ResetError::Ended);
    }
    session::end_of_login(portal, &mut tx, door.kind(), login).await?;
    let event = Event::PasswordReset { login };
    event::record(portal, &mut tx, Record { origin: &origin.address, ..Record::new(actor, event) }).await?;
    outbox::put(portal, &mut tx, Mail::PasswordChanged { login, at: portal.wall() }).await?;
    Ok(portal.commit(tx).await?)
}

/// The secret half of the link's address.
pub(super) fn token(portal: &Portal, reset: PasswordResetId) -> String {
    format!("{}-{}", reset.0.simple(), portal.keys.name("password reset", reset.0.as_bytes()))
}

async fn open(portal: &Portal, door: Door, text: &str) -> Result<Option<(PasswordResetId, Known)>, db::Error> {
    let Some(reset) = id_of(text, |id| token(portal, PasswordResetId(id))) else { return Ok(None) };
    let reset = PasswordResetId(reset);
    let Some(wish) = store::reset::find(&portal.db, reset, portal.wall()).await? else { return Ok(None) };
    if wish.door != door {
        return Ok(None);
    }
    let login = store::login::of_email(&portal.db, door, &wish.email).await?;
    Ok(login.filter(|login| !login.is_disabled).map(|login| (reset, login)))
}

/// The id in a token that only this installation can have made.
pub(super) fn id_of(text: &str, made: impl FnOnce(uuid::Uuid) -> String) -> Option<uuid::Uuid> {
    let (id, _) = text.split_once('-')?;
    let id = uuid::Uuid::try_parse(id).ok()?;
    // Compared by their hashes, so that the time it takes tells nothing.
    (fingerprint(text.as_bytes()) == fingerprint(made(id).as_bytes())).then_some(id)
}
