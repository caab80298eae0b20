//! What a producer decides: an index of themes, and for each theme a page with its form. A form changes the part that
//! it shows; what it does not show stays, whoever wrote it meanwhile. What the law gives to buyers is shown as locked,
//! with the law named.

mod buyers;
mod cancel;
mod connections;
mod control;
mod history;
mod identity;
mod index;
mod keys;
mod links;
mod mails;
mod pictures;
mod plans;
mod preview;
mod refunds;
mod scope;
mod sender;
mod sheet;
mod sources;
mod switch;
mod theme;

use crate::fields::Fields;
use crate::page::BuyerPages;
use crate::route::{Route, get, post, upload};
/// Who sees and changes settings.
use crate::visitor::Owner;
pub(super) use switch::change as switch;
use types::place::producer::Page;

/// What answers at the addresses of the settings.
pub(super) fn routes(pages: BuyerPages) -> Vec<Route> {
    let previews = [
        post(Page::SettingsBuyersPreview, move |owner: Owner, fields: Fields| preview::buyers(pages, owner, fields)),
        post(Page::SettingsCancelPreview, move |owner: Owner, fields: Fields| preview::cancel(pages, owner, fields)),
        post(Page::SettingsIdentityPreview, move |owner: Owner, fields: Fields| {
            preview::identity(pages, owner, fields)
        }),
    ];
    let themes = vec![
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
        post(Page::SettingsSender, sender::take),
        get(Page::SettingsIdentity, identity::show),
        post(Page::SettingsIdentity, identity::take),
        upload(Page::SettingsLogo, identity::take_logo),
        post(Page::SettingsLogoRemove, identity::remove),
        get(Page::SettingsPictures, pictures::show),
        upload(Page::SettingsPicture, pictures::take),
        post(Page::SettingsPictureRemove, pictures::remove),
        get(Page::SettingsPlans, plans::show),
        post(Page::SettingsPlans, plans::take),
        get(Page::SettingsSignIn, links::show),
        post(Page::SettingsSignIn, links::take),
        get(Page::SettingsKeys, keys::show),
        post(Page::SettingsKeys, keys::take),
        post(Page::SettingsKeyRevoke, keys::revoke),
        get(Page::SettingsSources, sources::show),
        post(Page::SettingsSources, sources::take),
        get(Page::SettingsConnections, connections::show),
        post(Page::SettingsConnections, connections::take),
        post(Page::SettingsConnectionTest, connections::test),
        post(Page::SettingsConnectionSwitch, connections::switch),
        get(Page::SettingsHistory, history::show),
        post(Page::SettingsUndo, history::undo),
        post(Page::SettingsFollow, scope::follow),
    ];
    themes.into_iter().chain(previews).collect()
}
