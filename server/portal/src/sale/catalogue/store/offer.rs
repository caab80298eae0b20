use crate::catalogue::offer::{KnownOffer, Offer, SourceOffer};
use crate::db::{Conn, Error, Tx, parsed};
use crate::{on, row, statements};
use serde_json::{Value, json};
use types::{Code, Currency, IntervalUnit, Line, Money, OfferId, ProducerId, ProductId};
use uuid::Uuid;

statements! {
    BY_CODE = "select id, code, product_id, name, amount, currency, interval_unit, interval_count, installments_max,
            is_from_source
        from offers
        where producer_id = $1 and code = $2";
    LIST = "select o.id, o.code, p.code as product_code, o.name, o.amount, o.currency, o.interval_unit,
            o.interval_count, o.installments_max
        from offers o
        join products p on p.id = o.product_id
        where o.producer_id = $1
        order by p.name, o.name, o.code
        limit $2";
    LIST_TARGETS = "select t.offer_id, t.target_code
        from offers o
        join offer_targets t on t.offer_id = o.id
        where o.producer_id = $1
        order by t.offer_id, t.position";
    TARGETS = "select offer_id, target_code from offer_targets where offer_id = $1 order by position";
    UPSERT = "insert into offers (id, producer_id, code, product_id, name, amount, currency, interval_unit,
                interval_count, installments_max, is_from_source, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
        on conflict (producer_id, code) do update set product_id = excluded.product_id, name = excluded.name,
            amount = excluded.amount, currency = excluded.currency, interval_unit = excluded.interval_unit,
            interval_count = excluded.interval_count, installments_max = excluded.installments_max,
            is_from_source = excluded.is_from_source, updated_at = excluded.updated_at
        returning id";
    INSERT_FROM_SOURCE = "insert into offers (id, producer_id, code, product_id, name, amount, currency, interval_unit,
                interval_count, installments_max, is_from_source, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, $11)
        on conflict (producer_id, code) do nothing";
    RENAME = "update offers set name = $2, updated_at = $3 where id = $1";
    DELETE_TARGETS = "delete from offer_targets where producer_id = $1 and offer_id = $2";
    INSERT_TARGET = "insert into offer_targets (producer_id, offer_id, target_code, position)
        values ($1, $2, $3, $4)
        on conflict (offer_id, target_code) do nothing";
}

row! {
    struct ListRow {
        id: Uuid, code: String, product_code: String, name: String, amount: i64, currency: String,
        interval_unit: Option<String>, interval_count: Option<i64>, installments_max: i64,
    }
    struct TargetRow { offer_id: Uuid, target_code: String }
    pub(in crate::sale::catalogue) struct OfferRow {
        id: Uuid, code: String, product_id: Uuid, name: String, amount: i64, currency: String,
        interval_unit: Option<String>, interval_count: Option<i64>, installments_max: i64, is_from_source: bool,
    }
}

impl OfferRow {
    pub(in crate::sale::catalogue) fn id(&self) -> OfferId {
        OfferId(self.id)
    }

    pub(in crate::sale::catalogue) fn into_known(self) -> KnownOffer {
        let (id, product) = (OfferId(self.id), ProductId(self.product_id));
        KnownOffer { id, product, name: self.name, installments_max: self.installments_max }
    }

    pub(in crate::sale::catalogue) fn may_be_renamed(&self, name: &Line) -> bool {
        self.is_from_source && self.name != name.as_str()
    }

    pub(in crate::sale::catalogue) fn to_json(&self) -> Value {
        json!({
            "code": self.code, "name": self.name, "price": {"amount": self.amount, "currency": self.currency},
            "interval": self.interval_unit.as_ref().zip(self.interval_count), "installments_max": self.installments_max,
        })
    }
}

impl TryFrom<ListRow> for Offer {
    type Error = Error;

    /// The offer without what it may change to, which has rows of its own.
    fn try_from(row: ListRow) -> Result<Self, Error> {
        let id = row.id;
        let unit = row.interval_unit.as_deref().map(str::parse).transpose();
        let currency = parsed("offers", id, Currency::parse(&row.currency))?;
        Ok(Self {
            code: parsed("offers", id, Code::parse(&row.code))?,
            product: parsed("products", id, Code::parse(&row.product_code))?,
            name: parsed("offers", id, Line::parse(&row.name))?,
            price: Money::new(row.amount, currency),
            interval: parsed("offers", id, unit)?.zip(row.interval_count),
            installments_max: row.installments_max,
            change_targets: Vec::new(),
        })
    }
}

