//! One line of text from outside: names of people, products and plans.

use serde::{Deserialize, Serialize};
use std::fmt;

/// 1 to 200 characters, trimmed, without control characters (PostgreSQL refuses NUL) and without marks that turn the
/// direction of text around.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

/// The text is no such line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidLine {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// More than 200 characters.
    #[error("must have 200 characters at most")]
    TooLong,
    /// Line breaks, NUL and the like.
    #[error("must not contain control characters")]
    Control,
    /// Marks that make text read differently from what it is.
    #[error("must not contain marks that change the direction of text")]
    Direction,
}

impl Line {
    /// The greatest number of characters.
    pub const LONGEST: usize = 200;

    /// Reads what somebody typed or sent: trimmed, otherwise unchanged.
    pub fn parse(text: &str) -> Result<Self, InvalidLine> {
        let text = text.trim();
        if text.is_empty() {
            Err(InvalidLine::Empty)
        } else if text.chars().count() > Self::LONGEST {
            Err(InvalidLine::TooLong)
        } else if text.chars().any(char::is_control) {
            Err(InvalidLine::Control)
        } else if text.chars().any(turns_direction) {
            Err(InvalidLine::Direction)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// Makes a line of what a source sent, leaving out what [`Line::parse`] would refuse: an order is not lost because
    /// of a name. None when nothing is left.
    pub fn clean(text: &str) -> Option<Self> {
        let kept: String = text
            .chars()
            .filter(|letter| !letter.is_control() && !turns_direction(*letter))
            .take(Self::LONGEST)
            .collect();
        Self::parse(&kept).ok()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Embeddings, overrides, isolates, marks of direction, line and paragraph separators.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Line {
    type Error = InvalidLine;

    fn try_from(text: String) -> Result<Self, InvalidLine> {
        Self::parse(&text)
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_otherwise_unchanged() {
        assert_eq!(Line::parse("  Ana  Souza ").unwrap().as_str(), "Ana  Souza");
    }

    #[test]
    fn what_would_break_a_page_or_a_database_is_refused_and_can_be_left_out() {
        assert_eq!(Line::parse(" \t"), Err(InvalidLine::Empty));
        assert_eq!(Line::parse(&"é".repeat(201)), Err(InvalidLine::TooLong));
        assert_eq!(Line::parse("a\0b"), Err(InvalidLine::Control));
        assert_eq!(Line::parse("a\u{202e}b"), Err(InvalidLine::Direction));
        assert_eq!(Line::clean("a\0\u{202e}b\n").unwrap().as_str(), "ab");
        assert_eq!(Line::clean("\0"), None);
    }
}
