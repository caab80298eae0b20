//! One order in blocks, for those who work with it: what each says, without what may be done about it.

mod access;
mod chips;
mod happened;
mod head;
mod mails;
mod money;

pub(crate) use access::{access, deliveries};
pub(crate) use happened::{happened, notes};
pub(crate) use head::{head, particulars};
pub(crate) use mails::mails;
pub(crate) use money::{charges, documents, items, plan, refund_line, untold};

use crate::format::Calendar;
use crate::text::Texts;
use portal::drawer::Drawer;

/// An order, and the words in which it is shown.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) texts: Texts,
    pub(crate) calendar: &'a Calendar,
    pub(crate) drawer: &'a Drawer,
    /// Whether the reader is one of the staff, who see from where something was done, and how it was before.
    pub(crate) is_staff: bool,
}

/// The calendar of the order's producer, as it is to be written now.
pub(crate) fn calendar(texts: Texts, drawer: &Drawer, now: types::Instant) -> Calendar {
    Calendar::new(texts.language(), &drawer.producer.time_zone, now)
}
