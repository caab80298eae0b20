use super::found::{FoundRow, found};
use crate::db::{Db, Error};
use crate::desk::search::charged::Charged;
use crate::desk::search::found::FoundOrder;
use crate::{on, row, statements};
use types::{OrderId, ProducerId, StaffId, SubscriptionId};
use uuid::Uuid;

statements! {
    PRODUCERS_OF = "select producer_id from staff_producers where staff_id = $1 order by producer_id";
    OF_REF = found!("select o.id from orders o where o.ref = $1", "cast(null as text)");
    OF_MADE_LINK = found!("select l.order_id as id from portal_links l where l.ref = $1", "cast(null as text)");
    OF_ID = found!("select o.id from orders o where o.id = $1", "cast(null as text)");
    OF_SUBSCRIPTION = found!("select s.order_id as id from subscriptions s where s.id = $1", "cast(null as text)");
    OF_CHARGE = found!(
        "select distinct c.order_id as id from charges c join orders x on x.id = c.order_id
        where c.amount = $1 and c.created_at >= $2 and c.created_at < $3 and x.card_last4 = $4
        limit $5",
        "cast(null as text)"
    );
    OF_CHARGE_OF_PRODUCER = found!(
        "select distinct c.order_id as id from charges c join orders x on x.id = c.order_id
        where c.amount = $1 and c.created_at >= $2 and c.created_at < $3 and x.card_last4 = $4
            and x.producer_id = $6
        limit $5",
        "cast(null as text)"
    );
}

row! {
    struct ProducerRow { producer_id: Uuid }
}

pub(in crate::desk::search) async fn producers_of(db: &Db, staff: StaffId) -> Result<Vec<ProducerId>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, ProducerRow>(PRODUCERS_OF).bind(staff.0).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| ProducerId(row.producer_id)).collect())
}

/// By the order's own link, or by one that its producer made.
pub(in crate::desk::search) async fn of_ref(db: &Db, name: &str) -> Result<Vec<FoundOrder>, Error> {
    let own = read(on!(db.read().await?.conn(), c => sqlx::query_as(OF_REF).bind(name).fetch_all(c).await?))?;
    if !own.is_empty() {
        return Ok(own);
    }
    read(on!(db.read().await?.conn(), c => sqlx::query_as(OF_MADE_LINK).bind(name).fetch_all(c).await?))
}

pub(in crate::desk::search) async fn of_id(db: &Db, id: OrderId) -> Result<Vec<FoundOrder>, Error> {
    read(on!(db.read().await?.conn(), c => sqlx::query_as(OF_ID).bind(id.0).fetch_all(c).await?))
}

pub(in crate::desk::search) async fn of_subscription(db: &Db, id: SubscriptionId) -> Result<Vec<FoundOrder>, Error> {
    read(on!(db.read().await?.conn(), c => sqlx::query_as(OF_SUBSCRIPTION).bind(id.0).fetch_all(c).await?))
}

pub(in crate::desk::search) async fn of_charge(
    db: &Db,
    producer: Option<ProducerId>,
    charged: &Charged,
    limit: i64,
) -> Result<Vec<FoundOrder>, Error> {
    let sql = if producer.is_some() { OF_CHARGE_OF_PRODUCER } else { OF_CHARGE };
    read(on!(db.read().await?.conn(), c => {
        let query = sqlx::query_as(sql).bind(charged.amount).bind(charged.from.micros());
        let query = query.bind(charged.behind.micros()).bind(&charged.last4).bind(limit);
        let query = if let Some(producer) = producer { query.bind(producer.0) } else { query };
        query.fetch_all(c).await?
    }))
}

fn read(rows: Vec<FoundRow>) -> Result<Vec<FoundOrder>, Error> {
    rows.into_iter().map(FoundOrder::try_from).collect()
}
