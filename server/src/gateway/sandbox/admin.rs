//! What the page of operators sees and does.

use super::Sandbox;
use super::clock::Turn;
use super::payment::Payment;
use super::webhook::{Fault, Webhook};
use super::webhook_store::{self, Settings};
use portal::db::Error;
use portal::{Portal, outbox};
use std::time::Duration;
use types::Instant;

/// How long one move of the clock may take on the wall.
const LONGEST_MOVE: Duration = Duration::from_secs(8);

/// How long a day waits for what a worker of the server has in hand.
const LONGEST_JOB: Duration = Duration::from_secs(2);

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

    /// Turns the clock; what it shows then.
    pub(super) async fn turn_clock(&self, turn: Turn) -> Result<Instant, Error> {
        let wall = self.wall();
        let mut books = self.books().await?;
        let shown = books.turn_clock(turn, wall).await?.shows(wall);
        books.close().await?;
        self.bells.turned.notify_one();
        Ok(shown)
    }

    /// Moves the clock on by whole days, one after the other, and lets the calendar do on each what is due on it: what
    /// is repeated after one, three and five days is seen to be. When that takes too long, what is left is one step.
    pub(super) async fn move_on(&self, portal: &Portal, days: i64) -> Result<(), Error> {
        let started = self.wall();
        for day in 1..=days {
            let is_hurried = self.wall().since(started) > LONGEST_MOVE;
            let step = if is_hurried { days - day + 1 } else { 1 };
            let shown = self.turn_clock(Turn::Forward(step)).await?;
            if is_hurried {
                break;
            }
            self.wait_for(shown).await;
            self.settle(portal, shown).await?;
        }
        Ok(())
    }

    /// Does all that is due by `until`, here and in the portal: each may give the other something to do.
    async fn settle(&self, portal: &Portal, until: Instant) -> Result<(), Error> {
        // Twice nothing: between the two, the server's own task may have handed over what makes more to do.
        let (mut quiet, started) = (0, self.wall());
        while quiet < 2 {
            let done = outbox::drain(portal, until).await? + self.tend(portal).await?;
            quiet = if done == 0 { quiet + 1 } else { 0 };
            // The server's own worker may have a job of this day in hand.
            if outbox::running(portal, until).await? > 0 && self.wall().since(started) < LONGEST_JOB {
                quiet = 0;
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        Ok(())
    }

    /// Until the clock of this process shows what was set.
    async fn wait_for(&self, shown: Instant) {
        for _ in 0..200 {
            if self.clock.now() >= shown {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
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
            self.close_and_ring(books).await?;
        }
        Ok(is_known)
    }
}
