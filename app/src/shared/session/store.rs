//! Sessions as `tower-sessions` wants to have them stored, over the table of the rules: its ids are their tokens, of
//! which the database holds the hash.

use async_trait::async_trait;
use portal::session::{IDLE, SessionKind, resume_buyer, resume_producer, resume_staff};
use portal::{Buyer, Origin, Portal, Producer, Staff};
use serde_json::Value;
use std::collections::HashMap;
use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, OnceLock};
use tower_sessions::SessionStore;
use tower_sessions::cookie::time::OffsetDateTime;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

/// Where a record that is about to begin says which session the rules have begun.
pub(super) const BEGUN: &str = "begun";

/// The sessions, as one request sees them.
#[derive(Clone)]
pub(super) struct Store(Arc<Inner>);

struct Inner {
    portal: Portal,
    origin: Origin,
    kind: SessionKind,
    /// Whom the record stands for that was loaded.
    found: OnceLock<SignedIn>,
}

/// Somebody signed in, of whichever audience.
#[derive(Clone)]
pub(super) enum SignedIn {
    Buyer(Buyer),
    Producer(Producer),
    Staff(Staff),
}

impl Store {
    /// The sessions of this kind; no other is found in it.
    pub(super) fn new(portal: Portal, origin: Origin, kind: SessionKind) -> Self {
        Self(Arc::new(Inner { portal, origin, kind, found: OnceLock::new() }))
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.0.origin
    }

    pub(super) fn found(&self) -> Option<&SignedIn> {
        self.0.found.get()
    }

    async fn resume(&self, token: &str) -> Result<Option<SignedIn>> {
        let Inner { portal, origin, kind, .. } = &*self.0;
        let found = match kind {
            SessionKind::Buyer => resume_buyer(portal, token, origin.clone()).await.map(|who| who.map(SignedIn::Buyer)),
            SessionKind::Producer => {
                resume_producer(portal, token, origin.clone()).await.map(|who| who.map(SignedIn::Producer))
            }
            SessionKind::Staff => resume_staff(portal, token, origin.clone()).await.map(|who| who.map(SignedIn::Staff)),
        };
        found.map_err(backend)
    }
}

/// Never printed: it holds the handle of everything.
impl Debug for Store {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("Store")
    }
}

#[async_trait]
impl SessionStore for Store {
    /// The row is there: it was written in the transaction that spent the link. Only its id is wanted.
    async fn create(&self, record: &mut Record) -> Result<()> {
        let begun = record.data.get(BEGUN).and_then(Value::as_str).and_then(|token| token.parse().ok());
        record.id = begun.ok_or_else(|| Error::Backend("a session begins with a link or a code".to_owned()))?;
        Ok(())
    }

    /// Whoever puts something into a session is told so, instead of finding nothing there later.
    async fn save(&self, _: &Record) -> Result<()> {
        Err(Error::Backend("a session keeps nothing but who is signed in".to_owned()))
    }

    /// One statement; a session that was not seen for a minute is marked as seen.
    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(found) = self.resume(&id.to_string()).await? else { return Ok(None) };
        let _ = self.0.found.set(found);
        let ends = self.0.portal.wall().plus(IDLE).seconds();
        let expiry_date = OffsetDateTime::from_unix_timestamp(ends).map_err(backend)?;
        Ok(Some(Record { id: *id, data: HashMap::new(), expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let Inner { portal, origin, kind, .. } = &*self.0;
        portal::session::end(portal, *kind, &id.to_string(), origin).await.map_err(backend)
    }
}

fn backend(error: impl ToString) -> Error {
    Error::Backend(error.to_string())
}
