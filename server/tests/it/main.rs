//! Every test that needs more than one function: one program, a file a feature. Store tests run on both engines.

mod access;
mod browserless;
mod faults;
mod harness;
mod http;
mod mail_server;
mod member_areas;
mod outbox;
mod postgres;
mod refund;
mod shop;
mod sign_in;
mod site;
mod storage;
mod story;
