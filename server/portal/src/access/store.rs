use super::entitlement::Told;
use super::notice::Kind;
use super::plan::Step;
use crate::db::{Db, Error, Tx};
use crate::ports::{AccessTarget, Attempt};
use crate::{on, row, statements};
use std::collections::{BTreeMap, BTreeSet};
use types::{AccessNoticeId, DeliveryId, Instant, ItemId, MemberAreaId, OrderId, PersonId, ProducerId, ProductId};
use uuid::Uuid;

statements! {
    // One row for each line of an order and each target of each rule of its product.
    ENTITLEMENTS = "select o.id as order_id, i.id as item_id, i.is_bump, r.member_area_id as area_id, t.target,
            o.status, o.ordered_at, o.paid_at, p.access_days, p.access_cycles,
            (select count(*) from charges c where c.order_id = o.id and c.status = 'paid' and not exists
                (select 1 from plan_changes pc where pc.charge_reference = c.reference)) as paid_cycles,
            pr.time_zone, s.status as subscription_status, s.period_end, m.content_url,
            exists (select 1 from refund_items ri where ri.item_id = i.id and ri.released_at is null and
                (select f.state from refunds f
                where f.id = ri.refund_id) in ('sent', 'settled')) as is_refunded,
            (select v.grace_until from invoices v where v.order_id = o.id
                and v.state = 'open') as grace_until,
            exists (select 1 from invoices v where v.order_id = o.id and v.state = 'overdue') as is_overdue,
            a.is_active as told_active, a.until as told_until, a.confirmed_at as told_at,
            exists (select 1 from people g where g.id = o.person_id
                and g.erased_at is not null) as is_erased
        from orders o
        join producers pr on pr.id = o.producer_id
        join order_items i on i.order_id = o.id
        join products p on p.id = i.product_id
        join access_rules r on r.product_id = p.id
        join access_rule_targets t on t.rule_id = r.id
        join member_areas m on m.id = r.member_area_id
        left join subscriptions s on s.order_id = o.id
        left join access_tellings a on a.member_area_id = r.member_area_id
            and a.person_id = o.person_id
            and a.target = t.target
        where o.person_id = $1 and o.producer_id = $2";
    TOLD = "select target, is_active, until, confirmed_at
        from access_tellings
        where member_area_id = $1 and person_id = $2";
    // What was tried and not confirmed may have had its effect all the same.
    DOUBTED = "select content
        from deliveries
        where person_id = $1
            and member_area_id = $2
            and (state in ('sending', 'dead') or (state = 'refused' and attempts > 1))";
    AREA = "select producer_id, base_url, api_key_sealed from member_areas where id = $1";
    // Name and numbers as the latest order has them.
    // Somebody whose orders have gone to another address has none; what is left there must be taken away all the same.
    // Whoever is being erased may have given the address up to somebody new: what is taken away is taken away there.
    PERSON = "select coalesce((select e.given_email from erasures e where e.person_id = p.id
                and e.state = 'begun'), p.email) as email,
            coalesce(o.buyer_name, p.name) as name, o.tax_id, o.phone, pr.time_zone
        from people p
        join producers pr on pr.id = $2
        left join orders o on o.person_id = p.id and o.producer_id = pr.id
        where p.id = $1
        order by o.ordered_at desc, o.id desc
        limit 1";
    // What an area still holds of somebody who had this address and is being erased.
    HELD_BACK = "select count(*) as held
        from people p
        join erasures e on e.given_email = p.email and e.state = 'begun'
        where p.id = $1
            and (exists (select 1 from access_tellings a where a.person_id = e.person_id and a.member_area_id = $2
                and a.is_active) or exists (select 1 from deliveries d where d.person_id = e.person_id
                and d.member_area_id = $2 and d.state in ('sending', 'dead')))";
    AREAS_OF_PERSON = "select distinct r.member_area_id as id
        from orders o
        join order_items i on i.order_id = o.id
        join access_rules r on r.product_id = i.product_id
        where o.producer_id = $1 and o.person_id = $2 union select a.member_area_id as id
        from access_tellings a
        where a.producer_id = $1 and a.person_id = $2
        order by 1";
    PAIRS_OF_PRODUCT = "select distinct r.member_area_id as area_id, o.person_id
        from access_rules r
        join order_items i on i.product_id = r.product_id
        join orders o on o.id = i.order_id
        where r.product_id = $1 union select a.member_area_id as area_id, a.person_id
        from access_tellings a
        join access_rules r on r.member_area_id = a.member_area_id
        where r.product_id = $1
        order by 1, 2";
    PEOPLE_OF_AREA = "select distinct o.person_id as id
        from access_rules r
        join order_items i on i.product_id = r.product_id
        join orders o on o.id = i.order_id
        where r.member_area_id = $1 union select a.person_id as id
        from access_tellings a
        where a.member_area_id = $1
        order by 1";
    // The same content that was not confirmed yet is the same delivery, however often it is tried.
    OPEN_DELIVERY = "select id, attempts
        from deliveries
        where person_id = $1 and member_area_id = $2 and content = $3 and state in ('sending', 'refused', 'dead')
        order by created_at desc
        limit 1";
    INSERT_DELIVERY = "insert into deliveries (id, producer_id, member_area_id, person_id, content, is_revocation,
                state, attempts, created_at)
        values ($1, $2, $3, $4, $5, $6, 'sending', 0, $7)";
    SUPERSEDE = "update deliveries set state = 'superseded', ended_at = $3
        where person_id = $1 and member_area_id = $2 and state in ('sending', 'refused', 'dead')";
    REOPEN = "update deliveries set state = 'sending', ended_at = null where id = $1";
    // The update first: it locks the delivery, so that two runners at the same time number their attempts one after the
    // other.
    END_ATTEMPT = "update deliveries set state = $2, attempts = attempts + 1, ended_at = $3 where id = $1";
    INSERT_ATTEMPT = "insert into delivery_attempts (delivery_id, producer_id, number, request, status, answer, error,
                duration, started_at)
        values ($1, $2, (select attempts from deliveries where id = $1), $3, $4, $5, $6, $7, $8)";
    TELL = "insert into access_tellings (member_area_id, producer_id, person_id, target, is_active, until, confirmed_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (member_area_id, person_id, target) do update set is_active = excluded.is_active,
            until = excluded.until, confirmed_at = excluded.confirmed_at";
