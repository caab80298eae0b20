//! What comes in from other programs, and what is refused there.

mod api;
mod hooks;
mod hooks_in_any_order;
mod hostile;
mod hostile_pages;
