//! Mails about the order: to whom, how they stand, and what the mail server said.

use super::{Look, chips};
use crate::phrase::mail_words;
use crate::ui;
use leptos::prelude::*;
use portal::drawer::MailOnFile;

/// Mails, newest first; `act`: what may be done about one.
pub(crate) fn mails(look: Look<'_>, act: &dyn Fn(&MailOnFile) -> Option<AnyView>) -> AnyView {
    let Look { texts, drawer, .. } = look;
    if drawer.mails.is_empty() {
        return view! { <p>{texts.text("drawer-mails-none")}</p> }.into_any();
    }
    let lines = drawer.mails.iter().map(|mail| line(look, mail, act(mail))).collect_view();
    view! { <ul class="entries">{lines}</ul> }.into_any()
}

fn line(look: Look<'_>, mail: &MailOnFile, act: Option<AnyView>) -> impl IntoView + use<> {
    let Look { texts, calendar, .. } = look;
    let at = mail.sent_at.unwrap_or(mail.created_at);
    let to = texts.with("drawer-mail-to", &[("email", (&mail.recipient).into())]);
    let answer = mail.answer.clone().map(|answer| {
        view! { <p class="help">{texts.text("drawer-mail-answer")}</p><pre class="wire" tabindex="0">{answer}</pre> }
    });
    let what = mail.kind.parse().map_or_else(|_| texts.text("timeline-mail"), |kind| mail_words(texts, kind));
    view! {
        <li>
            <p class="entry"><span>{what}</span>{chips::mail(texts, &mail.state)}</p>
            <p class="help">{to}", "{ui::time(calendar, at, calendar.moment(at))}</p>
            {answer}
            {act}
        </li>
    }
}
