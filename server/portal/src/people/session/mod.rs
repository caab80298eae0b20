//! Sessions: browsers that are signed in. The browser holds an opaque token; the database holds its hash, what the
//! session opens, for whom, since when and until when. The token is an id in the spelling of `tower-sessions`, which
//! carries it in a cookie: 16 bytes in base64url.
//!
//! A session ends after 30 minutes without a page, after 12 hours in any case, and at once when it is ended; every
//! request asks the database.

mod store;
mod traces;

pub(crate) use traces::TRACES;

use crate::db::{Error, Statement, Tx};
use crate::event::{self, Record, Session as Event};
use crate::fingerprint;
use crate::{Actor, Buyer, Origin, Portal};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use std::time::Duration;
use types::view::SessionView;
use types::{Email, Instant, Language, LinkId, PersonId, SessionId};

/// How long a session lives without a page.
pub const IDLE: Duration = Duration::from_secs(30 * 60);
/// How long a session lives in any case.
pub const ABSOLUTE: Duration = Duration::from_secs(12 * 3600);
/// Seen is written at most once a minute: a page that only reads stays one that only reads.
const SEEN_EVERY: Duration = Duration::from_secs(60);

/// What a session opens: one of a kind opens nothing of another.
#[derive(Clone, Copy)]
enum Kind {
    Buyer,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
        }
    }
}

/// Begins a session in the transaction that spent the link; returns the token for the cookie. One link begins one
/// session.
pub(crate) async fn begin(
    portal: &Portal,
    tx: &mut Tx,
    person: PersonId,
    link: LinkId,
    origin: &Origin,
) -> Result<String, Error> {
    let token = BASE64URL_NOPAD.encode(&portal.random::<16>());
    let now = portal.wall();
    let new = store::NewSession {
        id: SessionId(portal.new_id()),
        token_hash: fingerprint(token.as_bytes()),
        kind: Kind::Buyer.as_str(),
        person,
        link,
        address: &origin.address,
        browser: &origin.browser,
        now,
        expires_at: now.plus(ABSOLUTE),
    };
    store::insert(tx, &new).await?;
    store::follow_language(tx, person, origin.language.tag()).await?;
    Ok(token)
}

/// The buyer whose session `token` is, if it is alive. Pages are in the language that the person chose, or else in the
/// one the browser asks for.
pub async fn resume(portal: &Portal, token: &str, mut origin: Origin) -> Result<Option<Buyer>, Error> {
    let now = portal.wall();
    let (hash, kind) = (fingerprint(token.as_bytes()), Kind::Buyer.as_str());
    let Some(row) = store::find(&portal.db, &hash, kind, now, now.minus(IDLE)).await? else {
        return Ok(None);
    };
    let session = SessionId(row.id);
    if now.micros() - row.last_seen_at > SEEN_EVERY.as_micros() as i64 {
        let mut tx = portal.db.begin().await?;
        store::touch(&mut tx, session, now).await?;
        portal.commit(tx).await?;
    }
    let email = Email::parse(&row.email).map_err(|error| Error::inconsistent("people", row.person_id, error))?;
    let language = row.language.as_deref().and_then(Language::of_tag);
    if let Some(chosen) = language.filter(|_| row.language_chosen_at.is_some()) {
        origin.language = chosen;
    }
    let who = (PersonId(row.person_id), email);
    Ok(Some(Buyer::new(portal.clone(), who, session, language, origin)))
}

/// Ends the session of this token, if there is one: sign-out, and the old session when a new one begins.
pub async fn end(portal: &Portal, token: &str, origin: &Origin) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let Some(ended) = store::end(&mut tx, &fingerprint(token.as_bytes()), portal.wall()).await? else { return Ok(()) };
    let after = json!({ "session": ended.id });
    note(portal, &mut tx, PersonId(ended.person_id), origin, Event::SignedOut { session: SessionId(ended.id) }, after)
        .await?;
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

/// Browsers that are signed in as this buyer, the latest first.
pub async fn list(buyer: &Buyer) -> Result<Vec<SessionView>, Error> {
    let now = buyer.portal().wall();
    let rows = store::alive(&buyer.portal().db, buyer.person(), now, now.minus(IDLE)).await?;
    let view = |row: store::AliveRow| SessionView {
        id: SessionId(row.id),
        browser: row.browser,
        address: row.address,
        since: Instant::from_micros(row.created_at),
        seen: Instant::from_micros(row.last_seen_at),
        is_this: SessionId(row.id) == buyer.session(),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Ends one session of this buyer; false when there is none such.
pub async fn end_one(buyer: &Buyer, session: SessionId) -> Result<bool, Error> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    if !store::end_one(&mut tx, buyer.person(), session, portal.wall()).await? {
        return Ok(false);
    }
    note(portal, &mut tx, buyer.person(), buyer.origin(), Event::Ended { session }, json!({ "session": session }))
        .await?;
    portal.commit(tx).await?;
    Ok(true)
}

/// Ends every session of this buyer, this one too.
pub async fn end_all(buyer: &Buyer) -> Result<(), Error> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let ended = end_of_person(portal, &mut tx, buyer.person()).await?;
    note(portal, &mut tx, buyer.person(), buyer.origin(), Event::AllEnded { ended }, json!({ "ended": ended })).await?;
    portal.commit(tx).await
}

/// Ends every session of a person; says how many there were.
pub(crate) async fn end_of_person(portal: &Portal, tx: &mut Tx, person: PersonId) -> Result<u64, Error> {
    store::end_of_person(tx, person, portal.wall()).await
}

async fn note(
    portal: &Portal,
    tx: &mut Tx,
    person: PersonId,
    origin: &Origin,
    event: Event,
    after: Value,
) -> Result<(), Error> {
    let entry = Record {
        origin: &origin.address,
        person: Some(person),
        after: Some(after),
        ..Record::new(Actor::Buyer(person), event)
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
