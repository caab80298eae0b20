use super::invoice::InvoiceRow;
use crate::billing::account::{Account, Installments, Subscription, Terms};
use crate::billing::state::Invoice;
use crate::db::{Conn, Error, Tx, parsed};
use crate::order;
use crate::ports::NamedGateway;
use crate::sale::connection_of;
use crate::time::Zone;
use crate::{on, row, statements};
use types::{Code, Currency, Instant, OrderId, PersonId, ProducerId};
use uuid::Uuid;

statements! {
    // What was given back is not owed in instalments any more; what is only asked for is. A refund or a change of plan
    // on its way comes first.
    ACCOUNT = concat!(
        "select o.id, o.producer_id, o.person_id, o.status, o.currency, o.gateway, ",
        connection_of!("o.gateway", "o.producer_id"),
        " as connection, o.created_at, pr.time_zone,
            coalesce(m.method, o.method) as method,
            (select p.code from order_items i join products p on p.id = i.product_id where i.order_id = o.id
                and i.position = 0) as product,
            s.status as plan_status, s.amount as price, s.interval_unit, s.interval_count, s.period_end,
            s.next_charge_at, s.anchor, s.cycle, s.discount_percent, s.discount_cycles, s.noticed_charge_at,
            exists (select 1 from cancellations k where k.order_id = o.id
                and k.state <> 'undone') as ends_by_wish,
            ip.installments, ip.anchor as first_due_at,
            (select count(*) from invoices v where v.order_id = o.id and v.state = 'paid') as paid,
            (select cast(coalesce(sum(i.amount), 0) as bigint) from order_items i where i.order_id = o.id and
                not exists ( select 1 from refund_items ri where ri.item_id = i.id and ri.released_at is null
                and (select r.state from refunds r
                where r.id = ri.refund_id) in ('sent', 'settled'))) as kept_total,
            (exists (select 1 from refunds f where f.order_id = o.id and f.state in ('approved', 'reconciling'))
                or exists (select 1 from plan_changes c where c.order_id = o.id
                and c.state in ('asked', 'reconciling', 'waiting'))) as has_money_under_way
        from orders o
        join producers pr on pr.id = o.producer_id
        left join subscriptions s on s.order_id = o.id and s.is_billed
        left join installment_plans ip on ip.order_id = o.id
        left join payment_methods m on m.order_id = o.id
        where o.id = $1 and (s.id is not null or ip.order_id is not null)"
    );
    IS_BILLED = "select count(*) as hits
        from orders o
        where o.id = $1
            and ( exists (select 1 from subscriptions s where s.order_id = o.id and s.is_billed) or exists (select 1
                from installment_plans ip where ip.order_id = o.id))";
    LIVE = "select id, number, period_start, period_end, due_at, amount, discount, currency, state, tries, next_try_at,
            attempt_key, attempt_at, waits_until, failing_since, failure, grace_until, paid_at, attempt_method,
            attempt_token, attempt_failed, attempt_is_once
        from invoices
        where order_id = $1 and (state in ('open', 'overdue') or attempt_key is not null)
        order by number";
}

row! {
    struct AccountRow {
        id: Uuid, producer_id: Uuid, person_id: Uuid, status: String, currency: String, gateway: String,
        connection: Option<String>, created_at: i64, time_zone: String, method: String, product: Option<String>,
        plan_status: Option<String>, price: Option<i64>, interval_unit: Option<String>, interval_count: Option<i64>,
        period_end: Option<i64>, next_charge_at: Option<i64>, anchor: Option<i64>, cycle: Option<i64>,
        discount_percent: Option<i64>, discount_cycles: Option<i64>, noticed_charge_at: Option<i64>,
        installments: Option<i64>, first_due_at: Option<i64>, paid: i64, kept_total: i64, has_money_under_way: bool,
        ends_by_wish: bool,
    }
    struct HitsRow { hits: i64 }
}

/// Whose order it is, beside its account.
#[derive(Clone, Debug)]
pub(in crate::money::billing) struct BilledOrder {
    pub(in crate::money::billing) order: OrderId,
    pub(in crate::money::billing) producer: ProducerId,
    pub(in crate::money::billing) person: PersonId,
    pub(in crate::money::billing) gateway: NamedGateway,
    pub(in crate::money::billing) product: Option<Code>,
    pub(in crate::money::billing) account: Account,
}

