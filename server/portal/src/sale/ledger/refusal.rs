//! Why a report about an order is refused.

use crate::db;

/// Why an order is not taken.
#[derive(Debug, thiserror::Error)]
pub enum OrderRefusal {
    /// Items that name something the producer does not have: position, and what is wrong there.
    #[error("items name what is not there")]
    Items(Vec<(usize, ItemFault)>),
    /// There is such an order already, and it is another one.
    #[error("there is another order with this code")]
    OrderExists,
    /// The key was used for another request.
    #[error("this idempotency key was used with another body")]
    KeyReused,
    /// It comes by a hook, which goes on reporting it.
    #[error("this order is reported by the source {0}")]
    OfAnotherSource(String),
    /// It is new, renews, and nothing says how.
    #[error("a new order of this kind needs its subscription")]
    SubscriptionMissing,
    /// It is of another kind.
    #[error("the kind of an order does not change")]
    OtherKind,
    /// Our calendar charges it, and what was reported says otherwise.
    #[error("this portal charges the order itself: {0}")]
    BilledHere(&'static str),
    /// The gateway's name of the charge belongs to another order.
    #[error("this charge belongs to another order")]
    ChargeTaken,
    /// A charge that a refund of ours names is left out, or stands under another name.
    #[error("must hold {0}, because a refund names it here; give it the status that it has now")]
    ChargeLeftOut(String),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// What is wrong with an item.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ItemFault {
    /// No product with this code.
    #[error("there is no product with this code")]
    UnknownProduct,
    /// No offer with this code.
    #[error("there is no offer with this code")]
    UnknownOffer,
    /// The offer is one of another product.
    #[error("this offer belongs to another product")]
    OfferOfAnotherProduct,
}
