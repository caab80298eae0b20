//! A cancellation at a gateway that cannot be told from here: the producer is asked to end the charges there, and is
//! reminded.

use super::mail::{CancelMoment, Mail};
use super::store::CancellationRow;
use crate::db::{Error, Tx};
use crate::{Portal, outbox};
use std::time::Duration;
use types::{CancellationId, Instant};

const DAY: Duration = Duration::from_secs(86_400);

/// A cancellation that is asked for.
pub(super) struct Asked {
    pub(super) cancellation: CancellationId,
    pub(super) asked_at: Instant,
    pub(super) effective_at: Instant,
}

impl From<&CancellationRow> for Asked {
    fn from(row: &CancellationRow) -> Self {
        Self {
            cancellation: CancellationId(row.id),
            asked_at: Instant::from_micros(row.asked_at),
            effective_at: Instant::from_micros(row.effective_at),
        }
    }
}

/// Asks the producer, now and again while nothing is reported.
pub(super) async fn ask_producer(portal: &Portal, tx: &mut Tx, asked: Asked) -> Result<(), Error> {
    let Asked { cancellation, asked_at, effective_at } = asked;
    outbox::put(portal, tx, Mail::Producer { cancellation, moment: CancelMoment::Asked }).await?;
    let now = portal.now();
    for (number, due) in (1..).zip(reminders(asked_at, effective_at)).filter(|(_, due)| *due > now) {
        outbox::put_at(portal, tx, Mail::ProducerNotDone { cancellation, number }, due).await?;
    }
    Ok(())
}

/// When the producer is reminded who has to end the charges: shortly before the last day and after it, or some days
/// after an end that was at once.
fn reminders(asked_at: Instant, effective_at: Instant) -> Vec<Instant> {
    if effective_at <= asked_at {
        return vec![asked_at.plus(DAY * 3), asked_at.plus(DAY * 7)];
    }
    [effective_at.minus(DAY * 3), effective_at.plus(DAY * 3)].into_iter().filter(|at| *at > asked_at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_to_end_the_charges_is_reminded_before_the_last_day_and_after_it() {
        let (now, soon) = (Instant::from_seconds(0), Instant::from_seconds(86_400));
        let days = |from: Instant, days: u32| from.plus(DAY * days);
        assert_eq!(reminders(now, days(now, 30)), [days(now, 27), days(now, 33)]);
        assert_eq!(reminders(now, soon), [days(now, 4)]);
        assert_eq!(reminders(now, now), [days(now, 3), days(now, 7)]);
    }
}
