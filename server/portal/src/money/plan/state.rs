//! The states of a change of plan, what exists in each, and how a change moves on. A transition consumes the old state
//! and returns the new one, or says why it is refused.

use super::store::ChangeRow;
use crate::db::Error;
use types::{DeclineReason, Instant, PlanChangeState};

/// A change's state with what exists in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// Waits for the renewal.
    Scheduled,
    /// Agreed, and certainly not with the gateway.
    Asked,
    /// A call to the gateway was begun at this time and its outcome is not known: ask before charging again.
    Reconciling {
        /// When the first call was begun.
        since: Instant,
    },
    /// The buyer has something to do at the gateway.
    Waiting {
        /// The gateway's name of the charge.
        reference: String,
        /// The page on which it is done.
        url: String,
        /// What it is paid with; none where the bank wants the buyer's word.
        slip: Option<Slip>,
    },
    /// The new plan is there.
    Applied {
        /// Since when.
        at: Instant,
        /// The gateway's name of the charge, if one was made.
        reference: Option<String>,
    },
    /// The money was not taken; the old plan is untouched.
    Declined {
        /// Why.
        reason: DeclineReason,
        /// When that was known.
        at: Instant,
    },
    /// The buyer took it back.
    Undone {
        /// When.
        at: Instant,
    },
    /// A later change took its place.
    Replaced {
        /// When.
        at: Instant,
    },
    /// The subscription ended, or the time to pay did, while the money was on its way: it goes back.
    Returning {
        /// The gateway's name of the charge.
        reference: String,
        /// When the gateway was first asked to pay it back. From then on the outcome is unknown until it is known.
        since: Option<Instant>,
    },
    /// The gateway could not pay it back: the producer does.
    NotReturned {
        /// The gateway's name of the charge.
        reference: String,
        /// What the gateway reported.
        reason: String,
        /// When.
        at: Instant,
    },
    /// It went back.
    Returned {
        /// The gateway's name of the charge.
        reference: String,
        /// When the gateway reported it.
        at: Instant,
    },
}

/// A boleto or Pix of a change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slip {
    /// What is typed or copied.
    pub code: String,
    /// How long it can be paid.
    pub until: Instant,
}

/// The change is not where this step begins.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a change of plan that is {from:?} cannot become {to}")]
pub struct InvalidTransition {
    from: State,
    to: PlanChangeState,
}

/// What a state leaves in the table.
pub(super) struct Columns {
    pub(super) charge_reference: Option<String>,
    pub(super) decline: Option<&'static str>,
    pub(super) pay_url: Option<String>,
    pub(super) pay_code: Option<String>,
    pub(super) pay_until: Option<i64>,
    pub(super) first_sent_at: Option<i64>,
    pub(super) ended_at: Option<i64>,
    pub(super) return_sent_at: Option<i64>,
    pub(super) return_failure: Option<String>,
}

