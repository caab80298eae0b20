//! The frame of the producer's area.

use crate::page::{Area, Lead};
use crate::text::Texts;
use portal::Producer;
use types::place::producer::Place;

/// A part of the area, as its leads name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// Orders, and one of them.
    Orders,
}

impl Part {
    const ALL: [Self; 1] = [Self::Orders];

    const fn place(self) -> Place<'static> {
        match self {
            Self::Orders => Place::Orders,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Orders => "area-orders",
        }
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
        who: producer.email().to_string(),
        leads: Part::ALL.map(lead).into(),
        sign_out: Place::SignOut.path(),
        language: producer.language(),
    }
}
