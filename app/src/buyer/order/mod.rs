//! One order, whole: what was bought, where its access stands, how it was paid, and what can be done about it.

pub mod page;
pub(crate) mod part;
pub(crate) mod timeline;
pub(crate) mod view;

pub(crate) use view::refund_words;
