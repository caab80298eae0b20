//! The schedule of a failing job: 50 attempts over 14 days (rule 15), quick ones at first, one in ten and a half hours
//! at last.

use std::time::Duration;

/// After this many attempts a job is a dead letter.
pub const ATTEMPTS: i64 = 50;

const FIRST_SECONDS: f64 = 5.0;
const GROWTH: f64 = 1.6;
const LONGEST_SECONDS: f64 = 38_000.0;

/// The wait after attempt number `attempt` (1 is the first). `jitter` in 0..=255 spreads it by ten per cent either way,
/// so that jobs that failed together do not come again together.
pub fn delay(attempt: i64, jitter: u8) -> Duration {
    let exponent = i32::try_from(attempt.clamp(1, ATTEMPTS) - 1).unwrap_or(0);
    let seconds = (FIRST_SECONDS * GROWTH.powi(exponent)).min(LONGEST_SECONDS);
    Duration::from_secs_f64(seconds * (0.9 + 0.2 * f64::from(jitter) / 255.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifty_attempts_take_two_weeks_whatever_the_jitter() {
        for jitter in [0, 128, 255] {
            let days = (1..ATTEMPTS).map(|attempt| delay(attempt, jitter).as_secs_f64()).sum::<f64>() / 86_400.0;
            assert!((12.0..=16.0).contains(&days), "{days}");
        }
        assert!(delay(1, 255) < Duration::from_secs(6));
    }
}
