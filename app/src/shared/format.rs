//! Money, days and hours as a language writes them. Days are counted in the producer's time zone (rule 17).

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use std::time::Duration;
use types::{Instant, Language, Money};

/// The zone of what belongs to no producer.
pub const HOME_ZONE: &str = "America/Sao_Paulo";

/// An amount with its currency: `R$ 1.234,56` or `R$1,234.56`. The blank does not break.
pub fn money(language: Language, money: Money) -> String {
    let decimals = money.currency.decimals();
    let scale = 10_u64.pow(decimals);
    let amount = money.amount.unsigned_abs();
    let (group, point, blank) = match language {
        Language::Portuguese => ('.', ',', "\u{a0}"),
        Language::English => (',', '.', ""),
    };
    let sign = if money.amount < 0 { "\u{2212}" } else { "" };
    let whole = grouped(amount / scale, group);
    let symbol = symbol(money.currency.as_str());
    // A code of letters needs room in either language.
    let blank = if symbol.ends_with(|letter: char| letter.is_ascii_alphabetic()) { "\u{a0}" } else { blank };
    if decimals == 0 {
        return format!("{sign}{symbol}{blank}{whole}");
    }
    format!("{sign}{symbol}{blank}{whole}{point}{:0width$}", amount % scale, width = decimals as usize)
}

fn symbol(currency: &str) -> &str {
    match currency {
        "BRL" => "R$",
        "USD" => "US$",
        "EUR" => "€",
        "GBP" => "£",
        other => other,
    }
}

/// `1.234` or `1,234`: how many there are.
pub fn count(language: Language, count: i64) -> String {
    let separator = match language {
        Language::Portuguese => '.',
        Language::English => ',',
    };
    grouped(count.unsigned_abs(), separator)
}

/// Digits in groups of three.
fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// `04/2031`: the month until which a card is good.
pub fn card_expiry(month: i64, year: i64) -> String {
    format!("{month:02}/{year}")
}

/// The day on which something falls in the zone with this IANA name.
pub fn day(zone: &str, at: Instant) -> Date {
    timestamp(at).to_zoned_datetime(zone_named(zone)).date()
}

fn zone_named(zone: &str) -> TimeZone {
    TimeZone::get(zone).or_else(|_| TimeZone::get(HOME_ZONE)).unwrap_or(TimeZone::UTC)
}

/// Writes instants as days and hours of one zone.
#[derive(Clone, Debug)]
pub struct Calendar {
    language: Language,
    zone: TimeZone,
    today: Date,
}

impl Calendar {
    /// Days and hours of the zone with this IANA name; of [`HOME_ZONE`] when there is no such zone. `now` decides
    /// whether a year need be written.
    pub fn new(language: Language, zone: &str, now: Instant) -> Self {
        let zone = zone_named(zone);
        let today = timestamp(now).to_zoned_datetime(zone.clone()).date();
        Self { language, zone, today }
    }

    /// `14:02`.
    pub fn hour(&self, at: Instant) -> String {
        let time = self.local(at).time();
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// `14/11/2026` or `14 Nov 2026`.
    pub fn date(&self, at: Instant) -> String {
        self.written(self.local(at).date(), true)
    }

    /// `14/11/2026, 14:02`.
    pub fn moment(&self, at: Instant) -> String {
        format!("{}, {}", self.date(at), self.hour(at))
    }

    /// `domingo, 14/11` or `Sunday, 14 Nov`; with the year when it is not this one.
    pub fn day(&self, at: Instant) -> String {
        let date = self.local(at).date();
        format!("{}, {}", self.weekday(date.weekday()), self.written(date, date.year() != self.today.year()))
    }

    /// `14/11` or `14 Nov`; with the year when it is not this one.
    pub fn short(&self, at: Instant) -> String {
        let date = self.local(at).date();
        self.written(date, date.year() != self.today.year())
    }

    /// `11/26` or `Nov 26`: a month, where there is little room.
    pub fn month(&self, at: Instant) -> String {
        let date = self.local(at).date();
        let year = date.year().rem_euclid(100);
        match self.language {
            Language::Portuguese => format!("{:02}/{year:02}", date.month()),
            Language::English => format!("{} {year:02}", english_month(date.month())),
        }
    }

    /// The last day before an end: what ends at midnight ends with the day before.
    pub fn last_day(&self, end: Instant) -> String {
        self.day(end.minus(Duration::from_secs(1)))
    }

    /// The same as `14/11/2026` or `14 Nov 2026`.
    pub fn last_date(&self, end: Instant) -> String {
        self.date(end.minus(Duration::from_secs(1)))
    }

    /// `domingo, 14/11, 23:59`: for what counts to the minute.
    pub fn deadline(&self, at: Instant) -> String {
        format!("{}, {}", self.day(at), self.hour(at))
    }

    /// `14:35` when it is today's, else the whole deadline.
    pub fn soon(&self, at: Instant) -> String {
        if self.is_today(at) { self.hour(at) } else { self.deadline(at) }
    }

    /// A day that came as `YYYY-MM-DD`; as it is, when it is no such day.
    pub fn calendar_day(&self, day: &str) -> String {
        day.parse::<Date>().map_or_else(
            |_| day.to_owned(),
            |date| format!("{}, {}", self.weekday(date.weekday()), self.written(date, true)),
        )
    }

    /// Whether its day is over.
    pub fn is_over(&self, at: Instant) -> bool {
        self.local(at).date() < self.today
    }

    /// Whether it is today's.
    pub fn is_today(&self, at: Instant) -> bool {
        self.local(at).date() == self.today
    }

    /// Whether it is on a later day.
    pub fn is_ahead(&self, at: Instant) -> bool {
        self.local(at).date() > self.today
    }

    /// For machines: `2026-11-14T23:59:59-03:00`.
    pub fn machine(&self, at: Instant) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }

