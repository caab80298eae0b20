//! The frame of the producer's area.

use crate::page::{Area, Lead};
use crate::text::Texts;
use portal::Producer;
use types::Code;
use types::place::Who;
use types::place::producer::Place;

/// A part of the area, as its leads name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// Orders, and one of them.
    Orders,
    /// Refunds that wait for the producer.
    Requests,
    /// Links that the producer made.
    Links,
    /// What became of it all.
    Report,
    /// What the producer decides.
    Settings,
    /// Who works for the producer.
    People,
    /// Somebody's own login.
    Account,
}

impl Part {
    const ALL: &[Self] =
        &[Self::Orders, Self::Requests, Self::Links, Self::Report, Self::Settings, Self::People, Self::Account];

    const fn place(self) -> Place<'static> {
        match self {
            Self::Orders => Place::Orders,
            Self::People => Place::People,
            Self::Account => Place::Account,
            Self::Requests => Place::Requests,
            Self::Links => Place::Links,
            Self::Report => Place::Report,
            Self::Settings => Place::Settings,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Orders => "area-orders",
            Self::People => "area-people",
            Self::Account => "area-account",
            Self::Requests => "area-requests",
            Self::Links => "area-links",
            Self::Report => "area-report",
            Self::Settings => "area-settings",
        }
    }

    /// Whether this person finds anything there.
    fn is_for(self, producer: &Producer) -> bool {
        self.place().page().address().who != Who::Owner || producer.is_owner()
    }
}

/// The words of whoever is signed in.
pub(crate) fn texts(producer: &Producer) -> Texts {
    Texts::of(producer.language())
}

/// The area of this producer, with one of its parts open.
pub(crate) fn area(producer: &Producer, here: Part) -> Area {
    let texts = texts(producer);
    let lead = |part: Part| Lead { address: part.place().path(), name: texts.text(part.key()), is_here: part == here };
    Area {
        name: producer.name().to_owned(),
        who: producer.member().map_or_else(String::new, |member| member.email.to_string()),
        leads: Part::ALL.iter().copied().filter(|part| part.is_for(producer)).map(lead).collect(),
        sign_out: Place::SignOut.path(),
        language: producer.language(),
    }
}

/// Where one of the producer's orders is found.
pub(crate) fn order_address(code: &Code) -> String {
    Place::Order { handle: code.as_str() }.path()
}
