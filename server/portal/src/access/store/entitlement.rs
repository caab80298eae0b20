//! What is on file of each line of a person's orders, against each target that it could give.

use crate::access::entitlement::{LastTold, LineFacts, Plan};
use crate::db::{Db, Error, parsed};
use crate::ports::AccessTarget;
use crate::time::Zone;
use crate::{on, row, statements};
use types::{Instant, ItemId, MemberAreaId, OrderId, OrderStatus, PersonId, ProducerId};
use uuid::Uuid;

statements! {
    // One row for each line of an order and each target of each rule of its product.
    ENTITLEMENTS = "select o.id as order_id, i.id as item_id, i.is_bump, r.member_area_id as area_id, t.target,
            o.status, o.ordered_at, o.paid_at, p.access_days, p.access_cycles,
            (select count(*) from charges c where c.order_id = o.id and c.status = 'paid' and not exists
                (select 1 from plan_changes pc where pc.charge_reference = c.reference)) as paid_cycles,
            pr.time_zone, s.status as subscription_status, s.period_end, m.content_url,
            i.left_at is not null or exists (select 1 from refund_items ri
                where ri.item_id = i.id and ri.released_at is null and (select f.state from refunds f
                    where f.id = ri.refund_id) in ('sent', 'settled')) as is_gone,
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
}

row! {
    struct EntitlementRow {
        order_id: Uuid, item_id: Uuid, is_bump: bool, area_id: Uuid, target: String, status: String, ordered_at: i64,
        paid_at: Option<i64>, access_days: Option<i64>, access_cycles: Option<i64>, paid_cycles: i64,
        time_zone: String, subscription_status: Option<String>, period_end: Option<i64>, content_url: Option<String>,
        is_gone: bool, grace_until: Option<i64>, is_overdue: bool, told_active: Option<bool>,
        told_until: Option<i64>, told_at: Option<i64>, is_erased: bool,
    }
}

pub(in crate::access) async fn entitlements(
    db: &Db,
    producer: ProducerId,
    person: PersonId,
) -> Result<Vec<LineFacts>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, EntitlementRow>(ENTITLEMENTS).bind(person.0).bind(producer.0).fetch_all(c).await?
    });
    rows.into_iter().map(LineFacts::try_from).collect()
}

impl TryFrom<EntitlementRow> for LineFacts {
    type Error = Error;

    fn try_from(row: EntitlementRow) -> Result<Self, Error> {
        Ok(Self {
            order: OrderId(row.order_id),
            item: ItemId(row.item_id),
            area: MemberAreaId(row.area_id),
            target: parsed("access_rule_targets", row.item_id, AccessTarget::parse(&row.target))?,
            is_bump: row.is_bump,
            is_paid: row.is_paid()?,
            paid_at: Instant::from_micros(row.paid_at.unwrap_or(row.ordered_at)),
            is_overdue: row.is_overdue,
            plan: row.plan()?,
            days: row.days()?,
            cycles: row.access_cycles,
            paid_cycles: row.paid_cycles,
            told: row.told(),
            content_url: row.content_url,
        })
    }
}

impl EntitlementRow {
    /// Returns whether the line is paid for, and neither paid back, nor sold no more, nor the purchase of somebody who
    /// was erased.
    fn is_paid(&self) -> Result<bool, Error> {
        let status = parsed("orders", self.order_id, self.status.parse())?;
        let is_paid = matches!(status, OrderStatus::Paid | OrderStatus::PartlyRefunded);
        Ok(is_paid && !self.is_gone && !self.is_erased)
    }

    fn plan(&self) -> Result<Option<Plan>, Error> {
        let (Some(status), Some(end)) = (&self.subscription_status, self.period_end) else { return Ok(None) };
        Ok(Some(Plan {
            status: parsed("orders", self.order_id, status.parse())?,
            period_end: Instant::from_micros(end),
            grace_until: self.grace_until.map(Instant::from_micros),
        }))
    }

    fn days(&self) -> Result<Option<(i64, Zone)>, Error> {
        let Some(days) = self.access_days else { return Ok(None) };
        Ok(Some((days, parsed("orders", self.order_id, Zone::named(&self.time_zone))?)))
    }

    fn told(&self) -> Option<LastTold> {
        let (is_active, at) = (self.told_active?, Instant::from_micros(self.told_at?));
        Some(LastTold { is_active, until: self.told_until.map(Instant::from_micros), at })
    }
}
