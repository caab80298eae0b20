//! Values as Guru sends them, whatever their JSON type: `[]` for an empty object, `""` for no number, `0` for false,
//! numbers as text and text as numbers. Nothing is one thing, and what cannot be read another: that is refused by its
//! name. Decimals are kept as the text that stood in the body and never become floats.

use super::NotTaken;
use super::amount;
use super::event::unreadable;
use jiff::civil::{Date, DateTime};
use portal::time::{Zone, parse_day, parse_instant};
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::fmt;
use types::{Currency, Instant, cleaning};

/// The last second that counts as a time: 2200-01-01.
const END_OF_TIME: i64 = 7_258_118_400;

/// Any JSON value, not looked into any further than needed, and where it stands in the body.
#[derive(Default)]
pub(crate) struct Loose {
    at: String,
    value: Value,
}

#[derive(Default)]
enum Value {
    /// `null`, `false`, nothing that can be seen, or absent.
    #[default]
    Nothing,
    /// A string, cleaned.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// `true`.
    Yes,
    /// An object, which is not empty.
    Object(Box<RawValue>),
    /// A list, which is not empty.
    List(Box<RawValue>),
}

/// The parts of an object, each of which knows where it stands.
pub(crate) trait Shape: DeserializeOwned {
    /// Tells each part its place below `at`.
    fn stand(&mut self, at: &str);
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let is_empty = || raw.get().bytes().filter(|byte| !byte.is_ascii_whitespace()).count() == 2;
        let value = match raw.get().as_bytes().first() {
            Some(b'"') => text(&raw).map_err(serde::de::Error::custom)?,
            Some(b'{' | b'[') if is_empty() => Value::Nothing,
            Some(b'{') => Value::Object(raw),
            Some(b'[') => Value::List(raw),
            Some(b't') => Value::Yes,
            Some(b'f' | b'n') | None => Value::Nothing,
            Some(_) => Value::Number(raw.get().to_owned()),
        };
        Ok(Self { at: String::new(), value })
    }
}

fn text(raw: &RawValue) -> Result<Value, serde_json::Error> {
    let text = cleaning::plain(&serde_json::from_str::<String>(raw.get())?);
    Ok(if cleaning::is_visible(&text) { Value::Text(text) } else { Value::Nothing })
}

impl Loose {
    /// Tells it its place.
    pub(crate) fn stand(&mut self, at: String) {
        self.at = at;
    }

    /// Where it stands: `payment.total`.
    pub(crate) fn at(&self) -> &str {
        &self.at
    }

    /// Itself, unless there is nothing in it: for a field that has two spellings.
    pub(crate) fn or<'a>(&'a self, other: &'a Self) -> &'a Self {
        if matches!(self.value, Value::Nothing) { other } else { self }
    }

    fn refused(&self) -> NotTaken {
        unreadable(format_args!("{} cannot be read", self.at))
    }

    /// What a reader makes of its text; none for nothing.
    fn read<T>(&self, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, NotTaken> {
        let Some(text) = self.text()? else { return Ok(None) };
        read(text).map(Some).ok_or_else(|| self.refused())
    }

    /// Text, also of a number.
    pub(crate) fn text(&self) -> Result<Option<&str>, NotTaken> {
        match &self.value {
            Value::Nothing => Ok(None),
            Value::Text(text) | Value::Number(text) => Ok(Some(text)),
            Value::Yes | Value::Object(_) | Value::List(_) => Err(self.refused()),
        }
    }

    /// A whole number within bounds, also in a string and with a zero behind the point.
    pub(crate) fn int(&self, bounds: std::ops::RangeInclusive<i64>) -> Result<Option<i64>, NotTaken> {
        let whole = |text: &str| {
            text.split_once('.').map_or(Some(text), |(whole, rest)| is_zero(rest).then_some(whole))?.parse().ok()
        };
        self.read(|text| whole(text).filter(|number| bounds.contains(number)))
    }

    /// Whether it is `1`, `"1"`, `true` or `"true"`.
    pub(crate) fn is_true(&self) -> Result<bool, NotTaken> {
        if matches!(self.value, Value::Yes) {
            return Ok(true);
        }
        let flag = self.read(|text| match text.to_ascii_lowercase().as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        })?;
        Ok(flag.unwrap_or(false))
    }

    /// An amount in major units, in minor units of `currency`.
    pub(crate) fn amount(&self, currency: Currency) -> Result<Option<i64>, NotTaken> {
        match &self.value {
            Value::Number(text) => amount::of_number(text, currency).map(Some).ok_or_else(|| self.refused()),
            _ => self.read(|text| amount::of_text(text, currency)),
        }
    }

    /// A time: RFC 3339, `YYYY-MM-DD HH:MM:SS` (UTC), unix seconds or milliseconds, or the start of a plain day in
    /// `zone`. A zero, and a day of zeros, is no time.
    pub(crate) fn instant(&self, zone: &Zone) -> Result<Option<Instant>, NotTaken> {
        if self.text()?.is_some_and(is_zero) {
            return Ok(None);
        }
        self.read(|text| {
            let at = match &self.value {
                Value::Number(_) => unix(text),
                _ => parse_instant(text).or_else(|| civil(text)).or_else(|| zone.first_instant(parse_day(text)?)),
            };
            at.filter(|at| (0..END_OF_TIME).contains(&at.seconds()))
        })
    }

