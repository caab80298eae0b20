//! What became of it all: why buyers leave and what keeps them, what goes back, what links do, how much buyers do by
//! themselves, how long access takes, what is charged after all. Counted month by month in the producer's zone, in
//! statements that each read one month or a bounded number of rows; nothing is kept for it.

mod months;
mod store;

pub use months::{Month, months};

use crate::Producer;
use crate::db::{Error, Statement};
use types::{Code, Cursor, Instant, Money, RetentionKind};

/// Cancellations on a page.
const PAGE: usize = 25;

/// A report of some months.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// What was counted of each month, the oldest first.
    pub months: Vec<Figures>,
    /// What was offered instead of cancelling, and how often it was taken.
    pub offers: Vec<Offered>,
    /// What went back or goes back, by product; 20 products at the most, those with most refunds first.
    pub refunds: Vec<ProductRefunds>,
    /// How long producers took to answer a request after the window.
    pub to_decide: Option<Spread>,
    /// How long it took from the payment to the first access.
    pub to_access: Option<Spread>,
}

/// What was counted of a month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    /// The month, as far as it is in the report.
    pub month: Month,
    /// Cancellations by the word of their reason; an empty word for none.
    pub canceled: Vec<(String, i64)>,
    /// Refunds that were asked for.
    pub refunds: i64,
    /// Links that were made.
    pub links: i64,
    /// Of these: mailed from here, opened, acted on by the buyer within a week.
    pub mailed: i64,
    /// See above.
    pub opened: i64,
    /// See above.
    pub acted: i64,
    /// What buyers did by themselves: refunds, cancellations, cards, plans.
    pub own_acts: i64,
    /// The same, whoever did it.
    pub all_acts: i64,
    /// Orders of which a charge failed.
    pub failed: i64,
    /// Of these: those of which a charge was paid afterwards.
    pub recovered: i64,
}

/// What was offered instead of cancelling.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Offered {
    /// What.
    pub kind: RetentionKind,
    /// How often it was shown.
    pub made: i64,
    /// How often it was taken.
    pub taken: i64,
}

/// Refunds of one product.
#[derive(Clone, PartialEq, Debug)]
pub struct ProductRefunds {
    /// Its name.
    pub product: String,
    /// How many lines went back.
    pub count: i64,
    /// What they cost.
    pub amount: Money,
}

/// Half took no longer than `median`, 95 of 100 no longer than `most`; in seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spread {
    /// The middle one.
    pub median: i64,
    /// The 95th of 100.
    pub most: i64,
    /// How many were measured: the latest 2,000 at the most.
    pub count: i64,
}

/// A cancellation with what the buyer said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Canceled {
    /// Its place in the list.
    pub place: Cursor,
    /// The producer's code of the order.
    pub code: Code,
    /// Who cancelled.
    pub buyer_name: String,
    /// When.
    pub asked_at: Instant,
    /// In the buyer's words.
    pub comment: Option<String>,
    /// Whether it was taken back.
    pub is_undone: bool,
}

impl Report {
    /// Whether there is anything to tell.
    pub fn is_empty(&self) -> bool {
        let is_quiet = |of: &Figures| of.canceled.is_empty() && of.refunds + of.links + of.all_acts + of.failed == 0;
        self.months.iter().all(is_quiet) && self.offers.is_empty() && self.to_access.is_none()
    }
}

impl Spread {
    /// Of durations in microseconds; none of none.
    fn of(mut micros: Vec<i64>) -> Option<Self> {
        micros.sort_unstable();
        let count = micros.len();
        // The smallest that so many of a hundred do not exceed.
        let at =
            |percent: usize| micros.get((count * percent).div_ceil(100).saturating_sub(1)).map(|at| at / 1_000_000);
        Some(Self { median: at(50)?, most: at(95)?, count: count as i64 })
    }
}

/// The report of these months.
pub async fn report(producer: &Producer, months: &[Month]) -> Result<Report, Error> {
    let portal = producer.portal();
    let mut figures = Vec::with_capacity(months.len());
    for month in months {
        figures.push(store::month(&portal.db, producer.id(), *month).await?);
    }
    let whole = Month {
        from: months.first().map_or(Instant::from_seconds(0), |month| month.from),
        until: months.last().map_or(Instant::from_seconds(0), |month| month.until),
    };
    Ok(Report {
        months: figures,
        offers: store::offers(&portal.db, producer.id(), whole).await?,
        refunds: store::refunds(&portal.db, producer.id(), whole).await?,
        to_decide: Spread::of(store::decided(&portal.db, producer.id(), whole).await?),
        to_access: Spread::of(store::access(&portal.db, producer.id(), whole).await?),
    })
}

/// The cancellations of these months that have this word as their reason, an empty one for none; the newest first.
pub async fn canceled(
    producer: &Producer,
    months: &[Month],
    reason: &str,
    after: Option<Cursor>,
) -> Result<(Vec<Canceled>, Option<Cursor>), Error> {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok((Vec::new(), None)) };
    let whole = Month { from: first.from, until: last.until };
    let db = &producer.portal().db;
    let mut found = store::canceled(db, producer.id(), whole, reason, after, PAGE as i64 + 1).await?;
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().map(|last| last.place).filter(|_| has_more);
    Ok((found, next))
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_names_the_middle_and_the_slow_ones() {
        let seconds = |of: &[i64]| of.iter().map(|second| second * 1_000_000).collect();
        assert_eq!(Spread::of(Vec::new()), None);
        assert_eq!(Spread::of(seconds(&[7])), Some(Spread { median: 7, most: 7, count: 1 }));
        let hundred: Vec<i64> = (1..=100).rev().collect();
        assert_eq!(Spread::of(seconds(&hundred)), Some(Spread { median: 50, most: 95, count: 100 }));
    }
}
