//! Who comes in, and what member areas were told.

use super::Table::{Orders, People, Sessions};
use super::{Rule, rule};
use crate::statements;

statements! {
    SPENT_TWICE = "select cast(count(*) as text) as place
        from sessions s
        join links l on l.id = s.link_id
        where s.id > $1 and s.id <= $2
            and l.consumed_at is null
        having count(*) > 0";
    // What an area was told and nothing gives any more is on its way out.
    ACCESS_LEFT = "select p.email as place
        from access_tellings a
        join people p on p.id = a.person_id
        where p.id > $1 and p.id <= $2
            and a.is_active
            and not exists ( select 1 from orders o join order_items i on i.order_id = o.id
                join access_rules r on r.product_id = i.product_id and r.member_area_id = a.member_area_id
                join access_rule_targets t on t.rule_id = r.id and t.target = a.target left
                join subscriptions s on s.order_id = o.id where o.person_id = a.person_id
                and i.left_at is null and o.status in ('paid', 'partly_refunded') and (s.id is null or i.is_bump
                or s.status in ('trialing', 'active', 'ending') or (s.status = 'past_due' and exists (select 1
                from invoices v where v.order_id = o.id and v.state = 'open'))) and not exists (select 1
                from refund_items ri join refunds f on f.id = ri.refund_id where ri.item_id = i.id
                and ri.released_at is null and f.state in ('sent', 'settled')))
            and not exists (select 1 from jobs j where j.kind in ('sync_access', 'look_at_access') and j.state = 'ready'
                and j.subject = a.person_id)
        limit 20";
    // What an area was told last and what is on its way account for every paid line with a rule.
    ACCESS_LOST = "select o.code as place
        from orders o
        join order_items i on i.order_id = o.id
        join access_rules r on r.product_id = i.product_id
        join access_rule_targets t on t.rule_id = r.id
        left join subscriptions s on s.order_id = o.id
        where o.id > $1 and o.id <= $2
            and o.status = 'paid'
            and i.left_at is null
            and not exists (select 1 from access_tellings a where a.member_area_id = r.member_area_id
                and a.person_id = o.person_id and a.target = t.target)
            and not exists (select 1 from jobs j where j.subject = o.person_id
                and j.kind in ('sync_access', 'look_at_access'))
            and not exists (select 1 from jobs j where j.subject = r.product_id and j.kind = 'look_at_product')
            and (s.id is null or s.status in ('active', 'trialing'))
            and not exists (select 1 from people g where g.id = o.person_id and g.erased_at is not null)
        limit 20";
}

pub(super) const RULES: &[Rule] = &[
    rule(Sessions, "a session comes from a link that is spent", SPENT_TWICE),
    rule(People, "access that nothing gives any more is taken away or on its way", ACCESS_LEFT),
    rule(Orders, "access that was paid for was told or is on its way", ACCESS_LOST),
];
