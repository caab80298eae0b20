//! The row of an order in a list.

use crate::db::{Error, parsed};
use crate::desk::search::found::{FoundOrder, OrderSeller};
use crate::row;
use types::{Code, Currency, Email, Instant, Money, OrderId, ProducerId, Slug};
use uuid::Uuid;

/// Orders whose ids a statement finds. `product` is the code of a product that is asked for, if one is.
///
/// What an order has is looked up with a limit and not by `exists`: PostgreSQL may answer that for all orders at once,
/// which takes seconds where a million of them have it.
macro_rules! found {
    ($ids:expr, $product:literal) => {
        concat!(
            "select o.id, o.code, o.kind, o.status, o.person_id, p.email, o.buyer_name, o.tax_id, o.phone, o.currency,
                o.total, o.method, o.card_last4, o.card_exp_year, o.card_exp_month, o.ordered_at, o.paid_at,
                pr.id as producer_id, pr.slug as producer_slug, pr.name as producer_name,
                pr.time_zone as producer_zone, f.name as title, s.status as plan,
                (select count(*) from order_items c where c.order_id = o.id) as items,
                (select r.state from refunds r where r.order_id = o.id order by r.requested_at desc limit 1)
                    as refund,
                (select l.kind from order_words l where l.order_id = o.id and l.kind = 'overdue'
                    limit 1) is not null as is_overdue,
                (select x.kind from order_words x where x.order_id = o.id and x.kind = 'product'
                    and x.word = ",
            $product,
            " limit 1) is not null as has_product
            from (",
            $ids,
            ") n
            join orders o on o.id = n.id
            join people p on p.id = o.person_id
            join producers pr on pr.id = o.producer_id
            left join order_items f on f.order_id = o.id and f.position = 0
            left join subscriptions s on s.order_id = o.id"
        )
    };
}
pub(super) use found;

row! {
    pub(super) struct FoundRow {
        id: Uuid, code: String, kind: String, status: String, person_id: Uuid, email: String, buyer_name: String,
        tax_id: Option<String>, phone: Option<String>, currency: String, total: i64, method: String,
        card_last4: Option<String>, card_exp_year: Option<i64>, card_exp_month: Option<i64>, ordered_at: i64,
        paid_at: Option<i64>, producer_id: Uuid, producer_slug: String, producer_name: String, producer_zone: String,
        title: Option<String>, plan: Option<String>, items: i64, refund: Option<String>, is_overdue: bool,
        has_product: bool,
    }
}

impl TryFrom<FoundRow> for FoundOrder {
    type Error = Error;

    fn try_from(row: FoundRow) -> Result<Self, Error> {
        const TABLE: &str = "orders";
        let id = row.id;
        Ok(Self {
            id: OrderId(id),
            seller: OrderSeller {
                id: ProducerId(row.producer_id),
                slug: parsed("producers", row.producer_id, Slug::parse(&row.producer_slug))?,
                name: row.producer_name,
                time_zone: row.producer_zone,
            },
            code: parsed(TABLE, id, Code::parse(&row.code))?,
            kind: parsed(TABLE, id, row.kind.parse())?,
            status: parsed(TABLE, id, row.status.parse())?,
            email: parsed("people", row.person_id, Email::parse(&row.email))?,
            buyer_name: row.buyer_name,
            tax_id: row.tax_id,
            phone: row.phone,
            title: row.title.unwrap_or_default(),
            more_items: (row.items - 1).max(0),
            total: Money::new(row.total, parsed(TABLE, id, Currency::parse(&row.currency))?),
            method: parsed(TABLE, id, row.method.parse())?,
            last4: row.card_last4,
            card_end: row.card_exp_year.zip(row.card_exp_month),
            ordered_at: Instant::from_micros(row.ordered_at),
            paid_at: row.paid_at.map(Instant::from_micros),
            plan: row.plan.map(|word| parsed("subscriptions", id, word.parse())).transpose()?,
            refund: row.refund.map(|word| parsed("refunds", id, word.parse())).transpose()?,
            is_overdue: row.is_overdue,
            has_product: row.has_product,
        })
    }
}
