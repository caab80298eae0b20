//! How a buyer comes in: by a link in an e-mail, or by the code from the same e-mail. There is no password.
//!
//! Asking for a link writes one row and one job, for known and unknown addresses alike; only the job finds out whether
//! somebody has the address. Looking at a link changes nothing; pressing its button spends it, once. Of the token only
//! the hash of its id is kept, and the code is not kept at all: both follow from the link's id and the key of the
//! installation.

mod code;
pub(crate) mod limit;
mod link;
mod mail;
mod request;
mod store;
mod token;
mod traces;

pub use code::{CodeFor, CodeProblem, enter_code};
pub use link::{LinkProblem, SignedIn, look, open};
pub(crate) use mail::draft;
pub use mail::{Content, Mail};
pub use request::{
    BehindLink, LinkRequestError, Requested, SentView, order_link, order_of_ref, request_order_link,
    request_purchases_link, resend, resend_by_token, sent,
};
pub(crate) use store::spend_links;
pub(crate) use traces::TRACES;

use crate::Portal;
use crate::db::{Error, Statement, Tx};
use std::time::Duration;

/// Forgets counters of yesterday, and links of last month.
pub async fn tidy(portal: &Portal, tx: &mut Tx) -> Result<(), Error> {
    let now = portal.wall();
    store::forget(tx, now.seconds() - 2 * 86_400, now.minus(Duration::from_secs(30 * 86_400))).await
}

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