// An order that came when it was paid is released when its access is first confirmed. One that came later, or whose
// product got its rule later,
    // was released by somebody else before us: it counts from its payment, so that history sent in at once opens no old
    // window again.
    RELEASE_ORDER = "update orders set released_at = case
                when orders.created_at - coalesce(orders.paid_at, orders.created_at) < 86400000000
            and exists ( select 1 from order_items i join access_rules r on r.product_id = i.product_id
                where i.order_id = orders.id and r.created_at <= orders.created_at + 86400000000) then $2
                else coalesce(orders.paid_at, orders.ordered_at) end
        where id = $1 and released_at is null";
    TROUBLED = "select member_area_id as area_id, max(coalesce(ended_at, created_at)) as since
        from deliveries
        where person_id = $1 and producer_id = $2 and state in ('sending', 'refused', 'dead') and attempts > 0
        group by member_area_id";
    NOTICED_ITEM = "select p.code as product, o.created_at, pr.time_zone
        from order_items i
        join products p on p.id = i.product_id
        join orders o on o.id = i.order_id
        join producers pr on pr.id = o.producer_id
        where i.producer_id = $1 and i.id = $2";
    INSERT_NOTICE = "insert into access_notices (id, producer_id, order_id, item_id, kind, ends_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing";
    NOTICE = "select n.order_id, n.item_id, n.kind, n.ends_at, i.name as item
        from access_notices n
        join order_items i on i.id = n.item_id
        where n.id = $1";
    STOPPED = "select d.is_revocation, m.code as area,
            coalesce((select e.given_email from erasures e where e.person_id = p.id
                and e.state = 'begun'), p.email) as buyer,
            pr.email as producer, pr.time_zone,
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
    pub(super) struct EntitlementRow {
        order_id: Uuid, item_id: Uuid, is_bump: bool, area_id: Uuid, target: String, status: String, ordered_at: i64, paid_at: Option<i64>,
        access_days: Option<i64>, access_cycles: Option<i64>, paid_cycles: i64, time_zone: String, subscription_status: Option<String>, period_end: Option<i64>,
        content_url: Option<String>, is_refunded: bool, grace_until: Option<i64>, is_overdue: bool, is_erased: bool, told_active: Option<bool>, told_until: Option<i64>, told_at: Option<i64>,
    }
    struct ToldRow { target: String, is_active: bool, until: Option<i64>, confirmed_at: i64 }
    pub(super) struct AreaRow { producer_id: Uuid, base_url: String, api_key_sealed: String }
    pub(super) struct PersonRow { email: String, name: String, tax_id: Option<String>, phone: Option<String>, time_zone: String }
    pub(super) struct NoticedRow { product: String, created_at: i64, time_zone: String }
    pub(super) struct NoticeRow { order_id: Uuid, item_id: Uuid, kind: String, ends_at: i64, item: String }
    struct ContentRow { content: String }
    struct HeldRow { held: i64 }
    struct IdRow { id: Uuid }
    struct PairRow { area_id: Uuid, person_id: Uuid }
    struct OpenRow { id: Uuid, attempts: i64 }
    struct TroubledRow { area_id: Uuid, since: i64 }
    pub(super) struct StoppedRow {
        is_revocation: bool, area: String, buyer: String, producer: String, time_zone: String, answer: Option<String>, error: Option<String>, status: Option<i64>,
    }
}

