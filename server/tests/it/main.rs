//! Every test that needs more than one function: one program, a file a feature. Store tests run on both engines.

#![allow(clippy::unwrap_used, reason = "tests may be blunt")]

mod access;
mod harness;
mod mail;
mod member_area;
mod outbox;
mod postgres;
mod refund;
mod sign_in;
mod smtp_receiver;
mod storage;
mod web;
