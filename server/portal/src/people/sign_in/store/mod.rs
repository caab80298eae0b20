//! The only SQL that writes links and counts of requests; and what links lead to, and from whom it was bought.

mod count;
mod link;

pub(super) use count::{count, counted, lock_address};
pub(crate) use link::spend_links;
pub(super) use link::{
    Link, Purpose, Spent, asked_since, by_id, by_token, insert, open_for, open_to, person_by_email, redirect,
    set_person, spend, spend_by_id, try_code, unborn, untry_code,
};

use crate::db::{Db, Error, Statement, Tx, parsed};
use crate::sale::counts;
use crate::{on, row, statements};
use std::sync::LazyLock;
use types::view::ProducerView;
use types::{Email, Instant, OrderRef, PersonId, SubscriptionId};
use uuid::Uuid;

pub(super) static ALL: LazyLock<Vec<Statement>> =
    LazyLock::new(|| [STATEMENTS, count::STATEMENTS, link::STATEMENTS].concat());

statements! {
    ORDER_BY_REF = concat!(
        "select o.code, o.buyer_name, p.email, p.id as person_id, pr.name as producer, pr.slug,
            pr.id as producer_id, pr.particulars, i.name as product,
            (select count(*) from order_items x where x.order_id = o.id and ",
        counts!("x"),
        ") - 1 as more_items,
            exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code
                and t.id <> o.id) as is_shared,
            (select s.id from subscriptions s where s.order_id = o.id
                and o.kind = 'subscription') as subscription_id
        from orders o
        join people p on p.id = o.person_id
        join producers pr on pr.id = o.producer_id
        join order_items i on i.order_id = o.id and i.position = 0
        where o.ref = $1"
    );
    // The producer may be null: the index of person and code has found the few before.
    PRODUCT_OF = "select i.name as product, pr.id as producer_id, pr.name, pr.slug, pr.email, pr.time_zone,
            pr.particulars
        from orders o
        join order_items i on i.order_id = o.id and i.position = 0
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and o.code = $2 and (cast($3 as text) is null or pr.slug = $3)
        order by o.ordered_at desc
        limit 1";
    PRODUCT_OF_SUBSCRIPTION = "select i.name as product, pr.id as producer_id, pr.name, pr.slug, pr.email, pr.time_zone,
            pr.particulars
        from subscriptions s
        join orders o on o.id = s.order_id
        join order_items i on i.order_id = o.id and i.position = 0
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and s.id = $2";
    PRODUCERS_OF = "select pr.id as producer_id, pr.name, pr.slug, pr.email, pr.time_zone,
            pr.particulars
        from orders o
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
        group by pr.id, pr.name, pr.slug, pr.email, pr.time_zone, pr.particulars
        order by max(o.ordered_at) desc, pr.id desc
        limit $2";
}

row! {
    struct BoughtRow {
        product: String, producer_id: Uuid, name: String, slug: String, email: String, time_zone: String,
        particulars: Option<String>,
    }
    struct SellerRow {
        producer_id: Uuid, name: String, slug: String, email: String, time_zone: String, particulars: Option<String>,
    }
    pub(super) struct OrderRow {
        code: String, email: String, person_id: Uuid, producer_id: Uuid, producer: String, slug: String, particulars: Option<String>,
        product: String, more_items: i64, is_shared: bool, subscription_id: Option<Uuid>,
    }
}

pub(super) async fn order_by_ref(db: &Db, order_ref: &OrderRef) -> Result<Option<OrderRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, OrderRow>(ORDER_BY_REF).bind(order_ref.as_str()).fetch_optional(c).await?
    }))
}

impl TryFrom<SellerRow> for ProducerView {
    type Error = Error;

    fn try_from(row: SellerRow) -> Result<Self, Error> {
        let SellerRow { producer_id, name, slug, email, time_zone, particulars } = row;
        let email = parsed("producers", producer_id, Email::parse(&email))?;
        let particulars = ground::particulars(producer_id, particulars.as_deref())?;
        Ok(Self::new(name, slug, email, time_zone, particulars))
    }
}

impl TryFrom<BoughtRow> for Bought {
    type Error = Error;

    fn try_from(row: BoughtRow) -> Result<Self, Error> {
        let BoughtRow { product, producer_id, name, slug, email, time_zone, particulars } = row;
        let seller = SellerRow { producer_id, name, slug, email, time_zone, particulars }.try_into()?;
        Ok(Self { product, seller })
    }
}

/// What somebody bought, and from whom.
pub(super) struct Bought {
    pub(super) product: String,
    pub(super) seller: ProducerView,
}

/// What a person's subscription is for.
pub(super) async fn product_of_subscription(
    db: &Db,
    person: PersonId,
    id: SubscriptionId,
) -> Result<Option<Bought>, Error> {
    on!(db.read().await?.conn(), c => {
        let query = sqlx::query_as::<_, BoughtRow>(PRODUCT_OF_SUBSCRIPTION).bind(person.0).bind(id.0);
        query.fetch_optional(c).await?
    })
    .map(Bought::try_from)
    .transpose()
}

/// What a person's order is for.
pub(super) async fn product_of(
    db: &Db,
    person: PersonId,
    code: &str,
    slug: Option<&str>,
) -> Result<Option<Bought>, Error> {
    on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, BoughtRow>(PRODUCT_OF).bind(person.0).bind(code).bind(slug).fetch_optional(c).await?
    })
    .map(Bought::try_from)
    .transpose()
}

/// From whom a person bought, `most` of them, the latest first.
pub(super) async fn producers_of(db: &Db, person: PersonId, most: i64) -> Result<Vec<ProducerView>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, SellerRow>(PRODUCERS_OF).bind(person.0).bind(most).fetch_all(c).await?
    });
    rows.into_iter().map(ProducerView::try_from).collect()
}

/// Forgets what is too old to decide anything: counts before then (seconds since 1970), and links that ended.
pub(super) async fn forget(tx: &mut Tx, counts_before: i64, links_before: Instant) -> Result<(), Error> {
    count::forget(tx, counts_before).await?;
    link::forget(tx, links_before).await
}
