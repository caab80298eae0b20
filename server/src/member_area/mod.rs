//! The member areas that access is given in: a folder a kind, each an implementation of [`portal::ports::MemberArea`].
//!
//! What each vendor's calls are, as far as it is public; an empty cell is not known. Memberkit has a connector.
//!
//! | vendor | gives and takes away | keeps an end | can be read back | signs in by a link |
//! |---|---|---|---|---|
//! | Memberkit | one call with a status | yes | with the person | by e-mail address, for an hour |
//! | Cademí | one postback with a status | | by a second API, two calls a second | |
//! | Circle | a call each; "already a member" is a success | | | |
//! | Kajabi | a call each, for a contact made before | | | |
//! | Thinkific | a call that gives; an end that is now takes away | yes | enrolments by e-mail address | |
//! | Teachable | a call each, for a user made before | | | |
//! | TheMembers | a call that gives | yes | | yes |
//! | Hotmart Club | no public way | | | |

pub mod memberkit;

use crate::guard::Guard;
use memberkit::Memberkit;
use portal::ports::{Clock, MemberArea, MemberAreas};
use std::sync::Arc;

/// A kind of member area that this program knows.
pub struct AreaKind {
    /// Its word in the API and in the table.
    pub name: &'static str,
    /// Where its API is, unless the producer says otherwise.
    pub base_url: &'static str,
}

/// Every kind that this program knows.
pub const KINDS: &[AreaKind] = &[memberkit::KIND];

/// The connectors of an installation.
pub struct Connectors {
    memberkit: Arc<Memberkit>,
}

impl Connectors {
    /// Connectors that call through `guard` and go by `clock`.
    pub fn new(guard: Arc<Guard>, clock: Arc<dyn Clock>) -> Self {
        Self { memberkit: Arc::new(Memberkit::new(guard, clock)) }
    }
}

impl MemberAreas for Connectors {
    fn of_kind(&self, kind: &str) -> Option<Arc<dyn MemberArea>> {
        if kind == memberkit::KIND.name {
            return Some(self.memberkit.clone());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use crate::guard::Times;

    #[test]
    fn every_kind_has_a_connector_and_no_other_word_has() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let connectors = Connectors::new(Arc::new(Guard::new(&[], Times::default())), Arc::new(SystemClock));
        for kind in KINDS {
            assert!(connectors.of_kind(kind.name).is_some(), "{}", kind.name);
        }
        assert!(connectors.of_kind("Memberkit").is_none() && connectors.of_kind("").is_none());
    }
}
