//! What runs: the web, the worker, the command line, and the real adapters behind the rules' ports.

pub mod clock;
pub mod config;
pub mod example_area;
pub mod gateway;
pub mod guard;
mod html;
pub mod mail;
pub mod member_area;
