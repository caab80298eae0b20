use crate::db::{Conn, Db, Error, Tx};
use crate::order::{self, Found, OrderRecord};
use crate::{on, row, statements};
use types::plan::PlanPrice;
use types::view::{BillingData, TermsItem, TermsPlan};
use types::{Currency, Instant, Money, OrderId, PersonId, TaxId};
use uuid::Uuid;

/// An order, whom its papers are made out to (what the buyer corrected, else what the checkout sent), and what each of
/// its charges was for when it was paid.
macro_rules! paper {
    (which: $which:expr) => {
        order::order!(
            which: $which,
            more: "coalesce(b.name, o.buyer_name) as billing_name,
                case when b.order_id is null then o.tax_id else b.tax_id end as billing_tax_id,
                b.address as billing_address",
            joins: "left join billing_data b on b.order_id = o.id",
            also: concat!(
                "select l.charge_id, l.name, l.offer_name, l.amount
                from charges c
                join charge_lines l on l.charge_id = c.id
                where c.order_id = ",
                $which,
                " order by l.position"
            )
        )
    };
}

statements! {
    FOR_BUYER = paper!(which: order::of_buyer!());
    BY_ID = paper!(which: "(select x.id from orders x where x.person_id = $1 and x.id = $2)");
    WRITE_BILLING = "insert into billing_data (order_id, producer_id, name, tax_id, address, updated_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (order_id) do update set name = excluded.name, tax_id = excluded.tax_id, address = excluded.address,
            updated_at = excluded.updated_at";
    SALE_ITEMS = "select s.name, s.offer_name, s.amount, s.currency, s.window_days, i.is_bump
        from sale_items s
        join order_items i on i.id = s.item_id
        join orders o on o.id = s.order_id
        where o.person_id = $1 and o.id = $2
        order by i.position";
    SALE_PLAN = "select s.name, s.amount, s.currency, s.interval_unit, s.interval_count
        from sale_plans s
        join orders o on o.id = s.order_id
        where o.person_id = $1 and o.id = $2";
    // Receipts by their charge, credit notes by their protocol, or by the charge that the source gave back, of about a
    // year: which year it was is for the producer's calendar to say.
    PAPERS = "select c.paid_at as at, c.order_id, c.id as charge_id, cast(null as text) as protocol, 1 = 0 as is_credit,
            pr.time_zone
        from orders o
        join charges c on c.order_id = o.id
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and c.paid_at >= $2 and c.paid_at < $3 and c.amount > 0
            and c.status in ('paid', 'refunded', 'disputed')
        union all select c.source_version as at, c.order_id, c.id as charge_id, cast(null as text) as protocol,
            1 = 1 as is_credit, pr.time_zone
        from orders o
        join charges c on c.order_id = o.id
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and c.source_version >= $2 and c.source_version < $3 and c.amount > 0
            and c.status = 'refunded'
        union all select f.sent_at as at, f.order_id, f.id as charge_id, f.protocol, 1 = 1 as is_credit, pr.time_zone
        from orders o
        join refunds f on f.order_id = o.id
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and f.sent_at >= $2 and f.sent_at < $3
        order by 1, 2, 3";
}

row! {
    struct BillingRow { billing_name: String, billing_tax_id: Option<String>, billing_address: Option<String> }
    pub(super) struct PaperRow {
        at: i64, order_id: Uuid, charge_id: Uuid, protocol: Option<String>, is_credit: bool, time_zone: String,
    }
    pub(super) struct LineRow { charge_id: Uuid, name: String, offer_name: Option<String>, amount: i64 }
    struct SoldRow {
        name: String, offer_name: Option<String>, amount: i64, currency: String, window_days: i64, is_bump: bool,
    }
    struct PlanRow { name: String, amount: i64, currency: String, interval_unit: String, interval_count: i64 }
}

/// What papers about an order are made of.
pub(super) struct Paper {
    pub(super) order: OrderRecord,
    pub(super) billing: BillingData,
    pub(super) lines: Vec<LineRow>,
}

pub(super) async fn for_buyer(conn: Conn<'_>, person: PersonId, handle: &str) -> Result<Option<Paper>, Error> {
    Ok(OrderRecord::of_buyer_with(conn, FOR_BUYER, person, handle).await?.map(Paper::from))
}

pub(super) async fn by_id(conn: Conn<'_>, person: PersonId, order: OrderId) -> Result<Option<Paper>, Error> {
    Ok(OrderRecord::with(conn, BY_ID, &[person.0, order.0]).await?.map(Paper::from))
}

impl From<Found<BillingRow, LineRow>> for Paper {
    fn from(found: Found<BillingRow, LineRow>) -> Self {
        Self { order: found.order, billing: found.more.into(), lines: found.also }
    }
}

impl From<BillingRow> for BillingData {
    /// A tax id that is one is written with its marks.
    fn from(row: BillingRow) -> Self {
        let tax_id = row.billing_tax_id.map(|id| TaxId::parse(&id).map_or(id, |id| id.to_string()));
        Self { name: row.billing_name, tax_id, address: row.billing_address }
    }
}

pub(super) async fn write_billing(
    tx: &mut Tx,
    order: &OrderRecord,
    data: &BillingData,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(WRITE_BILLING)
            .bind(order.id.0)
            .bind(order.producer_id.0)
            .bind(&data.name)
            .bind(&data.tax_id)
            .bind(&data.address)
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// The lines of an order as they were sold.
pub(super) async fn sale_items(db: &Db, person: PersonId, order: OrderId) -> Result<Vec<TermsItem>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, SoldRow>(SALE_ITEMS).bind(person.0).bind(order.0).fetch_all(c).await?
    });
    let read = |row: SoldRow| {
        let currency = Currency::parse(&row.currency);
        let currency = currency.map_err(|error| Error::inconsistent("sale_items", order, error))?;
        Ok(TermsItem {
            name: row.name,
            offer: row.offer_name,
            amount: Money::new(row.amount, currency),
            is_bump: row.is_bump,
            window_days: row.window_days,
        })
    };
    rows.into_iter().map(read).collect()
}

/// The plan that was sold with an order that renews.
pub(super) async fn sale_plan(db: &Db, person: PersonId, order: OrderId) -> Result<Option<TermsPlan>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, PlanRow>(SALE_PLAN).bind(person.0).bind(order.0).fetch_optional(c).await?
    });
    let wrong = |what: &str| Error::inconsistent("sale_plans", order, what);
    let read = |row: PlanRow| {
        let currency = Currency::parse(&row.currency).map_err(|_| wrong("currency"))?;
        let unit = row.interval_unit.parse().map_err(|_| wrong("interval"))?;
        let price = PlanPrice { amount: Money::new(row.amount, currency), interval: (unit, row.interval_count) };
        Ok(TermsPlan { name: row.name, price })
    };
    row.map(read).transpose()
}

/// The papers between two instants, oldest first.
pub(super) async fn papers(db: &Db, person: PersonId, from: Instant, until: Instant) -> Result<Vec<PaperRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        let papers = sqlx::query_as::<_, PaperRow>(PAPERS).bind(person.0);
        papers.bind(from.micros()).bind(until.micros()).fetch_all(c).await?
    }))
}
