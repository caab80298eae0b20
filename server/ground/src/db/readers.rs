//! Connections to SQLite that only read, passed from one request to the next without a check.
//!
//! The pool of sqlx asks a connection whether it still lives each time it is given back, through the connection's own
//! thread: that costs as much as a small statement, twice a page. A file does not hang up, and the thread resets an
//! unfinished statement before it takes the next.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Error, SqliteConnection};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many may read at once; others wait.
const MOST: usize = 4;

/// The connections that nobody uses now, and room for more.
#[derive(Clone)]
pub(super) struct Readers {
    options: Arc<SqliteConnectOptions>,
    room: Arc<Semaphore>,
    idle: Idle,
}

#[derive(Clone, Default)]
struct Idle(Arc<Mutex<Vec<SqliteConnection>>>);

/// A connection in use. Goes back when it is dropped.
pub(super) struct Borrowed {
    /// There until then.
    conn: Option<SqliteConnection>,
    idle: Idle,
    room: OwnedSemaphorePermit,
}

impl Readers {
    pub(super) fn new(options: SqliteConnectOptions) -> Self {
        Self { options: Arc::new(options), room: Arc::new(Semaphore::new(MOST)), idle: Idle::default() }
    }

    /// The one that was used last: what it read is still at hand.
    pub(super) async fn borrow(&self) -> Result<Borrowed, Error> {
        let room = Arc::clone(&self.room).acquire_owned().await.map_err(|_| Error::PoolClosed)?;
        let conn = match self.idle.take() {
            Some(conn) => conn,
            None => Box::pin(self.options.connect()).await?,
        };
        Ok(Borrowed { conn: Some(conn), idle: self.idle.clone(), room })
    }

    /// Ends those that are not in use; the others end when they are given back.
    pub(super) async fn close(&self) -> Result<(), Error> {
        self.room.close();
        while let Some(conn) = self.idle.take() {
            conn.close().await?;
        }
        Ok(())
    }
}

impl Borrowed {
    pub(super) fn conn(&mut self) -> &mut SqliteConnection {
        self.conn.as_mut().expect("it is taken out when it is dropped, and never before")
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        let is_closed = self.room.semaphore().is_closed();
        if let Some(conn) = self.conn.take().filter(|_| !is_closed) {
            self.idle.put(conn);
        }
    }
}

impl Idle {
    fn take(&self) -> Option<SqliteConnection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn put(&self, conn: SqliteConnection) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
    }
}
