//! What holds for every page, whatever it shows.

mod frame;
mod pages;
pub(crate) mod program;
pub(crate) mod sample;
