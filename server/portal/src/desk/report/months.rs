//! The months of a report.

use crate::time::Zone;
use jiff::ToSpan;
use jiff::civil::Date;
use types::Instant;

/// The longest report, in months.
const MOST: i32 = 24;

/// A month of the calendar, or what a report has of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Month {
    /// Its first instant.
    pub from: Instant,
    /// The first instant after it.
    pub until: Instant,
}

/// The months from one day to another, both included, in this zone: the first and the last as far as they reach. Of
/// more than 24 months, the latest 24.
pub fn months(zone: &Zone, from: Date, to: Date) -> Vec<Month> {
    let mut months = Vec::new();
    let earliest = to.first_of_month().checked_sub((MOST - 1).months()).unwrap_or(from);
    let mut day = from.max(earliest);
    while day <= to {
        let Some(next) = day.first_of_month().checked_add(1.month()).ok() else { break };
        let Some(after) = to.checked_add(1.day()).ok() else { break };
        let (Some(from), Some(until)) = (zone.first_instant(day), zone.first_instant(next.min(after))) else { break };
        months.push(Month { from, until });
        day = next;
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_are_those_of_the_calendar_and_end_with_the_period() {
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        let found = months(&zone, date(2026, 1, 15), date(2026, 3, 2));
        let start = |day| zone.first_instant(day).unwrap();
        let bounds = [(date(2026, 1, 15), date(2026, 2, 1)), (date(2026, 2, 1), date(2026, 3, 1))];
        let bounds = [bounds[0], bounds[1], (date(2026, 3, 1), date(2026, 3, 3))];
        assert_eq!(found, bounds.map(|(from, until)| Month { from: start(from), until: start(until) }));
        assert!(months(&zone, date(2026, 2, 2), date(2026, 2, 1)).is_empty());
        let long = months(&zone, date(2000, 1, 1), date(2026, 1, 31));
        assert_eq!((long.len(), long[0].from), (24, start(date(2024, 2, 1))));
    }
}
