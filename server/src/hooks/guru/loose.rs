//! Values as Guru sends them, whatever their JSON type: `[]` for an empty object, `""` for no number, `0` for false,
//! numbers as text and text as numbers. Decimals are kept as the text that stood in the body and never become floats.

use jiff::civil::{Date, DateTime};
use portal::time::{Zone, parse_day, parse_instant};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use types::{Currency, Instant};

/// The last second that counts as a time: 2200-01-01.
const END_OF_TIME: i64 = 7_258_118_400;

/// Any JSON value, not looked into any further than needed.
#[derive(Default)]
pub(super) enum Loose {
    /// `null`, `""`, or absent.
    #[default]
    Nothing,
    /// A string, trimmed.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// An object.
    Object(Box<RawValue>),
    /// A list.
    List(Box<RawValue>),
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(match raw.get().as_bytes().first() {
            // A zero byte is nothing that anybody means, and PostgreSQL takes none.
            Some(b'"') => {
                let text =
                    serde_json::from_str::<String>(raw.get()).map_err(serde::de::Error::custom)?.replace('\0', "");
                match text.trim() {
                    "" => Self::Nothing,
                    text => Self::Text(text.to_owned()),
                }
            }
            Some(b'{') => Self::Object(raw),
            Some(b'[') => Self::List(raw),
            Some(b't') => Self::Flag(true),
            Some(b'f') => Self::Flag(false),
            Some(b'n') | None => Self::Nothing,
            Some(_) => Self::Number(raw.get().to_owned()),
        })
    }
}

impl Loose {
    /// Itself, unless there is nothing in it: for a field that has two spellings.
    pub(super) fn or<'a>(&'a self, other: &'a Self) -> &'a Self {
        let is_empty = match self {
            Self::Nothing => true,
            Self::Object(raw) | Self::List(raw) => {
                raw.get().bytes().filter(|byte| !byte.is_ascii_whitespace()).count() == 2
            }
            Self::Text(_) | Self::Number(_) | Self::Flag(_) => false,
        };
        if is_empty { other } else { self }
    }

    /// Text, also of a number.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number, also in a string.
    pub(super) fn int(&self) -> Option<i64> {
        self.text()?.parse().ok()
    }

    /// Whether it is `1`, `"1"`, `true` or `"true"`.
    pub(super) fn is_true(&self) -> bool {
        matches!(self, Self::Flag(true)) || matches!(self.text(), Some("1" | "true"))
    }

    /// An amount in major units, in minor units of `currency`. Digits beyond the currency's are rounded half up: they
    /// come from the other side's floats.
    pub(super) fn amount(&self, currency: Currency) -> Option<i64> {
        let text = self.text()?;
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !is_plain(whole) || !is_plain(fraction) {
            return None;
        }
        let decimals = currency.decimals() as usize;
        let (kept, beyond) = fraction.split_at(fraction.len().min(decimals));
        let minor: i64 = format!("{whole}{kept:0<decimals$}").parse().ok()?;
        let round_up = beyond.bytes().next().is_some_and(|digit| digit >= b'5');
        Some(minor + i64::from(round_up)).filter(|minor| *minor <= 1_000_000_000_000)
    }

    /// A time: RFC 3339, `YYYY-MM-DD HH:MM:SS` (UTC), unix seconds, or the start of a plain day in `zone`.
    pub(super) fn instant(&self, zone: &Zone) -> Option<Instant> {
        let at = match self {
            Self::Number(text) => text.parse().ok().map(Instant::from_seconds),
            Self::Text(text) => {
                parse_instant(text).or_else(|| civil(text)).or_else(|| zone.first_instant(parse_day(text)?))
            }
            _ => None,
        };
        at.filter(|at| (0..END_OF_TIME).contains(&at.seconds()))
    }

    /// A day: a plain one, or the day of a time in `zone`.
    pub(super) fn day(&self, zone: &Zone) -> Option<Date> {
        self.text().and_then(parse_day).or_else(|| self.instant(zone).map(|at| zone.day_of(at)))
    }

    /// An object of this shape; none for anything else, such as the empty list that stands for an empty object.
    pub(super) fn object<T: DeserializeOwned>(&self) -> Option<T> {
        match self {
            Self::Object(raw) => serde_json::from_str(raw.get()).ok(),
            _ => None,
        }
    }

    /// The objects of this shape in a list.
    pub(super) fn list<T: DeserializeOwned>(&self) -> Vec<T> {
        match self {
            Self::List(raw) => serde_json::from_str::<Vec<Self>>(raw.get())
                .unwrap_or_default()
                .iter()
                .filter_map(Self::object)
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn civil(text: &str) -> Option<Instant> {
    let at: DateTime = (text.len() == 19).then(|| text.parse().ok()).flatten()?;
    let at = at.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
    Some(Instant::from_micros(at.timestamp().as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loose(json: &str) -> Loose {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn amounts_are_read_from_their_text() {
        for (json, cents) in [
            ("297", Some(29700)),
            ("19.9", Some(1990)),
            ("\"19.90\"", Some(1990)),
            ("0.07", Some(7)),
            ("478.8", Some(47880)),
        ] {
            assert_eq!(loose(json).amount(Currency::BRL), cents, "{json}");
        }
        assert_eq!(loose("0.30000000000000004").amount(Currency::BRL), Some(30));
        assert_eq!(loose("19.899999999999999").amount(Currency::BRL), Some(1990));
        for json in ["\"\"", "[]", "{}", "null", "true", "-1", "1e3", "\"x\"", "99999999999999999999"] {
            assert_eq!(loose(json).amount(Currency::BRL), None, "{json}");
        }
    }

    #[test]
    fn times_of_every_kind_are_read() {
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        let at = |json: &str| loose(json).instant(&zone).map(Instant::seconds);
        assert_eq!(at("\"2026-11-10T12:00:40Z\""), Some(1_794_312_040));
        assert_eq!(at("1794312040"), Some(1_794_312_040));
        assert_eq!(at("\"2026-11-10 12:00:40\""), Some(1_794_312_040));
        assert_eq!(at("\"2026-11-10\""), Some(1_794_279_600));
        assert_eq!(at("\"\""), None);
        assert_eq!(at("99999999999999"), None);
    }

    #[test]
    fn an_empty_list_stands_for_an_empty_object() {
        assert!(loose("[]").object::<Loose>().is_none());
        assert!(loose("0").text() == Some("0") && !loose("0").is_true() && loose("1").is_true());
    }
}
