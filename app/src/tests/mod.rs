//! What holds for every page, whatever it shows.

mod frame;
mod pages;
mod sample;
