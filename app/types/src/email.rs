//! An e-mail address. Compared trimmed and without case; nothing else is "normalised" (rule 4).

use serde::{Deserialize, Serialize};
use std::fmt;

/// A plausible address, trimmed and in lower case. At most 254 bytes, one `@`, no white space or control characters.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is not an e-mail address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not an e-mail address")]
pub struct InvalidEmail;

impl Email {
    /// Reads an address as people type it.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let local_fits = (1..=64).contains(&local.len()) && local.chars().all(is_local);
        let dots_fit = !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
        if local_fits && dots_fit && text.len() <= 254 && is_domain(domain) {
            Ok(Self(text))
        } else {
            Err(InvalidEmail)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough to recognise one's own address and too little to learn somebody else's: `j***@gmail.com`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let first = local.chars().next().unwrap_or('*');
        format!("{first}***@{domain}")
    }
}

/// What mail servers accept before the `@` without quotes, and letters of other scripts (RFC 6531).
fn is_local(letter: char) -> bool {
    letter.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(letter)
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.') && domain.len() <= 253 && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || letter == '-';
    (1..=63).contains(&label.len()) && label.chars().all(fits) && !label.starts_with('-') && !label.ends_with('-')
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Email {
    type Error = InvalidEmail;

    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_outer_space_do_not_matter_and_nothing_else_is_changed() {
        assert_eq!(Email::parse(" Ana.Souza+x@Example.com ").unwrap().as_str(), "ana.souza+x@example.com");
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in [
            "",
            "@",
            "a@",
            "@b.com",
            "a b@c.com",
            "a@b",
            "a@b..com",
            "a\r\nBcc: x@y.zz",
            "a@b.com\0",
            "a,b@c.com",
            "<a@b.com>",
        ] {
            assert_eq!(Email::parse(text), Err(InvalidEmail), "{text:?}");
        }
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(65))).is_err());
        assert!(Email::parse(&format!("a@{}.com", "b".repeat(300))).is_err());
    }

    #[test]
    fn a_mask_shows_one_letter_and_the_domain() {
        assert_eq!(Email::parse("joana@gmail.com").unwrap().masked(), "j***@gmail.com");
    }
}