    /// A day: a plain one, or the day of a time in `zone`.
    pub(crate) fn day(&self, zone: &Zone) -> Result<Option<Date>, NotTaken> {
        match self.text()?.and_then(parse_day) {
            Some(day) => Ok(Some(day)),
            None => Ok(self.instant(zone)?.map(|at| zone.day_of(at))),
        }
    }

    /// An object of this shape; none for nothing.
    pub(crate) fn object<T: Shape>(&self) -> Result<Option<T>, NotTaken> {
        let raw = match &self.value {
            Value::Nothing => return Ok(None),
            Value::Object(raw) => raw,
            _ => return Err(self.refused()),
        };
        let mut object: T = serde_json::from_str(raw.get()).map_err(|_| self.refused())?;
        object.stand(&self.at);
        Ok(Some(object))
    }

    /// The objects of this shape in a list. A list may be written as an object whose keys count, as PHP does, and a
    /// list of one as that one.
    pub(crate) fn list<T: Shape>(&self) -> Result<Vec<T>, NotTaken> {
        let mut parts = match &self.value {
            Value::Nothing => return Ok(Vec::new()),
            Value::List(raw) => serde_json::from_str::<Vec<Self>>(raw.get()).map_err(|_| self.refused())?,
            Value::Object(raw) => serde_json::from_str::<Parts>(raw.get()).map_err(|_| self.refused())?.0,
            _ => return Err(self.refused()),
        };
        if !parts.iter().all(|part| matches!(part.value, Value::Object(_) | Value::Nothing)) {
            return self.object().map(|one| one.into_iter().collect());
        }
        for (index, part) in parts.iter_mut().enumerate() {
            part.at = format!("{}[{index}]", self.at);
        }
        Ok(parts.iter().map(Self::object).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

/// The values of an object, in their order.
struct Parts(Vec<Loose>);

impl<'de> Deserialize<'de> for Parts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Parts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Parts, A::Error> {
                let mut parts = Vec::new();
                while let Some((_, part)) = map.next_entry::<String, Loose>()? {
                    parts.push(part);
                }
                Ok(Parts(parts))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

fn is_zero(text: &str) -> bool {
    text.bytes().any(|byte| byte == b'0') && text.bytes().all(|byte| b"0-: .T".contains(&byte))
}

/// Seconds since 1970; thirteen digits are milliseconds.
fn unix(text: &str) -> Option<Instant> {
    let seconds: i64 = text.split('.').next()?.parse().ok()?;
    Some(if seconds < 100_000_000_000 { Instant::from_seconds(seconds) } else { Instant::from_seconds(seconds / 1000) })
}

fn civil(text: &str) -> Option<Instant> {
    let at: DateTime = (text.len() >= 19).then(|| text.parse().ok()).flatten()?;
    let at = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    Some(Instant::from_micros(at.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loose(json: &str) -> Loose {
        Loose { at: "field".to_owned(), ..serde_json::from_str(json).unwrap() }
    }

    /// What was read, or `refused`.
    fn read<T: ToString>(value: Result<Option<T>, NotTaken>) -> String {
        match value {
            Ok(value) => value.map_or("nothing".to_owned(), |value| value.to_string()),
            Err(error) => {
                assert!(error.to_string().contains("field cannot be read"), "{error}");
                "refused".to_owned()
            }
        }
    }

    #[test]
    fn times_of_every_kind_are_read_and_others_refused() {
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        let at = |json: &str| read(loose(json).instant(&zone).map(|at| at.map(Instant::seconds)));
        for json in ["\"2026-11-10T12:00:40Z\"", "1794312040", "1794312040000", "\"2026-11-10 12:00:40\""] {
            assert_eq!(at(json), "1794312040", "{json}");
        }
        assert_eq!(at("\"2026-11-10\""), "1794279600");
        for json in ["\"\"", "null", "0", "\"0000-00-00 00:00:00\"", "[]", "{ }", "false"] {
            assert_eq!(at(json), "nothing", "{json}");
        }
        for json in ["99999999999999999", "-1", "\"yesterday\"", "\"10/11/2026\"", "[1]", "true"] {
            assert_eq!(at(json), "refused", "{json}");
        }
    }

    #[test]
    fn whole_numbers_and_flags_are_read_and_others_refused() {
        let int = |json: &str| read(loose(json).int(1..=100));
        let found = ["12", "\"12\"", "12.0", "\"\"", "12.5", "\"12x\"", "0", "-1", "1e2"].map(int);
        let wanted = ["12", "12", "12", "nothing", "refused", "refused", "refused", "refused", "refused"];
        assert_eq!(found, wanted);
        let flag = |json: &str| read(loose(json).is_true().map(Some));
        let found = ["1", "\"TRUE\"", "true", "0", "false", "null", "\"later\""].map(flag);
        assert_eq!(found, ["true", "true", "true", "false", "false", "false", "refused"]);
    }

    #[test]
    fn text_is_cleaned_and_nothing_to_be_seen_is_nothing() {
        assert_eq!(read(loose("\" A\\u200bna\\u00a0S \"").text()), "Ana S");
        assert_eq!(read(loose("\"\\u3164\"").text()), "nothing");
        assert_eq!(read(loose("{\"a\":1}").text()), "refused");
    }
}
