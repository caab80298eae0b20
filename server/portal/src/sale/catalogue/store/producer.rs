use crate::catalogue::producer::Details;
use crate::db::{Conn, Error, Tx, parsed};
use crate::{Portal, on, row, statements};
use ground::{ProducerProfile, particulars};
use types::{Language, Line, ProducerId, Slug};
use uuid::Uuid;

statements! {
    INSERT = "insert into producers (id, slug, name, email, time_zone, created_at, language)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (slug) do nothing";
    BY_SLUG = "select id, slug, name, email, time_zone from producers where slug = $1";
    LOCK = "update producers set id = id where id = $1";
    DETAILS = "select name, language, time_zone, particulars from producers where id = $1";
    WRITE_DETAILS = "update producers set name = $2, language = $3, time_zone = $4, particulars = $5 where id = $1";
}

row! {
    pub(super) struct ProducerRow { id: Uuid, slug: String, name: String, email: String, time_zone: String }
    struct DetailsRow { name: String, language: String, time_zone: String, particulars: Option<String> }
}

impl TryFrom<ProducerRow> for ProducerProfile {
    type Error = Error;

    fn try_from(row: ProducerRow) -> Result<Self, Error> {
        Self::read(row.id, &row.slug, row.name, &row.email, row.time_zone)
    }
}

pub(in crate::sale::catalogue) async fn insert(
    tx: &mut Tx,
    profile: &ProducerProfile,
    language: Language,
    now: i64,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(profile.id.0)
            .bind(profile.slug.as_str())
            .bind(&profile.name)
            .bind(profile.email.as_str())
            .bind(&profile.time_zone)
            .bind(now)
            .bind(language.tag())
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

/// A lock that lasts as long as the transaction.
pub(in crate::sale::catalogue) async fn lock(tx: &mut Tx, id: ProducerId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK).bind(id.0).execute(c).await?; });
    Ok(())
}

pub(in crate::sale::catalogue) async fn details(conn: Conn<'_>, id: ProducerId) -> Result<Details, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, DetailsRow>(DETAILS).bind(id.0).fetch_one(c).await?);
    Ok(Details {
        name: parsed("producers", id, Line::parse(&row.name))?,
        language: Language::of_tag(&row.language).unwrap_or_default(),
        time_zone: row.time_zone,
        particulars: particulars(id.0, row.particulars.as_deref())?,
    })
}

pub(in crate::sale::catalogue) async fn write_details(
    tx: &mut Tx,
    id: ProducerId,
    details: &Details,
) -> Result<(), Error> {
    let particulars = parsed("producers", id, serde_json::to_string(&details.particulars))?;
    on!(tx.conn(), c => {
        sqlx::query(WRITE_DETAILS)
            .bind(id.0)
            .bind(details.name.as_str())
            .bind(details.language.tag())
            .bind(&details.time_zone)
            .bind(&particulars)
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::sale::catalogue) async fn by_slug(
    portal: &Portal,
    slug: &Slug,
) -> Result<Option<ProducerProfile>, Error> {
    let row = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, ProducerRow>(BY_SLUG).bind(slug.as_str()).fetch_optional(c).await?
    });
    row.map(ProducerProfile::try_from).transpose()
}
