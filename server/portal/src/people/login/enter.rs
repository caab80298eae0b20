//! The first step: an address and its password.

use super::state::Known;
use super::{Ticket, begin, holder, password, second_step, store};
use crate::db;
use crate::fingerprint;
use crate::session::SessionKind;
use crate::sign_in::limit;
use crate::{Origin, Portal};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use types::Email;

/// Where somebody comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The producer's area.
    Producer,
    /// The support staff's.
    Staff,
}

impl Door {
    /// The kind of session that it opens.
    pub(super) const fn kind(self) -> SessionKind {
        match self {
            Self::Producer => SessionKind::Producer,
            Self::Staff => SessionKind::Staff,
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Staff => "staff",
        }
    }
}

/// Wrong passwords for one address from one network: window in seconds, most in it. A delay and no lock: from elsewhere
/// the owner comes in.
const OF_ONE: [(i64, i64); 3] = [(60, 5), (900, 10), (86_400, 50)];
/// Wrong passwords of one network for whatever addresses.
const OF_NETWORK: [(i64, i64); 2] = [(60, 40), (3600, 400)];

/// What a right password leads to.
#[derive(Debug)]
pub enum Entered {
    /// In: the token of the session.
    In(String),
    /// To the second step.
    Code(Ticket),
    /// To setting the second step up, which the staff must have.
    SetUp(Ticket),
}

/// Why somebody is not let in.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Nobody has this address with this password.
    #[error("address or password is wrong")]
    Wrong,
    /// Too many wrong ones.
    #[error("too many wrong passwords")]
    Limited {
        /// When the next is looked at.
        retry_after: Duration,
    },
    /// Too many want to come in at once.
    #[error("too many at once")]
    Busy,
    /// The person works for no producer any more.
    #[error("works for no producer")]
    NoProducer,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Looks at an address and a password.
pub async fn enter(
    portal: &Portal,
    door: Door,
    (email, password): (&Email, &str),
    origin: &Origin,
) -> Result<Entered, Refused> {
    let login = known(portal, door, (email, password), origin).await?;
    let id = login.id;
    if login.totp_sealed.is_some() {
        return Ok(Entered::Code(Ticket::of(portal, door, id)));
    }
    if door == Door::Staff {
        second_step::begin_of(portal, id).await?;
        return Ok(Entered::SetUp(Ticket::of(portal, door, id)));
    }
    let mut tx = portal.db.begin().await?;
    let holder = holder(&mut tx, door, id).await?.ok_or(Refused::NoProducer)?;
    let token = begin(portal, &mut tx, holder, origin).await?;
    portal.commit(tx).await?;
    Ok(Entered::In(token))
}

/// Whose address and password these are. The time that it takes does not tell whether anybody has the address.
pub(super) async fn known(
    portal: &Portal,
    door: Door,
    (email, password): (&Email, &str),
    origin: &Origin,
) -> Result<Known, Refused> {
    let account = fingerprint(format!("{}:{email}", door.as_str()).as_bytes());
    let of_one = format!("password:{account}:{}", limit::network_of(&origin.address));
    let of_network = format!("passwords:{}", limit::network_of(&origin.address));
    for (subject, limits) in [(&of_one, &OF_ONE[..]), (&of_network, &OF_NETWORK[..])] {
        if let Some(retry_after) = limit::wait_of(portal, subject, limits).await? {
            return Err(Refused::Limited { retry_after });
        }
    }
    let found = store::login::of_email(&portal.db, door, email).await?.filter(|login| !login.is_disabled);
    let turn = portal.passwords.turn(&of_one).await.ok_or(Refused::Busy)?;
    let hash = found.as_ref().map_or(&*password::NOBODYS, |login| &login.password_hash);
    let is_right = password::is(password, hash).await;
    drop(turn);
    if let Some(login) = found.filter(|_| is_right) {
        return Ok(login);
    }
    let mut tx = portal.db.begin().await?;
    limit::subject(portal, &mut tx, &of_one, &OF_ONE).await?;
    limit::subject(portal, &mut tx, &of_network, &OF_NETWORK).await?;
    portal.commit(tx).await?;
    Err(Refused::Wrong)
}
