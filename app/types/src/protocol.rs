//! The receipt number of a request, as it is read out on the phone.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A receipt number such as `R-7K2M-94QX`: a letter for the kind of request and 8 characters that cannot be mistaken
/// for each other.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Protocol(String);

impl Protocol {
    /// Digits and letters without 0, O, 1 and I.
    pub const ALPHABET: &'static [u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// A number of the given kind from 8 random bytes.
    pub fn from_random(kind: char, random: [u8; 8]) -> Self {
        let letters: String = random.iter().map(|byte| Self::ALPHABET[usize::from(byte % 32)] as char).collect();
        Self(format!("{kind}-{}-{}", &letters[..4], &letters[4..]))
    }

    /// A number that is already on file.
    pub fn on_file(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
