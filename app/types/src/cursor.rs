//! The place in a list at which its next page begins.

use crate::Instant;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Behind which row of a list that is ordered by time and id a page begins: `1764558000000000.01890a5d…`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    /// The row's time.
    pub at: Instant,
    /// The row's id.
    pub id: Uuid,
}

/// The text is no such place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not the place of a row in a list")]
pub struct InvalidCursor;

impl Cursor {
    /// Before every row of a list whose oldest stands first.
    pub const FIRST: Self = Self { at: Instant::from_micros(i64::MIN), id: Uuid::nil() };

    /// Before every row of a list whose newest stands first.
    pub const LAST: Self = Self { at: Instant::from_micros(i64::MAX), id: Uuid::max() };
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.micros(), self.id.simple())
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (at, id) = text.split_once('.').ok_or(InvalidCursor)?;
        let at = at.parse().map(Instant::from_micros).map_err(|_| InvalidCursor)?;
        Ok(Self { at, id: Uuid::try_parse(id).map_err(|_| InvalidCursor)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_and_nothing_else_is_one() {
        for place in [Cursor::FIRST, Cursor::LAST, Cursor { at: Instant::from_micros(7), id: Uuid::from_u128(9) }] {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        for text in ["", ".", "1", "1.", "1.x", "x.01890a5dac96774bbcceb302099a8057"] {
            assert_eq!(text.parse::<Cursor>(), Err(InvalidCursor), "{text}");
        }
    }
}
