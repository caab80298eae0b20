//! The states of a refund, what exists in each, and how a refund moves on: by a decision of the producer or the buyer,
//! and afterwards as its parts do. A transition consumes the old state and returns the new one, or says why it is
//! refused.
//!
//! The state `reconciling` stands between "a call to the gateway began" and "its outcome is known"; buyers read of it
//! what they read of `approved`.

use super::part::PartState;
use super::store::RefundRow;
use crate::db::Error;
use types::{Instant, RefundState};

/// A refund's state with what exists in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// Waits for the producer's word.
    Requested {
        /// Until when the producer answers.
        answer_by: Instant,
    },
    /// Agreed, and certainly not with the gateway.
    Approved,
    /// A call for one of its parts was begun, and not all of them are sent yet.
    Reconciling,
    /// The gateway took all of it.
    Sent {
        /// When.
        at: Instant,
    },
    /// The money is back.
    Settled {
        /// Since when that is known.
        at: Instant,
    },
    /// A part could not be paid back.
    Failed {
        /// In the gateway's words.
        reason: String,
        /// When that was known.
        at: Instant,
    },
    /// The producer said no.
    Declined {
        /// When.
        at: Instant,
    },
    /// The buyer took it back.
    Withdrawn {
        /// When.
        at: Instant,
    },
}

/// The refund is not where this step begins.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a refund that is {from:?} cannot become {to}")]
pub struct InvalidTransition {
    from: State,
    to: RefundState,
}

impl State {
    /// The producer agrees.
    pub fn approve(self) -> Result<Self, InvalidTransition> {
        match self {
            Self::Requested { .. } => Ok(Self::Approved),
            from => Err(InvalidTransition { from, to: RefundState::Approved }),
        }
    }

    /// The producer says no.
    pub fn decline(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Requested { .. } => Ok(Self::Declined { at: now }),
            from => Err(InvalidTransition { from, to: RefundState::Declined }),
        }
    }

    /// The buyer takes it back, before a call to the gateway was begun and before the producer was told to pay.
    pub fn withdraw(self, parts: &[PartState], now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Requested { .. } | Self::Approved if may_be_withdrawn(parts) => Ok(Self::Withdrawn { at: now }),
            from => Err(InvalidTransition { from, to: RefundState::Withdrawn }),
        }
    }

    /// Derives the refund's state from its parts. `Requested` stays until the producer answers; ended states are final,
    /// except that a settled refund may still fail when a bank returns the money.
    #[must_use]
    pub fn of_parts(self, parts: &[PartState], now: Instant) -> Self {
        let counted = || parts.iter().filter(|part| !matches!(part, PartState::Released { .. }));
        let is_settled = |part: &PartState| matches!(part, PartState::Settled { .. });
        let failure = counted().find_map(|part| match part {
            PartState::Failed { reason, .. } => Some(reason.clone()),
            _ => None,
        });
        let is_open = counted().any(PartState::is_open);
        let is_begun = counted().any(|part| !matches!(part, PartState::Waiting | PartState::ByHand { .. }));
        match self {
            Self::Settled { .. } => failure.map_or(self, |reason| Self::Failed { reason, at: now }),
            Self::Failed { .. } | Self::Declined { .. } | Self::Withdrawn { .. } => self,
            _ if counted().all(is_settled) => Self::Settled { at: now },
            Self::Requested { .. } => self,
            _ if is_open && is_begun => Self::Reconciling,
            _ if is_open => Self::Approved,
            state => match (failure, state) {
                (Some(reason), _) => Self::Failed { reason, at: now },
                (None, Self::Sent { at }) => Self::Sent { at },
                (None, _) => Self::Sent { at: now },
            },
        }
    }

    /// The public name of the state.
    pub fn name(&self) -> RefundState {
        match self {
            Self::Requested { .. } => RefundState::Requested,
            Self::Approved => RefundState::Approved,
            Self::Reconciling => RefundState::Reconciling,
            Self::Sent { .. } => RefundState::Sent,
            Self::Settled { .. } => RefundState::Settled,
            Self::Failed { .. } => RefundState::Failed,
            Self::Declined { .. } => RefundState::Declined,
            Self::Withdrawn { .. } => RefundState::Withdrawn,
        }
    }
}

/// Returns whether nobody outside has heard of any part yet. Parts that the source gave back by itself stay so either
/// way.
fn may_be_withdrawn(parts: &[PartState]) -> bool {
    let is_untold = |part: &PartState| !part.is_open() || *part == PartState::Waiting;
    parts.iter().all(is_untold) && parts.contains(&PartState::Waiting)
}

impl TryFrom<&RefundRow> for State {
    type Error = Error;

