//! Days and hours in a seller's zone, as Portuguese writes them.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// The calendar of one seller.
pub struct Calendar {
    zone: TimeZone,
    year: i16,
}

impl Calendar {
    pub fn new(zone: &str, now: Timestamp) -> anyhow::Result<Self> {
        let zone = TimeZone::get(zone)?;
        let year = now.to_zoned(zone.clone()).year();
        Ok(Self { zone, year })
    }

    /// `14/11/2026`.
    pub fn date(&self, micros: i64) -> anyhow::Result<String> {
        let at = self.local(micros)?;
        Ok(format!("{:02}/{:02}/{}", at.day(), at.month(), at.year()))
    }

    /// `sábado, 14/11`.
    pub fn day(&self, at: &Zoned) -> String {
        let weekday = match at.weekday() {
            Weekday::Monday => "segunda-feira",
            Weekday::Tuesday => "terça-feira",
            Weekday::Wednesday => "quarta-feira",
            Weekday::Thursday => "quinta-feira",
            Weekday::Friday => "sexta-feira",
            Weekday::Saturday => "sábado",
            Weekday::Sunday => "domingo",
        };
        let (day, month, year) = (at.day(), at.month(), at.year());
        match year == self.year {
            true => format!("{weekday}, {day:02}/{month:02}"),
            false => format!("{weekday}, {day:02}/{month:02}/{year}"),
        }
    }

    /// `sábado, 14/11, 23:59`.
    pub fn deadline(&self, at: &Zoned) -> String {
        format!("{}, {:02}:{:02}", self.day(at), at.hour(), at.minute())
    }

    /// The last second of the day `days` after `micros`.
    pub fn last_second(&self, micros: i64, days: i64) -> anyhow::Result<Zoned> {
        let next = self.local(micros)?.date().checked_add((days + 1).days())?;
        Ok(next.to_zoned(self.zone.clone())?.checked_sub(1.second())?)
    }

    pub fn local(&self, micros: i64) -> anyhow::Result<Zoned> {
        Ok(Timestamp::from_microsecond(micros)?.to_zoned(self.zone.clone()))
    }
}
