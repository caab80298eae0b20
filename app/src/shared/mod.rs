//! What the screens of every audience are made of: frame, words, figures, fields, building blocks, and who asks.

pub(crate) mod browser;
pub(crate) mod download;
pub mod draft;
pub(crate) mod drawer;
pub mod fields;
pub mod format;
pub(crate) mod found;
pub mod frame;
pub(crate) mod function;
pub mod language;
pub(crate) mod login;
pub(crate) mod look;
pub mod page;
pub mod phrase;
pub(crate) mod refill;
pub(crate) mod route;
pub(crate) mod said;
pub(crate) mod sale;
pub mod session;
pub(crate) mod sheet;
pub mod status;
pub mod text;
pub mod ui;
pub(crate) mod upload;
pub mod visitor;
pub(crate) mod zone;

use route::{Route, get, post};
use types::place::shared::Page;

/// What answers at the addresses that belong to no audience.
pub(crate) fn routes() -> Vec<Route> {
    vec![post(Page::Language, language::choose), get(Page::Accent, look::accent), get(Page::Logo, look::picture)]
}
