//! The link and the code that bring a buyer in.

use super::Voice;
use super::browser::known_name;
use super::draft::Draft;
use portal::sign_in::Content;
use types::Instant;

/// The mails about coming in, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Link { url, code, expires_at, asked_at, asked_from, browser, product } => {
            let requested = RequestedFrom { at: *asked_at, from: asked_from, browser };
            link(voice, url, code, *expires_at, &requested, product.as_deref())
        }
    }
}

/// When and from where the link was asked for, as far as the network shows.
pub(super) struct RequestedFrom<'a> {
    pub at: Instant,
    pub from: &'a str,
    pub browser: &'a str,
}

fn link(
    voice: &Voice<'_>,
    url: &str,
    code: &str,
    expires_at: Instant,
    requested: &RequestedFrom<'_>,
    product: Option<&str>,
) -> Draft {
    let texts = voice.texts;
    let calendar = voice.calendar(requested.at);
    let until = calendar.soon(expires_at);
    let lead = match product {
        Some(product) => {
            texts.with("mail-link-lead-product", &[("moment", (&until).into()), ("product", product.into())])
        }
        None => texts.with("mail-link-lead", &[("moment", (&until).into())]),
    };
    let browser = known_name(requested.browser).unwrap_or_else(|| texts.text("mail-link-browser-unknown"));
    let at = calendar.moment(requested.at);
    let who = [("moment", (&at).into()), ("address", requested.from.into()), ("browser", (&browser).into())];
    Draft {
        subject: texts.with("mail-link-subject", &[("hour", (&until).into())]),
        lead,
        button: Some((texts.text("mail-link-button"), url.to_owned())),
        code: Some((texts.text("mail-link-code"), code.to_owned())),
        notes: vec![texts.with("mail-link-asked", &who), texts.text("mail-link-not-you")],
        footer: texts.text("mail-footer-plain"),
        ..Draft::default()
    }
}
