//! To those who sign in with a password.

use super::Voice;
use super::draft::Draft;
use crate::phrase;
use portal::login::Content;
use types::{Instant, MemberRole};

/// The mails about signing in with a password, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Reset { url, expires_at } => reset(voice, url, *expires_at),
        Content::Invitation { producer, inviter, role, url, expires_at } => {
            invitation(voice, (producer, inviter, *role), url, *expires_at)
        }
        Content::PasswordChanged { at, forgotten } => changed(voice, *at, forgotten),
    }
}

fn reset(voice: &Voice<'_>, url: &str, expires_at: Instant) -> Draft {
    let texts = voice.texts;
    let calendar = voice.dated();
    let (hour, moment) = (calendar.hour(expires_at), calendar.moment(expires_at));
    Draft {
        subject: texts.with("mail-password-reset-subject", &[("hour", (&hour).into())]),
        lead: texts.with("mail-password-reset-lead", &[("moment", (&moment).into())]),
        button: Some((texts.text("mail-password-reset-button"), url.to_owned())),
        notes: vec![texts.text("mail-password-reset-not-you")],
        footer: voice.own_footer(),
        ..Draft::default()
    }
}

fn invitation(
    voice: &Voice<'_>,
    (producer, inviter, role): (&str, &str, MemberRole),
    url: &str,
    expires_at: Instant,
) -> Draft {
    let texts = voice.texts;
    let moment = voice.dated().deadline(expires_at);
    let role = phrase::member_role(texts, role);
    let values = [
        ("producer", producer.into()),
        ("inviter", inviter.into()),
        ("role", (&role).into()),
        ("moment", (&moment).into()),
    ];
    Draft {
        subject: texts.with("mail-invitation-subject", &values[..1]),
        lead: texts.with("mail-invitation-lead", &values),
        button: Some((texts.text("mail-invitation-button"), url.to_owned())),
        footer: voice.own_footer(),
        ..Draft::default()
    }
}

fn changed(voice: &Voice<'_>, at: Instant, forgotten: &str) -> Draft {
    let texts = voice.texts;
    let moment = voice.dated().moment(at);
    Draft {
        subject: texts.text("mail-password-changed-subject"),
        lead: texts.with("mail-password-changed-lead", &[("moment", (&moment).into())]),
        button: Some((texts.text("mail-password-reset-button"), forgotten.to_owned())),
        notes: vec![texts.text("mail-password-changed-not-you")],
        footer: voice.own_footer(),
        ..Draft::default()
    }
}
