//! Where a refund can be, what exists there, and how it moves on. A transition consumes the old state and returns the new one, or says why not.

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
    /// A call to the gateway was begun at this time and its outcome is not known: ask before sending again.
    Reconciling {
        /// When the first call was begun.
        since: Instant,
    },
    /// The gateway took it.
    Sent {
        /// The gateway's name of it.
        reference: String,
        /// When.
        at: Instant,
    },
    /// The money is back.
    Settled {
        /// Since when that is known.
        at: Instant,
    },
    /// The gateway could not pay it back.
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

    /// The buyer takes it back, before a call to the gateway was begun.
    pub fn withdraw(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Requested { .. } | Self::Approved => Ok(Self::Withdrawn { at: now }),
            from => Err(InvalidTransition { from, to: RefundState::Withdrawn }),
        }
    }

    /// Before a call to the gateway: whatever happens from here on, the outcome is unknown until it is known.
    pub fn begin_sending(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Approved => Ok(Self::Reconciling { since: now }),
            Self::Reconciling { since } => Ok(Self::Reconciling { since }),
            from => Err(InvalidTransition { from, to: RefundState::Reconciling }),
        }
    }

    /// The gateway certainly did nothing.
    pub fn take_back(self) -> Result<Self, InvalidTransition> {
        match self {
            Self::Reconciling { .. } => Ok(Self::Approved),
            from => Err(InvalidTransition { from, to: RefundState::Approved }),
        }
    }

    /// The gateway took it.
    pub fn send(self, reference: String, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Reconciling { .. } => Ok(Self::Sent { reference, at: now }),
            from => Err(InvalidTransition { from, to: RefundState::Sent }),
        }
    }

    /// The money is back. A source may say so before our own call was answered.
    pub fn settle(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Approved | Self::Reconciling { .. } | Self::Sent { .. } => Ok(Self::Settled { at: now }),
            from => Err(InvalidTransition { from, to: RefundState::Settled }),
        }
    }

    /// The gateway refused it, or sent it back later.
    pub fn fail(self, reason: String, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Reconciling { .. } | Self::Sent { .. } => Ok(Self::Failed { reason, at: now }),
            from => Err(InvalidTransition { from, to: RefundState::Failed }),
        }
    }

    /// The word for it.
    pub fn word(&self) -> RefundState {
        match self {
            Self::Requested { .. } => RefundState::Requested,
            Self::Approved => RefundState::Approved,
            Self::Reconciling { .. } => RefundState::Reconciling,
            Self::Sent { .. } => RefundState::Sent,
            Self::Settled { .. } => RefundState::Settled,
            Self::Failed { .. } => RefundState::Failed,
            Self::Declined { .. } => RefundState::Declined,
            Self::Withdrawn { .. } => RefundState::Withdrawn,
        }
    }
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
            RefundState::Reconciling => Self::Reconciling {
                since: row.first_sent_at.map(Instant::from_micros).ok_or_else(|| wrong("reconciling since when?"))?,
            },
            RefundState::Sent => match (&row.gateway_reference, row.sent_at) {
                (Some(reference), Some(at)) => {
                    Self::Sent { reference: reference.clone(), at: Instant::from_micros(at) }
                }
                _ => return Err(wrong("sent without reference or time")),
            },
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

    #[test]
    fn only_what_was_begun_can_be_sent() {
        let begun = State::Approved.begin_sending(NOW).unwrap();
        assert_eq!(begun, State::Reconciling { since: NOW });
        assert_eq!(begun.clone().begin_sending(Instant::from_seconds(9)), Ok(begun.clone()));
        assert_eq!(begun.clone().take_back(), Ok(State::Approved));
        assert!(matches!(begun.send("r".into(), NOW), Ok(State::Sent { .. })));
        assert!(State::Approved.send("r".into(), NOW).is_err());
    }

    #[test]
    fn what_has_ended_stays_ended() {
        let failed = State::Failed { reason: "no such account".into(), at: NOW };
        for end in [State::Settled { at: NOW }, failed, State::Declined { at: NOW }, State::Withdrawn { at: NOW }] {
            assert!(end.clone().begin_sending(NOW).is_err());
            assert!(end.clone().settle(NOW).is_err());
            assert!(end.clone().fail(String::new(), NOW).is_err());
            assert!(end.clone().approve().is_err());
            assert!(end.clone().withdraw(NOW).is_err());
            assert!(end.send("r".into(), NOW).is_err());
        }
    }

    #[test]
    fn a_request_waits_for_one_word_and_what_the_gateway_may_have_is_not_taken_back() {
        let requested = State::Requested { answer_by: NOW };
        assert_eq!(requested.clone().approve(), Ok(State::Approved));
        assert_eq!(requested.clone().decline(NOW), Ok(State::Declined { at: NOW }));
        assert_eq!(requested.clone().withdraw(NOW), Ok(State::Withdrawn { at: NOW }));
        assert!(requested.begin_sending(NOW).is_err());
        assert!(State::Approved.withdraw(NOW).is_ok() && State::Approved.decline(NOW).is_err());
        assert!(State::Reconciling { since: NOW }.withdraw(NOW).is_err());
    }
}
