//! What moves money: producers' accounts at gateways, charges, cards, changes of plan, refunds, the end of
//! subscriptions.

pub mod billing;
pub mod card;
pub mod connection;
pub mod plan;
pub mod refund;
pub mod subscription;
