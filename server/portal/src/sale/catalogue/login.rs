//! Who signs in with an e-mail and a password: producers and the staff. A producer's e-mail is not unique, and may be
//! that of somebody of the staff too; so whoever looks for one by it may find several.

use super::{Error, password, store};
use crate::Portal;
use crate::db::{self, Tx};
use std::fmt;
use types::{Email, Instant, ProducerId, Slug, StaffId, StaffRole};

/// Somebody who signs in with a password.
#[derive(Clone)]
pub struct Login {
    /// Who.
    pub who: Who,
    /// The address to sign in with.
    pub email: Email,
    /// Name: of a producer, the one that buyers see.
    pub name: String,
    /// Since when there is such a producer or such a person.
    pub created_at: Instant,
    /// Since when nobody signs in so any more.
    pub disabled_at: Option<Instant>,
    pub(super) password_hash: String,
}

/// Whose a login is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Who {
    /// A producer's.
    Producer(ProducerId, Slug),
    /// Somebody's of the staff.
    Staff(StaffId, StaffRole),
}

impl fmt::Display for Who {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Producer(_, slug) => write!(formatter, "producer {slug}"),
            Self::Staff(_, role) => write!(formatter, "staff ({role})"),
        }
    }
}

impl Login {
    /// Whether this is its password. Takes tens of milliseconds, whatever the answer.
    pub async fn has_password(&self, password: &str) -> bool {
        password::is(password, &self.password_hash).await
    }
}

/// All who sign in with this address: those who are disabled too.
pub async fn of_email(portal: &Portal, email: &Email) -> Result<Vec<Login>, db::Error> {
    let mut found = store::login::producers_of_email(portal, email).await?;
    found.extend(store::login::staff_of_email(portal, email).await?);
    Ok(found)
}

/// Every producer, by slug.
pub async fn producers(portal: &Portal) -> Result<Vec<Login>, db::Error> {
    store::login::producers(portal).await
}

/// Everybody of the staff, by e-mail.
pub async fn staff(portal: &Portal) -> Result<Vec<Login>, db::Error> {
    store::login::staff(portal).await
}

/// A password's form for keeping. `WeakPassword` when it is too short or too long.
pub(crate) async fn protected(portal: &Portal, password: &str) -> Result<String, Error> {
    password::hash(portal, password).await
}

/// Keeps another password; false when the login was disabled meanwhile.
pub(crate) async fn set_hash(tx: &mut Tx, who: &Who, hash: &str) -> Result<bool, db::Error> {
    store::login::set_hash(tx, who, hash).await
}

/// Disables a login; false when it is so already.
pub(crate) async fn disable(tx: &mut Tx, who: &Who, now: Instant) -> Result<bool, db::Error> {
    store::login::disable(tx, who, now).await
}
