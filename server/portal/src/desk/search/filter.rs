//! What is asked of the list, as its address carries it and as the rules read it.

use crate::time::{Zone, parse_day};
use jiff::civil::Date;
use types::{Code, Instant, OrderKind, OrderRisk, OrderStatus, cleaning};

/// The greatest number of characters of a search. Whoever pastes more has pasted something else.
pub const LONGEST_TEXT: usize = 200;

/// What is asked, as the address of the list carries it: everything may be empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Question {
    /// The search.
    pub q: String,
    /// A status.
    pub status: String,
    /// The code of a product.
    pub product: String,
    /// A kind.
    pub kind: String,
    /// The first day, `YYYY-MM-DD`.
    pub from: String,
    /// The last day.
    pub to: String,
    /// An [`OrderRisk`].
    pub risk: String,
}

/// What of a question cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    /// The search has more than [`LONGEST_TEXT`] characters.
    TextTooLong,
    /// The first day is no day.
    From,
    /// The last day is no day, or before the first one.
    To,
}

/// Which orders are listed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Found by this text.
    pub text: Option<String>,
    /// In this status.
    pub status: Option<OrderStatus>,
    /// With this product.
    pub product: Option<Code>,
    /// Of this kind.
    pub kind: Option<OrderKind>,
    /// Ordered on this day or later, in the producer's zone.
    pub from: Option<Date>,
    /// Ordered on this day or earlier.
    pub to: Option<Date>,
    /// At this risk.
    pub risk: Option<OrderRisk>,
}

impl Question {
    /// The names and values of its address, without what is empty.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("q", &self.q),
            ("status", &self.status),
            ("product", &self.product),
            ("kind", &self.kind),
            ("from", &self.from),
            ("to", &self.to),
            ("risk", &self.risk),
        ];
        all.into_iter().map(|(name, value)| (name, value.trim())).filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.pairs().is_empty()
    }

    /// Reads it. A word that is none of ours asks nothing: it comes from an address that somebody cut.
    pub fn filter(&self) -> Result<Filter, Wrong> {
        let text = cleaning::plain(&self.q);
        if text.chars().count() > LONGEST_TEXT {
            return Err(Wrong::TextTooLong);
        }
        let (from, to) = (day(&self.from, Wrong::From)?, day(&self.to, Wrong::To)?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(Wrong::To);
        }
        Ok(Filter {
            text: (!text.is_empty()).then_some(text),
            status: self.status.parse().ok(),
            product: Code::parse(self.product.trim()).ok(),
            kind: self.kind.parse().ok(),
            from,
            to,
            risk: self.risk.parse().ok(),
        })
    }
}

fn day(text: &str, wrong: Wrong) -> Result<Option<Date>, Wrong> {
    match text.trim() {
        "" => Ok(None),
        text => parse_day(text).map(Some).ok_or(wrong),
    }
}

impl Filter {
    /// The first instant that counts, and the first one behind the last.
    pub(super) fn period(&self, zone: &Zone) -> (Option<Instant>, Option<Instant>) {
        let behind = self.to.and_then(|day| day.tomorrow().ok()).and_then(|day| zone.first_instant(day));
        (self.from.and_then(|day| zone.first_instant(day)), behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_and_what_is_no_word_of_ours_asks_nothing() {
        let asked = Question { q: "  ana ".into(), status: "paid".into(), kind: "x".into(), ..Question::default() };
        let filter = asked.filter().unwrap();
        assert_eq!((filter.text.as_deref(), filter.status, filter.kind), (Some("ana"), Some(OrderStatus::Paid), None));
        assert_eq!(asked.pairs(), [("q", "ana"), ("status", "paid"), ("kind", "x")]);
        assert!(Question { q: " \u{200b}".into(), ..Question::default() }.filter().unwrap() == Filter::default());
    }

    #[test]
    fn days_that_are_none_and_texts_without_end_are_refused() {
        let asked =
            |from: &str, to: &str| Question { from: from.into(), to: to.into(), ..Question::default() }.filter();
        assert_eq!(asked("2026-02-30", ""), Err(Wrong::From));
        assert_eq!(asked("2026-11-02", "2026-11-01"), Err(Wrong::To));
        assert!(asked("2026-11-01", "2026-11-01").is_ok());
        let long = Question { q: "a".repeat(LONGEST_TEXT + 1), ..Question::default() };
        assert_eq!(long.filter(), Err(Wrong::TextTooLong));
    }

    #[test]
    fn a_period_is_whole_days_of_the_producers_zone() {
        let zone = Zone::named("America/Sao_Paulo").unwrap();
        let day = parse_day("2026-11-14");
        let (from, behind) = Filter { from: day, to: day, ..Filter::default() }.period(&zone);
        assert_eq!(crate::time::format_instant(from.unwrap()), "2026-11-14T03:00:00Z");
        assert_eq!(crate::time::format_instant(behind.unwrap()), "2026-11-15T03:00:00Z");
    }
}
