use crate::catalogue::source::{KnownSource, Source, address_key};
use crate::db::{Error, Tx, parsed};
use crate::{CameBy, Portal, Producer, on, row, statements};
use ground::ProducerProfile;
use types::{Code, Instant, ProducerId, SourceId};
use uuid::Uuid;

statements! {
    BY_CODE = "select id from sources where producer_id = $1 and code = $2";
    OF_PRODUCER = "select id, code, kind, updated_at from sources where producer_id = $1 order by code";
    UPSERT = "insert into sources (id, producer_id, code, kind, address_hash, token_hash, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $7)
        on conflict (producer_id, code) do update set token_hash = excluded.token_hash, updated_at = excluded.updated_at
        where sources.id = excluded.id";
    BY_ADDRESS = "select s.id, s.kind, s.code, s.token_hash, p.id as producer_id, p.slug, p.name, p.email, p.time_zone
        from sources s
        join producers p on p.id = s.producer_id
        where s.address_hash = $1";
}

row! {
    struct KnownRow { id: Uuid, code: String, kind: String, updated_at: i64 }
    pub(super) struct SourceRow {
        id: Uuid, kind: String, code: String, token_hash: String, producer_id: Uuid, slug: String, name: String,
        email: String, time_zone: String,
    }
}

impl SourceRow {
    /// The source, as if its token were right, and the hash of the right one.
    fn read(self, portal: &Portal) -> Result<(Source, String), Error> {
        let id = SourceId(self.id);
        let profile = ProducerProfile::read(self.producer_id, &self.slug, self.name, &self.email, self.time_zone)?;
        let producer = Producer::new(portal.clone(), profile, CameBy::Source(id));
        Ok((Source { id, kind: self.kind, code: self.code, producer }, self.token_hash))
    }
}

pub(in crate::sale::catalogue) async fn by_code(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<SourceId>, Error> {
    let found: Option<(Uuid,)> =
        on!(tx.conn(), c => sqlx::query_as(BY_CODE).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?);
    Ok(found.map(|(id,)| SourceId(id)))
}

/// A source to be written.
pub(in crate::sale::catalogue) struct Written<'a> {
    pub(in crate::sale::catalogue) id: SourceId,
    pub(in crate::sale::catalogue) kind: &'a str,
    pub(in crate::sale::catalogue) address_hash: &'a str,
    pub(in crate::sale::catalogue) token_hash: &'a str,
}

/// The address follows from the row's id: should another request have made the row meanwhile, nothing is written and
/// the request fails.
pub(in crate::sale::catalogue) async fn upsert(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
    source: &Written<'_>,
    now: i64,
) -> Result<(), Error> {
    let written = on!(tx.conn(), c => {
        sqlx::query(UPSERT)
            .bind(source.id.0)
            .bind(producer.0)
            .bind(code.as_str())
            .bind(source.kind)
            .bind(source.address_hash)
            .bind(source.token_hash)
            .bind(now)
            .execute(c)
            .await?
            .rows_affected()
    });
    if written == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound.into()) }
}

pub(in crate::sale::catalogue) async fn by_address(
    portal: &Portal,
    hash: &str,
) -> Result<Option<(Source, String)>, Error> {
    let row = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, SourceRow>(BY_ADDRESS).bind(hash).fetch_optional(c).await?
    });
    row.map(|row| row.read(portal)).transpose()
}

/// The sources of a producer, with the keys of their addresses.
pub(in crate::sale::catalogue) async fn of_producer(
    portal: &Portal,
    producer: ProducerId,
) -> Result<Vec<KnownSource>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, KnownRow>(OF_PRODUCER).bind(producer.0).fetch_all(c).await?
    });
    let known = |row: KnownRow| {
        let key = address_key(portal, SourceId(row.id));
        let code = parsed("sources", row.id, Code::parse(&row.code))?;
        Ok(KnownSource { code, kind: row.kind, key, updated_at: Instant::from_micros(row.updated_at) })
    };
    rows.into_iter().map(known).collect()
}
