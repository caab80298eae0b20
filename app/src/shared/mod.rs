//! What the screens of every audience are made of: frame, words, figures, fields, building blocks, and who asks.

pub(crate) mod download;
pub mod draft;
pub mod fields;
pub mod format;
pub(crate) mod found;
pub mod frame;
pub(crate) mod function;
pub mod language;
pub mod page;
pub mod phrase;
pub(crate) mod route;
pub(crate) mod said;
pub mod session;
pub mod status;
pub mod text;
pub mod ui;
pub mod visitor;

use route::{Route, post};
use types::place::shared::Page;

/// What answers at the addresses that belong to no audience.
pub(crate) fn routes() -> Vec<Route> {
    vec![post(Page::Language, language::choose)]
}
