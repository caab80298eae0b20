//! What member areas were last told or may have heard, and the orders that are released by it.

use super::AreaMember;
use crate::access::difference::Step;
use crate::access::entitlement::LastTold;
use crate::access::send_again::ByEnd;
use crate::db::{Db, Error, Tx, parsed};
use crate::ports::AccessTarget;
use crate::{on, row, statements};
use std::collections::{BTreeMap, BTreeSet};
use types::{Instant, MemberAreaId, OrderId, PersonId, ProducerId};
use uuid::Uuid;

statements! {
    TOLD = "select target, is_active, until, confirmed_at
        from access_tellings
        where member_area_id = $1 and person_id = $2";
    GIVEN = "select producer_id, member_area_id, target, until
        from access_tellings
        where person_id = $1 and is_active
        order by producer_id, member_area_id, target";
    // What was tried and not confirmed may have had its effect all the same; what no call was made for cannot.
    DOUBTED = "select id, content, created_at,
            (select max(a.started_at) from delivery_attempts a where a.delivery_id = deliveries.id) as tried_at
        from deliveries
        where person_id = $1
            and member_area_id = $2
            and (state = 'sending' or ((state = 'dead' or (state = 'refused' and attempts > 1))
                and exists (select 1 from delivery_attempts a
                    where a.delivery_id = deliveries.id and a.request <> '')))";
    TELL = "insert into access_tellings (member_area_id, producer_id, person_id, target, is_active, until, confirmed_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (member_area_id, person_id, target) do update set is_active = excluded.is_active,
            until = excluded.until, confirmed_at = excluded.confirmed_at";
    // An order that came within a day of its payment is released when its access is first confirmed. One that came
    // later, or whose product got its rule later, was released elsewhere before: it counts from its payment, so that
    // sending in old orders opens no refund window again.
    RELEASE_ORDER = "update orders set released_at = case
                when orders.created_at - coalesce(orders.paid_at, orders.created_at) < 86400000000
            and exists ( select 1 from order_items i join access_rules r on r.product_id = i.product_id
                where i.order_id = orders.id and r.created_at <= orders.created_at + 86400000000) then $2
                else coalesce(orders.paid_at, orders.ordered_at) end
        where id = $1 and released_at is null";
}

row! {
    struct ToldRow { target: String, is_active: bool, until: Option<i64>, confirmed_at: i64 }
    struct GivenRow { producer_id: Uuid, member_area_id: Uuid, target: String, until: Option<i64> }
    struct DoubtedRow { id: Uuid, content: String, created_at: i64, tried_at: Option<i64> }
}

impl TryFrom<ToldRow> for (AccessTarget, LastTold) {
    type Error = Error;

    fn try_from(row: ToldRow) -> Result<Self, Error> {
        let target = parsed("access_tellings", &row.target, AccessTarget::parse(&row.target))?;
        let (until, at) = (row.until.map(Instant::from_micros), Instant::from_micros(row.confirmed_at));
        Ok((target, LastTold { is_active: row.is_active, until, at }))
    }
}

/// What each area gives this person, by its end.
pub(in crate::access) async fn given(tx: &mut Tx, person: PersonId) -> Result<Vec<(AreaMember, ByEnd)>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, GivenRow>(GIVEN).bind(person.0).fetch_all(c).await?);
    let mut given = BTreeMap::<_, ByEnd>::new();
    for GivenRow { producer_id, member_area_id, target, until } in rows {
        let target = parsed("access_tellings", &target, AccessTarget::parse(&target))?;
        let of_area = given.entry((producer_id, member_area_id)).or_default();
        of_area.entry(until.map(Instant::from_micros)).or_default().push(target);
    }
    let member = |(producer, area)| AreaMember { producer: ProducerId(producer), area: MemberAreaId(area), person };
    Ok(given.into_iter().map(|(of, given)| (member(of), given)).collect())
}

pub(in crate::access) async fn told(
    db: &Db,
    area: MemberAreaId,
    person: PersonId,
) -> Result<BTreeMap<AccessTarget, LastTold>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, ToldRow>(TOLD).bind(area.0).bind(person.0).fetch_all(c).await?
    });
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Calls whose effect is unknown: the area may have had them or not, or has them yet to come.
#[derive(Default)]
pub(in crate::access) struct Doubted {
    pub(in crate::access) targets: BTreeSet<AccessTarget>,
    /// When the last of them was made.
    pub(in crate::access) tried_at: Option<Instant>,
}

pub(in crate::access) async fn doubted(db: &Db, area: MemberAreaId, person: PersonId) -> Result<Doubted, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, DoubtedRow>(DOUBTED).bind(person.0).bind(area.0).fetch_all(c).await?
    });
    let mut doubted = Doubted::default();
    for row in rows {
        let targets = targets_of(&row.content);
        let targets = targets.ok_or_else(|| Error::inconsistent("deliveries", row.id, "it names no targets"))?;
        doubted.targets.extend(targets);
        let tried_at = Instant::from_micros(row.tried_at.map_or(row.created_at, |at| at.max(row.created_at)));
        doubted.tried_at = doubted.tried_at.max(Some(tried_at));
    }
    Ok(doubted)
}

fn targets_of(content: &str) -> Option<Vec<AccessTarget>> {
    let content: serde_json::Value = serde_json::from_str(content).ok()?;
    content["targets"].as_array()?.iter().map(|word| AccessTarget::parse(word.as_str()?).ok()).collect()
}

pub(in crate::access) async fn tell(tx: &mut Tx, member: AreaMember, step: &Step, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => for target in &step.targets {
        sqlx::query(TELL)
            .bind(member.area.0)
            .bind(member.producer.0)
            .bind(member.person.0)
            .bind(target.as_str())
            .bind(step.is_active)
            .bind(step.until.map(Instant::micros))
            .bind(now.micros())
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

pub(in crate::access) async fn release_order(tx: &mut Tx, order: OrderId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(RELEASE_ORDER).bind(order.0).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}
