//! Every test that needs more than one function: one program, a file a feature. Store tests run on both engines.

mod access;
mod harness;
mod outbox;
mod postgres;
mod refund;
mod sign_in;
mod storage;
