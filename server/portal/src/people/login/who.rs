//! Who signs in with an e-mail and a password, for the operator: one line for each producer that somebody works for,
//! and one for somebody of the staff. An e-mail may be that of both; whoever looks for one by it may find several.

use super::{password, store};
use crate::Portal;
use crate::db;
use std::fmt;
use types::{Email, Instant, LoginId, MemberRole, ProducerId, Slug, StaffId, StaffRole};

/// Somebody who signs in with a password.
#[derive(Clone)]
pub struct Login {
    /// The login, of which one may work for several producers.
    pub id: LoginId,
    /// Who.
    pub who: Who,
    /// The address to sign in with.
    pub email: Email,
    /// The person's name.
    pub name: String,
    /// Since when there is such a person.
    pub created_at: Instant,
    /// Since when nobody signs in so any more.
    pub disabled_at: Option<Instant>,
    pub(super) password_hash: String,
}

/// Whose a login is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Who {
    /// Of somebody who works for a producer.
    Producer(ProducerId, Slug, MemberRole),
    /// Somebody's of the staff.
    Staff(StaffId, StaffRole),
}

impl fmt::Display for Who {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Producer(_, slug, MemberRole::Owner) => write!(formatter, "producer {slug}"),
            Self::Producer(_, slug, role) => write!(formatter, "producer {slug} ({role})"),
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

/// Everybody who works for a producer, by its slug.
pub async fn producers(portal: &Portal) -> Result<Vec<Login>, db::Error> {
    store::login::producers(portal).await
}

/// Everybody of the staff, by e-mail.
pub async fn staff(portal: &Portal) -> Result<Vec<Login>, db::Error> {
    store::login::staff(portal).await
}