impl State {
    /// Before a call to the gateway: whatever happens from here on, the outcome is unknown until it is known.
    pub fn begin_charging(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Asked => Ok(Self::Reconciling { since: now }),
            Self::Reconciling { since } => Ok(Self::Reconciling { since }),
            from => Err(InvalidTransition { from, to: PlanChangeState::Reconciling }),
        }
    }

    /// The gateway certainly did nothing.
    pub fn take_back(self) -> Result<Self, InvalidTransition> {
        match self {
            Self::Reconciling { .. } => Ok(Self::Asked),
            from => Err(InvalidTransition { from, to: PlanChangeState::Asked }),
        }
    }

    /// The buyer has to do something.
    pub fn wait(self, reference: String, url: String, slip: Option<Slip>) -> Result<Self, InvalidTransition> {
        match self {
            Self::Asked | Self::Reconciling { .. } | Self::Waiting { .. } => Ok(Self::Waiting { reference, url, slip }),
            from => Err(InvalidTransition { from, to: PlanChangeState::Waiting }),
        }
    }

    /// The money is there, or the renewal is.
    pub fn apply(self, reference: Option<String>, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Scheduled | Self::Asked | Self::Reconciling { .. } | Self::Waiting { .. } => {
                Ok(Self::Applied { at: now, reference })
            }
            from => Err(InvalidTransition { from, to: PlanChangeState::Applied }),
        }
    }

    /// The money was not taken.
    pub fn decline(self, reason: DeclineReason, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Asked | Self::Reconciling { .. } | Self::Waiting { .. } => Ok(Self::Declined { reason, at: now }),
            from => Err(InvalidTransition { from, to: PlanChangeState::Declined }),
        }
    }

    /// The buyer does not want it any more.
    pub fn undo(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Scheduled => Ok(Self::Undone { at: now }),
            from => Err(InvalidTransition { from, to: PlanChangeState::Undone }),
        }
    }

    /// The money came for a subscription that is over, or when the change was over itself.
    pub fn give_back(self, reference: String) -> Result<Self, InvalidTransition> {
        match self {
            Self::Asked | Self::Reconciling { .. } | Self::Waiting { .. } | Self::Declined { .. } => {
                Ok(Self::Returning { reference, since: None })
            }
            from => Err(InvalidTransition { from, to: PlanChangeState::Returning }),
        }
    }

    /// Before the gateway is asked to pay it back.
    pub fn begin_returning(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Returning { reference, since } => Ok(Self::Returning { reference, since: since.or(Some(now)) }),
            from => Err(InvalidTransition { from, to: PlanChangeState::Returning }),
        }
    }

    /// The gateway could not pay it back.
    pub fn keep(self, reason: String, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Returning { reference, .. } => Ok(Self::NotReturned { reference, reason, at: now }),
            from => Err(InvalidTransition { from, to: PlanChangeState::Returning }),
        }
    }

    /// The money is back.
    pub fn gave_back(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Returning { reference, .. } => Ok(Self::Returned { reference, at: now }),
            from => Err(InvalidTransition { from, to: PlanChangeState::Returned }),
        }
    }

    /// The public name of the state.
    pub fn name(&self) -> PlanChangeState {
        match self {
            Self::Scheduled => PlanChangeState::Scheduled,
            Self::Asked => PlanChangeState::Asked,
            Self::Reconciling { .. } => PlanChangeState::Reconciling,
            Self::Waiting { .. } => PlanChangeState::Waiting,
            Self::Applied { .. } => PlanChangeState::Applied,
            Self::Declined { .. } => PlanChangeState::Declined,
            Self::Undone { .. } => PlanChangeState::Undone,
            Self::Replaced { .. } => PlanChangeState::Replaced,
            Self::Returning { .. } | Self::NotReturned { .. } => PlanChangeState::Returning,
            Self::Returned { .. } => PlanChangeState::Returned,
        }
    }

    /// The columns of this state, over those of the row as it was.
    pub(super) fn columns(&self, row: &ChangeRow) -> Columns {
        let charge_reference = match self {
            Self::Waiting { reference, .. }
            | Self::Returning { reference, .. }
            | Self::NotReturned { reference, .. }
            | Self::Returned { reference, .. } => Some(reference.clone()),
            Self::Applied { reference, .. } => reference.clone(),
            _ => row.charge_reference.clone(),
        };
        let first_sent_at = match self {
            Self::Asked => None,
            Self::Reconciling { since } => Some(since.micros()),
            _ => row.first_sent_at,
        };
        let ended_at = match self {
            Self::Applied { at, .. }
            | Self::Declined { at, .. }
            | Self::Undone { at }
            | Self::Replaced { at }
            | Self::NotReturned { at, .. }
            | Self::Returned { at, .. } => Some(at.micros()),
            _ => None,
        };
        let decline = if let Self::Declined { reason, .. } = self { Some(reason.as_str()) } else { None };
        let (pay_url, slip) = match self {
            Self::Waiting { url, slip, .. } => (Some(url.clone()), slip.clone()),
            _ => (None, None),
        };
        let (pay_code, pay_until) = slip.map(|slip| (slip.code, slip.until.micros())).unzip();
        let return_sent_at = match self {
            Self::Returning { since, .. } => since.map(Instant::micros),
            _ => row.return_sent_at,
        };
        let return_failure = if let Self::NotReturned { reason, .. } = self { Some(reason.clone()) } else { None };
        Columns {
            charge_reference,
            decline,
            pay_url,
            pay_code,
            pay_until,
            first_sent_at,
            ended_at,
            return_sent_at,
            return_failure,
        }
    }
}

