//! The link and the code that bring a buyer in.

use super::Voice;
use super::draft::Draft;
use crate::browser::known_name;
use crate::text::Texts;
use portal::sign_in::Content;
use types::Instant;

/// How many producers a mail names.
const NAMED: usize = 3;

/// The mails about coming in, in words.
pub(super) fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Link { url, code, expires_at, asked_at, asked_from, browser, product, producers } => {
            let requested = RequestedFrom { at: *asked_at, from: asked_from, browser };
            let letter = link(voice, url, code, *expires_at, &requested);
            Draft { lead: lead(voice, *asked_at, *expires_at, product.as_deref(), producers), ..letter }
        }
    }
}

/// When and from where the link was asked for, as far as the network shows.
pub(super) struct RequestedFrom<'a> {
    pub at: Instant,
    pub from: &'a str,
    pub browser: &'a str,
}

/// Where the link leads: to one order, to what somebody bought from producers whom they know by name, or to an empty
/// page.
fn lead(
    voice: &Voice<'_>,
    asked_at: Instant,
    expires_at: Instant,
    product: Option<&str>,
    producers: &[String],
) -> String {
    let texts = voice.texts;
    let (until, producers) = (voice.calendar(asked_at).soon(expires_at), names(texts, producers));
    let moment = ("moment", (&until).into());
    match (product, producers.as_deref()) {
        (Some(product), _) => texts.with("mail-link-lead-product", &[moment, ("product", product.into())]),
        (None, Some(producers)) => texts.with("mail-link-lead-producers", &[moment, ("producers", producers.into())]),
        (None, None) => texts.with("mail-link-lead", &[moment]),
    }
}

/// The first three by name.
fn names(texts: Texts, producers: &[String]) -> Option<String> {
    let (named, others) = producers.split_at(producers.len().min(NAMED));
    let list = named.join(", ");
    match (named.is_empty(), others.is_empty()) {
        (true, _) => None,
        (false, true) => Some(list),
        (false, false) => Some(texts.with("mail-link-and-others", &[("producers", (&list).into())])),
    }
}

fn link(voice: &Voice<'_>, url: &str, code: &str, expires_at: Instant, requested: &RequestedFrom<'_>) -> Draft {
    let texts = voice.texts;
    let calendar = voice.calendar(requested.at);
    let until = calendar.soon(expires_at);
    let browser = known_name(requested.browser).unwrap_or_else(|| texts.text("mail-link-browser-unknown"));
    let at = calendar.moment(requested.at);
    let who = [("moment", (&at).into()), ("address", requested.from.into()), ("browser", (&browser).into())];
    Draft {
        subject: texts.with("mail-link-subject", &[("hour", (&until).into())]),
        button: Some((texts.text("mail-link-button"), url.to_owned())),
        code: Some((texts.text("mail-link-code"), grouped(code))),
        notes: vec![texts.with("mail-link-asked", &who), texts.text("mail-link-not-you")],
        footer: voice.own_footer(),
        ..Draft::default()
    }
}

/// `ABCD-2345`: two groups of four are easier to read and to type, and the hyphen may be left out.
fn grouped(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}
