//! One line of text from outside: names of people, products and plans.

use crate::cleaning;
use serde::{Deserialize, Serialize};
use std::fmt;

/// 1 to 200 characters, cleaned ([`cleaning::plain`]), of which something can be seen.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

/// The text is no such line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidLine {
    /// Nothing that can be seen.
    #[error("must not be empty")]
    Empty,
    /// More than 200 characters.
    #[error("must have 200 characters at most")]
    TooLong,
}

impl Line {
    /// The greatest number of characters.
    pub const LONGEST: usize = 200;

    /// Reads what somebody typed or sent.
    pub fn parse(text: &str) -> Result<Self, InvalidLine> {
        let text = cleaning::plain(text);
        if !cleaning::is_visible(&text) {
            Err(InvalidLine::Empty)
        } else if text.chars().count() > Self::LONGEST {
            Err(InvalidLine::TooLong)
        } else {
            Ok(Self(text))
        }
    }

    /// Makes a line of what a source sent, cut to its greatest length: an order is not lost because of a name. None
    /// when nothing of it can be seen.
    pub fn cut(text: &str) -> Option<Self> {
        let kept: String = cleaning::plain(text).chars().take(Self::LONGEST).collect();
        Self::parse(&kept).ok()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
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
    fn what_nobody_could_see_is_no_line_and_what_is_too_long_can_be_cut() {
        for nothing in ["", " \t", "\0", "\u{200b}", "\u{3164}"] {
            assert_eq!((Line::parse(nothing), Line::cut(nothing)), (Err(InvalidLine::Empty), None), "{nothing:?}");
        }
        assert_eq!(Line::parse(&"é".repeat(201)), Err(InvalidLine::TooLong));
        assert_eq!(Line::cut(&"é".repeat(201)).unwrap().as_str(), "é".repeat(200));
        assert_eq!(Line::parse("a\0\u{202e}b\n").unwrap().as_str(), "ab");
    }
}
