//! Links, and the codes that do the same.

use crate::db::{Conn, Db, Error, Tx};
use crate::{on, row, statements};
use std::time::Duration;
use types::view::Target;
use types::{Email, Instant, Language, LinkId, PersonId};
use uuid::Uuid;

/// A link on file, by a condition.
macro_rules! links {
    ($which:literal) => {
        concat!(
            "select id, email, person_id, purpose, target, language, asked_from, browser, code_tries, created_at,
                expires_at, consumed_at
            from links
            where ",
            $which
        )
    };
}

statements! {
    ASKED_SINCE = "select created_at from links where email = $1 and created_at > $2 order by created_at desc limit 10";
    INSERT = "insert into links (id, email, purpose, target, token_hash, language, asked_from, browser, code_tries,
                created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)";
    // Still good, and to the same place: what somebody who asks again is waiting for.
    OPEN_TO = "select id
        from links
        where email = $1 and purpose = $2 and target = $3 and consumed_at is null and expires_at > $4
        order by created_at desc
        limit 1";
    // Its mail has not gone yet: links are born when their mail is due.
    UNBORN = "select id from links where email = $1 and created_at > $2 order by created_at desc limit 1";
    REDIRECT = "update links set purpose = $2, target = $3, language = $4, asked_from = $5, browser = $6,
            expires_at = created_at + $7
        where id = $1";
    BY_ID = links!("id = $1");
    BY_TOKEN = links!("token_hash = $1");
    SET_PERSON = "update links set person_id = $2 where id = $1";
    // Atomic: of many presses at the same time one gets the row.
    SPEND = "update links set consumed_at = $2
        where token_hash = $1 and consumed_at is null and expires_at > $2 and person_id is not null
        returning id, person_id, target";
    SPEND_BY_ID = "update links set consumed_at = $2
        where id = $1 and consumed_at is null and expires_at > $2 and person_id is not null
        returning id, person_id, target";
    UNTRY_CODE = "update links set code_tries = code_tries - 1 where id = $1";
    // A try is counted before the code is looked at.
    TRY_CODE = "update links set code_tries = code_tries + 1
        where id = $1 and code_tries < $3 and consumed_at is null and expires_at > $2
        returning code_tries";
    // Ten: one address gets no more links in a day.
    OPEN_FOR = "select id
        from links
        where email = $1 and consumed_at is null and expires_at > $2 and code_tries < $3
        order by created_at desc
        limit 10";
    // An address that somebody moved away from, and one whose person asked to be forgotten, signs nobody in.
    PERSON_BY_EMAIL = "select id from people where email = $1 and moved_to is null and erased_at is null";
    FORGET_LINKS = "delete
        from links
        where expires_at < $1 and not exists (select 1 from sessions s where s.link_id = links.id)";
    SPEND_LINKS = "update links set consumed_at = $3 where (person_id = $1 or email = $2) and consumed_at is null";
}

row! {
    struct AskedRow { created_at: i64 }
    struct IdRow { id: Uuid }
    struct TriesRow { code_tries: i64 }
    struct SpentRow { id: Uuid, person_id: Uuid, target: String }
    struct LinkRow {
        id: Uuid, email: String, person_id: Option<Uuid>, purpose: String, target: String, language: String,
        asked_from: String, browser: String, code_tries: i64, created_at: i64, expires_at: i64,
        consumed_at: Option<i64>,
    }
}

/// A link on file.
pub(in crate::people::sign_in) struct Link {
    pub(in crate::people::sign_in) id: LinkId,
    pub(in crate::people::sign_in) email: Email,
    pub(in crate::people::sign_in) person: Option<PersonId>,
    pub(in crate::people::sign_in) purpose: Purpose,
    pub(in crate::people::sign_in) target: Target,
    pub(in crate::people::sign_in) language: Language,
    pub(in crate::people::sign_in) asked_from: String,
    pub(in crate::people::sign_in) browser: String,
    pub(in crate::people::sign_in) code_tries: i64,
    pub(in crate::people::sign_in) created_at: Instant,
    pub(in crate::people::sign_in) expires_at: Instant,
    pub(in crate::people::sign_in) is_spent: bool,
}

