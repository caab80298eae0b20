//! What stands on the bill of a card, as somebody reads it out: the last four digits, the amount and the day.

use crate::time::{Zone, parse_day};
use jiff::civil::Date;
use types::Instant;

/// A charge, by its bill.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Charged {
    pub last4: String,
    /// Minor units.
    pub amount: i64,
    pub from: Instant,
    pub behind: Instant,
}

/// Reads `4242 49,90 12/11`, in any order; none for anything else. A day without a year is the last one that was.
pub(super) fn charged(text: &str, today: Date, zone: &Zone) -> Option<Charged> {
    let plain = text.replace("R$", " ").replace('\u{a0}', " ");
    let parts: Vec<&str> = plain.split_whitespace().collect();
    let [_, _, _] = parts.as_slice() else { return None };
    let is_last4 = |part: &&&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let last4 = parts.iter().find(is_last4)?;
    let day = parts.iter().find_map(|part| day(part, today))?;
    let amount = parts.iter().find_map(|part| amount(part))?;
    let (from, behind) = (zone.first_instant(day)?, zone.first_instant(day.tomorrow().ok()?)?);
    Some(Charged { last4: (*last4).to_owned(), amount, from, behind })
}

/// `49,90`, `1.234,56`, `1,234.56`: two digits behind the last sign.
fn amount(text: &str) -> Option<i64> {
    let (whole, cents) = text.rsplit_once([',', '.'])?;
    let is_amount = cents.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    format!("{whole}{cents}").parse().ok().filter(|_| is_amount && !whole.is_empty())
}

/// `12/11`, `12/11/2026`, `12/11/26`, `2026-11-12`.
fn day(text: &str, today: Date) -> Option<Date> {
    if let Some(day) = parse_day(text) {
        return Some(day);
    }
    let mut parts = text.split('/').map(|part| part.parse::<i16>().ok());
    let (day, month) = (i8::try_from(parts.next()??).ok()?, i8::try_from(parts.next()??).ok()?);
    match parts.next() {
        None => {
            let this_year = Date::new(today.year(), month, day).ok().filter(|day| *day <= today);
            this_year.or_else(|| Date::new(today.year() - 1, month, day).ok())
        }
        Some(year) => {
            let year = year?;
            Date::new(if year < 100 { 2000 + year } else { year }, month, day).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::format_instant;

    #[test]
    fn a_bill_is_read_in_any_order() {
        let today = parse_day("2026-12-01").unwrap();
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        for text in ["4242 49,90 12/11", "12/11/2026 4242 R$ 49,90", "49.90 2026-11-12 4242", "R$49,90 4242 12/11/26"] {
            let read = charged(text, today, &zone).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.last4.as_str(), read.amount), ("4242", 4_990), "{text}");
            assert_eq!(format_instant(read.from), "2026-11-12T03:00:00Z", "{text}");
            assert_eq!(format_instant(read.behind), "2026-11-13T03:00:00Z", "{text}");
        }
        let read = charged("4242 1.234,56 24/12", today, &zone).unwrap();
        assert_eq!((read.amount, format_instant(read.from).as_str()), (123_456, "2025-12-24T03:00:00Z"));
    }

    #[test]
    fn what_is_no_bill_is_none() {
        let today = parse_day("2026-12-01").unwrap();
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        for text in
            ["4242", "4242 49,90", "4242 49,90 40/11", "4242 4990 12/11", "ana de souza", "1 2 3", "4242 ,90 12/11"]
        {
            assert_eq!(charged(text, today, &zone), None, "{text}");
        }
    }
}
