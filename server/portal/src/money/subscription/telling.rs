//! How the gateway that charges a subscription by its own calendar is to have it, and what it knows of that.

use super::state::State;
use super::store::CancellationRow;
use types::{SubscriptionCourse, SubscriptionStatus};

/// What such a gateway was told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Telling {
    /// What it last took.
    pub(super) told: SubscriptionCourse,
    /// What it was told last without a clear answer: it may have it so.
    pub(super) asked: Option<SubscriptionCourse>,
    /// What it refused: the producer does that by hand.
    pub(super) refused: Option<SubscriptionCourse>,
}

impl Telling {
    /// Before it was told anything.
    pub(super) const NOTHING: Self = Self { told: SubscriptionCourse::Runs, asked: None, refused: None };

    /// What it is still to be told, if anything.
    pub(super) fn next(self, wanted: SubscriptionCourse) -> Option<SubscriptionCourse> {
        let differs = self.asked.is_some() || self.told != wanted || self.refused.is_some();
        (differs && !self.is_refused(wanted)).then_some(wanted)
    }

    /// Whether it will not have it so.
    pub(super) fn is_refused(self, wanted: SubscriptionCourse) -> bool {
        self.refused == Some(wanted)
    }

    /// Whether it ends there because we said so.
    pub(super) fn ends_by_us(self) -> bool {
        self.told == SubscriptionCourse::Ends || self.asked == Some(SubscriptionCourse::Ends)
    }
}

/// How a subscription is to go on by what was decided here.
pub(super) fn course(
    status: SubscriptionStatus,
    cancellation: Option<&(CancellationRow, State)>,
) -> SubscriptionCourse {
    match cancellation.map(|(_, state)| *state) {
        _ if status == SubscriptionStatus::Ended => SubscriptionCourse::Ended,
        Some(State::Done { .. }) => SubscriptionCourse::Ended,
        Some(State::Asked { .. }) => SubscriptionCourse::Ends,
        Some(State::Undone { .. }) | None => SubscriptionCourse::Runs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use SubscriptionCourse::{Ended, Ends, Runs};

    #[test]
    fn it_is_told_what_it_does_not_have_and_what_it_may_have_otherwise() {
        let told = |told, asked, refused| Telling { told, asked, refused };
        for (telling, wanted, next) in [
            (Telling::NOTHING, Runs, None),
            (Telling::NOTHING, Ends, Some(Ends)),
            (told(Ends, None, None), Ends, None),
            (told(Ends, None, None), Runs, Some(Runs)),
            (told(Ends, None, None), Ended, Some(Ended)),
            // Nobody knows whether it ends now: what is wanted is said once more.
            (told(Runs, Some(Ends), None), Runs, Some(Runs)),
            (told(Runs, Some(Ends), None), Ends, Some(Ends)),
            // What it refused the producer does, and what is wanted after that is said again.
            (told(Runs, None, Some(Ends)), Ends, None),
            (told(Runs, None, Some(Ends)), Runs, Some(Runs)),
            (told(Runs, None, Some(Ends)), Ended, Some(Ended)),
        ] {
            assert_eq!(telling.next(wanted), next, "{telling:?} {wanted:?}");
        }
    }
}
