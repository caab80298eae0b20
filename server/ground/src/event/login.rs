//! What happens to those who sign in with a password.

use serde::Serialize;
use types::{EventName, InvitationId, LoginId, ProducerId};

/// What happened to somebody's login, or among the people of a producer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Login {
    /// Somebody came in.
    Entered {
        /// Who.
        login: LoginId,
    },
    /// Somebody changed their password.
    PasswordChanged {
        /// Who.
        login: LoginId,
    },
    /// Somebody who forgot it has another password.
    PasswordReset {
        /// Who.
        login: LoginId,
    },
    /// A second step stands behind somebody's password.
    SecondStepSet {
        /// Whose.
        login: LoginId,
    },
    /// None stands there any more.
    SecondStepRemoved {
        /// Whose.
        login: LoginId,
    },
    /// Somebody made other recovery codes.
    RecoveryCodesMade {
        /// Who.
        login: LoginId,
    },
    /// Somebody used a recovery code.
    RecoveryCodeUsed {
        /// Who.
        login: LoginId,
    },
    /// Somebody was invited to work for a producer.
    MemberInvited {
        /// The invitation.
        invitation: InvitationId,
    },
    /// That was withdrawn.
    MemberInvitationWithdrawn {
        /// The invitation.
        invitation: InvitationId,
    },
    /// Somebody works for a producer.
    MemberJoined {
        /// Who.
        login: LoginId,
        /// The producer.
        producer: ProducerId,
    },
    /// Somebody may do something else for a producer.
    MemberRoleChanged {
        /// Who.
        login: LoginId,
        /// The producer.
        producer: ProducerId,
    },
    /// Somebody works for a producer no more.
    MemberRemoved {
        /// Who.
        login: LoginId,
        /// The producer.
        producer: ProducerId,
    },
}

impl Login {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::Entered { .. } => EventName::LoginEntered,
            Self::PasswordChanged { .. } => EventName::LoginPasswordChanged,
            Self::PasswordReset { .. } => EventName::LoginPasswordReset,
            Self::SecondStepSet { .. } => EventName::LoginSecondStepSet,
            Self::SecondStepRemoved { .. } => EventName::LoginSecondStepRemoved,
            Self::RecoveryCodesMade { .. } => EventName::LoginRecoveryCodesMade,
            Self::RecoveryCodeUsed { .. } => EventName::LoginRecoveryCodeUsed,
            Self::MemberInvited { .. } => EventName::MemberInvited,
            Self::MemberInvitationWithdrawn { .. } => EventName::MemberInvitationWithdrawn,
            Self::MemberJoined { .. } => EventName::MemberJoined,
            Self::MemberRoleChanged { .. } => EventName::MemberRoleChanged,
            Self::MemberRemoved { .. } => EventName::MemberRemoved,
        }
    }
}
