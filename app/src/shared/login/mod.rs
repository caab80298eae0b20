//! Signing in with a password, for producers and staff alike: the pages are the same, and each audience has them at
//! addresses of its own.

pub(crate) mod account;
pub(crate) mod password;
pub(crate) mod proof;
pub(crate) mod second_step;
pub(crate) mod sign_in;

use crate::fields::{Fields, QueryFields};
use crate::page::{PageError, lead_to};
use crate::route::{Route, get, post};
use crate::visitor::{Visitor, cookie, host_name, set_cookie};
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use portal::Portal;
use portal::login::{Door, Ticket};
use types::place::{Address, Who, next_in_area, producer, staff};

/// How long a browser keeps what stands between the two steps, in seconds.
const KEPT: i64 = 600;

/// What answers, for either audience, to whoever comes in, forgot the password or signs out.
pub(crate) fn routes(way: Way) -> Vec<Route> {
    let [enter, code, forgot, link, leave] = way.addresses();
    vec![
        get(enter, async move |visitor: Visitor, fields: QueryFields| sign_in::ask(way, visitor, fields).await),
        post(enter, async move |visitor: Visitor, fields: Fields| sign_in::take(way, visitor, fields).await),
        get(code, async move |visitor: Visitor, headers: HeaderMap, fields: QueryFields| {
            sign_in::ask_code(way, visitor, headers, fields).await
        }),
        post(code, async move |visitor: Visitor, headers: HeaderMap, fields: Fields| {
            sign_in::take_code(way, visitor, headers, fields).await
        }),
        get(forgot, async move |visitor: Visitor| password::ask(way, &visitor)),
        post(forgot, async move |visitor: Visitor, fields: Fields| password::take(way, visitor, fields).await),
        get(link, async move |visitor: Visitor, Path(token): Path<String>| password::link(way, visitor, &token).await),
        post(link, async move |visitor: Visitor, Path(token): Path<String>, fields: Fields| {
            password::set(way, visitor, &token, fields).await
        }),
        post(leave, async move |visitor: Visitor| {
            visitor.session.end().await?;
            Ok::<_, PageError>(lead_to(way.sign_in()))
        }),
    ]
}

/// Where an audience has its pages of signing in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Way(pub(crate) Door);

impl Way {
    /// Where one comes in, types the code, asks for another password, sets it, and leaves.
    fn addresses(self) -> [Address; 5] {
        match self.0 {
            Door::Producer => {
                use producer::Page::{Password, PasswordLink, SignIn, SignInCode, SignOut};
                [SignIn, SignInCode, Password, PasswordLink, SignOut].map(Address::from)
            }
            Door::Staff => {
                use staff::Page::{Password, PasswordLink, SignIn, SignInCode, SignOut};
                [SignIn, SignInCode, Password, PasswordLink, SignOut].map(Address::from)
            }
        }
    }

    pub(crate) fn sign_in(self) -> String {
        match self.0 {
            Door::Producer => producer::Place::SignIn.path(),
            Door::Staff => staff::Place::SignIn.path(),
        }
    }

    pub(crate) fn code(self) -> String {
        match self.0 {
            Door::Producer => producer::Place::SignInCode.path(),
            Door::Staff => staff::Place::SignInCode.path(),
        }
    }

    pub(crate) fn password(self) -> String {
        match self.0 {
            Door::Producer => producer::Place::Password.path(),
            Door::Staff => staff::Place::Password.path(),
        }
    }

    pub(crate) fn password_link(self, token: &str) -> String {
        match self.0 {
            Door::Producer => producer::Place::PasswordLink { token }.path(),
            Door::Staff => staff::Place::PasswordLink { token }.path(),
        }
    }

    pub(crate) fn account(self) -> String {
        match self.0 {
            Door::Producer => producer::Place::Account.path(),
            Door::Staff => staff::Place::Account.path(),
        }
    }

    pub(crate) fn account_password(self) -> String {
        match self.0 {
            Door::Producer => producer::Place::AccountPassword.path(),
            Door::Staff => staff::Place::AccountPassword.path(),
        }
    }

    pub(crate) fn recovery_codes(self) -> String {
        match self.0 {
            Door::Producer => producer::Place::RecoveryCodes.path(),
            Door::Staff => staff::Place::RecoveryCodes.path(),
        }
    }

    pub(crate) fn sessions(self) -> String {
        match self.0 {
            Door::Producer => producer::Place::Sessions.path(),
            Door::Staff => staff::Place::Sessions.path(),
        }
    }

    pub(crate) fn session(self, session: types::SessionId) -> String {
        match self.0 {
            Door::Producer => producer::Place::Session { session }.path(),
            Door::Staff => staff::Place::Session { session }.path(),
        }
    }

    pub(crate) fn proof(self) -> String {
        match self.0 {
            Door::Producer => producer::Place::Proof.path(),
            Door::Staff => staff::Place::Proof.path(),
        }
    }

    /// Where whoever has come in goes on: to the page they asked for, or to the first of the area.
    pub(crate) fn inside(self, next: &str) -> String {
        let (home, is_own): (String, fn(Who) -> bool) = match self.0 {
            Door::Producer => (producer::Place::Home.path(), |who| matches!(who, Who::Producer | Who::Owner)),
            Door::Staff => (staff::Place::Search.path(), |who| who == Who::Staff),
        };
        next_in_area(next, is_own).map_or(home, str::to_owned)
    }

    fn cookie(self, portal: &Portal) -> String {
        let name = match self.0 {
            Door::Producer => "aftersale-producer-step",
            Door::Staff => "aftersale-staff-step",
        };
        host_name(portal, name)
    }

    /// What stands between the two steps of this browser.
    pub(crate) fn ticket(self, portal: &Portal, headers: &HeaderMap) -> Option<Ticket> {
        Ticket::open(portal, self.0, cookie(headers, &self.cookie(portal))?)
    }

    /// Gives the browser what stands between the two steps.
    pub(crate) fn keep(self, portal: &Portal, ticket: &Ticket, response: &mut Response) {
        let sealed = ticket.sealed(portal);
        let kept = sealed.and_then(|sealed| set_cookie(portal, &self.cookie(portal), &sealed, KEPT));
        response.headers_mut().extend(kept.map(|cookie| (SET_COOKIE, cookie)));
    }

    /// Takes it away.
    pub(crate) fn forget(self, portal: &Portal, response: &mut Response) {
        let gone = set_cookie(portal, &self.cookie(portal), "", 0);
        response.headers_mut().extend(gone.map(|cookie| (SET_COOKIE, cookie)));
    }
}
