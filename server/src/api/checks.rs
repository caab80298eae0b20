//! Checking the values of a request: all of them, so that one answer names everything that is wrong.

use super::problem::{FieldError, Refused};
use portal::text::is_secret;
use portal::time::parse_instant;
use std::fmt::Display;
use std::ops::RangeInclusive;
use types::{Instant, Line};

/// The greatest amount, in minor units.
pub(super) const MOST: i64 = 1_000_000_000_000;

/// 1970-01-01 to 2200-01-01, in seconds.
const TIMES: RangeInclusive<i64> = 0..=7_258_118_400;

/// What was found wrong so far.
#[derive(Default)]
pub(super) struct Checks(Vec<FieldError>);

impl Checks {
    /// Notes that a field cannot be.
    pub(super) fn refuse(&mut self, field: &str, reason: impl Display) {
        self.0.push(FieldError { field: field.to_owned(), reason: reason.to_string() });
    }

    /// A parsed value, or the note that it could not be.
    pub(super) fn take<T, E: Display>(&mut self, field: &str, value: Result<T, E>) -> Option<T> {
        value.map_err(|reason| self.refuse(field, reason)).ok()
    }

    /// A line of text.
    pub(super) fn line(&mut self, field: &str, text: &str) -> Option<Line> {
        self.take(field, Line::parse(text))
    }

    /// A value that may be absent: `None` only when it is there and cannot be.
    pub(super) fn optional<T, E: Display>(
        &mut self,
        field: &str,
        text: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        absent_or(text, |text| self.take(field, parse(text)))
    }

    /// A line of text that may be absent: `None` only when it is there and cannot be.
    pub(super) fn optional_line(&mut self, field: &str, text: Option<&str>) -> Option<Option<Line>> {
        absent_or(text, |text| self.line(field, text))
    }

    /// A whole number within bounds.
    pub(super) fn within(&mut self, field: &str, value: i64, bounds: RangeInclusive<i64>) -> Option<i64> {
        if bounds.contains(&value) {
            return Some(value);
        }
        self.refuse(field, format_args!("must be between {} and {}", bounds.start(), bounds.end()));
        None
    }

    /// A number that may be absent.
    pub(super) fn optional_within(
        &mut self,
        field: &str,
        value: Option<i64>,
        bounds: RangeInclusive<i64>,
    ) -> Option<Option<i64>> {
        absent_or(value, |value| self.within(field, value, bounds))
    }

    /// A time: RFC 3339, from 1970 to 2200.
    pub(super) fn time(&mut self, field: &str, text: &str) -> Option<Instant> {
        let at = parse_instant(text).filter(|at| TIMES.contains(&at.seconds()));
        if at.is_none() {
            self.refuse(field, "must be a time as in RFC 3339, such as 2026-11-18T13:02:11Z, from 1970 to 2200");
        }
        at
    }

    /// A time that may be absent.
    pub(super) fn optional_time(&mut self, field: &str, text: Option<&str>) -> Option<Option<Instant>> {
        absent_or(text, |text| self.time(field, text))
    }

    /// An address of the web, without credentials, query or fragment.
    pub(super) fn web_address(&mut self, field: &str, text: &str) -> Option<String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or("");
        let host = rest.split('/').next().unwrap_or("");
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}?#@".contains(&byte));
        if is_plain
            && !host.is_empty()
            && !host.starts_with(':')
            && text.len() <= 300
            && text.parse::<http::Uri>().is_ok()
        {
            return Some(text.to_owned());
        }
        self.refuse(field, "must be an address such as https://example.com/path, without query, fragment or user");
        None
    }

    /// The address of a page that buyers are led to, on whatever site: with a path and a query, without a user.
    fn page(&mut self, field: &str, text: &str) -> Option<String> {
        if types::web_page::host(text).is_some() {
            return Some(text.to_owned());
        }
        self.refuse(field, "must be an address such as https://example.com/pay?id=1, of 1000 characters at most");
        None
    }

    /// The address of a page that may be absent.
    pub(super) fn optional_page(&mut self, field: &str, text: Option<&str>) -> Option<Option<String>> {
        absent_or(text, |text| self.page(field, text))
    }

    /// An address that may be absent.
    pub(super) fn optional_web_address(&mut self, field: &str, text: Option<&str>) -> Option<Option<String>> {
        absent_or(text, |text| self.web_address(field, text))
    }

    /// A secret: 8 to 200 printable ASCII characters.
    pub(super) fn secret(&mut self, field: &str, text: &str) -> Option<String> {
        if is_secret(text) {
            return Some(text.to_owned());
        }
        self.refuse(field, "must be 8 to 200 printable characters without spaces");
        None
    }

    /// The value, if nothing was wrong.
    pub(super) fn done<T>(self, value: Option<T>) -> Result<T, Refused> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(Refused::Invalid(self.0)),
        }
    }
}

/// What is absent is well; what is there is read.
fn absent_or<T, U>(value: Option<T>, read: impl FnOnce(T) -> Option<U>) -> Option<Option<U>> {
    value.map_or(Some(None), |value| read(value).map(Some))
}
