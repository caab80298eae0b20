//! Every test that needs more than one function: one program, a file a feature. Store tests run on both engines.

mod access;
mod api;
mod harness;
mod hooks;
mod hooks_in_any_order;
mod outbox;
mod postgres;
mod refund;
mod sign_in;
mod storage;
