//! Every test that needs more than one function: one program, a file a feature. Store tests run on both engines.

#![expect(clippy::unwrap_used, unreachable_pub, reason = "tests may be blunt, and are nobody's library")]

mod access;
mod account;
mod api;
mod billing;
mod browserless;
mod card;
mod commands;
mod crash;
mod dice;
mod document;
mod faults;
mod harness;
mod histories;
mod hooks;
mod hooks_in_any_order;
mod hostile;
mod hostile_pages;
mod hostile_texts;
mod http;
mod kill;
mod mail;
mod mail_server;
mod member_area;
mod member_areas;
#[cfg(target_os = "linux")]
mod memory;
mod outbox;
mod plan;
mod postgres;
mod refund;
mod rows;
mod session;
mod shop;
mod sign_in;
mod site;
mod smtp_receiver;
mod storage;
mod story;
mod strangers;
mod subscription;
mod walk;
mod web;
