//! Somebody's own login: password, second step, and the browsers that are signed in.

use super::Way;
use super::sign_in::password_field;
use crate::browser::known_name;
use crate::fields::Fields;
use crate::format::{Calendar, HOME_ZONE};
use crate::page::{Page, PageError, lead_to};
use crate::said::lead_saying;
use crate::session::BrowserSession;
use crate::text::Texts;
use crate::ui::{self, Facts, Tone};
use axum::response::Response;
use leptos::prelude::*;
use portal::Portal;
use portal::login::{self, Changed, Door, LoginView, NotProved};
use portal::session::{Scope, end_all, end_one, list};
use types::place::producer;
use types::view::SessionView;
use types::{Instant, LoginId, SessionId};

/// What the page shows.
pub(crate) struct Account {
    login: LoginView,
    sessions: Vec<SessionView>,
    now: Instant,
}

impl Account {
    /// Reads it.
    pub(crate) async fn read(portal: &Portal, login: LoginId, scope: &impl Scope) -> Result<Self, PageError> {
        let login = login::view(portal, login).await?.ok_or(PageError::NotFound)?;
        Ok(Self { login, sessions: list(scope).await?, now: portal.wall() })
    }
}

/// The page, with what stands between login and sessions; `error` is of the form for another password.
pub(crate) fn page(
    way: Way,
    texts: Texts,
    account: &Account,
    employers: impl IntoView,
    error: Option<(&'static str, &'static str)>,
) -> Page {
    let title = texts.text("area-account");
    let errors = error.map(|(field, key)| (field, texts.text(key))).into_iter().collect();
    let facts = Facts::new()
        .with(texts.text("account-name"), account.login.name.clone())
        .with(texts.text("login-email"), account.login.email.to_string());
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <div class="drawer">
            {ui::card("login", texts.text("login-card"), ui::facts(facts))}
            {employers}
            {second_step(way, texts, &account.login)}
            {password(way, texts, error)}
            {sessions(way, texts, account)}
        </div>
    };
    Page::new(title, body).in_zone(HOME_ZONE)
}

fn second_step(way: Way, texts: Texts, login: &LoginView) -> impl IntoView + use<> {
    let (tone, word) =
        if login.has_second_step { (Tone::Good, "second-step-on") } else { (Tone::Warn, "second-step-off") };
    let codes = login.has_second_step.then(|| {
        let left = texts.with("recovery-left", &[("count", login.codes_left.into())]);
        view! {
            <p>{left}</p>
            <form method="post" action=way.recovery_codes()>{ui::quiet_submit(texts.text("recovery-renew"))}</form>
        }
    });
    let is_producer = way.0 == Door::Producer;
    let begin = (is_producer && !login.has_second_step).then(|| {
        view! {
            <form method="post" action=producer::Place::SecondStep.path()>
                {ui::quiet_submit(texts.text("second-step-begin"))}
            </form>
        }
    });
    let end = (is_producer && login.has_second_step).then(|| {
        view! {
            <form method="post" action=producer::Place::SecondStepRemoval.path()>
                {ui::quiet_submit(texts.text("second-step-remove"))}
            </form>
        }
    });
    let body = view! {
        <p>{ui::chip(tone, texts.text(word))}</p>
        <p>{texts.text("second-step-why")}</p>
        {codes}{begin}{end}
    };
    ui::card("two-steps", texts.text("second-step-title"), body)
}

fn password(way: Way, texts: Texts, error: Option<(&'static str, &'static str)>) -> impl IntoView + use<> {
    let of = |field: &str| error.filter(|(at, _)| *at == field).map(|(_, key)| texts.text(key));
    let body = view! {
        <form method="post" action=way.account_password() novalidate>
            {ui::field(password_field(texts, "old", "login-old-password", "current-password", of("old")))}
            {ui::field(password_field(texts, "new", "login-new-password", "new-password", of("new")))}
            {ui::quiet_submit(texts.text("login-new-password-save"))}
        </form>
    };
    ui::card("password", texts.text("login-password"), body)
}

fn sessions(way: Way, texts: Texts, account: &Account) -> impl IntoView + use<> {
    let calendar = Calendar::new(texts.language(), HOME_ZONE, account.now);
    let lines = account.sessions.iter().map(|session| line(way, texts, session, &calendar)).collect_view();
    let body = view! {
        <p>{texts.text("sessions-help")}</p>
        <ul class="lines sessions">{lines}</ul>
        <form method="post" action=way.sessions()>{ui::quiet_submit(texts.text("sessions-end-all"))}</form>
    };
    ui::card("sessions", texts.text("sessions-title"), body)
}

fn line(way: Way, texts: Texts, session: &SessionView, calendar: &Calendar) -> impl IntoView + use<> {
    let browser = known_name(&session.browser).unwrap_or_else(|| texts.text("sessions-unknown"));
    let (since, seen) = (calendar.moment(session.since), calendar.moment(session.seen));
    let address = &session.address;
    let words = texts
        .with("sessions-line", &[("address", address.into()), ("since", (&since).into()), ("seen", (&seen).into())]);
    let end = if session.is_this {
        ui::chip(Tone::Good, texts.text("sessions-this")).into_any()
    } else {
        let label = texts.with("sessions-end-of", &[("browser", (&browser).into()), ("address", address.into())]);
        view! {
            <form method="post" action=way.session(session.id)>
                <button class="button small" aria-label=label>{texts.text("sessions-end")}</button>
            </form>
        }
        .into_any()
    };
    view! { <li><span><strong>{browser}</strong><small>{words}</small></span>{end}</li> }
}

/// Another password: the browser goes on in a new session. What is wrong with the form, when it is not taken.
pub(crate) async fn change_password(
    way: Way,
    portal: &Portal,
    who: &Changed,
    session: &BrowserSession,
    fields: &Fields,
) -> Result<Result<Response, (&'static str, &'static str)>, PageError> {
    match login::change_password(portal, who, fields.one("old"), fields.one("new")).await {
        Ok(token) => {
            session.begin(&token).await?;
            Ok(Ok(lead_saying(way.account(), "said-password-set")))
        }
        Err(NotProved::Wrong) => Ok(Err(("old", "login-old-password-wrong"))),
        Err(NotProved::Weak) => Ok(Err(("new", "login-password-weak"))),
        Err(NotProved::Limited { retry_after }) => Err(PageError::TooMany { retry_after }),
        Err(NotProved::Busy) => Err(PageError::Unavailable),
        Err(NotProved::Database(error)) => Err(error.into()),
    }
}

/// Ends one browser's session.
pub(crate) async fn end_session(way: Way, scope: &impl Scope, session: &str) -> Result<Response, PageError> {
    let session: SessionId = session.parse().map_err(|_| PageError::NotFound)?;
    if end_one(scope, session).await? {
        Ok(lead_to(format!("{}#sessions", way.account())))
    } else {
        Err(PageError::NotFound)
    }
}

/// Ends them all, this one too.
pub(crate) async fn end_sessions(
    way: Way,
    scope: &impl Scope,
    session: &BrowserSession,
) -> Result<Response, PageError> {
    end_all(scope).await?;
    session.end().await?;
    Ok(lead_to(way.sign_in()))
}
