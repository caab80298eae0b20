//! Who asks: the scope behind a token. A token of one kind asked for as another is nobody's.

use super::{IDLE, store};
use crate::db::{Error, parsed};
use crate::fingerprint;
use crate::{Buyer, CameBy, Member, Origin, Portal, Producer, Staff};
use ground::ProducerProfile;
use std::time::Duration;
use store::SessionQuery;
use types::{Email, Instant, Language, LoginId, PersonId, SessionId, StaffId};

/// Seen is written at most once a minute: a page that only reads stays one that only reads.
const SEEN_EVERY: Duration = Duration::from_secs(60);

/// The buyer whose session `token` is, if it is alive. Pages are in the language that the person chose, or else in the
/// one the browser asks for.
pub async fn resume_buyer(portal: &Portal, token: &str, mut origin: Origin) -> Result<Option<Buyer>, Error> {
    let now = portal.wall();
    let Some(row) = store::find_buyer(&portal.db, &query(token, now)).await? else { return Ok(None) };
    let session = seen(portal, row.id, row.last_seen_at, now).await?;
    let email = parsed("people", row.person_id, Email::parse(&row.email))?;
    let language = row.language.as_deref().and_then(Language::of_tag);
    if let Some(chosen) = language.filter(|_| row.language_chosen_at.is_some()) {
        origin.language = chosen;
    }
    let who = (PersonId(row.person_id), email);
    Ok(Some(Buyer::new(portal.clone(), who, session, language, origin)))
}

/// The producer whose session `token` is, if it is alive.
pub async fn resume_producer(portal: &Portal, token: &str, origin: Origin) -> Result<Option<Producer>, Error> {
    let now = portal.wall();
    let Some(row) = store::find_producer(&portal.db, &query(token, now)).await? else { return Ok(None) };
    let session = seen(portal, row.id, row.last_seen_at, now).await?;
    let profile = ProducerProfile::read(row.producer_id, &row.slug, row.name, &row.email, row.time_zone)?;
    let member = Member {
        login: LoginId(row.login_id),
        email: parsed("logins", row.login_id, Email::parse(&row.login_email))?,
        role: parsed("memberships", row.login_id, row.role.parse())?,
        session,
        since: Instant::from_micros(row.created_at),
        origin,
    };
    Ok(Some(Producer::new(portal.clone(), profile, CameBy::Person(Box::new(member)))))
}

/// Whose of the staff the session `token` is, if it is alive.
pub async fn resume_staff(portal: &Portal, token: &str, origin: Origin) -> Result<Option<Staff>, Error> {
    let now = portal.wall();
    let Some(row) = store::find_staff(&portal.db, &query(token, now)).await? else { return Ok(None) };
    let session = seen(portal, row.id, row.last_seen_at, now).await?;
    let email = parsed("logins", row.login_id, Email::parse(&row.email))?;
    let role = parsed("staff", row.login_id, row.role.parse())?;
    let (who, since) = ((StaffId(row.login_id), email, role), Instant::from_micros(row.created_at));
    Ok(Some(Staff::new(portal.clone(), who, (session, since), origin)))
}

fn query(token: &str, now: Instant) -> SessionQuery {
    SessionQuery { token_hash: fingerprint(token.as_bytes()), now, seen_after: now.minus(IDLE) }
}

async fn seen(portal: &Portal, id: uuid::Uuid, last: i64, now: Instant) -> Result<SessionId, Error> {
    let session = SessionId(id);
    if now.micros() - last > SEEN_EVERY.as_micros() as i64 {
        let mut tx = portal.db.begin().await?;
        store::touch(&mut tx, session, now).await?;
        portal.commit(tx).await?;
    }
    Ok(session)
}
