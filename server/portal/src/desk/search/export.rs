//! The whole list behind a filter, in batches: each is a short read of its own, and none is kept.

use super::filter::Filter;
use super::found::FoundOrder;
use super::list::Listing;
use super::merge::{Place, step};
use crate::Producer;
use crate::db::Error;

/// How many rows of a stream a batch reads.
const BATCH: i64 = 500;

/// The producer's orders behind a filter, batch after batch.
pub struct Export {
    producer: Producer,
    listing: Listing,
    place: Option<Place>,
}

impl Export {
    /// Begins with the newest order.
    pub async fn of(producer: &Producer, filter: &Filter) -> Result<Self, Error> {
        let listing = Listing::of(producer, filter).await?;
        let place = Some(listing.start());
        Ok(Self { producer: producer.clone(), listing, place })
    }

    /// The next orders, which may be none at all; none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<FoundOrder>>, Error> {
        let Some(place) = self.place.take() else { return Ok(None) };
        let mut reader = self.producer.portal().db.read().await?;
        let (branches, checks) = (&self.listing.plan.branches, &self.listing.checks);
        let step = step(&mut reader, Some(self.producer.id()), (branches, checks), &place, BATCH).await?;
        self.place = step.next;
        Ok(Some(step.orders))
    }
}
