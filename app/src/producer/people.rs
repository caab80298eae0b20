//! Who works for the producer: invited, given another role, removed.

use super::area::{Part, area, texts};
use super::invitation;
use crate::fields::Fields;
use crate::format::{Calendar, HOME_ZONE};
use crate::login::sign_in::refused;
use crate::page::{Page, PageError};
use crate::phrase;
use crate::route::{Route, get, post};
use crate::said::lead_saying;
use crate::text::Texts;
use crate::ui::{self, Field, Hurts, Tone};
use crate::visitor::{FreshOwner, Owner};
use axum::extract::Path;
use axum::response::Response;
use leptos::prelude::*;
use portal::login::{self, InviteError, MemberView, Members, NotRemoved};
use types::place::producer::{Page as Address, Place};
use types::{Email, Instant, InvitationId, LoginId, MemberRole};

/// What answers at the addresses of a producer's people.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(Address::People, show),
        post(Address::People, invite),
        post(Address::Invited, withdraw),
        post(Address::MemberRole, set_role),
        post(Address::MemberRemoval, remove),
        get(Address::Invitation, invitation::show),
        post(Address::Invitation, invitation::accept),
    ]
}

async fn show(Owner(producer): Owner) -> Result<Page, PageError> {
    page(&producer, "", None).await
}

async fn invite(FreshOwner(producer): FreshOwner, fields: Fields) -> Result<Response, PageError> {
    let member = producer.member().ok_or(PageError::NotFound)?;
    let typed = fields.one("email");
    let role: MemberRole = fields.one("role").parse().map_err(|_| PageError::Unreadable)?;
    let Ok(email) = Email::parse(typed) else {
        return Ok(refused(page(&producer, typed, Some("login-email-wrong")).await?));
    };
    match login::invite(producer.portal(), (&producer, member), &email, role).await {
        Ok(()) => Ok(lead_saying(Place::People, "said-invited")),
        Err(InviteError::IsMember) => Ok(refused(page(&producer, typed, Some("people-is-member")).await?)),
        Err(InviteError::Limited { retry_after }) => Err(PageError::TooMany { retry_after }),
        Err(InviteError::Database(error)) => Err(error.into()),
    }
}

async fn withdraw(Owner(producer): Owner, Path(invitation): Path<String>) -> Result<Response, PageError> {
    let invitation: InvitationId = invitation.parse().map_err(|_| PageError::NotFound)?;
    done(&producer, login::withdraw(producer.portal(), &producer, invitation).await, "said-invitation-withdrawn").await
}

async fn set_role(
    FreshOwner(producer): FreshOwner,
    Path(login): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let login: LoginId = login.parse().map_err(|_| PageError::NotFound)?;
    let role: MemberRole = fields.one("role").parse().map_err(|_| PageError::Unreadable)?;
    done(&producer, login::set_role(producer.portal(), &producer, login, role).await, "said-member-changed").await
}

async fn remove(FreshOwner(producer): FreshOwner, Path(login): Path<String>) -> Result<Response, PageError> {
    let login: LoginId = login.parse().map_err(|_| PageError::NotFound)?;
    done(&producer, login::remove(producer.portal(), &producer, login).await, "said-member-removed").await
}

async fn done(
    producer: &portal::Producer,
    outcome: Result<(), NotRemoved>,
    said: &'static str,
) -> Result<Response, PageError> {
    match outcome {
        Ok(()) => Ok(lead_saying(Place::People, said)),
        Err(NotRemoved::NotFound) => Err(PageError::NotFound),
        Err(NotRemoved::LastOwner) => Ok(refused(page(producer, "", Some("people-last-owner")).await?)),
        Err(NotRemoved::Database(error)) => Err(error.into()),
    }
}

async fn page(producer: &portal::Producer, typed: &str, error: Option<&'static str>) -> Result<Page, PageError> {
    let members = login::members(producer.portal(), producer).await?;
    let page = view(texts(producer), &members, producer.member(), (typed, error), producer.portal().wall());
    Ok(page.in_area(area(producer, Part::People)))
}

