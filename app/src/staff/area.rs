//! The frame of the staff's area.

use crate::page::Area;
use crate::text::Texts;
use portal::Staff;
use types::place::staff::Place;

/// The words of whoever is signed in.
pub(super) fn texts(staff: &Staff) -> Texts {
    Texts::of(staff.origin().language)
}

/// The area of the staff.
pub(super) fn area(staff: &Staff) -> Area {
    let texts = texts(staff);
    Area {
        name: texts.text("drawer-staff"),
        who: staff.email().to_string(),
        leads: Vec::new(),
        sign_out: Place::SignOut.path(),
        language: staff.origin().language,
    }
}