/// A delivery that is being tried.
pub(super) struct OpenDelivery {
    pub(super) id: DeliveryId,
    pub(super) attempts: i64,
}

/// Whose delivery, where to.
#[derive(Clone, Copy)]
pub(super) struct Route {
    pub(super) producer: ProducerId,
    pub(super) area: MemberAreaId,
    pub(super) person: PersonId,
}

pub(super) async fn entitlements(
    db: &Db,
    producer: ProducerId,
    person: PersonId,
) -> Result<Vec<EntitlementRow>, Error> {
    Ok(
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, EntitlementRow>(ENTITLEMENTS).bind(person.0).bind(producer.0).fetch_all(c).await?),
    )
}

/// Returns whether the area must first take the address away from another person: the same address is taken away before
/// it is given.
pub(super) async fn is_held_back(db: &Db, area: MemberAreaId, person: PersonId) -> Result<bool, Error> {
    let row = on!(db.read().await?.conn(), c => sqlx::query_as::<_, HeldRow>(HELD_BACK).bind(person.0).bind(area.0).fetch_one(c).await?);
    Ok(row.held > 0)
}

pub(super) async fn told(db: &Db, area: MemberAreaId, person: PersonId) -> Result<BTreeMap<AccessTarget, Told>, Error> {
    let rows = on!(db.read().await?.conn(), c => sqlx::query_as::<_, ToldRow>(TOLD).bind(area.0).bind(person.0).fetch_all(c).await?);
    let read = |row: ToldRow| {
        let target = AccessTarget::from_word(&row.target)
            .ok_or_else(|| Error::inconsistent("access_tellings", &row.target, "not a target"))?;
        let told = Told {
            is_active: row.is_active,
            until: row.until.map(Instant::from_micros),
            at: Instant::from_micros(row.confirmed_at),
        };
        Ok((target, told))
    };
    rows.into_iter().map(read).collect()
}

/// Targets of calls whose effect is unknown: the area may have them or not.
pub(super) async fn doubted(db: &Db, area: MemberAreaId, person: PersonId) -> Result<BTreeSet<AccessTarget>, Error> {
    let rows = on!(db.read().await?.conn(), c => sqlx::query_as::<_, ContentRow>(DOUBTED).bind(person.0).bind(area.0).fetch_all(c).await?);
    let mut targets = BTreeSet::new();
    for row in rows {
        targets.extend(
            targets_of(&row.content).ok_or_else(|| Error::inconsistent("deliveries", &row.content, "no targets"))?,
        );
    }
    Ok(targets)
}

fn targets_of(content: &str) -> Option<Vec<AccessTarget>> {
    let content: serde_json::Value = serde_json::from_str(content).ok()?;
    content["targets"].as_array()?.iter().map(|word| AccessTarget::from_word(word.as_str()?)).collect()
}

pub(super) async fn area(db: &Db, area: MemberAreaId) -> Result<Option<AreaRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => sqlx::query_as::<_, AreaRow>(AREA).bind(area.0).fetch_optional(c).await?))
}

pub(super) async fn person(db: &Db, person: PersonId, producer: ProducerId) -> Result<Option<PersonRow>, Error> {
    Ok(
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, PersonRow>(PERSON).bind(person.0).bind(producer.0).fetch_optional(c).await?),
    )
}

pub(super) async fn areas_of_person(
    tx: &mut Tx,
    producer: ProducerId,
    person: PersonId,
) -> Result<Vec<MemberAreaId>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(AREAS_OF_PERSON).bind(producer.0).bind(person.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| MemberAreaId(row.id)).collect())
}

pub(super) async fn pairs_of_product(tx: &mut Tx, product: ProductId) -> Result<Vec<(MemberAreaId, PersonId)>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, PairRow>(PAIRS_OF_PRODUCT).bind(product.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (MemberAreaId(row.area_id), PersonId(row.person_id))).collect())
}

