//! What the page of operators sees and does.

use super::Sandbox;
use super::clock::Turn;
use super::payment::Payment;
use super::webhook::{Fault, Webhook};
use super::webhook_store::{self, Settings};
use portal::db::Error;
use types::Instant;

/// How many charges are listed.
const MOST: i64 = 50;

/// All that the page shows.
pub(super) struct Overview {
    pub(super) settings: Settings,
    pub(super) payments: Vec<Payment>,
    pub(super) webhooks: Vec<Webhook>,
}

impl Sandbox {
    pub(super) async fn overview(&self) -> Result<Overview, Error> {
        let (settings, webhooks) = (webhook_store::settings(&self.db).await?, webhook_store::newest(&self.db).await?);
        let payments = self.books().await?.payments(MOST).await?;
        Ok(Overview { settings, payments, webhooks })
    }

    pub(super) async fn turn_clock(&self, turn: Turn, wall: Instant) -> Result<(), Error> {
        let mut books = self.books().await?;
        let standing = books.turn_clock(&self.db, turn, wall).await?;
        // By then it is due in any case: boletos run out, refunds arrive.
        self.close_and_come(books, standing.shows(wall)).await
    }

    pub(super) async fn fail_next(&self, count: i64) -> Result<(), Error> {
        let mut books = self.books().await?;
        books.set_failures(count).await?;
        books.close().await
    }

    pub(super) async fn set_fault(&self, fault: Fault) -> Result<(), Error> {
        let mut books = self.books().await?;
        books.set_fault(fault).await?;
        books.close().await
    }

    pub(super) async fn redeliver(&self, id: &str) -> Result<bool, Error> {
        let now = self.clock.now();
        let mut books = self.books().await?;
        let is_known = books.send_again(id, now).await?;
        if is_known {
            self.close_and_come(books, now).await?;
        }
        Ok(is_known)
    }
}
