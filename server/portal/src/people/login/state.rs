//! What is on file of a login, an invitation, a wish for another password.

use super::Door;
use types::{Email, Instant, InvitationId, Language, LoginId, MemberRole, ProducerId};

/// Somebody who signs in with a password.
pub(super) struct Known {
    pub(super) id: LoginId,
    pub(super) door: Door,
    pub(super) email: Email,
    pub(super) name: String,
    /// Of mails to the person.
    pub(super) language: Language,
    pub(super) password_hash: String,
    /// The secret of the second step.
    pub(super) totp_sealed: Option<String>,
    /// The one that is being set up.
    pub(super) totp_new_sealed: Option<String>,
    pub(super) is_disabled: bool,
}

/// An invitation that waits.
pub(super) struct Invitation {
    pub(super) id: InvitationId,
    pub(super) producer: ProducerId,
    pub(super) producer_name: String,
    pub(super) email: Email,
    pub(super) role: MemberRole,
    pub(super) inviter: String,
    pub(super) language: Language,
    pub(super) expires_at: Instant,
}

/// A wish for another password that waits.
pub(super) struct ResetWish {
    pub(super) door: Door,
    pub(super) email: Email,
    pub(super) language: Language,
    pub(super) expires_at: Instant,
}
