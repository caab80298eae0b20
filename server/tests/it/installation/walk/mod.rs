//! Who may call what: every address there is, walked as a stranger, as another buyer, and as another producer.
//! Whatever is not one's own looks exactly like what is not there.

mod people;
mod programs;
mod table;
mod two;
