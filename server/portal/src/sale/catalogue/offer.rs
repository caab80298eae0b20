//! Offers: a price of a product.

use super::{Error, producer, product, record, store};
use crate::db::{self, Tx};
use crate::event::Catalogue;
use crate::{Portal, Producer};
use serde_json::json;
use types::{Code, IntervalUnit, Line, Money, OfferId, ProducerId, ProductId};

/// What a producer says of an offer.
#[derive(Clone, PartialEq, Debug)]
pub struct Offer {
    /// The producer's code.
    pub code: Code,
    /// Code of the product.
    pub product: Code,
    /// Name to show.
    pub name: Line,
    /// Price, of one cycle if it has an interval.
    pub price: Money,
    /// How often it is charged, if more than once.
    pub interval: Option<(IntervalUnit, i64)>,
    /// The greatest number of instalments.
    pub installments_max: i64,
    /// Offers that a subscription to this one may change to, in the order shown.
    pub change_targets: Vec<Code>,
}

/// An offer as an order needs it.
#[derive(Clone, Debug)]
pub(crate) struct KnownOffer {
    pub id: OfferId,
    pub product: ProductId,
    pub name: String,
    pub installments_max: i64,
}

/// Writes an offer as the producer wants it, new or not. `UnknownProduct` when there is no such product.
pub async fn put_offer(portal: &Portal, producer: &Producer, offer: &Offer) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let (product, _) = product::find(&mut tx, producer.id(), &offer.product).await?.ok_or(Error::UnknownProduct)?;
    let before = store::offer::by_code(&mut tx, producer.id(), &offer.code).await?;
    let id =
        store::offer::upsert(&mut tx, portal.new_id(), producer.id(), product, offer, portal.now().micros()).await?;
    store::offer::replace_targets(&mut tx, producer.id(), id, &offer.change_targets).await?;
    record(
        portal,
        &mut tx,
        producer,
        Catalogue::OfferWritten { offer: id.0 },
        before.as_ref().map(store::offer::OfferRow::to_json),
        to_json(offer),
    )
    .await?;
    portal.commit(tx).await?;
    Ok(())
}

/// How many offers a page lists.
pub const MOST_LISTED: i64 = 500;

/// The producer's offers by their products' names and their own, [`MOST_LISTED`] at most.
pub async fn list(portal: &Portal, producer: &Producer) -> Result<Vec<Offer>, db::Error> {
    store::offer::list(portal.db.read().await?.conn(), producer.id(), MOST_LISTED).await
}

/// Says to which offers a subscription to each of these may change, and nothing else of them: an offer that a source
/// made is still called as the source calls it. All of them or none: `UnknownOffer` when there is no such offer.
pub async fn set_targets(portal: &Portal, producer: &Producer, wanted: &[(Code, Vec<Code>)]) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    producer::lock(&mut tx, producer.id()).await?;
    for (code, targets) in wanted {
        set_targets_of(portal, &mut tx, producer, code, targets).await?;
    }
    portal.commit(tx).await?;
    Ok(())
}

async fn set_targets_of(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    code: &Code,
    targets: &[Code],
) -> Result<(), Error> {
    let offer = store::offer::by_code(tx, producer.id(), code).await?.ok_or(Error::UnknownOffer)?.id();
    for target in targets {
        store::offer::by_code(tx, producer.id(), target).await?.ok_or(Error::UnknownOffer)?;
    }
    let before = store::offer::targets(tx, offer).await?;
    if before == targets {
        return Ok(());
    }
    store::offer::replace_targets(tx, producer.id(), offer, targets).await?;
    let (before, after) =
        (json!({"code": code, "change_targets": before}), json!({"code": code, "change_targets": targets}));
    Ok(record(portal, tx, producer, Catalogue::OfferWritten { offer: offer.0 }, Some(before), after).await?)
}

fn to_json(offer: &Offer) -> serde_json::Value {
    json!({
        "code": offer.code, "product": offer.product, "name": offer.name, "price": offer.price,
        "interval": offer.interval,
        "installments_max": offer.installments_max, "change_targets": offer.change_targets,
    })
}

/// A producer's offer.
pub(crate) async fn find(tx: &mut Tx, producer: ProducerId, code: &Code) -> Result<Option<KnownOffer>, db::Error> {
    Ok(store::offer::by_code(tx, producer, code).await?.map(|row| row.into_known()))
}

/// The offer that a source speaks of: made when it is new, renamed when the source made it and calls it otherwise now.
/// None when the code belongs to an offer of another product: then the order keeps the name only.
pub(crate) async fn of_source(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    product: ProductId,
    offer: &SourceOffer,
) -> Result<Option<OfferId>, db::Error> {
    let now = portal.now().micros();
    store::offer::insert_from_source(tx, portal.new_id(), producer, product, offer, now).await?;
    let row = store::offer::by_code(tx, producer, &offer.code).await?.ok_or(sqlx::Error::RowNotFound)?;
    if row.may_be_renamed(&offer.name) {
        store::offer::rename(tx, row.id(), &offer.name, now).await?;
    }
    Ok(Some(row.into_known()).filter(|known| known.product == product).map(|known| known.id))
}

/// What a source says of an offer in passing.
#[derive(Clone, PartialEq, Debug)]
pub struct SourceOffer {
    /// The source's code.
    pub code: Code,
    /// Name, as buyers read it.
    pub name: Line,
    /// Price of one charge or of one cycle.
    pub price: Money,
    /// How often it is charged, if more than once.
    pub interval: Option<(IntervalUnit, i64)>,
}
