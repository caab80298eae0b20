//! Streams merged into one list, a step at a time. A step reads so many rows of each stream behind one place; what is
//! older than the end of any stream that goes on waits for the next step.

use super::checks::Checks;
use super::found::FoundOrder;
use super::store::list::{Behind, read};
use super::stream::Branch;
use crate::db::{Error, Reader};
use std::collections::BTreeSet;
use types::{OrderId, ProducerId};

/// A place in a list: the time of an order in microseconds, and its code.
pub(super) type Place = (i64, String);

/// What a step found.
#[derive(Debug, Default)]
pub(super) struct Step {
    /// Newest first.
    pub orders: Vec<FoundOrder>,
    /// Behind which place the next step begins; none at the end.
    pub next: Option<Place>,
    /// How many rows were looked at.
    pub looked_at: usize,
}

/// Reads `limit` rows of each stream behind `place`.
pub(super) async fn step(
    reader: &mut Reader,
    producer: Option<ProducerId>,
    (branches, checks): (&[Branch], &Checks),
    place: &Place,
    limit: i64,
) -> Result<Step, Error> {
    let mut merged = Step::default();
    let product = checks.filter.product.as_ref().map(types::Code::as_str);
    let mut taken: Vec<FoundOrder> = Vec::new();
    for branch in branches {
        let behind = Behind { producer, place, limit, product };
        let mut rows = read(reader.conn(), behind, &branch.stream).await?;
        rows.sort_by(|one, other| other.place().cmp(&one.place()));
        merged.looked_at += rows.len();
        let end = rows
            .last()
            .filter(|_| rows.len() as i64 >= limit)
            .map(|row| (row.ordered_at.micros(), row.code.to_string()));
        merged.next = merged.next.max(end);
        taken.extend(rows.into_iter().filter(|order| checks.takes(branch, order)));
    }
    taken.sort_by(|one, other| other.place().cmp(&one.place()));
    let mut seen: BTreeSet<OrderId> = BTreeSet::new();
    taken.retain(|order| seen.insert(order.id));
    if let Some((at, code)) = &merged.next {
        taken.retain(|order| order.place() >= (*at, code.as_str()));
    }
    // All that follows is older than the period.
    merged.next = merged.next.filter(|(at, _)| checks.from.is_none_or(|from| *at >= from.micros()));
    merged.orders = taken;
    Ok(merged)
}
