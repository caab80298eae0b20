//! What can be given in a member area.

use std::fmt;

/// The longest word of a target, in characters.
const LONGEST: usize = 200;

/// Something that a member area can give: a word that its connector reads and nobody else.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct AccessTarget(String);

/// A word names nothing that a member area of this kind can give.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0:?} is nothing that this member area can give")]
pub struct NotATarget(pub String);

impl AccessTarget {
    /// A word that could be a target: 1 to 200 characters without spaces and controls. Only a connector knows whether
    /// it is one.
    ///
    /// # Errors
    /// When it is empty, too long, or has such characters.
    pub fn parse(word: &str) -> Result<Self, NotATarget> {
        let is_visible = |character: char| !character.is_whitespace() && !character.is_control();
        let is_word = (1..=LONGEST).contains(&word.chars().count()) && word.chars().all(is_visible);
        if is_word { Ok(Self(word.to_owned())) } else { Err(NotATarget(word.to_owned())) }
    }

    /// The word as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccessTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_one_word() {
        for word in ["class:111", "all", "espaço:7", &"x".repeat(LONGEST)] {
            assert_eq!(AccessTarget::parse(word).unwrap().as_str(), word);
        }
        for word in ["", " ", "class: 111", "a\nb", "a\u{0}b", &"x".repeat(LONGEST + 1)] {
            assert_eq!(AccessTarget::parse(word), Err(NotATarget(word.to_owned())));
        }
    }
}
