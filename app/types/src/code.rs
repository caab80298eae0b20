//! Names that other systems give to things: order codes, product codes, slugs.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A code of an order, product, offer, rule, area or source: 1 to 64 letters, digits, `.`, `_`, `-`; never `.` or `..`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// A producer's short name: 1 to 40 lower-case letters, digits and inner hyphens.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// The public half of an order link: 26 lower-case letters and digits. Whoever holds it can only cause a mail to the
/// buyer (rule 5).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrderRef(String);

/// The text is not such a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InvalidCode {
    /// For [`Code`].
    #[error("must be 1 to 64 letters, digits, '.', '_' or '-'")]
    Code,
    /// For [`Slug`].
    #[error("must be 1 to 40 lower-case letters, digits or inner hyphens")]
    Slug,
    /// For [`OrderRef`].
    #[error("not the reference of an order link")]
    OrderRef,
}

impl Code {
    /// Reads a code; nothing is trimmed or changed.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let named = (1..=64).contains(&text.len()) && text != "." && text != "..";
        if named && text.bytes().all(fits) { Ok(Self(text.to_owned())) } else { Err(InvalidCode::Code) }
    }
}

impl Slug {
    /// Reads a slug.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let edges = !text.starts_with('-') && !text.ends_with('-');
        if (1..=40).contains(&text.len()) && edges && text.bytes().all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidCode::Slug)
        }
    }
}

impl OrderRef {
    /// Reads the reference in an order link.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        if text.len() == 26 && text.bytes().all(fits) { Ok(Self(text.to_owned())) } else { Err(InvalidCode::OrderRef) }
    }
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidCode;

            fn try_from(text: String) -> Result<Self, InvalidCode> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    )*};
}

texts! { Code Slug OrderRef }
