//! One link in the list.

use super::target_word;
use crate::format::Calendar;
use crate::producer::area;
use crate::text::Texts;
use crate::ui::{self, Hurts, Tone};
use leptos::prelude::*;
use portal::portal_link::ListedLink;
use types::place::producer::Place;

/// What it leads to and for whom, how far it is, and what may be done with it.
pub(super) fn row(texts: Texts, calendar: &Calendar, link: ListedLink) -> impl IntoView + use<> {
    let by = link.made_by.clone().unwrap_or_else(|| texts.text("links-by-program"));
    let made = calendar.moment(link.made_at);
    let made = texts.with("links-made-by", &[("by", (&by).into()), ("at", (&made).into())]);
    let many = link.is_of_campaign.then(|| view! { <small>{texts.text("links-of-campaign")}</small> });
    let copy = link.revoked_at.is_none().then(|| ui::copy(texts, link.url.clone(), texts.text("links-copy")));
    view! {
        <tr>
            <td>
                <strong>{target_word(texts, link.target)}</strong>
                <small>
                    {link.buyer_name.clone()}" · "<a href=area::order_address(&link.code)>{link.code.to_string()}</a>
                </small>
                <small>{link.email.to_string()}</small>
                <small>{made}</small>
                {many}
                {copy}
            </td>
            <td>{states(texts, calendar, &link)}</td>
            <td>{acts(texts, &link)}</td>
        </tr>
    }
}

fn states(texts: Texts, calendar: &Calendar, link: &ListedLink) -> impl IntoView + use<> {
    let said = |tone, key, at| {
        let at = calendar.moment(at);
        view! { <li>{ui::chip(tone, texts.text(key))}<small>{at}</small></li> }.into_any()
    };
    let mail = match (link.sent_at, link.mail_asked_at) {
        (Some(at), _) => Some(said(Tone::Good, "links-state-sent", at)),
        (None, Some(at)) if link.is_refused => Some(said(Tone::Bad, "links-state-refused", at)),
        (None, Some(at)) => Some(said(Tone::Wait, "links-state-waits", at)),
        (None, None) => None,
    };
    let opened = link.opened_at.map(|at| said(Tone::Good, "links-state-opened", at));
    let acted = link.acted_at.map(|at| said(Tone::Good, "links-state-acted", at));
    let revoked = link.revoked_at.map(|at| said(Tone::Calm, "links-state-revoked", at));
    let states: Vec<AnyView> = [mail, opened, acted, revoked].into_iter().flatten().collect();
    if states.is_empty() {
        return view! { <small>{texts.text("links-state-none")}</small> }.into_any();
    }
    view! { <ul class="plain">{states}</ul> }.into_any()
}

fn acts(texts: Texts, link: &ListedLink) -> impl IntoView + use<> {
    let may_be_sent = link.mail_asked_at.is_none() && link.revoked_at.is_none();
    let send = may_be_sent.then(|| {
        view! {
            <form method="post" action=Place::LinkSend { link: link.id }.path()>
                <button class="button small">{texts.text("links-send")}</button>
            </form>
        }
    });
    let revoke = link.revoked_at.is_none().then(|| {
        ui::hurts(Hurts {
            action: Place::LinkRevoke { link: link.id }.path(),
            label: texts.text("links-revoke"),
            of: texts.with("links-revoke-of", &[("name", (&link.buyer_name).into())]),
            effect: texts.text("links-revoke-effect"),
        })
    });
    view! { {send} {revoke} }
}
