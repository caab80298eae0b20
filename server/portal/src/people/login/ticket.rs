//! What a browser carries between the password and the second step: sealed by the installation, for some minutes.

use super::Door;
use crate::Portal;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use types::{Instant, LoginId};

/// How long the second step may take.
const LIFETIME: Duration = Duration::from_secs(10 * 60);
/// Where it opens only.
const PLACE: &[u8] = b"login ticket";

/// Somebody who has shown the password and not yet the second step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ticket {
    login: LoginId,
    door: Door,
    until: Instant,
}

impl Ticket {
    pub(super) fn of(portal: &Portal, door: Door, login: LoginId) -> Self {
        Self { login, door, until: portal.wall().plus(LIFETIME) }
    }

    /// Who.
    pub fn login(&self) -> LoginId {
        self.login
    }

    /// As a cookie carries it; none when it cannot be sealed.
    pub fn sealed(&self, portal: &Portal) -> Option<String> {
        let text = serde_json::to_string(self).ok()?;
        portal.keys.seal(PLACE, portal.random::<12>(), &text).ok()
    }

    /// What a cookie carried, if it is one of ours for this door and its time is not over.
    pub fn open(portal: &Portal, door: Door, sealed: &str) -> Option<Self> {
        let text = portal.keys.open(PLACE, sealed).ok()?;
        let ticket: Self = serde_json::from_str(&text).ok()?;
        (ticket.door == door && ticket.until > portal.wall()).then_some(ticket)
    }
}
