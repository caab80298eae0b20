//! Sessions: browsers that are signed in. The browser holds an opaque token; the database holds its hash, what the
//! session opens, for whom, since when and until when. The token is an id in the spelling of `tower-sessions`, which
//! carries it in a cookie: 16 bytes in base64url.
//!
//! A session ends after 30 minutes without a page, after some hours in any case ([`SessionKind::absolute`]), and at
//! once when it is ended; every request asks the database. Sessions of buyers, producers and staff are of one kind
//! each, in one table and by the same code; only who comes back from one differs.

mod holder;
mod resume;
mod store;
mod traces;

pub use holder::{Holder, Scope, SessionKind};
pub use resume::{resume_buyer, resume_producer, resume_staff};
pub(crate) use traces::TRACES;

use crate::db::{Error, Statement, Tx};
use crate::event::{self, Record, Session as Event};
use crate::fingerprint;
use crate::{Actor, Buyer, Origin, Portal};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use std::time::Duration;
use types::view::SessionView;
use types::{Instant, Language, LinkId, LoginId, PersonId, ProducerId, SessionId};

/// How long a session lives without a page.
pub const IDLE: Duration = Duration::from_secs(30 * 60);

/// Begins a session, in the transaction that checked who comes in; returns the token for the cookie. One link begins
/// one session.
pub(crate) async fn begin(
    portal: &Portal,
    tx: &mut Tx,
    holder: Holder,
    link: Option<LinkId>,
    origin: &Origin,
) -> Result<String, Error> {
    let token = BASE64URL_NOPAD.encode(&portal.random::<16>());
    let now = portal.wall();
    let new = store::NewSession {
        id: SessionId(portal.new_id()),
        token_hash: fingerprint(token.as_bytes()),
        holder,
        link,
        address: &origin.address,
        browser: &origin.browser,
        now,
        expires_at: now.plus(holder.kind().absolute()),
    };
    store::insert(tx, &new).await?;
    if let Some(person) = holder.person() {
        store::follow_language(tx, person, origin.language.tag()).await?;
    }
    Ok(token)
}

/// Ends the session of this kind and token, if there is one: sign-out, and the old session when a new one begins.
pub async fn end(portal: &Portal, kind: SessionKind, token: &str, origin: &Origin) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let ended = store::end(&mut tx, kind, &fingerprint(token.as_bytes()), portal.wall()).await?;
    let Some((session, holder)) = ended else { return Ok(()) };
    let after = json!({ "session": session });
    note(portal, &mut tx, (holder, &origin.address), Event::SignedOut { session }, after).await?;
    portal.commit(tx).await
}

/// Remembers the language for pages and mails.
pub async fn set_language(buyer: &Buyer, language: Language) -> Result<(), Error> {
    let mut tx = buyer.portal().db.begin().await?;
    if !store::choose_language(&mut tx, buyer.person(), language.tag(), buyer.portal().now()).await? {
        return Ok(());
    }
    let entry = Record {
        origin: &buyer.origin().address,
        person: Some(buyer.person()),
        before: Some(json!({ "language": buyer.language().map(Language::tag) })),
        after: Some(json!({ "language": language.tag() })),
        ..Record::new(Actor::Buyer(buyer.person()), event::Account::LanguageChosen { language })
    };
    event::record(buyer.portal(), &mut tx, entry).await?;
    buyer.portal().commit(tx).await
}

/// Browsers that are signed in as whoever asks, the latest first.
pub async fn list(scope: &impl Scope) -> Result<Vec<SessionView>, Error> {
    let now = scope.portal().wall();
    let Some(holder) = scope.holder() else { return Ok(Vec::new()) };
    let rows = store::alive(&scope.portal().db, holder, now, now.minus(IDLE)).await?;
    let view = |row: store::AliveRow| SessionView {
        id: SessionId(row.id),
        browser: row.browser,
        address: row.address,
        since: Instant::from_micros(row.created_at),
        seen: Instant::from_micros(row.last_seen_at),
        is_this: scope.session() == Some(SessionId(row.id)),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Ends one session of whoever asks; false when they have none such.
pub async fn end_one(scope: &impl Scope, session: SessionId) -> Result<bool, Error> {
    let (portal, Some(holder)) = (scope.portal(), scope.holder()) else { return Ok(false) };
    let mut tx = portal.db.begin().await?;
    if !store::end_one(&mut tx, holder, session, portal.wall()).await? {
        return Ok(false);
    }
    let by = (holder, scope.address());
    note(portal, &mut tx, by, Event::Ended { session }, json!({ "session": session })).await?;
    portal.commit(tx).await?;
    Ok(true)
}

/// Ends every session of whoever asks, this one too.
pub async fn end_all(scope: &impl Scope) -> Result<(), Error> {
    let (portal, Some(holder)) = (scope.portal(), scope.holder()) else { return Ok(()) };
    let mut tx = portal.db.begin().await?;
    let ended = store::end_all(&mut tx, (holder.kind(), holder.id()), portal.wall()).await?;
    let by = (holder, scope.address());
    note(portal, &mut tx, by, Event::AllEnded { ended }, json!({ "ended": ended })).await?;
    portal.commit(tx).await
}

/// Ends every session of a buyer, whoever wants it.
pub(crate) async fn end_of_person(portal: &Portal, tx: &mut Tx, person: PersonId) -> Result<u64, Error> {
    store::end_all(tx, (SessionKind::Buyer, person.0), portal.wall()).await
}

/// Ends every session of this kind of a login, whoever wants it; says how many there were.
pub(crate) async fn end_of_login(
    portal: &Portal,
    tx: &mut Tx,
    kind: SessionKind,
    login: LoginId,
) -> Result<u64, Error> {
    store::end_all(tx, (kind, login.0), portal.wall()).await
}

/// Ends the sessions in which a login works for this producer.
pub(crate) async fn end_at(portal: &Portal, tx: &mut Tx, login: LoginId, producer: ProducerId) -> Result<(), Error> {
    store::end_at(tx, login, producer, portal.wall()).await
}

/// Ends a session because another one begins in its place.
pub(crate) async fn end_this(portal: &Portal, tx: &mut Tx, session: SessionId) -> Result<(), Error> {
    store::end_this(tx, session, portal.wall()).await
}

async fn note(
    portal: &Portal,
    tx: &mut Tx,
    (holder, address): (Holder, &str),
    event: Event,
    after: Value,
) -> Result<(), Error> {
    let entry = Record {
        origin: address,
        person: holder.person(),
        producer: holder.producer(),
        after: Some(after),
        ..Record::new(holder.actor(), event)
    };
    event::record(portal, tx, entry).await
}

/// Forgets sessions that ended long ago.
pub(crate) async fn tidy(portal: &Portal, tx: &mut Tx) -> Result<u64, Error> {
    store::delete_old(tx, portal.wall().minus(Duration::from_secs(30 * 86_400))).await
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
