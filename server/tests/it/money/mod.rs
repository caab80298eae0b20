//! What is charged, changed, ended and paid back.

mod asaas;
pub mod billing;
pub mod card;
mod connection;
mod guru;
pub mod plan;
pub mod refund;
pub mod stripe;
pub mod subscription;
