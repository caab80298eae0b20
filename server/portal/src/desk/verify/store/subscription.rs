//! What buyers do with a subscription: cancelling, pausing, another card, another plan.

use super::Table::{Cancellations, CardUpdates, PlanChanges, RetentionOffers};
use super::{Rule, rule};
use crate::statements;

statements! {
    CARD_FORGOTTEN = "select o.code as place
        from card_updates u
        join orders o on o.id = u.order_id
        where u.id > $1 and u.id <= $2
            and ((u.state in ('begun', 'open') or (u.state = 'saved' and u.outcome_amount is not null
                and (u.outcome is null or u.outcome in ('action', 'unknown'))))
            and not exists (select 1 from jobs j where j.kind = 'advance_card_update' and j.state = 'ready'
                and j.subject = u.id))
        limit 20";
    // Our word counts, whatever the source says; only money back ends it earlier.
    CANCELED_GOES_ON = "select c.protocol as place
        from cancellations c
        join subscriptions s on s.id = c.subscription_id
        where c.id > $1 and c.id <= $2
            and ((c.state = 'asked' and s.status not in ('ending', 'ended'))
                or (c.state = 'done' and s.status <> 'ended')
                or (c.state <> 'undone' and s.next_charge_at is not null))
        limit 20";
    CANCELLATION_FORGOTTEN = "select c.protocol as place
        from cancellations c
        where c.id > $1 and c.id <= $2
            and c.state = 'asked'
            and not exists (select 1 from jobs j where j.kind = 'finish_cancellation' and j.state = 'ready'
                and j.subject = c.id)
        limit 20";
    PAUSE_FORGOTTEN = "select cast(count(*) as text) as place
        from retention_offers r
        where r.id > $1 and r.id <= $2
            and r.kind = 'pause'
            and r.state <> 'over'
            and not exists (select 1 from jobs j where j.kind = 'carry_pause' and j.state = 'ready'
                and j.subject = r.id)
        having count(*) > 0";
    PLAN_IN_LIMBO = "select o.code as place
        from plan_changes c
        join orders o on o.id = c.order_id
        where c.id > $1 and c.id <= $2
            and c.state in ('asked', 'reconciling', 'waiting', 'returning')
            and c.ended_at is null
            and not exists (select 1 from jobs j where j.kind = 'advance_plan_change' and j.state = 'ready'
                and j.subject = c.id)
        limit 20";
    PLAN_WITHOUT_MONEY = "select o.code as place
        from plan_changes c
        join plan_quotes q on q.id = c.id
        join orders o on o.id = c.order_id
        where c.id > $1 and c.id <= $2
            and c.state = 'applied'
            and q.due > 0
            and not (c.charge_reference is null and exists (select 1 from subscriptions s
                where s.id = c.subscription_id and s.reference is not null and not s.is_billed))
            and not exists (select 1 from charges h where h.order_id = c.order_id and h.reference = c.charge_reference
                and h.amount = q.due)
        limit 20";
}

pub(super) const RULES: &[Rule] = &[
    rule(CardUpdates, "a card update that is under way has a job", CARD_FORGOTTEN),
    rule(Cancellations, "a cancelled subscription ends and is not charged", CANCELED_GOES_ON),
    rule(Cancellations, "a cancellation whose day is ahead has a job", CANCELLATION_FORGOTTEN),
    rule(RetentionOffers, "a pause that is not over has a job", PAUSE_FORGOTTEN),
    rule(PlanChanges, "a change of plan whose money is on its way has a job", PLAN_IN_LIMBO),
    rule(PlanChanges, "a plan that was changed was paid for", PLAN_WITHOUT_MONEY),
];