pub(in crate::sale::catalogue) async fn list(
    mut conn: Conn<'_>,
    producer: ProducerId,
    most: i64,
) -> Result<Vec<Offer>, Error> {
    let rows = on!(conn.again(), c => {
        sqlx::query_as::<_, ListRow>(LIST).bind(producer.0).bind(most).fetch_all(c).await?
    });
    let targets = on!(conn, c => sqlx::query_as::<_, TargetRow>(LIST_TARGETS).bind(producer.0).fetch_all(c).await?);
    let with_targets = |row: ListRow| {
        let own = targets.iter().filter(|target| target.offer_id == row.id);
        let change_targets = own.map(TargetRow::code).collect::<Result<_, _>>()?;
        Ok(Offer { change_targets, ..Offer::try_from(row)? })
    };
    rows.into_iter().map(with_targets).collect()
}

impl TargetRow {
    fn code(&self) -> Result<Code, Error> {
        parsed("offer_targets", self.offer_id, Code::parse(&self.target_code))
    }
}

/// What an offer may be changed to, in the order shown.
pub(in crate::sale::catalogue) async fn targets(tx: &mut Tx, offer: OfferId) -> Result<Vec<Code>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, TargetRow>(TARGETS).bind(offer.0).fetch_all(c).await?);
    rows.iter().map(TargetRow::code).collect()
}

pub(in crate::sale::catalogue) async fn by_code(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<OfferRow>, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query_as::<_, OfferRow>(BY_CODE).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    }))
}

pub(in crate::sale::catalogue) async fn upsert(
    tx: &mut Tx,
    id: Uuid,
    producer: ProducerId,
    product: ProductId,
    offer: &Offer,
    now: i64,
) -> Result<OfferId, Error> {
    let (id,): (Uuid,) = on!(tx.conn(), c => {
        sqlx::query_as(UPSERT)
            .bind(id)
            .bind(producer.0)
            .bind(offer.code.as_str())
            .bind(product.0)
            .bind(offer.name.as_str())
            .bind(offer.price.amount)
            .bind(offer.price.currency.as_str())
            .bind(offer.interval.map(|(unit, _)| IntervalUnit::as_str(unit)))
            .bind(offer.interval.map(|(_, count)| count))
            .bind(offer.installments_max)
            .bind(false)
            .bind(now)
            .fetch_one(c)
            .await?
    });
    Ok(OfferId(id))
}

pub(in crate::sale::catalogue) async fn insert_from_source(
    tx: &mut Tx,
    id: Uuid,
    producer: ProducerId,
    product: ProductId,
    offer: &SourceOffer,
    now: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT_FROM_SOURCE)
            .bind(id)
            .bind(producer.0)
            .bind(offer.code.as_str())
            .bind(product.0)
            .bind(offer.name.as_str())
            .bind(offer.price.amount)
            .bind(offer.price.currency.as_str())
            .bind(offer.interval.map(|(unit, _)| IntervalUnit::as_str(unit)))
            .bind(offer.interval.map(|(_, count)| count))
            .bind(true)
            .bind(now)
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::sale::catalogue) async fn rename(tx: &mut Tx, id: OfferId, name: &Line, now: i64) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(RENAME).bind(id.0).bind(name.as_str()).bind(now).execute(c).await?;
    });
    Ok(())
}

pub(in crate::sale::catalogue) async fn replace_targets(
    tx: &mut Tx,
    producer: ProducerId,
    offer: OfferId,
    targets: &[Code],
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(DELETE_TARGETS).bind(producer.0).bind(offer.0).execute(&mut *c).await?;
        for (position, target) in targets.iter().enumerate() {
            sqlx::query(INSERT_TARGET)
                .bind(producer.0)
                .bind(offer.0)
                .bind(target.as_str())
                .bind(position as i64)
                .execute(&mut *c)
                .await?;
        }
    });
    Ok(())
}
