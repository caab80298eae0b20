//! An e-mail address. However it was typed, it is one text: cleaned, without case, its domain in the form for showing.
//! Nothing else is "normalised" (rule 4).

use crate::cleaning;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An address that mail can be sent to, in lower case. At most 254 bytes, one `@`, no white space. What the standard
/// forbids and some providers gave out all the same is one too, such as `ana..b@` and `ana.@`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The domain of addresses that could not be read.
const UNKNOWN: &str = "unknown.invalid";

/// The text is not an e-mail address.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not an e-mail address")]
pub struct InvalidEmail;

impl Email {
    /// Reads an address as people type and paste it: also a link to write to it, and with the stop of its sentence.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let text = cleaning::strict(text).to_lowercase();
        let text = text.strip_prefix("mailto:").unwrap_or(&text);
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let domain = shown(domain.trim_end_matches(['.', ',', ';'])).ok_or(InvalidEmail)?;
        let local_fits = (1..=64).contains(&local.len()) && local.chars().all(is_local);
        if local_fits && local.len() + domain.len() < 254 {
            Ok(Self(format!("{local}@{domain}")))
        } else {
            Err(InvalidEmail)
        }
    }

    /// What stands for the address of an order whose own could not be read: nobody has it (RFC 2606), and nothing is
    /// sent to it. `name` tells such orders apart; of it letters and digits count.
    pub fn unknown(name: &str) -> Self {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
        Self(format!("x{}@{UNKNOWN}", plain.to_ascii_lowercase()))
    }

    /// Whether it stands for one that could not be read.
    pub fn is_unknown(&self) -> bool {
        self.0.rsplit_once('@').is_some_and(|(_, domain)| domain == UNKNOWN)
    }

    /// The address as every mail server takes it: the domain in punycode.
    pub fn for_sending(&self) -> (&str, String) {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        (local, idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough to tell two addresses of one's own apart: `joa***@gmail.com`.
    pub fn hinted(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let shown = local.chars().count().saturating_sub(1).clamp(1, 3);
        format!("{}***@{domain}", local.chars().take(shown).collect::<String>())
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

/// The one form of a domain, `münchen.de` for `xn--mnchen-3ya.de`; none for what cannot be one. One that has no second
/// form stays as it is.
fn shown(domain: &str) -> Option<String> {
    if domain.is_ascii() && !domain.contains("xn--") {
        return is_domain(domain).then(|| domain.to_owned());
    }
    let ascii = idna::domain_to_ascii(domain).ok().filter(|ascii| is_domain(ascii));
    let Some(ascii) = ascii else { return is_domain(domain).then(|| domain.to_owned()) };
    match idna::domain_to_unicode(&ascii) {
        (shown, Ok(())) => Some(shown),
        (_, Err(_)) => Some(ascii),
    }
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
        for text in
            ["", "@", "a@", "@b.com", "a b@c.com", "a@b", "a@b..com", "a\r\nBcc: x@y.zz", "a,b@c.com", "<a@b.com>"]
        {
            assert_eq!(Email::parse(text), Err(InvalidEmail), "{text:?}");
        }
        assert!(Email::parse(&format!("{}@example.com", "a".repeat(65))).is_err());
        assert!(Email::parse(&format!("a@{}.com", "b".repeat(300))).is_err());
    }

    #[test]
    fn however_an_address_is_typed_it_is_the_same() {
        for typed in [
            "\u{202a}joão@münchen.de\u{202c}",
            "\u{feff}JOÃO@MÜNCHEN.DE",
            "joa\u{303}o@mu\u{308}nchen.de\u{200b}",
            "joão＠münchen。de",
            "joão@münchen.de.",
            "mailto:joão@xn--mnchen-3ya.de",
            " joão@XN--MNCHEN-3YA.de\u{a0}",
        ] {
            let read = Email::parse(typed).unwrap();
            assert_eq!(
                (read.as_str(), read.for_sending().1.as_str()),
                ("joão@münchen.de", "xn--mnchen-3ya.de"),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn what_exists_although_it_is_forbidden_is_an_address() {
        for typed in ["ana.@docomo.ne.jp", "a..b@docomo.ne.jp", ".ana@docomo.ne.jp"] {
            assert_eq!(Email::parse(typed).unwrap().as_str(), typed);
        }
    }

    #[test]
    fn a_hint_shows_three_letters_and_not_all() {
        for (address, hint) in [("joana@a.com", "joa***@a.com"), ("jo@a.com", "j***@a.com"), ("j@a.com", "j***@a.com")]
        {
            assert_eq!(Email::parse(address).unwrap().hinted(), hint);
        }
    }

    #[test]
    fn a_mask_shows_one_letter_and_the_domain() {
        assert_eq!(Email::parse("joana@gmail.com").unwrap().masked(), "j***@gmail.com");
    }
}
