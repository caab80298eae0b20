use crate::catalogue::api_key::ApiKey;
use crate::db::{Error, Tx, parsed};
use crate::{Portal, on, row, statements};
use ground::ProducerProfile;
use types::{Instant, Line, ProducerId, Slug};
use uuid::Uuid;

statements! {
    INSERT = "insert into api_keys (id, producer_id, name, key_hash, created_at) values ($1, $2, $3, $4, $5)";
    PRODUCER_OF_HASH = "select p.id, p.slug, p.name, p.email, p.time_zone, k.id as key_id, k.last_used_at
        from api_keys k
        join producers p on p.id = k.producer_id
        where k.key_hash = $1 and k.revoked_at is null";
    ALL_KEYS = "select k.id, k.producer_id, p.slug, k.name, k.created_at, k.last_used_at, k.revoked_at
        from api_keys k
        join producers p on p.id = k.producer_id
        order by p.slug, k.created_at, k.id";
    KEYS_OF_PRODUCER = "select k.id, k.producer_id, p.slug, k.name, k.created_at, k.last_used_at, k.revoked_at
        from api_keys k
        join producers p on p.id = k.producer_id
        where k.producer_id = $1
        order by k.created_at desc, k.id desc
        limit 200";
    KEY_OF_HASH = "select k.id, k.producer_id, p.slug, k.name, k.created_at, k.last_used_at, k.revoked_at
        from api_keys k
        join producers p on p.id = k.producer_id
        where k.key_hash = $1";
    KEY = "select k.id, k.producer_id, p.slug, k.name, k.created_at, k.last_used_at, k.revoked_at
        from api_keys k
        join producers p on p.id = k.producer_id
        where k.id = $1";
    REVOKE = "update api_keys set revoked_at = $2 where id = $1 and revoked_at is null";
    TOUCH = "update api_keys
        set last_used_at = $2
        where id = $1 and (last_used_at is null or last_used_at < $2)";
}

row! {
    struct CallerRow {
        id: Uuid, slug: String, name: String, email: String, time_zone: String, key_id: Uuid,
        last_used_at: Option<i64>,
    }
    struct KeyRow {
        id: Uuid, producer_id: Uuid, slug: String, name: String, created_at: i64, last_used_at: Option<i64>,
        revoked_at: Option<i64>,
    }
}

impl TryFrom<KeyRow> for ApiKey {
    type Error = Error;

    fn try_from(row: KeyRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            producer: ProducerId(row.producer_id),
            slug: parsed("producers", row.producer_id, Slug::parse(&row.slug))?,
            name: row.name,
            created_at: Instant::from_micros(row.created_at),
            last_used_at: row.last_used_at.map(Instant::from_micros),
            revoked_at: row.revoked_at.map(Instant::from_micros),
        })
    }
}

/// A key that calls: whose it is, its id, and when it was last seen to be used.
pub(in crate::sale::catalogue) struct Caller {
    pub(in crate::sale::catalogue) profile: ProducerProfile,
    pub(in crate::sale::catalogue) key: Uuid,
    pub(in crate::sale::catalogue) last_used_at: Option<Instant>,
}

pub(in crate::sale::catalogue) async fn insert(
    tx: &mut Tx,
    id: Uuid,
    producer: ProducerId,
    name: &Line,
    hash: &str,
    now: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT).bind(id).bind(producer.0).bind(name.as_str()).bind(hash).bind(now).execute(c).await?;
    });
    Ok(())
}

pub(in crate::sale::catalogue) async fn caller(portal: &Portal, hash: &str) -> Result<Option<Caller>, Error> {
    let row = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, CallerRow>(PRODUCER_OF_HASH).bind(hash).fetch_optional(c).await?
    });
    let Some(row) = row else { return Ok(None) };
    let profile = ProducerProfile::read(row.id, &row.slug, row.name, &row.email, row.time_zone)?;
    Ok(Some(Caller { profile, key: row.key_id, last_used_at: row.last_used_at.map(Instant::from_micros) }))
}

pub(in crate::sale::catalogue) async fn all(portal: &Portal) -> Result<Vec<ApiKey>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, KeyRow>(ALL_KEYS).fetch_all(c).await?
    });
    rows.into_iter().map(ApiKey::try_from).collect()
}

pub(in crate::sale::catalogue) async fn of_producer(
    portal: &Portal,
    producer: ProducerId,
) -> Result<Vec<ApiKey>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, KeyRow>(KEYS_OF_PRODUCER).bind(producer.0).fetch_all(c).await?
    });
    rows.into_iter().map(ApiKey::try_from).collect()
}

pub(in crate::sale::catalogue) async fn of_hash(portal: &Portal, hash: &str) -> Result<Option<ApiKey>, Error> {
    let row = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, KeyRow>(KEY_OF_HASH).bind(hash).fetch_optional(c).await?
    });
    row.map(ApiKey::try_from).transpose()
}

pub(in crate::sale::catalogue) async fn of_id(portal: &Portal, id: Uuid) -> Result<Option<ApiKey>, Error> {
    let row = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, KeyRow>(KEY).bind(id).fetch_optional(c).await?
    });
    row.map(ApiKey::try_from).transpose()
}

/// False when it was revoked already.
pub(in crate::sale::catalogue) async fn revoke(tx: &mut Tx, id: Uuid, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(REVOKE).bind(id).bind(now.micros()).execute(c).await?.rows_affected() == 1))
}

pub(in crate::sale::catalogue) async fn touch(tx: &mut Tx, id: Uuid, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(TOUCH).bind(id).bind(now.micros()).execute(c).await?; });
    Ok(())
}
