//! To a person: another address, and erasing.

use super::Voice;
use super::draft::Draft;
use crate::browser::known_name;
use portal::account::{Content, RequestedFrom};
use types::{Email, Instant, Protocol};

/// The mails about a person's own account, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::EmailChange { url, from, expires_at, asked } => email_change(voice, url, from, *expires_at, asked),
        Content::EmailNotice { to, account, expires_at, asked } => email_notice(voice, to, account, *expires_at, asked),
        Content::EmailChanged { from, to, sign_in, erasure } => {
            email_changed(voice, from, to, sign_in.as_deref(), erasure.as_ref())
        }
        Content::ErasureAsked { protocol, due_at, erasure } => erasure_asked(voice, protocol, *due_at, erasure),
        Content::ErasureUndone { protocol, by_purchase, account } => {
            erasure_undone(voice, protocol, *by_purchase, account)
        }
    }
}

/// To the address that is to be used: the link.
pub(super) fn email_change(
    voice: &Voice<'_>,
    url: &str,
    from: &Email,
    expires_at: Instant,
    asked: &RequestedFrom,
) -> Draft {
    let texts = voice.texts;
    let calendar = voice.calendar(asked.at);
    let (hour, moment, masked) = (calendar.hour(expires_at), calendar.moment(expires_at), from.hinted());
    let values = [("hour", (&hour).into()), ("moment", (&moment).into()), ("from", (&masked).into())];
    Draft {
        subject: texts.with("mail-email-change-subject", &values[..1]),
        lead: texts.with("mail-email-change-lead", &values[1..]),
        button: Some((texts.text("mail-email-change-button"), url.to_owned())),
        notes: vec![whence(voice, asked), texts.text("mail-email-change-not-you")],
        footer: voice.own_footer(),
        ..Draft::default()
    }
}

/// To the address so far: somebody asked.
pub(super) fn email_notice(
    voice: &Voice<'_>,
    to: &Email,
    account: &str,
    expires_at: Instant,
    asked: &RequestedFrom,
) -> Draft {
    let texts = voice.texts;
    let (moment, masked) = (voice.calendar(asked.at).moment(expires_at), to.hinted());
    Draft {
        subject: texts.text("mail-email-notice-subject"),
        lead: texts.with("mail-email-notice-lead", &[("to", (&masked).into()), ("moment", (&moment).into())]),
        button: Some((texts.text("mail-account-button"), account.to_owned())),
        notes: vec![whence(voice, asked), texts.text("mail-email-notice-not-you")],
        footer: voice.own_footer(),
        ..Draft::default()
    }
}

/// To both: it is done.
pub(super) fn email_changed(
    voice: &Voice<'_>,
    from: &Email,
    to: &Email,
    sign_in: Option<&str>,
    erasure: Option<&(Protocol, Instant)>,
) -> Draft {
    let texts = voice.texts;
    let erasure = erasure.map(|(protocol, due_at)| {
        let due = voice.dated().deadline(*due_at);
        texts.with("mail-email-changed-erasure", &[("protocol", protocol.as_str().into()), ("due", (&due).into())])
    });
    // Who reads it knows this address; of the other one enough to recognise it.
    let (from, to) = if sign_in.is_some() { (from.hinted(), to.to_string()) } else { (from.to_string(), to.hinted()) };
    let values = [("from", (&from).into()), ("to", (&to).into())];
    let note = if sign_in.is_some() { "mail-email-changed-new" } else { "mail-email-changed-old" };
    Draft {
        subject: texts.text("mail-email-changed-subject"),
        lead: texts.with("mail-email-changed-lead", &values),
        button: sign_in.map(|address| (texts.text("mail-link-button"), address.to_owned())),
        notes: [texts.text(note)].into_iter().chain(erasure).collect(),
        footer: voice.own_footer(),
        ..Draft::default()
    }
}

/// The request to erase is on file.
pub(super) fn erasure_asked(voice: &Voice<'_>, protocol: &Protocol, due_at: Instant, erasure: &str) -> Draft {
    let texts = voice.texts;
    let due = voice.dated().deadline(due_at);
    Draft {
        subject: texts.with("mail-erasure-asked-subject", &[("protocol", protocol.as_str().into())]),
        lead: texts.with("mail-erasure-asked-lead", &[("due", (&due).into())]),
        facts: vec![(texts.text("mail-protocol"), protocol.to_string())],
        button: Some((texts.text("mail-erasure-button"), erasure.to_owned())),
        notes: vec![texts.text("mail-erasure-asked-not-you")],
        footer: voice.own_footer(),
        ..Draft::default()
    }
}

/// The request is undone: by the person, or by a purchase.
pub(super) fn erasure_undone(voice: &Voice<'_>, protocol: &Protocol, by_purchase: bool, account: &str) -> Draft {
    let texts = voice.texts;
    let lead = if by_purchase { "mail-erasure-undone-purchase" } else { "mail-erasure-undone-lead" };
    Draft {
        subject: texts.with("mail-erasure-undone-subject", &[("protocol", protocol.as_str().into())]),
        lead: texts.text(lead),
        facts: vec![(texts.text("mail-protocol"), protocol.to_string())],
        button: by_purchase.then(|| (texts.text("mail-account-button"), account.to_owned())),
        footer: voice.own_footer(),
        ..Draft::default()
    }
}

/// When, from where, in which browser: the words of a stranger's browser are not repeated.
fn whence(voice: &Voice<'_>, asked: &RequestedFrom) -> String {
    let texts = voice.texts;
    let moment = voice.calendar(asked.at).moment(asked.at);
    let browser = known_name(&asked.browser).unwrap_or_else(|| texts.text("mail-link-browser-unknown"));
    texts.with(
        "mail-link-asked",
        &[("moment", (&moment).into()), ("address", (&asked.from).into()), ("browser", (&browser).into())],
    )
}
