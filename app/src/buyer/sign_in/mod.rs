//! Coming in: by a link from a mail, or by the code in the same mail. Opening an address never changes anything; a
//! button does (rule 2). A stranger sees the same words for every e-mail (rule 3).

pub mod form;
pub mod page;
pub(crate) mod view;
