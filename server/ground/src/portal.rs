//! The handle that every rule works with ([`Portal`]).

use crate::db::Db;
use crate::keys::Keys;
use crate::outbox::{self, Dispatcher};
use crate::ports::{Ports, Random};
use crate::turns::Turns;
use std::fmt::Display;
use std::ops::Deref;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;
use tokio::sync::Notify;
use types::{Email, Instant};

/// Database, ports and settings: cheap to clone.
#[derive(Clone)]
pub struct Portal(Arc<Inner>);

/// What a [`Portal`] holds.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// The outside.
    pub ports: Ports,
    /// What stands above the queue.
    pub dispatcher: Arc<dyn Dispatcher>,
    /// Secrets of the installation.
    pub keys: Keys,
    /// Settings of the rules.
    pub options: Options,
    /// Turns at comparing passwords: as many at once as there are cores.
    pub passwords: Turns,
    /// Rung when a job was written: the runners of mails, refunds and the rest wake at once.
    pub bell: Notify,
    /// The same for the runners of calls to member areas.
    pub access_bell: Notify,
}

/// Settings of the rules.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address under which people reach the portal, without a slash at its end.
    pub base_url: String,
    /// Address mails come from, to show on the "sent" page.
    pub mail_from: Email,
    /// How long a *My purchases* link lives: 10 minutes to 6 hours (rule 1).
    pub purchases_link_lifetime: Duration,
    /// How long the link after an order link lives: 10 minutes to 6 hours (rule 1).
    pub order_link_lifetime: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            base_url: "http://127.0.0.1:3000".to_owned(),
            mail_from: Email::parse("portal@aftersale.example").unwrap_or_else(|_| unreachable!()),
            purchases_link_lifetime: Duration::from_secs(600),
            order_link_lifetime: Duration::from_secs(6 * 3600),
        }
    }
}

impl Deref for Portal {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Portal {
    /// A portal over `db`.
    pub fn new(db: Db, ports: Ports, dispatcher: Arc<dyn Dispatcher>, keys: Keys, options: Options) -> Self {
        let passwords = Turns::new(available_parallelism().map_or(2, usize::from));
        let (bell, access_bell) = (Notify::new(), Notify::new());
        Self(Arc::new(Inner { db, ports, dispatcher, keys, options, passwords, bell, access_bell }))
    }

    /// Now, by the clock of the installation.
    pub fn now(&self) -> Instant {
        self.ports.clock.now()
    }

    /// Now, by the clock on the wall: for sessions and links.
    pub fn wall(&self) -> Instant {
        self.ports.clock.wall()
    }

    /// An address of the portal: the base address and `path`.
    pub fn url(&self, path: impl Display) -> String {
        format!("{}{path}", self.options.base_url)
    }
}

/// A UUID of version 7, born at `now`.
fn new_id(now: Instant, random: &dyn Random) -> uuid::Uuid {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    uuid::Builder::from_unix_timestamp_millis((now.micros() / 1000).unsigned_abs(), &bytes).into_uuid()
}

impl Portal {
    /// A new id: a UUID of version 7, by the portal's own clock and randomness.
    pub fn new_id(&self) -> uuid::Uuid {
        new_id(self.now(), self.ports.random.as_ref())
    }

    /// `N` unpredictable bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.ports.random.fill(&mut bytes);
        bytes
    }

    /// Commits, and wakes the worker when a job was written.
    pub async fn commit(&self, tx: crate::db::Tx) -> Result<(), crate::db::Error> {
        let has_jobs = tx.has_jobs();
        outbox::commit(tx).await?;
        if has_jobs {
            self.bell.notify_one();
            self.access_bell.notify_one();
        }
        Ok(())
    }
}
