use crate::catalogue::offer::{KnownOffer, Offer, SourceOffer};
use crate::db::{Error, Tx};
use crate::{on, row, statements};
use serde_json::{Value, json};
use types::{Code, IntervalUnit, Line, OfferId, ProducerId, ProductId};
use uuid::Uuid;

statements! {
    BY_CODE = "select id, code, product_id, name, amount, currency, interval_unit, interval_count, installments_max,
            is_from_source
        from offers
        where producer_id = $1 and code = $2";
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
