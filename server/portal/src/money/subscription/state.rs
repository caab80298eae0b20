//! The states of a cancellation, and how a cancellation moves on. A transition consumes the old state and returns the
//! new one, or says why it is refused.

use super::store::CancellationRow;
use crate::db::Error;
use types::{CancellationState, Instant};

/// A cancellation's state with what exists in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// The subscription ends at this instant.
    Asked {
        /// When access ends.
        effective_at: Instant,
    },
    /// The buyer took it back.
    Undone {
        /// When.
        at: Instant,
    },
    /// The subscription has ended.
    Done {
        /// When.
        at: Instant,
    },
}

/// The cancellation is not where this step begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a cancellation that is {from:?} cannot become {to} now")]
pub struct InvalidTransition {
    from: State,
    to: CancellationState,
}

impl State {
    /// A new wish. One whose time has come is done at once.
    pub fn ask(effective_at: Instant, now: Instant) -> Self {
        if effective_at <= now { Self::Done { at: now } } else { Self::Asked { effective_at } }
    }

    /// Taken back, as long as its day has not come: whoever comes later may find it done any moment.
    pub fn undo(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Asked { effective_at } if now < effective_at => Ok(Self::Undone { at: now }),
            from => Err(InvalidTransition { from, to: CancellationState::Undone }),
        }
    }

    /// Its day has come.
    pub fn finish(self, now: Instant) -> Result<Self, InvalidTransition> {
        match self {
            Self::Asked { effective_at } if effective_at <= now => Ok(Self::Done { at: now }),
            from => Err(InvalidTransition { from, to: CancellationState::Done }),
        }
    }

    /// The public name of the state.
    pub fn name(self) -> CancellationState {
        match self {
            Self::Asked { .. } => CancellationState::Asked,
            Self::Undone { .. } => CancellationState::Undone,
            Self::Done { .. } => CancellationState::Done,
        }
    }

    /// When it came to its end.
    pub(super) fn ended_at(self) -> Option<Instant> {
        match self {
            Self::Asked { .. } => None,
            Self::Undone { at } | Self::Done { at } => Some(at),
        }
    }
}

impl TryFrom<&CancellationRow> for State {
    type Error = Error;

    fn try_from(row: &CancellationRow) -> Result<Self, Error> {
        let wrong = |what: &str| Error::inconsistent("cancellations", row.id, what);
        let ended_at = row.ended_at.map(Instant::from_micros);
        match (row.state.parse().map_err(|_| wrong("state"))?, ended_at) {
            (CancellationState::Asked, None) => {
                Ok(Self::Asked { effective_at: Instant::from_micros(row.effective_at) })
            }
            (CancellationState::Undone, Some(at)) => Ok(Self::Undone { at }),
            (CancellationState::Done, Some(at)) => Ok(Self::Done { at }),
            _ => Err(wrong("ended when?")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEN: Instant = Instant::from_seconds(100);
    const BEFORE: Instant = Instant::from_seconds(99);

    #[test]
    fn it_is_taken_back_before_its_time_and_done_from_then_on() {
        let asked = State::ask(THEN, BEFORE);
        assert_eq!(asked.undo(BEFORE), Ok(State::Undone { at: BEFORE }));
        assert!(asked.undo(THEN).is_err() && asked.finish(BEFORE).is_err());
        assert_eq!(asked.finish(THEN), Ok(State::Done { at: THEN }));
        assert_eq!(State::ask(THEN, THEN), State::Done { at: THEN });
    }

    #[test]
    fn what_has_ended_stays_ended() {
        for end in [State::Undone { at: BEFORE }, State::Done { at: BEFORE }] {
            assert!(end.undo(BEFORE).is_err() && end.finish(THEN).is_err());
        }
    }
}
