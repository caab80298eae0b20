//! Coming in: by a link from a mail, or by the code in the same mail. Opening an address never changes anything; a
//! button does (rule 2). A stranger sees the same words for every e-mail (rule 3).

pub mod form;
pub mod page;
mod typed_address;
pub(crate) mod view;

use crate::route::{Route, get, post};
use types::place::buyer::Page;

/// What answers at its addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(Page::SignIn, page::ask),
        post(Page::SignIn, form::request),
        get(Page::SignInSent, page::sent),
        post(Page::SignInResend, form::resend),
        get(Page::SignInCode, page::code),
        post(Page::SignInCode, form::enter_code),
        get(Page::Link, page::link),
        post(Page::Link, form::open_link),
        post(Page::LinkResend, form::resend_link),
        get(Page::OrderLink, page::order_link),
        post(Page::OrderLink, form::request_order_link),
        post(Page::SignOut, form::sign_out),
    ]
}
