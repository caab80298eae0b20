//! What the sandbox does by itself: lets things run out, settles refunds, sends its webhooks.
//!
//! Each process that works for an installation tends it, and none knows of the others. What one does is one transaction
//! that asks again whether it is still to be done, so two that do it at once do it once; one that dies leaves the rest
//! to whoever looks next. Only a webhook may be sent twice, as any gateway does: the product knows it by its id.

use super::webhook::{self, Fault, HELD, LATE, State, Webhook};
use super::{Sandbox, webhook_store};
use crate::state::Installation;
use axum::body::Body;
use axum::http::Request;
use futures::FutureExt;
use portal::Portal;
use portal::db::Error;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tower::ServiceExt;
use types::Instant;

/// How soon what is due is seen, and what another process did.
const POLL: Duration = Duration::from_secs(1);
/// Longer than the product takes to answer all the webhooks of one look.
const LONGEST_LOOK: Duration = Duration::from_secs(60);

impl Sandbox {
    /// Tends the sandbox until `stop` turns true. What is under way then is left to whoever looks next.
    pub async fn tend_until(self, portal: Portal, mut stop: watch::Receiver<bool>) {
        tokio::select! {
            () = self.keep_tending(&portal) => {}
            _ = stop.wait_for(|stops| *stops) => {}
        }
    }

    async fn keep_tending(&self, portal: &Portal) {
        loop {
            if self.look(portal).await > 0 {
                continue;
            }
            tokio::select! {
                () = self.bells.due.notified() => {}
                () = sleep(POLL) => {}
            }
        }
    }

    /// Tends once, whatever happens; how much was done.
    async fn look(&self, portal: &Portal) -> usize {
        match timeout(LONGEST_LOOK, AssertUnwindSafe(self.tend(portal)).catch_unwind()).await {
            Ok(Ok(Ok(count))) => return count,
            Ok(Ok(Err(error))) => tracing::warn!(%error, "the sandbox could not be tended"),
            Ok(Err(_)) => tracing::error!("the sandbox panicked while it was tended"),
            Err(_) => tracing::warn!("tending the sandbox took longer than a minute"),
        }
        0
    }

    /// Does what is due by now; how much that was.
    ///
    /// # Errors
    /// When the books cannot be read or written.
    pub async fn tend(&self, portal: &Portal) -> Result<usize, Error> {
        let now = self.now();
        if !webhook_store::any_due(&self.db, now).await? {
            return Ok(0);
        }
        let refunds = self.settle_refunds(now).await?;
        let payments = self.let_time_pass(now).await?;
        Ok(refunds + payments + self.send_due(portal, now).await?)
    }

    /// Sends the webhooks that are due; how many.
    async fn send_due(&self, portal: &Portal, now: Instant) -> Result<usize, Error> {
        let fault = webhook_store::settings(&self.db).await?.fault;
        let mut due = webhook_store::due(&self.db, now).await?;
        if fault == Fault::Reorder {
            if let [only] = due.as_slice()
                && only.attempts == 0
                && now < only.created_at.plus(HELD)
            {
                return Ok(0);
            }
            due.sort_by_key(|webhook| std::cmp::Reverse(webhook.created_at));
        }
        let mut count = 0;
        for webhook in due {
            count += usize::from(self.send(portal, webhook, fault, now).await?);
        }
        Ok(count)
    }

    /// Whether it was sent, and nobody else has sent it meanwhile.
    async fn send(&self, portal: &Portal, before: Webhook, fault: Fault, now: Instant) -> Result<bool, Error> {
        let is_first = before.attempts == 0;
        let webhook = before.clone();
        let after = match fault {
            Fault::Drop => Webhook { state: State::Dropped, ..webhook },
            Fault::Delay if is_first && now < webhook.created_at.plus(LATE) => {
                Webhook { due_at: webhook.created_at.plus(LATE), ..webhook }
            }
            _ => {
                let webhook = match fault {
                    Fault::Duplicate => webhook.tried(self.post(portal, &before.body, false).await, now),
                    _ => webhook,
                };
                let is_corrupt = fault == Fault::Corrupt && is_first;
                let status = self.post(portal, &before.body, is_corrupt).await;
                webhook.tried(status, now)
            }
        };
        let mut books = self.books().await?;
        let is_ours = books.write_webhook(&before, &after).await?;
        books.close().await?;
        Ok(is_ours)
    }

    /// Posts a body to the product's own hook, through the same door as from outside; the status of the answer.
    async fn post(&self, portal: &Portal, body: &str, is_corrupt: bool) -> u16 {
        // A signature is as old as the wall's clock says: the calendar may have been moved.
        let mut signature = webhook::signature(&self.signing_key(), self.wall(), body.as_bytes());
        if is_corrupt {
            let last = signature.pop();
            signature.push(if last == Some('0') { '1' } else { '0' });
        }
        let request = Request::post(format!("/hooks/sandbox/{}", self.hook_key()))
            .header(webhook::SIGNATURE, signature)
            .body(Body::from(body.to_owned()));
        let Ok(request) = request else { return 0 };
        let installation = Installation { portal: portal.clone(), sandbox: Some(self.clone()) };
        match crate::hooks::routes().with_state(installation).oneshot(request).await {
            Ok(answer) => answer.status().as_u16(),
            Err(never) => match never {},
        }
    }
}