impl Link {
    /// How long it lives, all in all.
    pub(in crate::people::sign_in) fn lifetime(&self) -> Duration {
        self.expires_at.since(self.created_at)
    }
}

/// Which of the two ways in a link belongs to (rule 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::people::sign_in) enum Purpose {
    Purchases,
    Order,
}

/// A link that was just spent.
pub(in crate::people::sign_in) struct Spent {
    pub(in crate::people::sign_in) link: LinkId,
    pub(in crate::people::sign_in) person: PersonId,
    pub(in crate::people::sign_in) target: Target,
}

impl Purpose {
    pub(in crate::people::sign_in) const fn as_str(self) -> &'static str {
        match self {
            Self::Purchases => "purchases",
            Self::Order => "order",
        }
    }
}

impl TryFrom<LinkRow> for Link {
    type Error = Error;

    fn try_from(row: LinkRow) -> Result<Self, Error> {
        let wrong = |what: &str| Error::inconsistent("links", row.id, what);
        Ok(Self {
            id: LinkId(row.id),
            email: Email::parse(&row.email).map_err(|_| wrong("e-mail"))?,
            person: row.person_id.map(PersonId),
            purpose: if row.purpose == "order" { Purpose::Order } else { Purpose::Purchases },
            target: serde_json::from_str(&row.target).map_err(|_| wrong("target"))?,
            language: Language::of_tag(&row.language).unwrap_or_default(),
            asked_from: row.asked_from,
            browser: row.browser,
            code_tries: row.code_tries,
            created_at: Instant::from_micros(row.created_at),
            expires_at: Instant::from_micros(row.expires_at),
            is_spent: row.consumed_at.is_some(),
        })
    }
}

impl TryFrom<SpentRow> for Spent {
    type Error = Error;

    fn try_from(row: SpentRow) -> Result<Self, Error> {
        let target = serde_json::from_str(&row.target).map_err(|_| Error::inconsistent("links", row.id, "target"))?;
        Ok(Self { link: LinkId(row.id), person: PersonId(row.person_id), target })
    }
}

/// When links to this address were asked for since then, the latest first.
pub(in crate::people::sign_in) async fn asked_since(
    conn: Conn<'_>,
    email: &Email,
    since: Instant,
) -> Result<Vec<Instant>, Error> {
    let rows = on!(conn, c => {
        sqlx::query_as::<_, AskedRow>(ASKED_SINCE).bind(email.as_str()).bind(since.micros()).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| Instant::from_micros(row.created_at)).collect())
}

pub(in crate::people::sign_in) async fn insert(tx: &mut Tx, link: &Link, token_hash: &str) -> Result<(), Error> {
    let target = target_text(&link.target)?;
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(link.id.0)
            .bind(link.email.as_str())
            .bind(link.purpose.as_str())
            .bind(target)
            .bind(token_hash)
            .bind(link.language.tag())
            .bind(&link.asked_from)
            .bind(&link.browser)
            .bind(link.created_at.micros())
            .bind(link.expires_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// The newest link to the same place that still opens.
pub(in crate::people::sign_in) async fn open_to(
    tx: &mut Tx,
    email: &Email,
    purpose: Purpose,
    target: &Target,
    now: Instant,
) -> Result<Option<LinkId>, Error> {
    let row = on!(tx.conn(), c => {
        let query = sqlx::query_as::<_, IdRow>(OPEN_TO).bind(email.as_str()).bind(purpose.as_str());
        query.bind(target_text(target)?).bind(now.micros()).fetch_optional(c).await?
    });
    Ok(row.map(|row| LinkId(row.id)))
}

/// The link to this address whose mail has not gone yet.
pub(in crate::people::sign_in) async fn unborn(
    tx: &mut Tx,
    email: &Email,
    now: Instant,
) -> Result<Option<LinkId>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, IdRow>(UNBORN).bind(email.as_str()).bind(now.micros()).fetch_optional(c).await?
    });
    Ok(row.map(|row| LinkId(row.id)))
}

