//! The frame of the staff's area.

use crate::page::{Area, Lead};
use crate::text::Texts;
use portal::Staff;
use types::place::staff::Place;

/// A part of the area, as its leads name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// The one box, and what it finds.
    Search,
    /// Somebody's own login.
    Account,
}

impl Part {
    const ALL: [Self; 2] = [Self::Search, Self::Account];

    const fn place(self) -> Place<'static> {
        match self {
            Self::Search => Place::Search,
            Self::Account => Place::Account,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Search => "area-search",
            Self::Account => "area-account",
        }
    }
}

/// The words of whoever is signed in.
pub(crate) fn texts(staff: &Staff) -> Texts {
    Texts::of(staff.origin().language)
}

/// The staff's area, with one of its parts open.
pub(crate) fn area(staff: &Staff, here: Part) -> Area {
    let texts = texts(staff);
    let lead = |part: Part| Lead { address: part.place().path(), name: texts.text(part.key()), is_here: part == here };
    Area {
        name: texts.text("area-staff"),
        who: staff.email().to_string(),
        leads: Part::ALL.map(lead).into(),
        sign_out: Place::SignOut.path(),
        language: staff.origin().language,
    }
}