/// Everybody, those who are invited, and the form that invites.
fn view(
    texts: Texts,
    members: &Members,
    own: Option<&portal::Member>,
    (typed, error): (&str, Option<&'static str>),
    now: Instant,
) -> Page {
    let calendar = Calendar::new(texts.language(), HOME_ZONE, now);
    let title = texts.text("area-people");
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("email", error)).into_iter().collect();
    let lines = members.members.iter().map(|one| member_line(texts, one, own, &calendar)).collect_view();
    let invited = members.invited.iter().map(|one| invited_line(texts, one, &calendar)).collect_view();
    let invited = (!members.invited.is_empty())
        .then(|| ui::card("invited", texts.text("people-invited"), view! { <ul class="lines people">{invited}</ul> }));
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        {ui::card("members", texts.text("people-members"), view! { <ul class="lines people">{lines}</ul> })}
        {invited}
        {ui::card("invite", texts.text("people-invite"), invite_form(texts, typed, error))}
    };
    Page::new(title, body).in_zone(HOME_ZONE)
}

fn invite_form(texts: Texts, typed: &str, error: Option<String>) -> impl IntoView + use<> {
    let email = Field {
        id: "email",
        name: "email",
        kind: "email",
        autocomplete: "off",
        label: texts.text("login-email"),
        help: texts.text("people-invite-help"),
        value: typed.to_owned(),
        error,
        required: true,
    };
    view! {
        <form method="post" action=Place::People.path() novalidate>
            {ui::field(email)}
            {roles(texts, MemberRole::Agent)}
            {ui::submit(texts.text("people-invite-send"))}
        </form>
    }
}

fn roles(texts: Texts, chosen: MemberRole) -> impl IntoView + use<> {
    let choices = [(MemberRole::Agent, "people-agent-help"), (MemberRole::Owner, "people-owner-help")];
    let choices = choices.map(|(role, help)| {
        view! {
            <label class="choice">
                <input type="radio" name="role" value=role.as_str() checked=role == chosen/>
                <span><strong>{phrase::member_role(texts, role)}</strong><small>{texts.text(help)}</small></span>
            </label>
        }
    });
    view! { <fieldset><legend>{texts.text("people-role")}</legend>{choices.collect_view()}</fieldset> }
}

fn member_line(
    texts: Texts,
    member: &MemberView,
    own: Option<&portal::Member>,
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let is_self = own.is_some_and(|own| own.login == member.login);
    let (role, other) = match member.role {
        MemberRole::Owner => ("people-make-agent", MemberRole::Agent),
        MemberRole::Agent => ("people-make-owner", MemberRole::Owner),
    };
    let seen = match member.entered_at {
        Some(at) => texts.with("people-seen", &[("moment", (&calendar.moment(at)).into())]),
        None => texts.text("people-never-seen"),
    };
    let second_step = member.has_second_step.then(|| ui::chip(Tone::Good, texts.text("second-step-on")));
    let (login, name) = (member.login, member.name.clone());
    let acts = (!is_self).then(|| {
        let removal = Hurts {
            action: Place::MemberRemoval { login }.path(),
            label: texts.text("people-remove"),
            of: texts.with("people-remove-of", &[("name", (&name).into())]),
            effect: texts.text("people-remove-effect"),
        };
        view! {
            <form method="post" action=Place::MemberRole { login }.path()>
                <input type="hidden" name="role" value=other.as_str()/>
                <button class="button small">{texts.text(role)}</button>
            </form>
            {ui::hurts(removal)}
        }
    });
    view! {
        <li>
            <span>
                <strong>{member.name.clone()}</strong>
                <small>{member.email.to_string()}</small>
                <small>{seen}</small>
            </span>
            <div class="row">
                {ui::chip(Tone::Calm, phrase::member_role(texts, member.role))}
                {second_step}
                {is_self.then(|| ui::chip(Tone::Good, texts.text("people-you")))}
                {acts}
            </div>
        </li>
    }
}

fn invited_line(
    texts: Texts,
    (id, email, role, until): &(InvitationId, Email, MemberRole, Instant),
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let until = texts.with("people-invited-until", &[("moment", (&calendar.deadline(*until)).into())]);
    let withdrawal = Hurts {
        action: Place::Invited { invitation: *id }.path(),
        label: texts.text("people-withdraw"),
        of: texts.with("people-withdraw-of", &[("email", email.as_str().into())]),
        effect: texts.text("people-withdraw-effect"),
    };
    view! {
        <li>
            <span><strong>{email.to_string()}</strong><small>{until}</small></span>
            <div class="row">
                {ui::chip(Tone::Wait, phrase::member_role(texts, *role))}
                {ui::hurts(withdrawal)}
            </div>
        </li>
    }
}