/// A link whose mail has not gone yet leads where `to` leads, and lives as long after its birth.
pub(in crate::people::sign_in) async fn redirect(tx: &mut Tx, id: LinkId, to: &Link) -> Result<(), Error> {
    let lifetime = to.expires_at.micros() - to.created_at.micros();
    on!(tx.conn(), c => {
        let query = sqlx::query(REDIRECT).bind(id.0).bind(to.purpose.as_str()).bind(target_text(&to.target)?);
        let query = query.bind(to.language.tag()).bind(&to.asked_from).bind(&to.browser);
        query.bind(lifetime).execute(c).await?;
    });
    Ok(())
}

fn target_text(target: &Target) -> Result<String, Error> {
    serde_json::to_string(target).map_err(|error| Error::inconsistent("links", "new", error))
}

pub(in crate::people::sign_in) async fn by_id(db: &Db, link: LinkId) -> Result<Option<Link>, Error> {
    on!(db.read().await?.conn(), c => sqlx::query_as::<_, LinkRow>(BY_ID).bind(link.0).fetch_optional(c).await?)
        .map(Link::try_from)
        .transpose()
}

pub(in crate::people::sign_in) async fn by_token(db: &Db, token_hash: &str) -> Result<Option<Link>, Error> {
    on!(db.read().await?.conn(), c => sqlx::query_as::<_, LinkRow>(BY_TOKEN).bind(token_hash).fetch_optional(c).await?)
        .map(Link::try_from)
        .transpose()
}

pub(in crate::people::sign_in) async fn set_person(tx: &mut Tx, link: LinkId, person: PersonId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_PERSON).bind(link.0).bind(person.0).execute(c).await?; });
    Ok(())
}

pub(in crate::people::sign_in) async fn spend(
    tx: &mut Tx,
    token_hash: &str,
    now: Instant,
) -> Result<Option<Spent>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, SpentRow>(SPEND).bind(token_hash).bind(now.micros()).fetch_optional(c).await?
    });
    row.map(Spent::try_from).transpose()
}

pub(in crate::people::sign_in) async fn spend_by_id(
    tx: &mut Tx,
    link: LinkId,
    now: Instant,
) -> Result<Option<Spent>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, SpentRow>(SPEND_BY_ID).bind(link.0).bind(now.micros()).fetch_optional(c).await?
    });
    row.map(Spent::try_from).transpose()
}

/// Counts a try of the code; how many there were with it, or none when no more is allowed.
pub(in crate::people::sign_in) async fn try_code(
    tx: &mut Tx,
    link: LinkId,
    now: Instant,
    most: i64,
) -> Result<Option<i64>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, TriesRow>(TRY_CODE).bind(link.0).bind(now.micros()).bind(most).fetch_optional(c).await?
    });
    Ok(row.map(|row| row.code_tries))
}

/// Takes back a try that was counted: another link's code was meant.
pub(in crate::people::sign_in) async fn untry_code(tx: &mut Tx, link: LinkId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(UNTRY_CODE).bind(link.0).execute(c).await?; });
    Ok(())
}

/// The links to this address whose codes may be tried, the newest first.
pub(in crate::people::sign_in) async fn open_for(
    tx: &mut Tx,
    email: &Email,
    now: Instant,
    most: i64,
) -> Result<Vec<LinkId>, Error> {
    let rows = on!(tx.conn(), c => {
        sqlx::query_as::<_, IdRow>(OPEN_FOR).bind(email.as_str()).bind(now.micros()).bind(most).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| LinkId(row.id)).collect())
}

pub(in crate::people::sign_in) async fn person_by_email(tx: &mut Tx, email: &Email) -> Result<Option<PersonId>, Error> {
    let row =
        on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(PERSON_BY_EMAIL).bind(email.as_str()).fetch_optional(c).await?);
    Ok(row.map(|row| PersonId(row.id)))
}

/// Links of this person, and those sent to this address, sign nobody in any more.
pub(crate) async fn spend_links(tx: &mut Tx, person: PersonId, email: &str, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SPEND_LINKS).bind(person.0).bind(email).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}

/// Forgets links that ended before then, if no session began with them.
pub(in crate::people::sign_in) async fn forget(tx: &mut Tx, before: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(FORGET_LINKS).bind(before.micros()).execute(c).await?; });
    Ok(())
}
