use crate::db::{Conn, Error};
use crate::ledger::method::PaymentMethod;
use crate::{on, row, statements};
use types::{Method, OrderId};

statements! {
    METHOD = "select coalesce(m.method, o.method) as method, m.token,
            case when m.order_id is null then o.card_brand else m.brand end as brand,
            case when m.order_id is null then o.card_last4 else m.last4 end as last4,
            case when m.order_id is null then o.card_exp_month else m.exp_month end as exp_month,
            case when m.order_id is null then o.card_exp_year else m.exp_year end as exp_year
        from orders o
        left join payment_methods m on m.order_id = o.id
        where o.id = $1";
    PAID_BY_CARD = "select c.reference
        from charges c
        join orders o on o.id = c.order_id
        where c.order_id = $1 and c.gateway = o.gateway and c.method = 'card' and c.status = 'paid'
        order by c.paid_at desc, c.id desc
        limit 1";
}

row! {
    struct PaidRow { reference: String }
    struct MethodRow {
        method: String, token: Option<String>, brand: Option<String>, last4: Option<String>,
        exp_month: Option<i64>, exp_year: Option<i64>,
    }
}

/// The gateway's name of the last charge of an order that a card paid.
pub(in crate::sale::ledger) async fn paid_by_card(conn: Conn<'_>, order: OrderId) -> Result<Option<String>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, PaidRow>(PAID_BY_CARD).bind(order.0).fetch_optional(c).await?);
    Ok(row.map(|row| row.reference))
}

pub(in crate::sale::ledger) async fn of_order(conn: Conn<'_>, order: OrderId) -> Result<Option<PaymentMethod>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, MethodRow>(METHOD).bind(order.0).fetch_optional(c).await?);
    let read = |row: MethodRow| {
        let method: Method = row.method.parse().map_err(|error| Error::inconsistent("orders", order, error))?;
        let MethodRow { token, brand, last4, exp_month, exp_year, .. } = row;
        Ok(PaymentMethod { method, token, brand, last4, exp_month, exp_year })
    };
    row.map(read).transpose()
}
