//! Days and hours in a producer's zone, as Portuguese writes them. Instants are microseconds, as the database has them.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, ZonedDateTime};

/// The calendar of one producer.
pub(crate) struct Calendar {
    zone: TimeZone,
    today: Date,
}

impl Calendar {
    pub(crate) fn new(zone: &str, now: Timestamp) -> anyhow::Result<Self> {
        let zone = TimeZone::get(zone)?;
        let today = now.to_zoned_datetime(zone.clone()).date();
        Ok(Self { zone, today })
    }

    /// `14/11/2026`.
    pub(crate) fn date(&self, micros: i64) -> anyhow::Result<String> {
        Ok(written(self.local(micros)?.date(), true))
    }

    /// `14/11/2026, 14:02`.
    pub(crate) fn moment(&self, micros: i64) -> anyhow::Result<String> {
        let at = self.local(micros)?;
        Ok(format!("{}, {:02}:{:02}", written(at.date(), true), at.hour(), at.minute()))
    }

    /// `sábado, 14/11`; with the year when it is not this one.
    pub(crate) fn day(&self, micros: i64) -> anyhow::Result<String> {
        let date = self.local(micros)?.date();
        Ok(format!("{}, {}", weekday(date.weekday()), self.brief(date)))
    }

    /// The last day before an end: what ends at midnight ends with the day before.
    pub(crate) fn last_day(&self, micros: i64) -> anyhow::Result<String> {
        self.day(micros - 1_000_000)
    }

    /// The same as `14/11/2026`.
    pub(crate) fn last_date(&self, micros: i64) -> anyhow::Result<String> {
        self.date(micros - 1_000_000)
    }

    /// `sábado, 14/11, 23:59`.
    pub(crate) fn deadline(&self, micros: i64) -> anyhow::Result<String> {
        let at = self.local(micros)?;
        let date = at.date();
        Ok(format!("{}, {}, {:02}:{:02}", weekday(date.weekday()), self.brief(date), at.hour(), at.minute()))
    }

    /// For machines: `2026-11-14T23:59:59-03:00`.
    pub(crate) fn machine(&self, micros: i64) -> anyhow::Result<String> {
        Ok(self.local(micros)?.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }

    /// The last second of the day `days` after `micros`.
    pub(crate) fn last_second(&self, micros: i64, days: i64) -> anyhow::Result<i64> {
        let next = self.date_of(micros)?.checked_add((days + 1).days())?;
        Ok((next.to_zoned_datetime(self.zone.clone())?.timestamp().as_second() - 1) * 1_000_000)
    }

    pub(crate) fn date_of(&self, micros: i64) -> anyhow::Result<Date> {
        Ok(self.local(micros)?.date())
    }

    pub(crate) fn today(&self) -> Date {
        self.today
    }

    pub(crate) fn local(&self, micros: i64) -> anyhow::Result<ZonedDateTime> {
        Ok(Timestamp::from_microsecond(micros)?.to_zoned_datetime(self.zone.clone()))
    }

    fn brief(&self, date: Date) -> String {
        written(date, date.year() != self.today.year())
    }
}

fn written(date: Date, with_year: bool) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    if with_year { format!("{day:02}/{month:02}/{year}") } else { format!("{day:02}/{month:02}") }
}

fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "segunda-feira",
        Weekday::Tuesday => "terça-feira",
        Weekday::Wednesday => "quarta-feira",
        Weekday::Thursday => "quinta-feira",
        Weekday::Friday => "sexta-feira",
        Weekday::Saturday => "sábado",
        Weekday::Sunday => "domingo",
    }
}
