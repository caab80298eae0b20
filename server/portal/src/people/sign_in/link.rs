//! Looking at a link, which changes nothing, and pressing its button, which spends it (rule 2).

use super::store::{self, Link, Spent};
use super::token::Claims;
use crate::db::{Error, Tx};
use crate::event::{self, Record};
use crate::fingerprint;
use crate::session;
use crate::{Actor, Origin, Portal};
use types::LinkId;
use types::view::{LinkView, Target};

/// A browser that was just signed in.
#[derive(Clone, PartialEq, Debug)]
pub struct SignedIn {
    /// For the session cookie.
    pub token: String,
    /// Where the link leads.
    pub target: Target,
}

/// Why a link does not open.
#[derive(Debug, thiserror::Error)]
pub enum LinkProblem {
    /// Not a link of ours.
    #[error("not a link of this portal")]
    Invalid,
    /// Its time is over.
    #[error("the link has ended")]
    Expired,
    /// It was used.
    #[error("the link was used")]
    Used,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// The id inside the token of a link: only this installation can make it.
pub(super) fn token_id(portal: &Portal, link: LinkId) -> String {
    portal.keys.name("link token", link.0.as_bytes())
}

/// What is kept of that id.
pub(super) fn token_hash(portal: &Portal, link: LinkId) -> String {
    fingerprint(token_id(portal, link).as_bytes())
}

/// The link a token belongs to, whether it still opens or not.
pub(super) async fn find(portal: &Portal, token: &str) -> Result<Option<Link>, Error> {
    let Ok(claims) = Claims::verify(token, &portal.keys, &portal.options.base_url, portal.wall()) else {
        return Ok(None);
    };
    let link = store::by_token(&portal.db, &fingerprint(claims.jti.as_bytes())).await?;
    let belongs = |link: &Link| {
        link.purpose.as_str() == claims.purpose
            && link.person.is_some_and(|person| person.to_string() == claims.sub)
            && link.expires_at.seconds() == claims.exp
    };
    Ok(link.filter(belongs))
}

/// What the link page shows. Changes nothing, however often and by whomever it is asked.
pub async fn look(portal: &Portal, token: &str) -> Result<LinkView, LinkProblem> {
    let link = find(portal, token).await?.ok_or(LinkProblem::Invalid)?;
    check(&link, portal)?;
    Ok(LinkView { masked_email: link.email.masked(), expires_at: link.expires_at, language: link.language })
}

/// Spends the link and begins a session, both or neither; of many presses at the same time one succeeds.
pub async fn open(portal: &Portal, origin: &Origin, token: &str) -> Result<SignedIn, LinkProblem> {
    let link = find(portal, token).await?.ok_or(LinkProblem::Invalid)?;
    let mut tx = portal.db.begin().await?;
    let Some(spent) = store::spend(&mut tx, &token_hash(portal, link.id), portal.wall()).await? else {
        drop(tx);
        check(&link, portal)?;
        return Err(LinkProblem::Used);
    };
    let signed_in = begin(portal, &mut tx, origin, spent, false).await?;
    portal.commit(tx).await?;
    Ok(signed_in)
}

/// Begins the session that a spent link stands for.
pub(super) async fn begin(
    portal: &Portal,
    tx: &mut Tx,
    origin: &Origin,
    spent: Spent,
    by_code: bool,
) -> Result<SignedIn, Error> {
    let event = event::SignIn { link: spent.link, by_code };
    let token = session::begin(portal, tx, session::Holder::Buyer(spent.person), Some(spent.link), origin).await?;
    let entry = Record {
        person: Some(spent.person),
        origin: &origin.address,
        ..Record::new(Actor::Buyer(spent.person), event)
    };
    event::record(portal, tx, entry).await?;
    Ok(SignedIn { token, target: spent.target })
}

fn check(link: &Link, portal: &Portal) -> Result<(), LinkProblem> {
    if link.is_spent {
        Err(LinkProblem::Used)
    } else if link.expires_at <= portal.wall() {
        Err(LinkProblem::Expired)
    } else {
        Ok(())
    }
}
