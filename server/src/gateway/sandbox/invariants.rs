//! What must hold of the sandbox's books, and of what the portal says was done there.

use portal::verify::Invariant;

const PAID_BACK: &str = "select r.charge_reference as place
    from sandbox_refunds r
    join sandbox_charges c on c.reference = r.charge_reference
    group by r.charge_reference, c.refunded
    having sum(case when r.state = 'failed' then 0 else r.amount end) <> c.refunded
    limit 20";

const SENT_IS_KNOWN: &str = "select f.protocol as place
    from refunds f
    join refund_parts p on p.refund_id = f.id
    where p.state in ('sent', 'settled')
        and p.gateway_reference is not null
        and p.gateway_reference like 'sbx_%'
        and not exists (select 1 from sandbox_refunds r where r.reference = p.gateway_reference
            and r.amount = p.amount)
    limit 20";

const CARD_TYPED: &str = "select v.reference as place
    from sandbox_visits v
    where (v.state in ('confirming', 'saved')) <> (v.card_token is not null)
    limit 20";

/// For [`portal::verify::check`].
pub const INVARIANTS: &[Invariant] = &[
    ("the sandbox has paid back what its refunds say", PAID_BACK),
    ("what was sent to the sandbox is in its books", SENT_IS_KNOWN),
    ("a card update of the sandbox has a card when it was typed", CARD_TYPED),
];
