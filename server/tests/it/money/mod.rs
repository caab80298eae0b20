//! What is charged, changed, ended and paid back.

pub mod billing;
pub mod card;
pub mod plan;
pub mod refund;
pub mod subscription;
