//! The second step: a code of the authenticator, or one of the codes kept for the day on which it is lost.

use super::{Door, Ticket, begin, holder, second_step, store};
use crate::db::{self, Tx};
use crate::event::{self, Login as Event, Record};
use crate::sign_in::limit;
use crate::{Actor, Origin, Portal};
use std::time::Duration;
use types::{LoginId, StaffId};

/// Wrong codes of one login, whose password is known: window in seconds, most in it.
const LIMITS: [(i64, i64); 3] = [(300, 5), (3600, 15), (86_400, 60)];

/// Why a code does not let in.
#[derive(Debug, thiserror::Error)]
pub enum CodeRefused {
    /// Not the code of this half minute, one that was used, or no recovery code.
    #[error("the code is wrong")]
    Wrong,
    /// The password is to be typed again.
    #[error("the sign-in has ended")]
    Ended,
    /// Too many wrong ones.
    #[error("too many wrong codes")]
    Limited {
        /// When the next is looked at.
        retry_after: Duration,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Takes a code after the password; the token of the session.
pub async fn enter_code(
    portal: &Portal,
    door: Door,
    ticket: &Ticket,
    code: &str,
    origin: &Origin,
) -> Result<String, CodeRefused> {
    let login = ticket.login();
    let mut tx = taken(portal, door, login, code, origin).await?;
    let holder = holder(&mut tx, door, login).await?.ok_or(CodeRefused::Ended)?;
    let token = begin(portal, &mut tx, holder, origin).await?;
    portal.commit(tx).await?;
    Ok(token)
}

/// Lets in whoever has just set the second step up: the token of the session; none whose time is over.
pub async fn enter_set_up(portal: &Portal, ticket: &Ticket, origin: &Origin) -> Result<Option<String>, db::Error> {
    let login = ticket.login();
    let row = store::login::find(&portal.db, login).await?;
    if row.is_none_or(|row| row.is_disabled || row.totp_sealed.is_none()) {
        return Ok(None);
    }
    let mut tx = portal.db.begin().await?;
    let Some(holder) = holder(&mut tx, Door::Staff, login).await? else { return Ok(None) };
    let token = begin(portal, &mut tx, holder, origin).await?;
    portal.commit(tx).await?;
    Ok(Some(token))
}

/// Uses a code up: the transaction in which it is used, for what it opens.
pub(super) async fn taken(
    portal: &Portal,
    door: Door,
    login: LoginId,
    code: &str,
    origin: &Origin,
) -> Result<Tx, CodeRefused> {
    let subject = format!("second-step:{login}");
    if let Some(retry_after) = limit::wait_of(portal, &subject, &LIMITS).await? {
        return Err(CodeRefused::Limited { retry_after });
    }
    let row = store::login::find(&portal.db, login).await?;
    let sealed = row.filter(|row| !row.is_disabled).and_then(|row| row.totp_sealed);
    let sealed = sealed.ok_or(CodeRefused::Ended)?;
    let code: String = code.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    let mut tx = portal.db.begin().await?;
    let is_right = match second_step::step_of(portal, login, &sealed, &code) {
        // A code that was taken once is no code any more, whoever has read it over a shoulder.
        Some(step) => store::second_step::take(&mut tx, login, step).await?,
        None => recovered(portal, &mut tx, (door, login), &code, origin).await?,
    };
    if is_right {
        return Ok(tx);
    }
    limit::subject(portal, &mut tx, &subject, &LIMITS).await?;
    portal.commit(tx).await?;
    Err(CodeRefused::Wrong)
}

async fn recovered(
    portal: &Portal,
    tx: &mut Tx,
    (door, login): (Door, LoginId),
    code: &str,
    origin: &Origin,
) -> Result<bool, db::Error> {
    let hash = second_step::recovery_hash(portal, login, code);
    if !store::second_step::recover(tx, login, &hash, portal.wall()).await? {
        return Ok(false);
    }
    let actor = match door {
        Door::Producer => Actor::Member(login),
        Door::Staff => Actor::Staff(StaffId(login.0)),
    };
    let event = Event::RecoveryCodeUsed { login };
    event::record(portal, tx, Record { origin: &origin.address, ..Record::new(actor, event) }).await?;
    Ok(true)
}
