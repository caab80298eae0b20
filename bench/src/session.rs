//! Who is signed in: the cookie's hash, looked up.

use data_encoding::HEXLOWER;
use http::{HeaderMap, header};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::{Row, SqlitePool};
use uuid::Uuid;

const FIND: &str = "select s.person_id, p.email from sessions s join people p on p.id = s.person_id
    where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2 and s.last_seen_at > $3";

/// How long a session lives without a page.
const IDLE_MICROS: i64 = 30 * 60 * 1_000_000;

/// The person behind a session.
pub(crate) struct Buyer {
    pub person: Uuid,
    pub email: String,
}

/// The buyer whose living session the request carries.
pub(crate) async fn find(pool: &SqlitePool, headers: &HeaderMap, now: Timestamp) -> anyhow::Result<Option<Buyer>> {
    let Some(token) = token(headers) else { return Ok(None) };
    let hash = HEXLOWER.encode(&Sha256::digest(token.as_bytes()));
    let now = now.as_microsecond();
    let row = sqlx::query(FIND).bind(hash).bind(now).bind(now - IDLE_MICROS).fetch_optional(pool).await?;
    row.map(|row| Ok(Buyer { person: row.try_get(0)?, email: row.try_get(1)? })).transpose()
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies.split(';').find_map(|pair| pair.trim().strip_prefix("aftersale="))
}
