//! One refund, and what the producer may do about it now.

use super::view::{self, Typed};
use crate::page::{Page, PageError};
use crate::producer::area;
use crate::visitor;
use axum::extract::Path;
use portal::Producer;
use portal::refund::{ProducerRefund, of_producer};

/// The refund. Looking changes nothing.
pub(super) async fn show(
    visitor::Producer(producer): visitor::Producer,
    Path(protocol): Path<String>,
) -> Result<Page, PageError> {
    let refund = find(&producer, &protocol).await?;
    Ok(view::page(&producer, area::texts(&producer), &refund, Typed::default()))
}

/// The producer's refund with this number; absent when it is another's.
pub(super) async fn find(producer: &Producer, protocol: &str) -> Result<ProducerRefund, PageError> {
    of_producer(producer, protocol).await?.ok_or(PageError::NotFound)
}
