//! How often a subscription is charged.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// How often a subscription is charged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Cycle {
    Weekly,
    Biweekly,
    Monthly,
    Bimonthly,
    Quarterly,
    Semiannually,
    Yearly,
}

impl Cycle {
    const ALL: [(Self, &str); 7] = [
        (Self::Weekly, "WEEKLY"),
        (Self::Biweekly, "BIWEEKLY"),
        (Self::Monthly, "MONTHLY"),
        (Self::Bimonthly, "BIMONTHLY"),
        (Self::Quarterly, "QUARTERLY"),
        (Self::Semiannually, "SEMIANNUALLY"),
        (Self::Yearly, "YEARLY"),
    ];

    /// The cycle of this word.
    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, named)| *named == word).map(|(cycle, _)| *cycle)
    }

    /// Its word.
    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(cycle, _)| *cycle == self).map_or("", |(_, word)| word)
    }

    /// So many cycles after the first day. Counted from there, so that the 31st comes back after February.
    pub(super) fn after(self, first: Date, cycles: i64) -> Date {
        first.saturating_add(self.span(cycles))
    }

    fn span(self, cycles: i64) -> Span {
        match self {
            Self::Weekly => (7 * cycles).days(),
            Self::Biweekly => (14 * cycles).days(),
            Self::Monthly => cycles.months(),
            Self::Bimonthly => (2 * cycles).months(),
            Self::Quarterly => (3 * cycles).months(),
            Self::Semiannually => (6 * cycles).months(),
            Self::Yearly => cycles.years(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cycle;
    use jiff::civil::date;

    #[test]
    fn the_31st_comes_back_after_a_short_month() {
        let first = date(2026, 1, 31);
        assert_eq!(Cycle::Monthly.after(first, 1), date(2026, 2, 28));
        assert_eq!(Cycle::Monthly.after(first, 2), date(2026, 3, 31));
    }
}
