//! The list as a file. It is written while it is read: a batch is in memory at a time, and each is a short read.

use super::question;
use super::sheet::Sheet;
use crate::fields::QueryFields;
use crate::page::PageError;
use crate::producer::area;
use crate::{download, format, visitor};
use axum::body::Body;
use axum::response::Response;
use futures::stream::try_unfold;
use portal::search::Export;

/// Every order that is asked for, as CSV.
pub(crate) async fn download(
    visitor::Producer(producer): visitor::Producer,
    QueryFields(fields): QueryFields,
) -> Result<Response, PageError> {
    let filter = question(&fields).filter().map_err(|_| PageError::Unreadable)?;
    let texts = area::texts(&producer);
    let export = Export::of(&producer, &filter).await?;
    let day = format::day(producer.time_zone(), producer.portal().now());
    let name = format!("{}-{day}.csv", texts.text("orders-file-name"));
    let sheet = Sheet::new(texts, producer.time_zone(), producer.portal().now());
    let body = Body::from_stream(try_unfold((export, sheet, false), next_chunk));
    Ok(download::download("text/csv; charset=utf-8", &name, body))
}

type Rest = (Export, Sheet, bool);

/// The next lines. A download that cannot go on breaks off: nobody takes half a list for the whole.
async fn next_chunk((mut export, sheet, has_begun): Rest) -> Result<Option<(Vec<u8>, Rest)>, axum::BoxError> {
    if !has_begun {
        return Ok(Some((sheet.head(), (export, sheet, true))));
    }
    let next = export.next().await.inspect_err(|error| tracing::error!(%error, "a list of orders broke off"));
    let Some(orders) = next? else { return Ok(None) };
    Ok(Some((sheet.lines(&orders), (export, sheet, true))))
}
