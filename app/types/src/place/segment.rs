//! What varies in an address, and how strictly it is read.

use crate::{
    Accent, ApiKeyId, CardUpdateId, ChargeId, Code, EventId, InvitationId, LinkCampaignId, LoginId, OrderId, OrderRef,
    OrderViewId, PictureName, PortalLinkId, Protocol, QuoteId, SessionId, SubscriptionId,
};
use std::fmt::Display;
use std::str::FromStr;

/// What may stand between two slashes of an address.
pub trait Segment {
    /// What it is in code: an id, or the text itself.
    type Read<'a>: Display;

    /// Whether whoever knows it needs nothing else to get in.
    const IS_SECRET: bool = false;

    /// Reads it from an address; none for anything that is not written exactly as an address of ours has it.
    fn read(text: &str) -> Option<Self::Read<'_>>;
}

/// What names an order in its address: the producer's code, or `{code}~{producer}`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Handle {}

/// The secret of a link that a mail carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token {}

/// The name of a function that the code of a page calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Function {}

/// Texts, and how long each may be.
macro_rules! texts {
    ($($kind:ty: $longest:literal),*) => {$(
        impl Segment for $kind {
            type Read<'a> = &'a str;

            fn read(text: &str) -> Option<&str> {
                plain(text, $longest)
            }
        }
    )*};
}

texts! { Handle: 140, Protocol: 40, Function: 80 }

impl Segment for Token {
    type Read<'a> = &'a str;

    const IS_SECRET: bool = true;

    fn read(text: &str) -> Option<&str> {
        plain(text, 2048)
    }
}

macro_rules! texts {
    ($($kind:ty)*) => {$(
        impl Segment for $kind {
            type Read<'a> = &'a str;

            fn read(text: &str) -> Option<&str> {
                Self::parse(text).ok().map(|_| text)
            }
        }
    )*};
}

texts! { Code OrderRef PictureName }

macro_rules! whole_values {
    ($($kind:ty)*) => {$(
        impl Segment for $kind {
            type Read<'a> = Self;

            fn read(text: &str) -> Option<Self> {
                canonical(text)
            }
        }
    )*};
}

// The last one is a year.
whole_values! {
    Accent ApiKeyId CardUpdateId ChargeId EventId InvitationId LinkCampaignId LoginId OrderId OrderViewId PortalLinkId
    QuoteId SessionId SubscriptionId i64
}

/// The value of `text`, where it is written as we write it: an id has more than one spelling.
fn canonical<T: FromStr + Display>(text: &str) -> Option<T> {
    text.parse().ok().filter(|value: &T| value.to_string() == text)
}

/// Letters, digits and what codes, tokens and ids are joined with: needs no escaping in an address and leads nowhere
/// else.
fn plain(text: &str, longest: usize) -> Option<&str> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'~');
    let is_plain = (1..=longest).contains(&text.len()) && text != "." && text != ".." && text.bytes().all(fits);
    is_plain.then_some(text)
}

/// What `pattern` begins with, before its first brace.
pub(super) const fn fixed(pattern: &str) -> &str {
    let mut at = 0;
    while at < pattern.len() && pattern.as_bytes()[at] != b'{' {
        at += 1;
    }
    pattern.split_at(at).0
}

/// What stands in `path` where `pattern` has braces, in this order; none if anything else differs. `N` is how many
/// braces there are.
pub(super) fn varied<'a, const N: usize>(pattern: &str, path: &'a str) -> Option<[&'a str; N]> {
    let mut found = [""; N];
    let (mut open, mut given) = (found.iter_mut(), path.split('/'));
    for wanted in pattern.split('/') {
        let text = given.next()?;
        if wanted.starts_with('{') {
            *open.next()? = text;
        } else if wanted != text {
            return None;
        }
    }
    (given.next().is_none() && open.next().is_none()).then_some(found)
}
