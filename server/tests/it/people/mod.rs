//! Who somebody is, how they come in, and what they may do with what is known about them.

mod account;
mod audiences;
mod coming_in;
mod login;
mod session;
mod sign_in;
mod strangers;
