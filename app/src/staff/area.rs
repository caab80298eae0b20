//! The frame of the staff's area.

use crate::page::{Area, Lead};
use crate::text::Texts;
use portal::Staff;
use types::place::staff::Place;

/// The words of whoever is signed in.
pub(crate) fn texts(staff: &Staff) -> Texts {
    Texts::of(staff.origin().language)
}

/// The area, with the box open.
pub(crate) fn area(staff: &Staff) -> Area {
    let texts = texts(staff);
    let lead = Lead { address: Place::Search.path(), name: texts.text("lookup-lead"), is_here: true };
    Area {
        name: texts.text("lookup-area"),
        who: staff.email().to_string(),
        leads: vec![lead],
        sign_out: Place::SignOut.path(),
        language: staff.origin().language,
    }
}
