//! Who may call what: every address there is, walked as a stranger, as another buyer, as another
//! producer and its program, as an agent and as the staff.
//! Whatever is not one's own looks exactly like what is not there.

mod areas;
mod people;
mod programs;
mod table;
mod two;
