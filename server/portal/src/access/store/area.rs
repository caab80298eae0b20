//! A member area, and the person whom it is told about.

use crate::db::{Db, Error};
use crate::ports::TellingPerson;
use crate::time::Zone;
use crate::{on, row, statements};
use types::{MemberAreaId, PersonId, ProducerId};
use uuid::Uuid;

statements! {
    AREA = "select producer_id, kind, base_url, api_key_sealed from member_areas where id = $1";
    // Name and numbers as the latest order has them.
    // Somebody whose orders have gone to another address has none; what the area still holds must be taken away.
    // While somebody is being erased, a new person may already have the address: access is taken away under the address
    // that was given up.
    // What a person says of themselves counts more than what an order says.
    PERSON = "select coalesce((select e.given_email from erasures e where e.person_id = p.id
                and e.state = 'begun'), p.email) as email,
            case when p.profile_at is null then coalesce(o.buyer_name, p.name) else p.name end as name,
            case when p.profile_at is null then o.tax_id else coalesce(p.tax_id, o.tax_id) end as tax_id,
            case when p.profile_at is null then o.phone else coalesce(p.phone, o.phone) end as phone, pr.time_zone
        from people p
        join producers pr on pr.id = $2
        left join orders o on o.person_id = p.id and o.producer_id = pr.id
        where p.id = $1
        order by o.ordered_at desc, o.id desc
        limit 1";
    // Whether an area still has the address for somebody who had it before and is being erased.
    OCCUPIED = "select count(*) as hits
        from people p
        join erasures e on e.given_email = p.email and e.state = 'begun'
        where p.id = $1
            and (exists (select 1 from access_tellings a where a.person_id = e.person_id and a.member_area_id = $2
                and a.is_active) or exists (select 1 from deliveries d where d.person_id = e.person_id
                and d.member_area_id = $2 and d.state in ('sending', 'dead')))";
}

row! {
    struct AreaRow { producer_id: Uuid, kind: String, base_url: String, api_key_sealed: String }
    struct PersonRow {
        email: String, name: String, tax_id: Option<String>, phone: Option<String>, time_zone: String,
    }
    struct HitsRow { hits: i64 }
}

/// A member area, its key still sealed.
pub(in crate::access) struct Area {
    pub(in crate::access) producer: ProducerId,
    pub(in crate::access) kind: String,
    pub(in crate::access) base_url: String,
    pub(in crate::access) api_key_sealed: String,
}

impl From<AreaRow> for Area {
    fn from(row: AreaRow) -> Self {
        let AreaRow { producer_id, kind, base_url, api_key_sealed } = row;
        Self { producer: ProducerId(producer_id), kind, base_url, api_key_sealed }
    }
}

pub(in crate::access) async fn area(db: &Db, area: MemberAreaId) -> Result<Option<Area>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, AreaRow>(AREA).bind(area.0).fetch_optional(c).await?
    });
    Ok(row.map(Area::from))
}

/// The person as the area is told, and the producer's zone, in which days of access are counted.
pub(in crate::access) async fn person(
    db: &Db,
    person: PersonId,
    producer: ProducerId,
) -> Result<Option<(TellingPerson, Zone)>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, PersonRow>(PERSON).bind(person.0).bind(producer.0).fetch_optional(c).await?
    });
    row.map(TryInto::try_into).transpose()
}

impl TryFrom<PersonRow> for (TellingPerson, Zone) {
    type Error = Error;

    fn try_from(row: PersonRow) -> Result<Self, Error> {
        let PersonRow { email, name, tax_id, phone, time_zone } = row;
        let zone = Zone::named(&time_zone).map_err(|error| Error::inconsistent("producers", &time_zone, error))?;
        Ok((TellingPerson { email, name, tax_id, phone }, zone))
    }
}

/// Returns whether the area must first take the address away from another person: the same address is taken away before
/// it is given.
pub(in crate::access) async fn is_address_occupied(
    db: &Db,
    area: MemberAreaId,
    person: PersonId,
) -> Result<bool, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, HitsRow>(OCCUPIED).bind(person.0).bind(area.0).fetch_one(c).await?
    });
    Ok(row.hits > 0)
}
