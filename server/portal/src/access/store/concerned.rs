//! Which people and which member areas a change concerns.

use crate::db::{Error, Tx};
use crate::{on, row, statements};
use types::{MemberAreaId, PersonId, ProducerId, ProductId};
use uuid::Uuid;

statements! {
    AREAS_OF_PERSON = "select distinct r.member_area_id as id
        from orders o
        join order_items i on i.order_id = o.id
        join access_rules r on r.product_id = i.product_id
        where o.producer_id = $1 and o.person_id = $2
        union select a.member_area_id as id
        from access_tellings a
        where a.producer_id = $1 and a.person_id = $2
        -- What a call that had no answer may have given, to somebody whose orders are another's by now.
        union select d.member_area_id as id
        from deliveries d
        where d.producer_id = $1 and d.person_id = $2 and d.state in ('sending', 'refused', 'dead')
        order by 1";
    PAIRS_OF_PRODUCT = "select distinct r.member_area_id as area_id, o.person_id
        from access_rules r
        join order_items i on i.product_id = r.product_id
        join orders o on o.id = i.order_id
        where r.product_id = $1
        union select a.member_area_id as area_id, a.person_id
        from access_tellings a
        join access_rules r on r.member_area_id = a.member_area_id
        where r.product_id = $1
        order by 1, 2";
    PEOPLE_OF_AREA = "select distinct o.person_id as id
        from access_rules r
        join order_items i on i.product_id = r.product_id
        join orders o on o.id = i.order_id
        where r.member_area_id = $1
        union select a.person_id as id
        from access_tellings a
        where a.member_area_id = $1
        order by 1";
}

row! {
    struct IdRow { id: Uuid }
    struct PairRow { area_id: Uuid, person_id: Uuid }
}

pub(in crate::access) async fn areas_of_person(
    tx: &mut Tx,
    producer: ProducerId,
    person: PersonId,
) -> Result<Vec<MemberAreaId>, Error> {
    let rows = on!(tx.conn(), c => {
        sqlx::query_as::<_, IdRow>(AREAS_OF_PERSON).bind(producer.0).bind(person.0).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| MemberAreaId(row.id)).collect())
}

pub(in crate::access) async fn pairs_of_product(
    tx: &mut Tx,
    product: ProductId,
) -> Result<Vec<(MemberAreaId, PersonId)>, Error> {
    let rows = on!(tx.conn(), c => {
        sqlx::query_as::<_, PairRow>(PAIRS_OF_PRODUCT).bind(product.0).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| (MemberAreaId(row.area_id), PersonId(row.person_id))).collect())
}

pub(in crate::access) async fn people_of_area(tx: &mut Tx, area: MemberAreaId) -> Result<Vec<PersonId>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(PEOPLE_OF_AREA).bind(area.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| PersonId(row.id)).collect())
}
