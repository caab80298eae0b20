//! Deliveries, and the attempts at each.

use super::AreaMember;
use crate::db::{Db, Error, Tx, parsed};
use crate::ports::DeliveryAttempt;
use crate::{on, row, statements};
use std::collections::BTreeMap;
use types::{DeliveryId, DeliveryState, Email, Instant, Language, MemberAreaId, PersonId, ProducerId};
use uuid::Uuid;

statements! {
    // The same content that was not confirmed yet is the same delivery, however often it is tried.
    OPEN_DELIVERY = "select id, attempts
        from deliveries
        where person_id = $1 and member_area_id = $2 and content = $3 and state in ('sending', 'refused', 'dead')
        order by created_at desc
        limit 1";
    INSERT_DELIVERY = "insert into deliveries (id, producer_id, member_area_id, person_id, content, is_revocation,
                state, attempts, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, 0, $8)";
    SUPERSEDE = "update deliveries set state = $3, ended_at = $4
        where person_id = $1 and member_area_id = $2 and state in ('sending', 'refused', 'dead')";
    REOPEN = "update deliveries set state = $2, ended_at = null where id = $1";
    // The update first: it locks the delivery, so that two runners at the same time number their attempts one after the
    // other.
    END_ATTEMPT = "update deliveries set state = $2, attempts = attempts + 1, ended_at = $3 where id = $1";
    INSERT_ATTEMPT = "insert into delivery_attempts (delivery_id, producer_id, number, request, status, answer, error,
                duration, started_at)
        values ($1, $2, (select attempts from deliveries where id = $1), $3, $4, $5, $6, $7, $8)";
    TROUBLED = "select member_area_id as area_id, max(coalesce(ended_at, created_at)) as since
        from deliveries
        where person_id = $1 and producer_id = $2 and state in ('sending', 'refused', 'dead') and attempts > 0
        group by member_area_id";
    STOPPED = "select d.id, d.is_revocation, m.code as area,
            coalesce((select e.given_email from erasures e where e.person_id = p.id
                and e.state = 'begun'), p.email) as buyer,
            pr.email as producer, pr.language, pr.time_zone,
            (select a.answer from delivery_attempts a where a.delivery_id = d.id
                order by a.number desc limit 1) as answer,
            (select a.error from delivery_attempts a where a.delivery_id = d.id
                order by a.number desc limit 1) as error,
            (select a.status from delivery_attempts a where a.delivery_id = d.id
                order by a.number desc limit 1) as status
        from deliveries d
        join member_areas m on m.id = d.member_area_id
        join people p on p.id = d.person_id
        join producers pr on pr.id = d.producer_id
        where d.id = $1";
}

row! {
    struct OpenRow { id: Uuid, attempts: i64 }
    struct TroubledRow { area_id: Uuid, since: i64 }
    struct StoppedRow {
        id: Uuid, is_revocation: bool, area: String, buyer: String, producer: String, language: String,
        time_zone: String, answer: Option<String>, error: Option<String>, status: Option<i64>,
    }
}

/// A delivery to be tried, should none of the same content be open.
pub(in crate::access) struct NewDelivery {
    pub(in crate::access) id: DeliveryId,
    /// What the member area is told: what makes two deliveries the same.
    pub(in crate::access) content: String,
    pub(in crate::access) is_revocation: bool,
}

/// A delivery that is being tried.
pub(in crate::access) struct OpenDelivery {
    pub(in crate::access) id: DeliveryId,
    /// How often it was tried before.
    pub(in crate::access) attempts: i64,
}

/// A delivery that was refused or given up, with its last attempt.
pub(in crate::access) struct Stopped {
    pub(in crate::access) is_revocation: bool,
    /// Code of the member area.
    pub(in crate::access) area: String,
    pub(in crate::access) buyer: Email,
    pub(in crate::access) producer: Email,
    /// The producer's.
    pub(in crate::access) language: Language,
    pub(in crate::access) time_zone: String,
    pub(in crate::access) status: Option<i64>,
    pub(in crate::access) answer: Option<String>,
    pub(in crate::access) error: Option<String>,
}

impl TryFrom<StoppedRow> for Stopped {
    type Error = Error;

    fn try_from(row: StoppedRow) -> Result<Self, Error> {
        let StoppedRow { id, is_revocation, area, buyer, producer, language, time_zone, answer, error, status } = row;
        let language = Language::of_tag(&language).unwrap_or_default();
        let buyer = parsed("deliveries", id, Email::parse(&buyer))?;
        let producer = parsed("deliveries", id, Email::parse(&producer))?;
        Ok(Self { is_revocation, area, buyer, producer, language, time_zone, status, answer, error })
    }
}

/// The delivery of this content: the one that is still open, or else the new one.
pub(in crate::access) async fn open_delivery(
    tx: &mut Tx,
    member: AreaMember,
    new: &NewDelivery,
    now: Instant,
) -> Result<OpenDelivery, Error> {
    let (person, area, sending) = (member.person.0, member.area.0, DeliveryState::Sending.as_str());
    on!(tx.conn(), c => {
        let open = sqlx::query_as::<_, OpenRow>(OPEN_DELIVERY).bind(person).bind(area).bind(&new.content);
        if let Some(open) = open.fetch_optional(&mut *c).await? {
            sqlx::query(REOPEN).bind(open.id).bind(sending).execute(c).await?;
            return Ok(OpenDelivery { id: DeliveryId(open.id), attempts: open.attempts });
        }
        sqlx::query(INSERT_DELIVERY)
            .bind(new.id.0)
            .bind(member.producer.0)
            .bind(area)
            .bind(person)
            .bind(&new.content)
            .bind(new.is_revocation)
            .bind(sending)
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(OpenDelivery { id: new.id, attempts: 0 })
}

/// Ends every delivery of this person to this area that is open: nothing of it is left to tell.
pub(in crate::access) async fn supersede(tx: &mut Tx, member: AreaMember, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SUPERSEDE)
            .bind(member.person.0)
            .bind(member.area.0)
            .bind(DeliveryState::Superseded.as_str())
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Writes an attempt down, and where its delivery stands after it.
pub(in crate::access) async fn record_attempt(
    tx: &mut Tx,
    member: AreaMember,
    delivery: &OpenDelivery,
    attempt: &DeliveryAttempt,
    state: DeliveryState,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(END_ATTEMPT).bind(delivery.id.0).bind(state.as_str()).bind(now.micros()).execute(&mut *c).await?;
        sqlx::query(INSERT_ATTEMPT)
            .bind(delivery.id.0)
            .bind(member.producer.0)
            .bind(&attempt.request)
            .bind(attempt.status.map(i64::from))
            .bind(&attempt.answer)
            .bind(&attempt.error)
            .bind(attempt.duration.as_micros() as i64)
            .bind(now.minus(attempt.duration).micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Areas that have not taken the last call about this person, and since when.
pub(in crate::access) async fn troubled(
    db: &Db,
    producer: ProducerId,
    person: PersonId,
) -> Result<BTreeMap<MemberAreaId, Instant>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, TroubledRow>(TROUBLED).bind(person.0).bind(producer.0).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| (MemberAreaId(row.area_id), Instant::from_micros(row.since))).collect())
}

pub(in crate::access) async fn stopped(db: &Db, delivery: DeliveryId) -> Result<Option<Stopped>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, StoppedRow>(STOPPED).bind(delivery.0).fetch_optional(c).await?
    });
    row.map(TryInto::try_into).transpose()
}
