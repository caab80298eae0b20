//! The time of an installation that plays: real, ahead of it, or standing still. It never goes back: what was planned
//! would wait for ever.

use super::Bells;
use super::store::Books;
use super::webhook_store;
use portal::db::{Db, Error};
use portal::ports::Clock;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use types::Instant;

/// How soon a change is followed, also by other processes over the same database.
const FOLLOW: Duration = Duration::from_millis(500);

/// How the time runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ClockStanding {
    /// As everywhere.
    Real,
    /// This many microseconds ahead.
    Shifted(i64),
    /// It stands here.
    Frozen(Instant),
}

/// What somebody does to the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Turn {
    /// Forward by whole days.
    Forward(i64),
    /// Let it stand.
    Freeze,
    /// Let it run from where it stands.
    Run,
    /// Let it show the real time, if that is not behind it.
    Real,
}

impl ClockStanding {
    pub(super) fn read(word: &str, value: i64) -> Option<Self> {
        match word {
            "real" => Some(Self::Real),
            "shifted" => Some(Self::Shifted(value)),
            "frozen" => Some(Self::Frozen(Instant::from_micros(value))),
            _ => None,
        }
    }

    pub(super) fn columns(self) -> (&'static str, i64) {
        match self {
            Self::Real => ("real", 0),
            Self::Shifted(ahead) => ("shifted", ahead),
            Self::Frozen(at) => ("frozen", at.micros()),
        }
    }

    /// What it shows while the wall shows `wall`.
    pub(super) fn shows(self, wall: Instant) -> Instant {
        match self {
            Self::Real => wall,
            Self::Shifted(ahead) => Instant::from_micros(wall.micros().saturating_add(ahead)),
            // One that was frozen long ago does not hold back what is real.
            Self::Frozen(at) => at,
        }
    }

    /// The same clock after a turn; a clock that stands is overtaken by no turn.
    pub(super) fn turned(self, turn: Turn, wall: Instant) -> Self {
        let shown = self.shows(wall);
        match (self, turn) {
            (Self::Frozen(at), Turn::Forward(days)) => Self::Frozen(at.plus(whole_days(days))),
            (_, Turn::Forward(days)) => Self::ahead(shown.plus(whole_days(days)), wall),
            (_, Turn::Freeze) => Self::Frozen(shown),
            (Self::Frozen(at), Turn::Run) => Self::ahead(at, wall),
            (running, Turn::Run) => running,
            (_, Turn::Real) if shown <= wall => Self::Real,
            (standing, Turn::Real) => standing,
        }
    }

    fn ahead(shown: Instant, wall: Instant) -> Self {
        Self::Shifted(shown.micros().saturating_sub(wall.micros()))
    }
}

fn whole_days(days: i64) -> Duration {
    Duration::from_secs(days.unsigned_abs().saturating_mul(86_400))
}

/// A clock that follows the sandbox's settings over `base`, the clock on the wall.
pub struct SandboxClock<C> {
    base: C,
    // One lock over kind and value: nobody ever reads the one of before with the other of after.
    standing: RwLock<ClockStanding>,
    bells: Arc<Bells>,
}

impl<C: Clock> SandboxClock<C> {
    /// A clock that shows the real time until it is told otherwise. `bells` are those of the sandbox of this process.
    pub fn over(base: C, bells: Arc<Bells>) -> Self {
        Self { base, standing: RwLock::new(ClockStanding::Real), bells }
    }

    /// Reads how the time runs. A database from before there was such a setting leaves it as it is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn follow_once(&self, db: &Db) -> Result<(), Error> {
        let standing = webhook_store::settings(db).await?.clock;
        *self.standing.write().unwrap_or_else(PoisonError::into_inner) = standing;
        Ok(())
    }

    /// Reads the settings once more, a little later; at once when they were changed here.
    pub async fn follow(&self, db: &Db) {
        let _ = tokio::time::timeout(FOLLOW, self.bells.turned.notified()).await;
        if let Err(error) = self.follow_once(db).await {
            tracing::debug!(%error, "the sandbox's clock could not be read");
        }
    }
}

impl<C: Clock> Clock for SandboxClock<C> {
    fn now(&self) -> Instant {
        self.standing.read().unwrap_or_else(PoisonError::into_inner).shows(self.base.now())
    }

    fn wall(&self) -> Instant {
        self.base.now()
    }
}

impl Books {
    /// Turns the clock; what it stood at is read in the same books, which nobody else turns meanwhile.
    pub(super) async fn turn_clock(&mut self, turn: Turn, wall: Instant) -> Result<ClockStanding, Error> {
        let standing = self.settings().await?.clock.turned(turn, wall);
        self.set_clock(standing).await?;
        Ok(standing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WALL: Instant = Instant::from_seconds(1_795_176_000);

    #[test]
    fn a_clock_runs_ahead_stands_and_runs_again_from_there() {
        let ahead = ClockStanding::Real.turned(Turn::Forward(30), WALL);
        assert_eq!(ahead.shows(WALL).seconds() - WALL.seconds(), 30 * 86_400);
        let stands = ahead.turned(Turn::Freeze, WALL);
        let later = WALL.plus(Duration::from_secs(500));
        assert_eq!(stands.shows(later), ahead.shows(WALL));
        let runs = stands.turned(Turn::Run, later);
        assert_eq!(runs.shows(later), ahead.shows(WALL));
        assert_eq!(runs.shows(later.plus(Duration::from_secs(1))).seconds(), ahead.shows(WALL).seconds() + 1);
    }

    #[test]
    fn a_clock_that_is_behind_can_be_real_again_and_one_that_is_ahead_cannot() {
        let later = WALL.plus(Duration::from_secs(500));
        let behind = ClockStanding::Real.turned(Turn::Freeze, WALL);
        assert_eq!(behind.turned(Turn::Real, later), ClockStanding::Real);
        let ahead = ClockStanding::Real.turned(Turn::Forward(1), WALL);
        assert_eq!(ahead.turned(Turn::Real, later), ahead);
    }

    proptest! {
        #[test]
        fn no_turn_goes_back(turns in prop::collection::vec((0u8..4, 0i64..400, 0u64..90_000), 1..30)) {
            let (mut standing, mut wall) = (ClockStanding::Real, WALL);
            for (kind, days, seconds) in turns {
                let before = standing.shows(wall);
                let turn = match kind { 0 => Turn::Forward(days), 1 => Turn::Freeze, 2 => Turn::Run, _ => Turn::Real };
                standing = standing.turned(turn, wall);
                prop_assert!(standing.shows(wall) >= before);
                let (word, value) = standing.columns();
                prop_assert_eq!(ClockStanding::read(word, value), Some(standing));
                wall = wall.plus(Duration::from_secs(seconds));
            }
        }
    }
}
