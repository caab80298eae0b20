//! A call to a gateway whose outcome is not known is asked about, and never taken for one that failed.
//!
//! A call that was begun may have had its effect, whatever became of its answer. So it is written down before it is
//! made, and afterwards the gateway is asked what it knows before anything is sent again. While a call is in doubt, a
//! "no" of the gateway may mean "done already" and is not believed. What the gateway has taken is watched until it is
//! there: the longer it is on its way, the less often it is asked about. And money in doubt is never given up: when
//! the schedule of a job is at its end, the gateway is still asked once in six hours.
//!
//! Pure: everything here follows from the instants it is given.

use crate::outbox::{Outcome, Run};
use crate::ports::GatewayError;
use std::time::Duration;
use types::Instant;

/// How often is asked at least about what concerns money.
const SELDOM: Duration = Duration::from_secs(6 * 3600);

/// For how long after a call was begun its outcome is unknown, unless the gateway knows the call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Doubt(Duration);

impl Doubt {
    /// A call that was begun may still turn out to have had its effect.
    pub const EFFECT: Self = Self(Duration::from_secs(3600));
    /// A call that was begun may still be on its way to the gateway: longer than the answer to one is waited for.
    pub const ARRIVAL: Self = Self(Duration::from_secs(60));

    /// Whether a "no" of the gateway is believed now: no earlier call was begun, or its doubt is over.
    pub fn is_over(self, now: Instant, begun_at: Option<Instant>) -> bool {
        begun_at.is_none_or(|at| now.since(at) >= self.0)
    }
}

/// When to look next at what the gateway has taken and not finished: each time after half as long again as it has
/// been on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Watch {
    first: Duration,
    last: Duration,
}

impl Watch {
    /// Money on its way.
    pub const MONEY: Self = Self { first: Duration::from_secs(5), last: SELDOM };
    /// A page of the gateway that somebody has open.
    pub const PAGE: Self = Self { first: Duration::from_secs(30), last: Duration::from_secs(3600) };

    /// The next look, at something that has been on its way since then.
    pub fn next_look(self, now: Instant, since: Instant) -> Instant {
        now.plus((now.since(since) / 2).clamp(self.first, self.last))
    }
}

/// The next look, at what is asked about as seldom as money may be.
pub fn seldom(now: Instant) -> Instant {
    now.plus(SELDOM)
}

/// The gateway gave no clear answer: it is asked again by the schedule of the job, and beyond its end once in six
/// hours.
pub fn again(now: Instant, run: Run<'_>, error: &GatewayError) -> Outcome {
    if run.is_last() { Outcome::At(seldom(now)) } else { Outcome::Again { after: None, reason: error.to_string() } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::{ATTEMPTS, Claim};

    const BEGUN: Instant = Instant::from_seconds(1_800_000_000);

    fn after(seconds: u64) -> Instant {
        BEGUN.plus(Duration::from_secs(seconds))
    }

    #[test]
    fn a_no_is_believed_when_nothing_was_begun_or_the_doubt_is_over_to_the_microsecond() {
        let just_before = |seconds| after(seconds).minus(Duration::from_micros(1));
        for (doubt, begun_at, now, is_over) in [
            (Doubt::EFFECT, None, BEGUN, true),
            (Doubt::EFFECT, Some(BEGUN), BEGUN, false),
            (Doubt::EFFECT, Some(BEGUN), just_before(3600), false),
            (Doubt::EFFECT, Some(BEGUN), after(3600), true),
            (Doubt::ARRIVAL, None, BEGUN, true),
            (Doubt::ARRIVAL, Some(BEGUN), just_before(60), false),
            (Doubt::ARRIVAL, Some(BEGUN), after(60), true),
            // A clock that was set back: still in doubt.
            (Doubt::EFFECT, Some(after(10)), BEGUN, false),
        ] {
            assert_eq!(doubt.is_over(now, begun_at), is_over, "{doubt:?} {begun_at:?} {now:?}");
        }
    }

    #[test]
    fn the_longer_it_is_on_its_way_the_less_often_it_is_looked_at() {
        for (watch, on_its_way, gap) in [
            (Watch::MONEY, 0, 5),
            (Watch::MONEY, 10, 5),
            (Watch::MONEY, 12, 6),
            (Watch::MONEY, 3600, 1800),
            (Watch::MONEY, 43_198, 21_599),
            (Watch::MONEY, 43_200, 21_600),
            (Watch::MONEY, 90 * 86_400, 21_600),
            (Watch::PAGE, 0, 30),
            (Watch::PAGE, 62, 31),
            (Watch::PAGE, 7_200, 3_600),
            (Watch::PAGE, 86_400, 3_600),
        ] {
            let now = after(on_its_way);
            assert_eq!(watch.next_look(now, BEGUN), now.plus(Duration::from_secs(gap)), "{watch:?} {on_its_way}");
        }
        let future = after(60);
        assert_eq!(Watch::MONEY.next_look(BEGUN, future), after(5), "begun later than now: as if just begun");
    }

    #[test]
    fn looks_never_come_closer_together_and_go_on_for_ever() {
        for watch in [Watch::MONEY, Watch::PAGE] {
            let (mut now, mut before) = (BEGUN, Duration::ZERO);
            for _ in 0..500 {
                let next = watch.next_look(now, BEGUN);
                let gap = next.since(now);
                assert!(gap >= before && gap >= watch.first && gap <= watch.last, "{watch:?} {gap:?}");
                (now, before) = (next, gap);
            }
            assert_eq!(before, watch.last);
        }
    }

    #[test]
    fn money_in_doubt_is_asked_about_after_the_schedule_of_its_job_is_at_its_end() {
        let (claim, error) = (Claim::of_nobody(), GatewayError::OutcomeUnknown("cut off".to_owned()));
        let came = |attempt| again(BEGUN, Run { claim: &claim, attempt }, &error);
        for attempt in [1, ATTEMPTS - 1] {
            match came(attempt) {
                Outcome::Again { after: None, reason } => assert_eq!(reason, error.to_string()),
                other => panic!("{other:?}"),
            }
        }
        assert!(matches!(came(ATTEMPTS), Outcome::At(at) if at == after(6 * 3600)));
    }
}