    fn local(&self, at: Instant) -> jiff::ZonedDateTime {
        timestamp(at).to_zoned_datetime(self.zone.clone())
    }

    fn written(&self, date: Date, with_year: bool) -> String {
        let (day, month, year) = (date.day(), date.month(), date.year());
        match (self.language, with_year) {
            (Language::Portuguese, true) => format!("{day:02}/{month:02}/{year}"),
            (Language::Portuguese, false) => format!("{day:02}/{month:02}"),
            (Language::English, true) => format!("{day} {} {year}", english_month(month)),
            (Language::English, false) => format!("{day} {}", english_month(month)),
        }
    }

    fn weekday(&self, weekday: Weekday) -> &'static str {
        let index = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
        match self.language {
            Language::Portuguese => {
                ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"]
                    [index]
            }
            Language::English => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][index],
        }
    }
}

fn english_month(month: i8) -> &'static str {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS[usize::from((month - 1).unsigned_abs())]
}

/// An instant that no calendar reaches is shown as the end of time it stands for.
fn timestamp(at: Instant) -> Timestamp {
    Timestamp::from_microsecond(at.micros()).unwrap_or(if at.micros() < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::Currency;

    fn instant(text: &str) -> Instant {
        Instant::from_micros(text.parse::<Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn money_is_written_as_its_language_does() {
        let yen = Currency::parse("jpy").unwrap();
        let zloty = Currency::parse("pln").unwrap();
        for (amount, currency, portuguese, english) in [
            (123_456, Currency::BRL, "R$\u{a0}1.234,56", "R$1,234.56"),
            (7, Currency::BRL, "R$\u{a0}0,07", "R$0.07"),
            (-100_000_000, Currency::BRL, "\u{2212}R$\u{a0}1.000.000,00", "\u{2212}R$1,000,000.00"),
            (500, yen, "JPY\u{a0}500", "JPY\u{a0}500"),
            (999, zloty, "PLN\u{a0}9,99", "PLN\u{a0}9.99"),
        ] {
            assert_eq!(money(Language::Portuguese, Money::new(amount, currency)), portuguese);
            assert_eq!(money(Language::English, Money::new(amount, currency)), english);
        }
        assert_eq!(money(Language::English, Money::new(i64::MIN, yen)), "\u{2212}JPY\u{a0}9,223,372,036,854,775,808");
    }

    #[test]
    fn a_deadline_has_its_weekday_and_hour_in_the_producers_zone() {
        let now = instant("2026-11-08T12:00:00Z");
        let end = instant("2026-11-15T02:59:59Z");
        let portuguese = Calendar::new(Language::Portuguese, HOME_ZONE, now);
        assert_eq!(portuguese.deadline(end), "sábado, 14/11, 23:59");
        assert_eq!(portuguese.moment(end), "14/11/2026, 23:59");
        assert_eq!(portuguese.last_day(instant("2026-11-15T03:00:00Z")), "sábado, 14/11");
        assert_eq!(portuguese.machine(end), "2026-11-14T23:59:59-03:00");
        let english = Calendar::new(Language::English, "Europe/Warsaw", now);
        assert_eq!(english.deadline(end), "Sunday, 15 Nov, 03:59");
        assert_eq!(english.date(end), "15 Nov 2026");
    }

    #[test]
    fn a_year_is_written_when_it_is_another_one() {
        let calendar = Calendar::new(Language::Portuguese, HOME_ZONE, instant("2026-12-28T12:00:00Z"));
        assert_eq!(calendar.deadline(instant("2027-01-05T02:59:59Z")), "segunda-feira, 04/01/2027, 23:59");
    }

    #[test]
    fn an_unknown_zone_and_an_impossible_instant_do_no_harm() {
        let calendar = Calendar::new(Language::English, "Mars/Olympus", Instant::from_micros(i64::MAX));
        assert_eq!(calendar.date(Instant::from_seconds(0)), "31 Dec 1969");
        assert_eq!(calendar.calendar_day("2026-11-14"), "Saturday, 14 Nov 2026");
        assert_eq!(calendar.calendar_day("soon"), "soon");
    }
}
