//! What moves money: charges, cards, changes of plan, refunds, the end of subscriptions.

pub mod billing;
pub mod card;
pub mod plan;
pub mod refund;
pub mod subscription;
