//! The sandbox: a gateway that behaves like a real one and moves no money. It keeps books of its own, reached through the port only.
//!
//! Cards by their last four digits: 5126 is paid back and then sent back by the bank; 9999 is an outage of a minute with unknown outcome, where
//! some instructions take effect before the connection breaks. Every other way of paying is paid back after five seconds.

mod state;
mod store;

use futures::future::BoxFuture;
use portal::db::{Db, Error};
use portal::ports::{
    CardOrder, CardPage, CardProgress, ChargeOrder, ChargeReport, Clock, Gateway, GatewayError, RefundOrder,
    RefundReport,
};
use state::{Refund, Refusal, Stand};
use std::sync::Arc;

/// The sandbox gateway.
pub struct Sandbox {
    db: Db,
    clock: Arc<dyn Clock>,
}

impl Sandbox {
    /// A sandbox with its books in `db`.
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    async fn take(&self, order: &RefundOrder) -> Result<RefundReport, Failure> {
        let now = self.clock.now();
        let mut books = store::Books::open(&self.db).await?;
        if let Some(refund) = books.refund(&order.key).await? {
            return match refund.answers(order) {
                Ok(()) => self.settled(books, refund).await,
                Err(refusal) => Err(refusal.into()),
            };
        }
        let charge = books.charge(order, now).await?;
        let refund = charge.take(order, now)?;
        match charge.outage(&order.key, now) {
            Stand::Works => {}
            Stand::BreaksBefore => {
                // That the charge was heard of is kept: the outage counts from there.
                books.close().await?;
                return Err(Failure::Lost);
            }
            Stand::BreaksAfter => {
                books.write(&refund).await?;
                books.close().await?;
                return Err(Failure::Lost);
            }
        }
        books.write(&refund).await?;
        books.close().await?;
        Ok(refund.report())
    }

    async fn find(&self, key: &str) -> Result<Option<RefundReport>, Failure> {
        let mut books = store::Books::open(&self.db).await?;
        match books.refund(key).await? {
            Some(refund) => self.settled(books, refund).await.map(Some),
            None => Ok(None),
        }
    }

    /// A refund as it stands by now.
    async fn settled(&self, mut books: store::Books, refund: Refund) -> Result<RefundReport, Failure> {
        let Some(refund) = refund.advanced(self.clock.now()) else { return Ok(refund.report()) };
        books.advance(&refund).await?;
        books.close().await?;
        Ok(refund.report())
    }
}

impl Gateway for Sandbox {
    fn refund<'a>(&'a self, order: &'a RefundOrder) -> BoxFuture<'a, Result<RefundReport, GatewayError>> {
        Box::pin(async move { Ok(self.take(order).await?) })
    }

    fn find_refund<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<RefundReport>, GatewayError>> {
        Box::pin(async move { Ok(self.find(key).await?) })
    }

    fn charge<'a>(&'a self, _order: &'a ChargeOrder) -> BoxFuture<'a, Result<ChargeReport, GatewayError>> {
        Box::pin(async { Err(GatewayError::Unavailable("the sandbox takes no money yet".to_owned())) })
    }

    fn find_charge<'a>(&'a self, _key: &'a str) -> BoxFuture<'a, Result<Option<ChargeReport>, GatewayError>> {
        Box::pin(async { Ok(None) })
    }

    fn begin_card<'a>(&'a self, _order: &'a CardOrder) -> BoxFuture<'a, Result<CardPage, GatewayError>> {
        Box::pin(async { Err(GatewayError::Unavailable("the sandbox keeps no cards yet".to_owned())) })
    }

    fn find_card<'a>(&'a self, _reference: &'a str) -> BoxFuture<'a, Result<CardProgress, GatewayError>> {
        Box::pin(async { Ok(CardProgress::Closed) })
    }
}

/// Why an instruction was not answered with a refund.
#[derive(Debug)]
enum Failure {
    Refused(Refusal),
    Lost,
    Books(Error),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Books(error)
    }
}

impl From<Failure> for GatewayError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => Self::Refused(refusal.to_string()),
            Failure::Lost => Self::OutcomeUnknown("the connection broke (sandbox outage)".to_owned()),
            // A commit that failed may have happened all the same.
            Failure::Books(error) => Self::OutcomeUnknown(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests;