impl TryFrom<&ChangeRow> for State {
    type Error = Error;

    fn try_from(row: &ChangeRow) -> Result<Self, Error> {
        let wrong = |what: &str| Error::inconsistent("plan_changes", row.id, what);
        let ended = || row.ended_at.map(Instant::from_micros).ok_or_else(|| wrong("ended when?"));
        let reference = || row.charge_reference.clone().ok_or_else(|| wrong("without a charge"));
        Ok(match row.state.parse().map_err(|_| wrong("state"))? {
            PlanChangeState::Scheduled => Self::Scheduled,
            PlanChangeState::Asked => Self::Asked,
            PlanChangeState::Reconciling => Self::Reconciling {
                since: row.first_sent_at.map(Instant::from_micros).ok_or_else(|| wrong("reconciling since when?"))?,
            },
            PlanChangeState::Waiting => Self::Waiting {
                reference: reference()?,
                url: row.pay_url.clone().unwrap_or_default(),
                slip: row
                    .pay_code
                    .clone()
                    .zip(row.pay_until)
                    .map(|(code, until)| Slip { code, until: Instant::from_micros(until) }),
            },
            PlanChangeState::Applied => Self::Applied { at: ended()?, reference: row.charge_reference.clone() },
            PlanChangeState::Declined => Self::Declined {
                reason: row.decline.as_deref().and_then(|word| word.parse().ok()).ok_or_else(|| wrong("decline"))?,
                at: ended()?,
            },
            PlanChangeState::Undone => Self::Undone { at: ended()? },
            PlanChangeState::Replaced => Self::Replaced { at: ended()? },
            PlanChangeState::Returning => match (row.ended_at, row.return_failure.clone()) {
                (Some(at), Some(reason)) => {
                    Self::NotReturned { reference: reference()?, reason, at: Instant::from_micros(at) }
                }
                _ => Self::Returning { reference: reference()?, since: row.return_sent_at.map(Instant::from_micros) },
            },
            PlanChangeState::Returned => Self::Returned { reference: reference()?, at: ended()? },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_seconds(1);

    #[test]
    fn only_what_waits_for_its_renewal_can_be_undone() {
        assert_eq!(State::Scheduled.undo(NOW), Ok(State::Undone { at: NOW }));
        for state in [State::Asked, State::Reconciling { since: NOW }, State::Applied { at: NOW, reference: None }] {
            assert!(state.undo(NOW).is_err());
        }
    }

    #[test]
    fn what_has_ended_stays_ended() {
        let ends = [
            State::Applied { at: NOW, reference: None },
            State::Declined { reason: DeclineReason::Generic, at: NOW },
            State::Undone { at: NOW },
            State::Replaced { at: NOW },
            State::Returned { reference: "c".into(), at: NOW },
            State::NotReturned { reference: "c".into(), reason: "r".into(), at: NOW },
        ];
        for end in ends {
            assert!(end.clone().begin_charging(NOW).is_err());
            assert!(end.clone().apply(None, NOW).is_err());
            assert!(end.clone().wait("c".into(), "u".into(), None).is_err());
            // Only money that comes after all is let in, to go back.
            let is_declined = matches!(end, State::Declined { .. });
            assert_eq!(end.clone().give_back("c".into()).is_ok(), is_declined);
            assert!(end.clone().gave_back(NOW).is_err() && end.clone().keep("r".into(), NOW).is_err());
            assert!(end.clone().undo(NOW).is_err());
            assert!(end.decline(DeclineReason::Generic, NOW).is_err());
        }
    }
}
