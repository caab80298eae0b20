//! The letters. Each file puts one kind of message into words; `draft` makes a text part and an HTML part of them.
//! The text part carries its link alone on a line, and a code alone on a line.

mod access;
mod account;
mod billing;
mod card;
mod draft;
mod drawer;
mod html;
mod login;
mod plan;
mod portal_link;
mod producer;
mod purchases;
mod refund;
mod sign_in;
mod subscription;

use crate::format::{self, Calendar};
use crate::phrase;
use crate::text::Texts;
use draft::Draft;
use portal::message::{Content, Draft as Due, Sender, Words, Writer};
use types::place::shared;
use types::{Instant, Money, PictureName};

/// Puts every message into words, in every language.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letters;

impl Writer for Letters {
    fn write(&self, due: &Due<Content>, base_url: &str) -> Words {
        let voice = Voice { texts: Texts::of(due.language), time_zone: &due.time_zone };
        let draft = draft(&voice, &due.content);
        match &due.sender {
            Some(sender) => in_the_name_of(sender, draft, voice.texts, base_url),
            None => draft,
        }
        .finish(voice.texts)
    }
}

/// The producer's name above the letter, and below it who the producer is before the law.
fn in_the_name_of(sender: &Sender, draft: Draft, texts: Texts, base_url: &str) -> Draft {
    let logo = |logo: &PictureName| format!("{base_url}{}", shared::Place::Logo { logo: logo.as_str() });
    Draft {
        logo: sender.look.logo.as_ref().map(logo),
        accent: sender.look.accent,
        header: Some(sender.name.clone()),
        imprint: sender.legal.lines(),
        links: phrase::notices(texts, &sender.legal),
        ..draft
    }
}

fn draft(voice: &Voice<'_>, content: &Content) -> Draft {
    match content {
        Content::Access(content) => access::draft(voice, content),
        Content::Account(content) => account::draft(voice, content),
        Content::Billing(content) => billing::draft(voice, content),
        Content::Card(content) => card::draft(voice, content),
        Content::Login(content) => login::draft(voice, content),
        Content::Drawer(content) => drawer::draft(voice, content),
        Content::Plan(content) => plan::draft(voice, content),
        Content::PortalLink(content) => portal_link::draft(voice, content),
        Content::Purchase(content) => purchases::draft(voice, content),
        Content::Refund(content) => refund::draft(voice, content),
        Content::SignIn(content) => sign_in::draft(voice, content),
        Content::Subscription(content) => subscription::draft(voice, content),
    }
}

/// The words of a language, and the zone in which hours are written.
struct Voice<'a> {
    texts: Texts,
    time_zone: &'a str,
}

impl Voice<'_> {
    fn money(&self, amount: Money) -> String {
        format::money(self.texts.language(), amount)
    }

    /// Who sends a letter that goes out in no producer's name, and in which zone its hours are.
    fn own_footer(&self) -> String {
        let zone = phrase::zone(self.texts, self.time_zone);
        let zone = self.texts.with("frame-time-zone", &[("zone", (&zone).into())]);
        format!("{}\n{zone}", self.texts.text("mail-footer-plain"))
    }

    /// Days and hours, with their year: a letter is read this year or next.
    fn dated(&self) -> Calendar {
        self.calendar(Instant::from_seconds(0))
    }

    /// Days and hours, as they are to be written on the day of `now`.
    fn calendar(&self, now: Instant) -> Calendar {
        Calendar::new(self.texts.language(), self.time_zone, now)
    }
}

#[cfg(test)]
mod tests;
