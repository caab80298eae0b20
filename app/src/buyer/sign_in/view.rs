//! The markup of signing in.

use crate::format::{Calendar, HOME_ZONE};
use crate::page::Page;
use crate::text::Texts;
use crate::ui::{self, Field};
use islands::ResendCountdown;
use leptos::prelude::*;
use portal::sign_in::SentView;
use types::place::buyer::Place;
use types::view::{LinkView, OrderLinkView, Target};
use types::{Email, Instant, LinkId, LinkPlace};

/// What is wrong with a code, or with the e-mail beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CodeError {
    /// Nothing typed.
    Empty,
    /// Not the code.
    Wrong {
        /// How many tries are left.
        tries_left: i64,
    },
    /// Used, too late, or tried too often.
    Ended,
    /// No e-mail typed.
    NoEmail,
    /// Not an e-mail.
    InvalidEmail,
}

impl CodeError {
    fn text(self, texts: Texts) -> String {
        match self {
            Self::Empty => texts.text("code-empty"),
            Self::Wrong { tries_left } => texts.with("code-wrong", &[("tries", tries_left.into())]),
            Self::Ended => texts.text("code-ended"),
            Self::NoEmail => texts.text("sign-in-email-empty"),
            Self::InvalidEmail => texts.text("sign-in-email-invalid"),
        }
    }

    fn is_of_email(self) -> bool {
        matches!(self, Self::NoEmail | Self::InvalidEmail)
    }
}

/// One field, one button.
pub(crate) fn ask(texts: Texts, next: &Target, typed: &str, error: Option<&str>) -> Page {
    let error = error.map(|key| texts.text(key));
    let leads_on = *next != Target::Home;
    let lead = texts.text(if leads_on { "sign-in-next" } else { "sign-in-lead" });
    let errors = error.clone().map(|error| ("email", error)).into_iter().collect();
    let email = email_field(texts, texts.text("sign-in-email"), typed, error);
    let next = leads_on.then(|| view! { <input type="hidden" name="next" value=next.place().path()/> });
    let title = texts.text("sign-in-title");
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <p>{lead}</p>
        <form class="card" method="post" action=Place::SignIn.path() novalidate>
            {next}
            {ui::field(email)}
            {ui::submit(texts.text("sign-in-send"))}
        </form>
        <p><a href=Place::SignInCode.path()>{texts.text("sign-in-have-code")}</a></p>
    };
    Page::new(title, body)
}

fn email_field(texts: Texts, label: String, typed: &str, error: Option<String>) -> Field {
    Field {
        id: "email",
        name: "email",
        kind: "email",
        autocomplete: "email",
        label,
        help: texts.text("sign-in-email-help"),
        value: typed.to_owned(),
        error,
        required: true,
    }
}

fn code_input(texts: Texts, error: Option<String>) -> Field {
    let (label, help) = (texts.text("sent-code"), texts.text("sent-code-help"));
    Field { id: "code", name: "code", label, help, error, required: true, ..Field::default() }
}

/// The same words whether or not anybody has this address. `typed`: the whole of it, in the browser that typed it.
pub(crate) fn sent(
    texts: Texts,
    typed: Option<&str>,
    sent: &SentView,
    mail_from: &str,
    now: Instant,
    error: Option<CodeError>,
) -> Page {
    let calendar = Calendar::new(texts.language(), HOME_ZONE, now);
    let request = sent.request;
    let email = typed.unwrap_or(sent.masked_email.as_str());
    let correct = typed.map(|_| {
        let address = format!("{}?correct=yes", Place::SignIn);
        view! { <p>{ui::link_button(&address, texts.text("sent-correct"))}</p> }
    });
    // A code that counts no more is no field any more.
    let is_over = sent.expires_at <= now || error == Some(CodeError::Ended);
    let lead = if error == Some(CodeError::Ended) {
        texts.text("code-ended")
    } else if is_over {
        texts.with("sent-ended", &[("email", email.into())])
    } else if let Some(at) = sent.mail_at {
        let (at, hour) = (calendar.soon(at), calendar.soon(sent.expires_at));
        texts.with("sent-lead-later", &[("email", email.into()), ("at", (&at).into()), ("hour", (&hour).into())])
    } else {
        texts.with("sent-lead", &[("email", email.into()), ("hour", (&calendar.soon(sent.expires_at)).into())])
    };
    let error = error.filter(|_| !is_over).map(|error| error.text(texts));
    let errors = error.clone().map(|error| ("code", error)).into_iter().collect();
    let title = texts.text("sent-title");
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <p>{lead}</p>
        {correct}
        {(!is_over).then(|| enter_code(texts, request, error))}
        {resend(texts, request, sent, mail_from)}
    };
    Page::new(title, body).in_zone(HOME_ZONE)
}

fn enter_code(texts: Texts, request: LinkId, error: Option<String>) -> impl IntoView {
    view! {
        <p>{texts.text("sent-open")}</p>
        <form class="card" method="post" action=Place::SignInCode.path() novalidate>
            <input type="hidden" name="request" value=request.to_string()/>
            {ui::code_field(code_input(texts, error))}
            {ui::submit(texts.text("sent-code-send"))}
        </form>
    }
}

