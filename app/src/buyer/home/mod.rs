//! Everything one person bought, from every seller (rule 4).

pub mod page;
pub(crate) mod view;
