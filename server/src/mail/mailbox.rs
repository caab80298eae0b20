//! The built-in mailbox of development: letters stay in a table and are read in the browser.

use futures::future::BoxFuture;
use portal::db::{Db, Error};
use portal::message::Letter;
use portal::on;
use portal::ports::{Clock, Mail, MailError};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use types::Instant;
use uuid::Uuid;

/// The same letter again changes nothing.
const PUT: &str = "insert into mailbox (id, recipient, subject, text, html, received_at)
values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing";

const LATEST: &str = "select id, recipient, subject, text, html, received_at from mailbox
where $1 = '' or recipient = $1 order by received_at desc, id desc limit 200";

const ONE: &str = "select id, recipient, subject, text, html, received_at from mailbox where id = $1";

type Row = (Uuid, String, String, String, String, i64);

/// Keeps letters in the database.
pub struct Mailbox {
    db: Db,
    clock: Arc<dyn Clock>,
}

/// A letter that arrived.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Its number in the mailbox.
    pub id: Uuid,
    /// To whom.
    pub to: String,
    /// Subject line.
    pub subject: String,
    /// Text part.
    pub text: String,
    /// HTML part.
    pub html: String,
    /// When.
    pub at: Instant,
}

impl Mailbox {
    /// A mailbox in `db`.
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    async fn put(&self, letter: &Letter) -> Result<(), Error> {
        let mut tx = self.db.begin().await?;
        let at = self.clock.now().micros();
        on!(tx.conn(), c => sqlx::query(PUT).bind(number(&letter.id)).bind(letter.to.as_str()).bind(&letter.subject)
            .bind(&letter.text).bind(&letter.html).bind(at).execute(c).await.map(drop))?;
        tx.commit().await
    }
}

impl Mail for Mailbox {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailError>> {
        Box::pin(async move { self.put(letter).await.map_err(|error| MailError::Temporary(error.to_string())) })
    }
}

/// The newest 200 letters, to everybody or to one address.
///
/// # Errors
/// When the database fails.
pub async fn latest(db: &Db, to: Option<&str>) -> Result<Vec<Arrived>, Error> {
    let to = to.unwrap_or_default().trim().to_lowercase();
    let rows: Vec<Row> = on!(db.read().await?.conn(), c => sqlx::query_as(LATEST).bind(&to).fetch_all(c).await)?;
    Ok(rows.into_iter().map(arrived).collect())
}

/// One letter.
///
/// # Errors
/// When the database fails.
pub async fn one(db: &Db, id: Uuid) -> Result<Option<Arrived>, Error> {
    let row: Option<Row> = on!(db.read().await?.conn(), c => sqlx::query_as(ONE).bind(id).fetch_optional(c).await)?;
    Ok(row.map(arrived))
}

fn arrived((id, to, subject, text, html, at): Row) -> Arrived {
    Arrived { id, to, subject, text, html, at: Instant::from_micros(at) }
}

/// A letter's stable id as a key of the table.
fn number(id: &str) -> Uuid {
    let hash: [u8; 32] = Sha256::digest(id).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(bytes)
}
