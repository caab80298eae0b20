//! The themes, and the frame that the page of each has.

use super::sheet::Sheet;
use crate::page::{Page, PageError};
use crate::producer::area::{self, Part};
use crate::text::Texts;
use crate::ui;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::Producer;
use types::place::producer::Place;

/// A theme of the settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Theme {
    /// What buyers may do by themselves.
    Buyers,
    /// How a subscription ends.
    Cancel,
    /// Money back.
    Refunds,
    /// Mails ahead, and charges that failed.
    Mails,
    /// Who the producer is, and how its pages look.
    Identity,
    /// The pictures of the products.
    Pictures,
    /// Which plan may be changed to which.
    Plans,
    /// How long links live by which buyers come in.
    SignIn,
    /// Keys of the producer's programs.
    Keys,
    /// Systems that send orders.
    Sources,
    /// Accounts at gateways.
    Connections,
    /// Who changed what.
    History,
}

impl Theme {
    pub(super) const ALL: [Self; 12] = [
        Self::Buyers,
        Self::Cancel,
        Self::Refunds,
        Self::Plans,
        Self::Mails,
        Self::Identity,
        Self::Pictures,
        Self::SignIn,
        Self::Keys,
        Self::Sources,
        Self::Connections,
        Self::History,
    ];

    /// Its page.
    pub(super) const fn place(self) -> Place<'static> {
        match self {
            Self::Buyers => Place::SettingsBuyers,
            Self::Cancel => Place::SettingsCancel,
            Self::Refunds => Place::SettingsRefunds,
            Self::Mails => Place::SettingsMails,
            Self::Identity => Place::SettingsIdentity,
            Self::Pictures => Place::SettingsPictures,
            Self::Plans => Place::SettingsPlans,
            Self::SignIn => Place::SettingsSignIn,
            Self::Keys => Place::SettingsKeys,
            Self::Sources => Place::SettingsSources,
            Self::Connections => Place::SettingsConnections,
            Self::History => Place::SettingsHistory,
        }
    }

    /// The names of its title, and of the line that says what it is about.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Buyers => ("settings-buyers", "settings-buyers-about"),
            Self::Cancel => ("settings-cancel", "settings-cancel-about"),
            Self::Refunds => ("settings-refunds", "settings-refunds-about"),
            Self::Mails => ("settings-mails", "settings-mails-about"),
            Self::Identity => ("settings-identity", "settings-identity-about"),
            Self::Pictures => ("settings-pictures", "settings-pictures-about"),
            Self::Plans => ("settings-plans", "settings-plans-about"),
            Self::SignIn => ("settings-links", "settings-links-about"),
            Self::Keys => ("settings-keys", "settings-keys-about"),
            Self::Sources => ("settings-sources", "settings-sources-about"),
            Self::Connections => ("settings-connections", "settings-connections-about"),
            Self::History => ("settings-history", "settings-history-about"),
        }
    }

    /// The theme whose page has this path.
    pub(super) fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.place().path() == path)
    }

    /// A page of the theme around `body`, with what is wrong in `sheet` summed up on top.
    pub(super) fn page(self, producer: &Producer, sheet: &Sheet, body: impl IntoView) -> Page {
        let texts = area::texts(producer);
        let (title, about) = self.words();
        let body = view! {
            {ui::summary(texts.text("summary-title"), sheet.wrong())}
            {back(texts)}
            <h1>{texts.text(title)}</h1>
            <p class="lead">{texts.text(about)}</p>
            {body}
        };
        Page::new(texts.text(title), body).in_area(area::area(producer, Part::Settings))
    }
}

/// The way back to all themes.
fn back(texts: Texts) -> impl IntoView + use<> {
    view! { <p class="back"><a href=Place::Settings.path()>{texts.text("settings-back")}</a></p> }
}

/// A form that comes back filled in, with what is wrong with it.
pub(super) fn refused(page: Page) -> Result<Response, PageError> {
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}