fn resend(texts: Texts, request: LinkId, sent: &SentView, mail_from: &str) -> impl IntoView + use<> {
    let seconds = u32::try_from(sent.resend_after.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
    let (label, waiting) = (texts.text("sent-resend"), texts.text("sent-resend-waiting"));
    let help = view! {
        <ul>
            <li>{texts.text("sent-help-wait")}</li>
            <li>{texts.with("sent-help-spam", &[("sender", mail_from.into())])}</li>
            <li>{texts.text("sent-help-address")}</li>
        </ul>
        <div class="row">
            <form method="post" action=Place::SignInResend.path()>
                <input type="hidden" name="request" value=request.to_string()/>
                <ResendCountdown seconds=seconds label=label waiting=waiting class="button"/>
            </form>
            <a href=Place::SignIn.path()>{texts.text("sent-other-address")}</a>
        </div>
    };
    ui::card("not-there", texts.text("sent-help-title"), help)
}

/// E-mail and code, for another browser than the one that asked.
pub(crate) fn code(texts: Texts, typed: &str, error: Option<CodeError>) -> Page {
    let of_email = error.filter(|error| error.is_of_email()).map(|error| error.text(texts));
    let of_code = error.filter(|error| !error.is_of_email()).map(|error| error.text(texts));
    let errors = of_email.clone().map(|error| ("email", error)).into_iter();
    let errors = errors.chain(of_code.clone().map(|error| ("code", error))).collect();
    let mut email = email_field(texts, texts.text("code-email"), typed, of_email);
    email.help = String::new();
    let title = texts.text("code-title");
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <p>{texts.text("code-lead")}</p>
        <form class="card" method="post" action=Place::SignInCode.path() novalidate>
            {ui::field(email)}
            {ui::code_field(code_input(texts, of_code))}
            {ui::submit(texts.text("sent-code-send"))}
        </form>
        <p><a href=Place::SignIn.path()>{texts.text("code-ask-new")}</a></p>
    };
    Page::new(title, body)
}

/// Whose link it is, and the button that spends it.
pub(crate) fn link(texts: Texts, token: &str, link: &LinkView, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), HOME_ZONE, now);
    let hour = calendar.soon(link.expires_at);
    let title = texts.text("link-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        <form class="card" method="post" action=Place::Link { token }.path()>
            <p class="lead">{texts.with("link-as", &[("email", (&link.masked_email).into())])}</p>
            {ui::submit(texts.text("link-continue"))}
            <p class="help">{texts.with("link-until", &[("hour", (&hour).into())])}</p>
        </form>
        <p>{texts.text("link-not-you")}</p>
    };
    Page::new(title, body).in_zone(HOME_ZONE).with_secret_address()
}

/// A link whose time is over or that was used: one press brings another to the same place.
pub(crate) fn ended_link(texts: Texts, token: &str, title: &str, text: &str) -> Page {
    let title = texts.text(title);
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text(text)}</p>
        <form method="post" action=Place::LinkResend { token }.path()>{ui::submit(texts.text("link-resend"))}</form>
    };
    Page::new(title, body).with_secret_address()
}

/// The same to somebody who is signed in: what the link was for is a press away.
pub(crate) fn ended_link_inside(texts: Texts, token: &str, (title, text): (&str, &str), email: &Email) -> Page {
    let title = texts.text(title);
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.with("link-inside", &[("email", email.as_str().into())])}</p>
        <p>{ui::primary_link(&Place::Home.path(), texts.text("link-to-home"))}</p>
        <p>{texts.text(text)}</p>
        <form method="post" action=Place::LinkResend { token }.path()>
            <button class="button">{texts.text("link-resend")}</button>
        </form>
    };
    Page::new(title, body).with_secret_address()
}

/// Something that is no link of ours, or was cut on its way.
pub(crate) fn invalid_link(texts: Texts) -> Page {
    let title = texts.text("link-invalid-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text("link-invalid")}</p>
        <p>{ui::primary_link(&Place::SignIn.path(), texts.text("link-to-sign-in"))}</p>
    };
    Page::new(title, body).with_secret_address()
}

/// A link that its producer revoked.
pub(crate) fn revoked_link(texts: Texts) -> Page {
    let title = texts.text("link-revoked-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text("link-revoked")}</p>
        <p>{ui::primary_link(&Place::SignIn.path(), texts.text("link-to-sign-in"))}</p>
    };
    Page::new(title, body).with_secret_address()
}

/// What anybody who holds an order link may see.
pub(crate) fn order_link(texts: Texts, link: &OrderLinkView, place: LinkPlace) -> Page {
    let more = (link.more_items > 0).then(|| texts.with("and-more", &[("count", link.more_items.into())]));
    let product = more.map_or_else(|| link.product.clone(), |more| format!("{} {more}", link.product));
    let facts = ui::Facts::new()
        .with(texts.text("order-link-product"), product)
        .with(texts.text("order-link-producer"), link.producer.clone())
        .with(texts.text("order-link-email"), link.masked_email.clone());
    let title = texts.text("order-link-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text("order-link-lead")}</p>
        <form class="card" method="post" action=Place::OrderLink { order_ref: link.order_ref.as_str() }.path()>
            <input type="hidden" name="to" value=place.as_str()/>
            {ui::facts(facts)}
            {ui::submit(texts.with("order-link-send", &[("email", (&link.masked_email).into())]))}
        </form>
        <p>{texts.text("order-link-not-yours")}</p>
    };
    Page::new(title, body).of_producer(&link.producer).looking_like(&link.look).with_secret_address()
}
