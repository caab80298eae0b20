//! Streams the documents of a year, one after the other. Only their list is kept in memory, so a year may have any
//! number of documents.

use super::store::{self, Paper, PaperRow};
use super::{note_of, receipt_of, source_note_of};
use crate::Buyer;
use crate::db::Error;
use crate::time::Zone;
use std::vec::IntoIter;
use types::view::DocumentView;
use types::{Instant, OrderId};

/// The papers of a year that were not made yet, oldest first.
pub struct Year {
    buyer: Buyer,
    left: IntoIter<PaperRow>,
    /// Papers of one order often follow each other.
    last: Option<Paper>,
}

/// Every receipt and credit note of a year, by the calendar of who sold it.
pub async fn of_year(buyer: &Buyer, year: i64) -> Result<Year, Error> {
    let mut papers = Vec::new();
    if let Some((from, until)) = around(year) {
        for paper in store::papers(&buyer.portal().db, buyer.person(), from, until).await? {
            let wrong = |error| Error::inconsistent("producers", &paper.time_zone, error);
            let zone = Zone::named(&paper.time_zone).map_err(wrong)?;
            if i64::from(zone.day_of(Instant::from_micros(paper.at)).year()) == year {
                papers.push(paper);
            }
        }
    }
    Ok(Year { buyer: buyer.clone(), left: papers.into_iter(), last: None })
}

/// A day more than the year at either end: it begins and ends at another instant in each zone.
fn around(year: i64) -> Option<(Instant, Instant)> {
    let midnight = |year: i64, month, day| {
        let date = jiff::civil::Date::new(i16::try_from(year).ok()?, month, day).ok()?;
        let zoned = date.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?;
        Some(Instant::from_seconds(zoned.timestamp().as_second()))
    };
    Some((midnight(year - 1, 12, 31)?, midnight(year + 1, 1, 2)?))
}

impl Year {
    /// How many are left.
    pub fn len(&self) -> usize {
        self.left.len()
    }

    /// Whether none is left.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The next one; none after the last. What is not the buyer's any more by now is passed over.
    pub async fn next(&mut self) -> Result<Option<DocumentView>, Error> {
        while let Some(paper) = self.left.next() {
            if let Some(document) = self.document(&paper).await? {
                return Ok(Some(document));
            }
        }
        Ok(None)
    }

    async fn document(&mut self, paper: &PaperRow) -> Result<Option<DocumentView>, Error> {
        self.turn_to(OrderId(paper.order_id)).await?;
        let Some(about) = &self.last else { return Ok(None) };
        let charge = || about.order.charges.iter().find(|charge| charge.id.0 == paper.charge_id);
        let refund = |name: &str| about.order.refunds.iter().find(|refund| refund.protocol.as_str() == name);
        Ok(match &paper.protocol {
            Some(protocol) => refund(protocol).and_then(|refund| note_of(about, refund)),
            None if paper.is_credit => charge().and_then(|charge| source_note_of(about, charge)),
            None => charge().and_then(|charge| receipt_of(about, charge)),
        })
    }

    async fn turn_to(&mut self, id: OrderId) -> Result<(), Error> {
        if self.last.as_ref().is_some_and(|about| about.order.id == id) {
            return Ok(());
        }
        let buyer = &self.buyer;
        // Between the list and now it may have gone to another address.
        self.last = store::by_id(buyer.portal().db.read().await?.conn(), buyer.person(), id).await?;
        Ok(())
    }
}
