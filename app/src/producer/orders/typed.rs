//! What is found while one types in the search of the list.

use super::view::{self, Shown};
use super::{address, question};
use crate::fields::QueryFields;
use crate::page::{PageError, markup};
use crate::producer::area;
use crate::text::Texts;
use controls::{FindOrders, Finding};
use portal::Producer;
use portal::search::{self, Found};

/// What the page shows below the search for what its form asks; none for what the page would refuse.
pub(in crate::producer) async fn find(
    producer: Producer,
    FindOrders { asked }: FindOrders,
) -> Result<Option<Finding>, PageError> {
    let QueryFields(fields) = QueryFields::of(&asked)?;
    let question = question(&fields);
    let Ok(filter) = question.filter() else { return Ok(None) };
    let saved = search::views(&producer).await?;
    let found = search::list(&producer, &filter, None).await?;
    let shown = Shown {
        question: &question,
        found: &found,
        products: &[],
        saved: &saved,
        wrong: None,
        refused: None,
        cursor: None,
    };
    let html = markup(view::below(&producer, &shown));
    Ok(Some(Finding { html, said: said(area::texts(&producer), &found), address: address(&question) }))
}

/// How much was found, as far as was looked.
fn said(texts: Texts, found: &Found) -> String {
    let count = [("count", (found.orders.len() as i64).into())];
    texts.with(if found.next_cursor.is_some() { "found-said-more" } else { "found-said" }, &count)
}
