//! Sessions as `tower-sessions` wants to have them stored, over the table of the rules: its ids are their tokens, of
//! which the database holds the hash.

use async_trait::async_trait;
use portal::session::IDLE;
use portal::{Buyer, Origin, Portal};
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
    /// Whom the record stands for that was loaded.
    buyer: OnceLock<Buyer>,
}

impl Store {
    pub(super) fn new(portal: Portal, origin: Origin) -> Self {
        Self(Arc::new(Inner { portal, origin, buyer: OnceLock::new() }))
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.0.origin
    }

    pub(super) fn buyer(&self) -> Option<&Buyer> {
        self.0.buyer.get()
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
        let Inner { portal, origin, buyer } = &*self.0;
        let found = portal::session::resume(portal, &id.to_string(), origin.clone()).await.map_err(backend)?;
        let Some(found) = found else { return Ok(None) };
        let _ = buyer.set(found);
        let ends = portal.wall().plus(IDLE).seconds();
        let expiry_date = OffsetDateTime::from_unix_timestamp(ends).map_err(backend)?;
        Ok(Some(Record { id: *id, data: HashMap::new(), expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        portal::session::end(&self.0.portal, &id.to_string(), &self.0.origin).await.map_err(backend)
    }
}

fn backend(error: impl ToString) -> Error {
    Error::Backend(error.to_string())
}