pub(super) async fn people_of_area(tx: &mut Tx, area: MemberAreaId) -> Result<Vec<PersonId>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(PEOPLE_OF_AREA).bind(area.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| PersonId(row.id)).collect())
}

/// The delivery of this content: the one that is still open, or a new one with `new_id`.
pub(super) async fn open_delivery(
    tx: &mut Tx,
    route: Route,
    new_id: Uuid,
    content: &str,
    step: &Step,
    now: Instant,
) -> Result<OpenDelivery, Error> {
    let (person, area) = (route.person.0, route.area.0);
    on!(tx.conn(), c => {
        let open = sqlx::query_as::<_, OpenRow>(OPEN_DELIVERY).bind(person).bind(area).bind(content).fetch_optional(&mut *c).await?;
        if let Some(open) = open {
            sqlx::query(REOPEN).bind(open.id).execute(c).await?;
            return Ok(OpenDelivery { id: DeliveryId(open.id), attempts: open.attempts });
        }
        sqlx::query(INSERT_DELIVERY)
            .bind(new_id)
            .bind(route.producer.0)
            .bind(area)
            .bind(person)
            .bind(content)
            .bind(!step.is_active)
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(OpenDelivery { id: DeliveryId(new_id), attempts: 0 })
}

/// Nothing is left to tell: what was open has been overtaken.
pub(super) async fn supersede(tx: &mut Tx, route: Route, now: Instant) -> Result<u64, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(SUPERSEDE).bind(route.person.0).bind(route.area.0).bind(now.micros()).execute(c).await?.rows_affected()
    }))
}

pub(super) async fn record_attempt(
    tx: &mut Tx,
    route: Route,
    delivery: &OpenDelivery,
    attempt: &Attempt,
    state: &str,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(END_ATTEMPT).bind(delivery.id.0).bind(state).bind(now.micros()).execute(&mut *c).await?;
        sqlx::query(INSERT_ATTEMPT)
            .bind(delivery.id.0)
            .bind(route.producer.0)
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

pub(super) async fn tell(tx: &mut Tx, route: Route, step: &Step, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => for target in &step.targets {
        sqlx::query(TELL)
            .bind(route.area.0)
            .bind(route.producer.0)
            .bind(route.person.0)
            .bind(target.to_word())
            .bind(step.is_active)
            .bind(step.until.map(Instant::micros))
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// A notice to be written.
pub(super) struct NewNotice {
    pub(super) id: AccessNoticeId,
    pub(super) producer: ProducerId,
    pub(super) order: OrderId,
    pub(super) item: ItemId,
    pub(super) kind: Kind,
    pub(super) ends_at: Instant,
    pub(super) now: Instant,
}

pub(super) async fn noticed_item(tx: &mut Tx, producer: ProducerId, item: ItemId) -> Result<Option<NoticedRow>, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query_as::<_, NoticedRow>(NOTICED_ITEM).bind(producer.0).bind(item.0).fetch_optional(c).await?
    }))
}

/// False when this end was told before.
pub(super) async fn insert_notice(tx: &mut Tx, new: &NewNotice) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT_NOTICE)
            .bind(new.id.0)
            .bind(new.producer.0)
            .bind(new.order.0)
            .bind(new.item.0)
            .bind(new.kind.word())
            .bind(new.ends_at.micros())
            .bind(new.now.micros())
            .execute(c)
            .await?
            .rows_affected()
    }) == 1)
}

pub(super) async fn notice(db: &Db, notice: AccessNoticeId) -> Result<Option<NoticeRow>, Error> {
    Ok(
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, NoticeRow>(NOTICE).bind(notice.0).fetch_optional(c).await?),
    )
}

pub(super) async fn release_order(tx: &mut Tx, order: OrderId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(RELEASE_ORDER).bind(order.0).bind(now.micros()).execute(c).await?; });
    Ok(())
}

/// Areas that have not taken the last call about this person, and since when.
pub(super) async fn troubled(
    db: &Db,
    producer: ProducerId,
    person: PersonId,
) -> Result<BTreeMap<MemberAreaId, Instant>, Error> {
    let rows = on!(db.read().await?.conn(), c => sqlx::query_as::<_, TroubledRow>(TROUBLED).bind(person.0).bind(producer.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (MemberAreaId(row.area_id), Instant::from_micros(row.since))).collect())
}

pub(super) async fn stopped(db: &Db, delivery: DeliveryId) -> Result<Option<StoppedRow>, Error> {
    Ok(
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, StoppedRow>(STOPPED).bind(delivery.0).fetch_optional(c).await?),
    )
}
