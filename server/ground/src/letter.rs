//! A finished mail, and what a mail server is given. What a mail is about, and its words, are the business of those above.

use types::Email;

/// A finished mail.
#[derive(Clone, PartialEq, Debug)]
pub struct Letter {
    /// Stable id: the same mail sent again after a crash carries the same one.
    pub id: String,
    /// The address it goes to.
    pub to: Email,
    /// Subject line.
    pub subject: String,
    /// Text part.
    pub text: String,
    /// HTML part.
    pub html: String,
}

/// A mail's words.
#[derive(Clone, PartialEq, Debug)]
pub struct Words {
    /// Subject line, without line breaks.
    pub subject: String,
    /// Text part.
    pub text: String,
    /// HTML part.
    pub html: String,
}
