//! How a buyer comes in: a link in an e-mail, or the code from the same e-mail. No password.
//!
//! Asking writes one row and one job, for known and unknown addresses alike; whether anybody is known is found out by the job. Looking at a link
//! changes nothing; pressing its button spends it, once. Only the hash of a token's id is kept, and the code not at all: both follow from the
//! link's id and the key of the installation.

mod code;
pub(crate) mod limit;
mod link;
mod mail;
mod request;
mod store;
mod token;

pub use code::{CodeFor, CodeProblem, enter_code};
pub use link::{LinkProblem, SignedIn, look, open};
pub use mail::mail_link;
pub use request::{
    BehindLink, LinkRequestError, Requested, SentView, order_link, order_of_ref, request_order_link,
    request_purchases_link, resend, resend_by_token, sent,
};

use crate::db::{Error, Statement};
use crate::outbox::Outcome;
use crate::portal::Portal;
use crate::{plan, session};
use std::time::Duration;

/// Forgets what nobody needs any more: counters of yesterday, links and sessions of last month. Comes again in an hour.
pub async fn tidy(portal: &Portal) -> Result<Outcome, Error> {
    let now = portal.wall();
    let mut tx = portal.db.begin().await?;
    session::tidy(portal, &mut tx).await?;
    plan::tidy(portal, &mut tx).await?;
    store::forget(&mut tx, now.seconds() - 2 * 86_400, now.minus(Duration::from_secs(30 * 86_400))).await?;
    tx.commit().await?;
    Ok(Outcome::At(portal.now().plus(Duration::from_secs(3600))))
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
