//! Money back.

use super::Table::Refunds;
use super::{Rule, rule};
use crate::statements;

statements! {
    OVER_REFUND = "select f.protocol as place
        from refunds f
        join refund_parts p on p.refund_id = f.id
        join charges c on c.id = p.charge_id
        where f.id > $1 and f.id <= $2
            and p.state not in ('failed', 'released')
            and c.amount < (select sum(g.amount) from refund_parts g where g.charge_id = c.id
                and g.state not in ('failed', 'released'))
        limit 20";
    REFUND_SUM = "select f.protocol as place
        from refunds f
        where f.id > $1 and f.id <= $2
            and f.state not in ('declined', 'withdrawn')
            and f.amount <> (select coalesce(sum(p.amount), 0) from refund_parts p where p.refund_id = f.id
                and p.state <> 'released')
        limit 20";
    REFUND_STANDS = "select f.protocol as place
        from refunds f
        join refund_parts p on p.refund_id = f.id
        where f.id > $1 and f.id <= $2
            and ((f.state in ('requested', 'declined', 'withdrawn')
                and p.state not in ('waiting', 'settled', 'released'))
                or (f.state in ('declined', 'withdrawn') and p.state = 'waiting') or (f.state = 'approved'
                and p.state not in ('waiting', 'by_hand', 'released')) or (f.state = 'sent'
                and p.state not in ('sent', 'settled', 'released')) or (f.state = 'settled'
                and p.state not in ('settled', 'released')) or (f.state = 'failed'
                and p.state in ('waiting', 'by_hand', 'reconciling')))
        limit 20";
    REFUND_OF_ANOTHER = "select f.protocol as place
        from refunds f
        join refund_parts p on p.refund_id = f.id
        join charges c on c.id = p.charge_id
        where f.id > $1 and f.id <= $2
            and (c.order_id <> f.order_id or c.currency <> f.currency)
        limit 20";
    PAYEE_KEPT = "select f.protocol as place
        from refunds f
        where f.id > $1 and f.id <= $2
            and f.payee_sealed is not null
            and (f.state in ('declined', 'withdrawn') or (f.state in ('settled', 'failed') and not exists (select 1
                from refund_parts p where p.refund_id = f.id and p.state = 'sent')))
        limit 20";
    REFUND_WITHOUT_ITEMS = "select f.protocol as place
        from refunds f
        where f.id > $1 and f.id <= $2
            and not f.is_given
            and not exists (select 1 from refund_items ri where ri.refund_id = f.id)
        limit 20";
    HELD_BY_ENDED = "select f.protocol as place
        from refunds f
        join refund_items ri on ri.refund_id = f.id
        where f.id > $1 and f.id <= $2
            and f.state in ('failed', 'declined', 'withdrawn') and ri.released_at is null
        limit 20";
    REFUND_IN_LIMBO = "select f.protocol as place
        from refunds f
        where f.id > $1 and f.id <= $2
            and exists (select 1 from refund_parts p where p.refund_id = f.id and (p.state in ('reconciling', 'sent')
                or (p.state = 'waiting' and f.state in ('approved', 'reconciling') and (f.payee_asked_at is null
                or f.payee_sealed is not null))))
            and not exists (select 1 from jobs j where j.kind = 'advance_refund' and j.state = 'ready'
                and j.subject = f.id)
        limit 20";
}

pub(super) const RULES: &[Rule] = &[
    rule(Refunds, "no more is refunded than was charged", OVER_REFUND),
    rule(Refunds, "a refund is the sum of its parts", REFUND_SUM),
    rule(Refunds, "a refund stands where its parts stand", REFUND_STANDS),
    rule(Refunds, "a refund goes back by charges of its own order", REFUND_OF_ANOTHER),
    rule(Refunds, "an account that money was paid to is forgotten", PAYEE_KEPT),
    rule(Refunds, "a refund that its buyer asked for names its items", REFUND_WITHOUT_ITEMS),
    rule(Refunds, "a refund that ended without money holds no item", HELD_BY_ENDED),
    rule(Refunds, "a refund that is under way has a job", REFUND_IN_LIMBO),
];
