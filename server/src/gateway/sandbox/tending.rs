//! What the sandbox does by itself: lets things run out, settles refunds, sends its webhooks.

use super::webhook::{self, Fault, HELD, LATE, State, Webhook};
use super::{Sandbox, webhook_store};
use axum::body::Body;
use axum::http::Request;
use portal::Portal;
use portal::db::Error;
use tower::ServiceExt;
use types::Instant;

impl Sandbox {
    /// Does what is due by now. Says when to come again, if ever.
    pub async fn tend(&self, portal: &Portal) -> Result<Option<Instant>, Error> {
        let now = self.clock.now();
        let refunds = self.settle_refunds(now).await?;
        let payments = self.let_time_pass(now).await?;
        let webhooks = self.send_due(portal, now).await?;
        Ok([refunds, payments, webhooks].into_iter().flatten().min())
    }

    /// Sends the webhooks that are due; when the next one is.
    async fn send_due(&self, portal: &Portal, now: Instant) -> Result<Option<Instant>, Error> {
        let fault = webhook_store::settings(&self.db).await?.fault;
        let waiting = webhook_store::waiting(&self.db).await?;
        let mut due: Vec<Webhook> = waiting.into_iter().filter(|webhook| webhook.due_at <= now).collect();
        if fault == Fault::Reorder {
            if let [only] = due.as_slice()
                && only.attempts == 0
                && now < only.created_at.plus(HELD)
            {
                return Ok(Some(only.created_at.plus(HELD)));
            }
            due.sort_by_key(|webhook| std::cmp::Reverse(webhook.created_at));
        }
        for webhook in due {
            self.send(portal, webhook, fault, now).await?;
        }
        Ok(webhook_store::waiting(&self.db).await?.first().map(|webhook| webhook.due_at))
    }

    async fn send(&self, portal: &Portal, webhook: Webhook, fault: Fault, now: Instant) -> Result<(), Error> {
        let is_first = webhook.attempts == 0;
        let after = match fault {
            Fault::Drop => Webhook { state: State::Dropped, ..webhook },
            Fault::Delay if is_first && now < webhook.created_at.plus(LATE) => {
                Webhook { due_at: webhook.created_at.plus(LATE), ..webhook }
            }
            _ => {
                let webhook = match fault {
                    Fault::Duplicate => webhook.clone().tried(self.post(portal, &webhook.body, false).await, now),
                    _ => webhook,
                };
                let is_corrupt = fault == Fault::Corrupt && is_first;
                let status = self.post(portal, &webhook.body, is_corrupt).await;
                webhook.tried(status, now)
            }
        };
        let mut books = self.books().await?;
        books.write_webhook(&after).await?;
        books.close().await
    }

    /// Posts a body to the product's own hook, through the same door as from outside; the status of the answer.
    async fn post(&self, portal: &Portal, body: &str, is_corrupt: bool) -> u16 {
        // A signature is as old as the wall's clock says: the calendar may have been moved.
        let mut signature = webhook::signature(&self.signing_key(), portal.wall(), body.as_bytes());
        if is_corrupt {
            let last = signature.pop();
            signature.push(if last == Some('0') { '1' } else { '0' });
        }
        let request = Request::post(format!("/hooks/sandbox/{}", self.hook_key()))
            .header(webhook::SIGNATURE, signature)
            .body(Body::from(body.to_owned()));
        let Ok(request) = request else { return 0 };
        match crate::hooks::routes().with_state(portal.clone()).oneshot(request).await {
            Ok(answer) => answer.status().as_u16(),
            Err(never) => match never {},
        }
    }
}
