//! What our calendar charges: invoices and instalments.

use super::Table::{Invoices, Orders};
use super::{Rule, rule};
use crate::statements;

statements! {
    REFUNDED_BUT_BILLED = "select o.code as place
        from orders o
        join subscriptions s on s.order_id = o.id
        where o.id > $1 and o.id <= $2
            and o.status = 'refunded' and s.status <> 'ended'
        limit 20";
    INVOICE_MONEY = "select o.code || ' ' || cast(v.number as text) as place
        from invoices v
        join orders o on o.id = v.order_id
        where v.id > $1 and v.id <= $2
            and v.state = 'paid'
            and v.amount <> (select coalesce(sum(c.amount), 0) from charges c where c.invoice_id = v.id
                and c.status in ('paid', 'refunded', 'disputed'))
        limit 20";
    INVOICE_UNPAID = "select o.code || ' ' || cast(v.number as text) as place
        from invoices v
        join orders o on o.id = v.order_id
        where v.id > $1 and v.id <= $2
            and v.state <> 'paid' and exists (select 1 from charges c where c.invoice_id = v.id and c.status = 'paid')
        limit 20";
    INVOICE_TWICE = "select o.code || ' ' || cast(v.number as text) as place
        from invoices v
        join orders o on o.id = v.order_id
        where v.id > $1 and v.id <= $2
            and 1 < (select count(*) from charges c where c.invoice_id = v.id
                and c.status in ('paid', 'refunded', 'disputed'))
        limit 20";
    INVOICE_OF_ANOTHER = "select o.code as place
        from charges c
        join invoices v on v.id = c.invoice_id
        join orders o on o.id = v.order_id
        where v.id > $1 and v.id <= $2
            and (c.order_id <> v.order_id or c.currency <> v.currency)
        limit 20";
    OWED_BY_ENDED = "select o.code as place
        from invoices v
        join orders o on o.id = v.order_id
        left join subscriptions s on s.order_id = o.id
        where v.id > $1 and v.id <= $2
            and v.state in ('open', 'overdue')
            and (o.status in ('refunded', 'canceled') or s.status = 'ended')
            and not exists (select 1 from jobs j where j.subject = o.id and j.kind = 'bill' and j.state = 'ready')
        limit 20";
    BILLED_IN_LIMBO = "select o.code as place
        from orders o
        left join subscriptions s on s.order_id = o.id and s.is_billed
        where o.id > $1 and o.id <= $2
            and o.status = 'paid'
            and not exists (select 1 from jobs j where j.subject = o.id and j.kind = 'bill' and j.state = 'ready')
            and ((s.status in ('trialing', 'active') and s.next_charge_at is not null) or exists (select 1
                from invoices v where v.order_id = o.id and (v.state = 'open' or v.attempt_key is not null)))
        limit 20";
    INSTALLMENTS = "select o.code as place
        from orders o
        join installment_plans p on p.order_id = o.id
        where o.id > $1 and o.id <= $2
            and (p.installments < (select count(*) from invoices v where v.order_id = o.id) or (p.installments =
                (select count(*) from invoices v where v.order_id = o.id and v.state = 'paid') and not exists (select 1
                from refunds f where f.order_id = o.id) and o.total <> (select sum(v.amount) from invoices v
                where v.order_id = o.id)))
        limit 20";
}

pub(super) const RULES: &[Rule] = &[
    rule(Orders, "a refunded subscription is not billed", REFUNDED_BUT_BILLED),
    rule(Invoices, "a paid invoice was charged for its amount", INVOICE_MONEY),
    rule(Invoices, "an invoice that a charge has paid is paid", INVOICE_UNPAID),
    rule(Invoices, "an invoice is paid by one charge", INVOICE_TWICE),
    rule(Invoices, "a charge pays for an invoice of its own order", INVOICE_OF_ANOTHER),
    rule(Invoices, "an ended order owes nothing", OWED_BY_ENDED),
    rule(Orders, "what our calendar charges has a job", BILLED_IN_LIMBO),
    rule(Orders, "the instalments of a price are the price", INSTALLMENTS),
];
