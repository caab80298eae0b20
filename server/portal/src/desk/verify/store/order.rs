//! Orders: their lines, their totals, where they stand.

use super::Table::Orders;
use super::{Rule, rule};
use crate::sale::counts;
use crate::statements;

statements! {
    TOTALS = concat!(
        "select o.code as place
        from orders o
        where o.id > $1 and o.id <= $2
            and o.total <> (select coalesce(sum(i.amount), 0) from order_items i where i.order_id = o.id and ",
        counts!("i"),
        ") limit 20"
    );
    NO_ITEMS = "select o.code as place
        from orders o
        where o.id > $1 and o.id <= $2
            and not exists (select 1 from order_items i where i.order_id = o.id and i.position = 0)
        limit 20";
    SALE_FORGOTTEN = "select o.code as place
        from orders o
        join order_items i on i.order_id = o.id
        where o.id > $1 and o.id <= $2
            and not exists (select 1 from sale_items s where s.item_id = i.id)
        limit 20";
    PAID_WITHOUT_TIME = "select o.code as place
        from orders o
        where o.id > $1 and o.id <= $2
            and o.status in ('paid', 'partly_refunded', 'refunded') and o.paid_at is null
        limit 20";
    // Where the bank decides, that is what counts, whatever went back as well.
    ORDER_STATUS = "select o.code as place
        from orders o
        where o.id > $1 and o.id <= $2
            and o.source = 'api'
            and o.reported_version is null
            and o.status <> 'disputed'
            and exists (select 1 from refunds f where f.order_id = o.id)
            and not exists (select 1 from charges c where c.order_id = o.id and c.status = 'refunded')
            and ( (o.status = 'refunded') <> (not exists (select 1 from order_items i where i.order_id = o.id and not
                exists ( select 1 from refund_items ri join refunds f on f.id = ri.refund_id where ri.item_id = i.id
                and ri.released_at is null and f.state in ('sent', 'settled')))) )
        limit 20";
}

pub(super) const RULES: &[Rule] = &[
    rule(Orders, "an order's total is the sum of its items", TOTALS),
    rule(Orders, "an order has a first item", NO_ITEMS),
    rule(Orders, "each line of an order is kept as it was sold", SALE_FORGOTTEN),
    rule(Orders, "a paid order says when it was paid", PAID_WITHOUT_TIME),
    rule(Orders, "an order is refunded exactly when all its items are", ORDER_STATUS),
];
