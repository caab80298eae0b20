//! The producer's list, a page at a time.

use super::checks::Checks;
use super::filter::Filter;
use super::found::FoundOrder;
use super::merge::{Place, step};
use super::plan::{Plan, of_marks, of_text};
use super::store;
use super::stream::Stream;
use crate::Producer;
use crate::db::{Error, Reader};
use data_encoding::BASE64URL_NOPAD;
use jiff::Span;
use jiff::civil::Date;

/// How many orders a page has.
const PAGE: usize = 20;
/// How many rows a step reads of all its streams where some of them may be refused.
const STEP: usize = 400;
/// After how many rows a page stops to look and shows what it has.
const MOST_LOOKED_AT: usize = 1_000;

/// A page of the list.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Newest first.
    pub orders: Vec<FoundOrder>,
    /// Continues the list; none at its end.
    pub next_cursor: Option<String>,
    /// Whether the page stopped before it was full: what is older was not looked at yet.
    pub is_partial: bool,
    /// Whether so much begins like what was typed that only a part of it was looked at.
    pub is_wide: bool,
    /// Whether the producer has any order at all.
    pub has_any: bool,
}

/// A page of the producer's orders. A cursor that cannot be read begins at the start.
pub async fn list(producer: &Producer, filter: &Filter, cursor: Option<&str>) -> Result<Found, Error> {
    let listing = Listing::of(producer, filter).await?;
    let mut place = cursor.and_then(read_cursor).map_or_else(|| listing.start(), |place| place.min(listing.start()));
    let mut reader = producer.portal().db.read().await?;
    let mut found = Found { is_wide: listing.plan.is_wide, ..Found::default() };
    let (branches, checks) = (&listing.plan.branches, &listing.checks);
    let of_each = if checks.is_needed(branches) { STEP / branches.len().max(2) } else { 0 };
    let limit = of_each.max(PAGE + 1) as i64;
    let mut looked_at = 0;
    loop {
        let step = step(&mut reader, Some(producer.id()), (branches, checks), &place, limit).await?;
        looked_at += step.looked_at;
        found.orders.extend(step.orders);
        if found.orders.len() > PAGE {
            found.orders.truncate(PAGE);
            found.next_cursor = found.orders.last().map(|order| cursor_of(order.place()));
            break;
        }
        let Some(next) = step.next else { break };
        if looked_at >= MOST_LOOKED_AT {
            found.next_cursor = Some(cursor_of((next.0, &next.1)));
            found.is_partial = true;
            break;
        }
        place = next;
    }
    found.has_any = !found.orders.is_empty() || store::list::has_any(reader.conn(), producer.id()).await?;
    Ok(found)
}

/// What is read of a list, and what its rows are checked for.
pub(super) struct Listing {
    pub plan: Plan,
    pub checks: Checks,
    behind: Option<i64>,
}

impl Listing {
    pub(super) async fn of(producer: &Producer, filter: &Filter) -> Result<Self, Error> {
        let zone = producer.zone()?;
        let (from, behind) = filter.period(&zone);
        let months = months(zone.day_of(producer.portal().now()));
        let plan = match &filter.text {
            Some(text) => {
                let mut reader: Reader = producer.portal().db.read().await?;
                of_text(&mut reader, Some(producer.id()), text).await?
            }
            None => {
                let branches = of_marks(filter, &months).into_iter().map(Stream::into).collect();
                Plan { branches, is_wide: false }
            }
        };
        let checks = Checks { filter: filter.clone(), from, months };
        Ok(Self { plan, checks, behind: behind.map(types::Instant::micros) })
    }

    /// The place before the newest order.
    pub(super) fn start(&self) -> Place {
        (self.behind.unwrap_or(i64::MAX), String::new())
    }
}

/// Year and month of the cards that are about to fail: last month's, this month's and next month's.
pub(super) fn months(today: Date) -> [(i64, i64); 3] {
    let first = today.first_of_month();
    [-1, 0, 1].map(|months| {
        let month = first.checked_add(Span::new().months(months)).unwrap_or(first);
        (i64::from(month.year()), i64::from(month.month()))
    })
}

fn cursor_of((at, code): (i64, &str)) -> String {
    BASE64URL_NOPAD.encode(&[at.to_be_bytes().as_slice(), code.as_bytes()].concat())
}

fn read_cursor(text: &str) -> Option<Place> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let (at, code) = bytes.split_first_chunk::<8>()?;
    let code = types::Code::parse(std::str::from_utf8(code).ok()?).ok()?;
    Some((i64::from_be_bytes(*at), code.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_and_rubbish_is_not() {
        assert_eq!(read_cursor(&cursor_of((-5, "A-1"))), Some((-5, "A-1".to_owned())));
        for text in ["", "x", "AAAAAAAAAAA", "%%%", "AAAAAAAAAAAA\0"] {
            assert_eq!(read_cursor(text), None, "{text:?}");
        }
    }

    #[test]
    fn cards_are_about_to_fail_from_last_month_to_the_next() {
        let day = crate::time::parse_day("2026-12-31").unwrap();
        assert_eq!(months(day), [(2026, 11), (2026, 12), (2027, 1)]);
    }
}
