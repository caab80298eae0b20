//! Which streams a filter reads: of all its marks the one that has the fewest orders.

use super::filter::Filter;
use super::shape::{Lookup, lookups};
use super::store::list::words_like;
use super::stream::{Branch, Stream};
use crate::db::{Error, Reader};
use crate::ledger::words::WordKind;
use types::{OrderKind, OrderRisk, OrderStatus, ProducerId};

/// How many words that begin alike have a stream each. More begin so only with one or two letters.
const MOST_WORDS: usize = 24;

/// The streams of a filter. `is_wide`: so much begins like what was typed that only a part of it is looked at.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Plan {
    pub branches: Vec<Branch>,
    pub is_wide: bool,
}

/// Without a text the rarest mark is read; the others are checked.
pub(super) fn of_marks(filter: &Filter, months: &[(i64, i64)]) -> Vec<Stream> {
    let Filter { status, kind, product, risk, .. } = filter;
    let is_common = |status: &OrderStatus| *status == OrderStatus::Paid;
    let is_rare = |kind: &OrderKind| matches!(kind, OrderKind::SmartInstallments | OrderKind::SlipInstallments);
    let cards = || months.iter().map(|(year, month)| Stream::CardEnd(*year, *month));
    let overdue = || Stream::Word(WordKind::Overdue, String::new());
    match (risk, status, kind, product) {
        (Some(OrderRisk::Refund), ..) => vec![Stream::Waiting],
        (Some(OrderRisk::Overdue), ..) => vec![overdue()],
        (Some(OrderRisk::Card), ..) => cards().collect(),
        (Some(OrderRisk::Money), ..) => {
            [Stream::Status(OrderStatus::Disputed), overdue()].into_iter().chain(cards()).collect()
        }
        (None, Some(status), ..) if !is_common(status) => vec![Stream::Status(*status)],
        (None, _, Some(kind), _) if is_rare(kind) => vec![Stream::Kind(*kind)],
        (None, _, _, Some(product)) => vec![Stream::Word(WordKind::Product, product.to_string())],
        (None, _, Some(kind), None) => vec![Stream::Kind(*kind)],
        (None, Some(status), None, None) => vec![Stream::Status(*status)],
        (None, None, None, None) => vec![Stream::All],
    }
}

/// The streams of everything that a text may be. `producer`: whose orders; none for those of all.
pub(super) async fn of_text(reader: &mut Reader, producer: Option<ProducerId>, text: &str) -> Result<Plan, Error> {
    let mut plan = Plan::default();
    for lookup in lookups(text) {
        match lookup {
            Lookup::Code(code) => plan.branches.push(Stream::Code(code).into()),
            Lookup::Reference(name) => plan.branches.push(Stream::Reference(name).into()),
            Lookup::Last4(digits) if producer.is_some() => plan.branches.push(Stream::Card(digits).into()),
            // Of all sellers too many cards end alike.
            Lookup::Last4(_) => {}
            Lookup::TaxId(word) => plan.branches.push(Stream::Word(WordKind::TaxId, word).into()),
            Lookup::Phone(before, last) => {
                let stream = Stream::Word(WordKind::Phone, last);
                plan.branches.push(Branch { stream, names: Vec::new(), phone: Some(before) });
            }
            Lookup::Email(start) => begins(reader, producer, WordKind::Email, start, &[], &mut plan).await?,
            Lookup::Name(words) => {
                if !are_in_names(reader, producer, &words).await? {
                    continue;
                }
                // The longest word is the rarest.
                let longest = words.iter().max_by_key(|word| word.chars().count()).cloned().unwrap_or_default();
                begins(reader, producer, WordKind::Name, longest, &words, &mut plan).await?;
            }
        }
    }
    Ok(plan)
}

/// Whether each of the words begins a word of somebody's name. Where one begins none, nobody is called so, and the rows
/// of the others are not looked through.
async fn are_in_names(reader: &mut Reader, producer: Option<ProducerId>, words: &[String]) -> Result<bool, Error> {
    for word in words {
        if words_like(reader.conn(), producer, WordKind::Name, word, 1).await?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Adds a stream for each word that begins like this.
async fn begins(
    reader: &mut Reader,
    producer: Option<ProducerId>,
    kind: WordKind,
    start: String,
    names: &[String],
    plan: &mut Plan,
) -> Result<(), Error> {
    let words = words_like(reader.conn(), producer, kind, &start, MOST_WORDS + 1).await?;
    let is_wide = words.len() > MOST_WORDS;
    plan.is_wide |= is_wide;
    let streams = if is_wide {
        vec![Stream::Range(kind, start)]
    } else {
        words.into_iter().map(|word| Stream::Word(kind, word)).collect()
    };
    let branch = |stream| Branch { stream, names: names.to_vec(), phone: None };
    plan.branches.extend(streams.into_iter().map(branch));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::Code;

    #[test]
    fn the_rarest_mark_is_read() {
        let code = Code::parse("foto").unwrap();
        let months = [(2026, 11)];
        let read = |filter: Filter| of_marks(&filter, &months);
        let paid = Filter { status: Some(OrderStatus::Paid), product: Some(code.clone()), ..Filter::default() };
        assert_eq!(read(paid), [Stream::Word(WordKind::Product, "foto".to_owned())]);
        let disputed = Filter { status: Some(OrderStatus::Disputed), product: Some(code), ..Filter::default() };
        assert_eq!(read(disputed), [Stream::Status(OrderStatus::Disputed)]);
        let risk = Filter { risk: Some(OrderRisk::Money), kind: Some(OrderKind::OneOff), ..Filter::default() };
        assert_eq!(read(risk).len(), 3);
        assert_eq!(read(Filter::default()), [Stream::All]);
        let once = Filter { kind: Some(OrderKind::OneOff), status: Some(OrderStatus::Paid), ..Filter::default() };
        assert_eq!(read(once), [Stream::Kind(OrderKind::OneOff)]);
    }
}
