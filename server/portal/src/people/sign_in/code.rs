//! The code from the mail, which does what the link does, in any browser. It belongs to one request and allows five
//! tries.

use super::link::{self, SignedIn};
use super::{limit, store};
use crate::db::{Error, Tx};
use crate::{Origin, Portal};
use std::time::Duration;
use subtle::ConstantTimeEq;
use types::{Email, LinkId, Protocol};

/// How often a code may be tried.
pub(super) const TRIES: i64 = 5;
const LENGTH: usize = 8;

/// Which request a code is entered for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodeFor {
    /// The request of the "sent" page.
    Request(LinkId),
    /// Any open request for this address: the mail is read elsewhere.
    Email(Email),
}

/// Why a code does not open.
#[derive(Debug, thiserror::Error)]
pub enum CodeProblem {
    /// Not the code of this request.
    #[error("not the code; {tries_left} tries left")]
    Wrong {
        /// How many tries are left.
        tries_left: i64,
    },
    /// Too many tries, or the request has ended or was used: a new mail is needed.
    #[error("the code has ended")]
    Ended,
    /// Too many tries from this network.
    #[error("too many tries from this network; again in {} s", retry_after.as_secs())]
    Limited {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// The code of a link: eight characters of 32, made from its id by this installation's key and never stored.
pub(super) fn code_of(portal: &Portal, link: LinkId) -> String {
    let letters = portal.keys.code(link.0.as_bytes());
    letters.iter().take(LENGTH).map(|byte| Protocol::ALPHABET[usize::from(byte % 32)] as char).collect()
}

/// Tries a code as people type it: lower case, spaces and hyphens do not matter. Every try is counted, for the newest
/// mail, before the code is looked at; one that is the code of an older mail costs the newest nothing.
pub async fn enter_code(
    portal: &Portal,
    origin: &Origin,
    code_for: CodeFor,
    typed: &str,
) -> Result<SignedIn, CodeProblem> {
    let typed = normal(typed);
    let mut tx = portal.db.begin().await?;
    if let Some(retry_after) = limit::network(portal, &mut tx, "code", &origin.address).await? {
        portal.commit(tx).await?;
        return Err(CodeProblem::Limited { retry_after });
    }
    let links = match code_for {
        CodeFor::Request(link) => vec![link],
        CodeFor::Email(email) => store::open_for(&mut tx, &email, portal.wall(), TRIES).await?,
    };
    let Some((charged, tries_left)) = charge(portal, &mut tx, &links).await? else {
        portal.commit(tx).await?;
        return Err(CodeProblem::Ended);
    };
    for link in links.into_iter().filter(|link| is_code(portal, *link, &typed)) {
        if let Some(signed_in) = spend(portal, &mut tx, origin, link).await? {
            if link != charged {
                store::untry_code(&mut tx, charged).await?;
            }
            portal.commit(tx).await?;
            return Ok(signed_in);
        }
    }
    portal.commit(tx).await?;
    Err(if tries_left > 0 { CodeProblem::Wrong { tries_left } } else { CodeProblem::Ended })
}

/// Counts a try for the first of these links that has one left; which it was, and how many it has now.
async fn charge(portal: &Portal, tx: &mut Tx, links: &[LinkId]) -> Result<Option<(LinkId, i64)>, Error> {
    for link in links {
        if let Some(tries) = store::try_code(tx, *link, portal.wall(), TRIES).await? {
            return Ok(Some((*link, TRIES - tries)));
        }
    }
    Ok(None)
}

async fn spend(portal: &Portal, tx: &mut Tx, origin: &Origin, link: LinkId) -> Result<Option<SignedIn>, Error> {
    let Some(spent) = store::spend_by_id(tx, link, portal.wall()).await? else { return Ok(None) };
    link::begin(portal, tx, origin, spent, true).await.map(Some)
}

fn is_code(portal: &Portal, link: LinkId, typed: &str) -> bool {
    typed.as_bytes().ct_eq(code_of(portal, link).as_bytes()).into()
}

fn normal(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .take(LENGTH + 1)
        .collect()
}
