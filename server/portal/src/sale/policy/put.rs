//! A producer reads and writes what buyers may do.

use super::{Fault, Policy, RetentionOffer, check, of_product, store};
use crate::catalogue::producer::lock;
use crate::catalogue::{offer, product};
use crate::db::{Error, Tx};
use crate::event::{self, Record};
use crate::{Portal, Producer};
use serde_json::json;
use types::Code;

/// Why a policy cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The producer has no such product.
    #[error("there is no product with this code")]
    UnknownProduct,
    /// What it may not say.
    #[error("the policy says what it may not")]
    Faults(Vec<Fault>),
    /// The database.
    #[error(transparent)]
    Database(#[from] Error),
}

/// The policy for all products, or for one: what was said for it, else what was said for all, else the default.
pub async fn get(portal: &Portal, producer: &Producer, product: Option<&Code>) -> Result<Policy, PolicyError> {
    let mut tx = portal.db.begin().await?;
    known(&mut tx, producer, product).await?;
    Ok(of_product(tx.conn(), producer.id(), product).await?)
}

/// Writes the policy for all products, or for one, whole: what it does not say has the default.
pub async fn put(
    portal: &Portal,
    producer: &Producer,
    product: Option<&Code>,
    policy: &Policy,
) -> Result<(), PolicyError> {
    change(portal, producer, product, |written| written.clone_from(policy)).await
}

/// Changes a part of the policy for all products, or for one: `edit` is given what counts at that moment, and what it
/// does not touch stays. A product that had no policy of its own has one afterwards.
pub async fn change(
    portal: &Portal,
    producer: &Producer,
    product: Option<&Code>,
    edit: impl FnOnce(&mut Policy),
) -> Result<(), PolicyError> {
    let mut tx = begin(portal, producer, product).await?;
    let before = of_product(tx.conn(), producer.id(), product).await?;
    let mut after = before.clone();
    edit(&mut after);
    let mut faults = check::faults(&after);
    faults.extend(unknown_offers(&mut tx, producer, &after).await?);
    if !faults.is_empty() {
        return Err(PolicyError::Faults(faults));
    }
    store::write(&mut tx, producer.id(), product, &after, portal.now()).await?;
    finish(portal, tx, producer, product, [before, after]).await
}

/// Takes a product's own policy away: from now on the one for all products counts for it. Nothing happens to a product
/// that has none.
pub async fn follow(portal: &Portal, producer: &Producer, product: &Code) -> Result<(), PolicyError> {
    let mut tx = begin(portal, producer, Some(product)).await?;
    let before = of_product(tx.conn(), producer.id(), Some(product)).await?;
    if !store::forget(&mut tx, producer.id(), product).await? {
        return Ok(());
    }
    let after = of_product(tx.conn(), producer.id(), Some(product)).await?;
    finish(portal, tx, producer, Some(product), [before, after]).await
}

/// The products that have a policy of their own.
pub async fn products_with_own(portal: &Portal, producer: &Producer) -> Result<Vec<Code>, Error> {
    store::scopes(portal.db.read().await?.conn(), producer.id()).await
}

/// Whoever changes this producer's settings at the same time waits.
async fn begin(portal: &Portal, producer: &Producer, product: Option<&Code>) -> Result<Tx, PolicyError> {
    let mut tx = portal.db.begin().await?;
    lock(&mut tx, producer.id()).await?;
    known(&mut tx, producer, product).await?;
    Ok(tx)
}

async fn finish(
    portal: &Portal,
    mut tx: Tx,
    producer: &Producer,
    product: Option<&Code>,
    [before, after]: [Policy; 2],
) -> Result<(), PolicyError> {
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        before: Some(json!({ "product": product, "policy": before })),
        after: Some(json!({ "product": product, "policy": after })),
        ..Record::new(producer.actor(), event::Catalogue::PolicyWritten { producer: producer.id() })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(())
}

async fn known(tx: &mut Tx, producer: &Producer, code: Option<&Code>) -> Result<(), PolicyError> {
    let Some(code) = code else { return Ok(()) };
    product::find(tx, producer.id(), code).await?.map(drop).ok_or(PolicyError::UnknownProduct)
}

async fn unknown_offers(tx: &mut Tx, producer: &Producer, policy: &Policy) -> Result<Vec<Fault>, Error> {
    let mut faults = Vec::new();
    for (index, retention) in policy.cancel.retention.iter().enumerate() {
        if let RetentionOffer::Plan { offer } = &retention.offer
            && offer::find(tx, producer.id(), offer).await?.is_none()
        {
            let field = format!("cancel.retention[{index}].offer.offer");
            faults.push(Fault { field, reason: "there is no offer with this code".to_owned() });
        }
    }
    Ok(faults)
}
