//! Card and ways to pay (rule 10): what is on file, what is owed, one button to the gateway's page and back, and the
//! result on the same screen.

pub mod form;
pub mod page;
pub(crate) mod refusal;
pub(crate) mod result;
pub(crate) mod view;
