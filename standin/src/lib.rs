//! Stand-ins of the payment gateways that Aftersale talks to. Each is a small server that keeps books, has the pages on
//! which people enter cards and pay, sends webhooks, and can be told to fail; it is written from what the vendor
//! documents. Tests and the demo talk to it as to the vendor, over HTTP. It is no part of the product.
//!
//! What all of them share: a clock that tests can move (`clock.rs`), calls that fail on demand (`fault.rs`), and
//! webhooks with everything that goes wrong with them (`hooks.rs`). Those from Brazil share their days, amounts, test
//! cards and the frame of their pages.

pub mod asaas;
mod bind;
mod calendar;
mod cards;
pub mod clock;
pub mod fault;
pub mod guru;
pub mod hooks;
mod html;
#[cfg(test)]
mod listener;
mod money;
pub mod stripe;
