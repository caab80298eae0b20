//! The buyer's account: who they are here, their address, language, browsers, papers, and what is known about them.

pub(crate) mod data;
pub(crate) mod email;
pub mod form;
pub mod page;
pub(crate) mod view;

use crate::route::{Route, get, post};
use types::place::buyer::Page;

/// What answers at its addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(Page::Account, page::show),
        get(Page::Profile, page::profile),
        post(Page::Profile, form::profile),
        get(Page::Email, page::change_email),
        post(Page::Email, form::ask_email),
        post(Page::EmailWithdraw, form::withdraw_email),
        get(Page::EmailChanged, page::email_changed),
        get(Page::EmailLink, page::confirm_email),
        post(Page::EmailLink, form::confirm_email),
        post(Page::SessionEnd, form::end_session),
        post(Page::SessionsEnd, form::end_sessions),
        get(Page::Data, page::export),
        get(Page::Erasure, page::erasure),
        post(Page::Erasure, form::ask_erasure),
        post(Page::ErasureUndo, form::undo_erasure),
    ]
}
