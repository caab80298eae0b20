//! What a producer decides: an index of themes, and for each theme a page with its form. A form changes the part that
//! it shows; what it does not show stays, whoever wrote it meanwhile. What the law gives to buyers is shown as locked,
//! with the law named.

mod buyers;
mod cancel;
mod control;
mod index;
mod mails;
mod refunds;
mod scope;
mod sheet;
mod theme;

use crate::route::{Route, get, post};
/// Who sees and changes settings.
use crate::visitor::Producer as Owner;
use types::place::producer::Page;

/// What answers at the addresses of the settings.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(Page::Settings, index::show),
        get(Page::SettingsBuyers, buyers::show),
        post(Page::SettingsBuyers, buyers::take),
        get(Page::SettingsCancel, cancel::show),
        post(Page::SettingsCancel, cancel::take),
        get(Page::SettingsRefunds, refunds::show),
        post(Page::SettingsRefunds, refunds::take),
        post(Page::SettingsWindows, refunds::take_windows),
        get(Page::SettingsMails, mails::show),
        post(Page::SettingsMails, mails::take),
        post(Page::SettingsFollow, scope::follow),
    ]
}
