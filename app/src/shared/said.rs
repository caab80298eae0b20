//! What a form did, said once on the page that it leads to. The redirect carries the name of the words in a cookie; the
//! next page that is looked at says them and forgets the cookie. Only names of this list are words, whatever a browser
//! sends.

use crate::page::lead_to;
use crate::text::Texts;
use crate::ui::{self, Tone};
use crate::visitor::cookie;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use leptos::prelude::*;
use std::fmt::Display;

/// What can be said: the name of its text.
const WORDS: &[&str] = &[
    "said-cancel-undone",
    "said-erasure-undone",
    "said-profile-saved",
    "said-method-pix",
    "said-method-boleto",
    "said-sent-again",
    "said-sent-early",
    "said-declined",
    "said-approved",
    "said-invitation-withdrawn",
    "said-invited",
    "said-member-changed",
    "said-member-removed",
    "said-password-set",
    "said-joined",
    "said-reset-sent",
    "said-second-step-removed",
    "said-approved-part",
    "said-answered-before",
    "said-paid-by-hand",
    "said-link-made",
    "said-link-mailed",
    "said-link-too-late",
    "said-link-revoked",
    "said-campaign-started",
    "said-campaign-running",
    "said-campaign-stopped",
    "said-settings-saved",
    "said-settings-followed",
    "said-connection-bad",
    "said-connection-good",
    "said-connection-saved",
    "said-key-revoked",
    "said-source-saved",
    "said-change-undone",
    "said-email-corrected",
    "said-mail-sent",
    "said-access-sent",
    "said-note-kept",
    "said-canceled-for-buyer",
    "said-refund-given",
    "said-view-saved",
    "said-view-removed",
];

/// How long a browser keeps it, in seconds: longer than it takes to follow a redirect.
const KEPT: u32 = 60;

/// Leads on to another page, which says what was done.
pub(crate) fn lead_saying(place: impl Display, what: &'static str) -> Response {
    debug_assert!(WORDS.contains(&what), "{what} is in the list");
    let mut response = lead_to(place);
    if let Ok(cookie) = HeaderValue::from_str(&format!("said={what}; Path=/; Max-Age={KEPT}; HttpOnly; SameSite=Lax")) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// What the next page is to say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said(&'static str);

impl Said {
    /// Of a request, if its browser was just told.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let name = cookie(headers, "said")?;
        WORDS.iter().copied().find(|known| *known == name).map(Self)
    }

    /// The words, as markup.
    pub(crate) fn markup(self, texts: Texts) -> String {
        let words = texts.text(self.0);
        crate::page::plain_markup(ui::notice(Tone::Good, view! { <p role="status">{words}</p> }))
    }

    /// The header that forgets it.
    pub(crate) fn forgotten() -> HeaderValue {
        HeaderValue::from_static("said=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE;
    use types::Language;
    use types::place::buyer::Place;

    #[test]
    fn every_word_has_its_text_and_nothing_else_is_said() {
        for word in WORDS {
            let response = lead_saying(Place::Account, word);
            let set = response.headers()[SET_COOKIE].to_str().unwrap();
            let headers =
                HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(&set[..set.find(';').unwrap()]).unwrap())]);
            for language in Language::ALL {
                let texts = Texts::of(language);
                assert!(texts.find(word).is_some(), "{word}");
                assert!(Said::of(&headers).unwrap().markup(texts).contains("role=\"status\""));
            }
        }
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_static("said=paid"))]);
        assert!(Said::of(&headers).is_none());
    }
}