impl AccountRow {
    fn subscription(&self) -> Result<Option<Subscription>, Error> {
        let wrong = |what: &str| Error::inconsistent("subscriptions", self.id, what);
        let Some(status) = &self.plan_status else { return Ok(None) };
        let whole = || {
            let unit = self.interval_unit.as_deref()?.parse().ok()?;
            let period_end = Instant::from_micros(self.period_end?);
            Some(Subscription {
                status: status.parse().ok()?,
                price: self.price?,
                interval: (unit, self.interval_count?),
                period_end,
                next_charge_at: self.next_charge_at.map(Instant::from_micros),
                anchor: self.anchor.map_or(period_end, Instant::from_micros),
                cycle: self.cycle?,
                discount_percent: self.discount_percent?,
                discount_cycles: self.discount_cycles?,
                noticed: self.noticed_charge_at.map(Instant::from_micros),
                ends_by_wish: self.ends_by_wish,
            })
        };
        whole().map(Some).ok_or_else(|| wrong("a plan that cannot be billed"))
    }

    fn terms(&self) -> Result<Terms, Error> {
        let wrong = |what: &str| Error::inconsistent("orders", self.id, what);
        if let Some(subscription) = self.subscription()? {
            return Ok(Terms::Subscription(subscription));
        }
        let (count, anchor) = self.installments.zip(self.first_due_at).ok_or_else(|| wrong("nothing to bill"))?;
        Ok(Terms::Installments(Installments { total: self.kept_total, count, anchor: Instant::from_micros(anchor) }))
    }

    fn billed(self, invoices: Vec<Invoice>) -> Result<BilledOrder, Error> {
        let wrong = |what: &str| Error::inconsistent("orders", self.id, what);
        let (owed, doubted): (Vec<_>, Vec<_>) = invoices.into_iter().partition(Invoice::is_owed);
        let account = Account {
            status: self.status.parse().map_err(|_| wrong("status"))?,
            currency: Currency::parse(&self.currency).map_err(|_| wrong("currency"))?,
            zone: Zone::named(&self.time_zone).map_err(|_| wrong("time zone"))?,
            method: self.method.parse().map_err(|_| wrong("method"))?,
            known_at: Instant::from_micros(self.created_at),
            has_money_under_way: self.has_money_under_way,
            terms: self.terms()?,
            paid: self.paid,
            owed: owed.into_iter().next(),
            doubted: doubted.into_iter().next(),
        };
        Ok(BilledOrder {
            order: OrderId(self.id),
            producer: ProducerId(self.producer_id),
            person: PersonId(self.person_id),
            gateway: parsed("orders", self.id, NamedGateway::read(self.gateway, self.connection.as_deref()))?,
            product: self.product.and_then(|code| Code::parse(&code).ok()),
            account,
        })
    }
}

/// What counts of an order; none when our calendar has nothing to do with it.
pub(in crate::money::billing) async fn find(conn: Conn<'_>, order: OrderId) -> Result<Option<BilledOrder>, Error> {
    on!(conn, c => {
        let row = sqlx::query_as::<_, AccountRow>(ACCOUNT).bind(order.0).fetch_optional(&mut *c).await?;
        let Some(row) = row else { return Ok(None) };
        let invoices = sqlx::query_as::<_, InvoiceRow>(LIVE).bind(order.0).fetch_all(&mut *c).await?;
        row.billed(invoices.into_iter().map(Invoice::try_from).collect::<Result<_, _>>()?).map(Some)
    })
}

/// The same, and nobody else's until the transaction ends.
pub(in crate::money::billing) async fn lock(tx: &mut Tx, order: OrderId) -> Result<Option<BilledOrder>, Error> {
    order::lock(tx, order).await?;
    find(tx.conn(), order).await
}

pub(in crate::money::billing) async fn is_billed(tx: &mut Tx, order: OrderId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query_as::<_, HitsRow>(IS_BILLED).bind(order.0).fetch_one(c).await?.hits > 0))
}