    fn try_from(row: &RefundRow) -> Result<Self, Error> {
        let wrong = |what: &str| Error::inconsistent("refunds", row.id, what);
        let ended = || row.ended_at.map(Instant::from_micros).ok_or_else(|| wrong("ended when?"));
        Ok(match row.state.parse().map_err(|_| wrong("state"))? {
            RefundState::Requested => Self::Requested {
                answer_by: row.answer_by.map(Instant::from_micros).ok_or_else(|| wrong("answered until when?"))?,
            },
            RefundState::Approved => Self::Approved,
            RefundState::Reconciling => Self::Reconciling,
            RefundState::Sent => {
                Self::Sent { at: row.sent_at.map(Instant::from_micros).ok_or_else(|| wrong("sent when?"))? }
            }
            RefundState::Settled => Self::Settled { at: ended()? },
            RefundState::Failed => Self::Failed { reason: row.failure.clone().unwrap_or_default(), at: ended()? },
            RefundState::Declined => Self::Declined { at: ended()? },
            RefundState::Withdrawn => Self::Withdrawn { at: ended()? },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_seconds(1);
    const WAITING: PartState = PartState::Waiting;
    const BEGUN: PartState = PartState::Reconciling { since: NOW };
    const BACK: PartState = PartState::Settled { at: NOW };

    fn sent() -> PartState {
        PartState::Sent { reference: "r".into(), at: NOW, page: None }
    }

    fn failed() -> PartState {
        PartState::Failed { reason: "no such account".into(), at: NOW }
    }

    #[test]
    fn it_stands_where_its_parts_stand() {
        let of = |parts: &[PartState]| State::Approved.of_parts(parts, NOW).name();
        assert_eq!(of(&[WAITING, WAITING]), RefundState::Approved);
        assert_eq!(of(&[PartState::ByHand { since: NOW }, WAITING]), RefundState::Approved);
        for parts in [[BEGUN, WAITING], [sent(), WAITING], [failed(), WAITING], [BACK, BEGUN]] {
            assert_eq!(of(&parts), RefundState::Reconciling, "{parts:?}");
        }
        assert_eq!(of(&[sent(), BACK]), RefundState::Sent);
        assert_eq!(of(&[BACK, BACK]), RefundState::Settled);
        assert_eq!(of(&[BACK, PartState::Released { at: NOW }]), RefundState::Settled);
        assert_eq!(of(&[failed(), sent()]), RefundState::Failed);
    }

    #[test]
    fn what_was_sent_fails_with_one_part_and_settles_with_the_last() {
        let sent_at = State::Sent { at: Instant::from_seconds(0) };
        assert_eq!(sent_at.clone().of_parts(&[sent(), BACK], NOW), sent_at);
        assert_eq!(sent_at.clone().of_parts(&[BACK, BACK], NOW), State::Settled { at: NOW });
        assert!(matches!(sent_at.of_parts(&[failed(), BACK], NOW), State::Failed { .. }));
    }

    #[test]
    fn what_was_back_and_is_sent_back_has_failed() {
        let settled = State::Settled { at: Instant::from_seconds(0) };
        assert_eq!(settled.clone().of_parts(&[BACK, BACK], NOW), settled);
        assert!(matches!(settled.of_parts(&[BACK, failed()], NOW), State::Failed { .. }));
    }

    #[test]
    fn what_has_ended_stays_ended() {
        let failed = State::Failed { reason: "no such account".into(), at: NOW };
        for end in [State::Settled { at: NOW }, failed, State::Declined { at: NOW }, State::Withdrawn { at: NOW }] {
            assert_eq!(end.clone().of_parts(&[BACK], NOW), end);
            assert_eq!(end.clone().of_parts(&[WAITING], NOW), end);
            assert!(end.clone().approve().is_err());
            assert!(end.withdraw(&[WAITING], NOW).is_err());
        }
    }

    #[test]
    fn a_request_waits_for_one_word_and_what_anybody_was_told_of_is_not_taken_back() {
        let requested = State::Requested { answer_by: NOW };
        assert_eq!(requested.clone().approve(), Ok(State::Approved));
        assert_eq!(requested.clone().decline(NOW), Ok(State::Declined { at: NOW }));
        assert_eq!(requested.clone().withdraw(&[WAITING], NOW), Ok(State::Withdrawn { at: NOW }));
        // The source gave back one of two charges: the other one is still waited for.
        assert_eq!(requested.clone().of_parts(&[BACK, WAITING], NOW), requested);
        assert_eq!(requested.of_parts(&[BACK, BACK], NOW), State::Settled { at: NOW });
        assert!(State::Approved.withdraw(&[WAITING, WAITING], NOW).is_ok() && State::Approved.decline(NOW).is_err());
        assert!(State::Approved.withdraw(&[WAITING, PartState::ByHand { since: NOW }], NOW).is_err());
        assert!(State::Reconciling.withdraw(&[BEGUN], NOW).is_err());
    }
}
