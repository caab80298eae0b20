//! An order that the producer's own system sends: a new one, or the same request again.

use super::idempotency::{self, Next};
use super::{NewOrder, OrderRefusal, Way, place};
use crate::Portal;
use crate::Producer;
use crate::again;
use crate::db::Error;
use serde::{Deserialize, Serialize};
use types::place::buyer::order_link;
use types::{Code, LinkPlace};

/// The answer to a new order: kept, and given again to the same request.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Receipt {
    /// The order's code.
    pub code: Code,
    /// The order link: whoever opens it can only cause a mail to the buyer.
    pub order_link: String,
}

/// Takes a new order, once. `hash` stands for the whole request: the same key or code with another hash is refused.
pub async fn create(
    portal: &Portal,
    producer: &Producer,
    key: Option<&str>,
    hash: &str,
    order: NewOrder,
    source: &str,
) -> Result<Receipt, OrderRefusal> {
    again!(take(portal, producer, key, hash, order.clone(), source).await)
}

async fn take(
    portal: &Portal,
    producer: &Producer,
    key: Option<&str>,
    hash: &str,
    order: NewOrder,
    source: &str,
) -> Result<Receipt, OrderRefusal> {
    let (mut tx, reservation) = match idempotency::begin(portal, producer.id(), key, &order.code, hash).await? {
        Next::Answer(answer) => return read(&order.code, &answer),
        Next::Proceed(tx, reservation) => (tx, reservation),
    };
    let code = order.code.clone();
    let placed = place(portal, &mut tx, producer, order, Way::Create(source)).await?;
    let receipt = Receipt { code, order_link: portal.url(order_link(&placed.order_ref, LinkPlace::Order)) };
    let answer = serde_json::to_string(&receipt)
        .map_err(|error| Error::inconsistent("idempotency_keys", &receipt.code, error))?;
    reservation.keep(&mut tx, &answer).await?;
    portal.commit(tx).await?;
    Ok(receipt)
}

fn read(code: &Code, answer: &str) -> Result<Receipt, OrderRefusal> {
    serde_json::from_str(answer).map_err(|error| Error::inconsistent("idempotency_keys", code, error).into())
}
