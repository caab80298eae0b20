//! Turns at comparing passwords, which is dear on purpose: as many at once as there are cores, and the latest first.
//!
//! Whoever floods the gate makes a queue of old calls behind which nobody waits: the newest call is served next, and
//! the oldest ones are sent away. Nobody has more than a few calls in it for one address from one network.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;
use tokio::sync::oneshot;

/// How many may wait; of more, those who have waited longest are sent away.
const MOST_WAITING: usize = 64;
/// How many calls may be under way for one address from one network.
const MOST_OF_ONE: usize = 4;

static GATE: LazyLock<Gate> = LazyLock::new(|| Gate::new(available_parallelism().map_or(2, usize::from)));

/// A turn at comparing; the next one begins when it is dropped. None when too many are waiting.
pub(super) async fn turn(of: &str) -> Option<Turn<'static>> {
    GATE.turn(of).await
}

struct Gate {
    places: usize,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    running: usize,
    waiting: Vec<oneshot::Sender<()>>,
    of_one: HashMap<String, usize>,
}

/// A call that is counted for its address and network, and runs or waits.
pub(super) struct Turn<'a> {
    gate: &'a Gate,
    of: String,
    runs: bool,
}

impl Gate {
    fn new(places: usize) -> Self {
        Self { places, queue: Mutex::default() }
    }

    async fn turn(&self, of: &str) -> Option<Turn<'_>> {
        let (mut turn, call) = self.join(of)?;
        if let Some(call) = call {
            call.await.ok()?;
        }
        turn.runs = true;
        Some(turn)
    }

    /// Joins the queue; what is waited for, unless a place is free.
    fn join(&self, of: &str) -> Option<(Turn<'_>, Option<oneshot::Receiver<()>>)> {
        let mut queue = self.lock();
        let own = queue.of_one.entry(of.to_owned()).or_default();
        if *own >= MOST_OF_ONE {
            return None;
        }
        *own += 1;
        let turn = Turn { gate: self, of: of.to_owned(), runs: false };
        if queue.running < self.places {
            queue.running += 1;
            return Some((turn, None));
        }
        if queue.waiting.len() >= MOST_WAITING {
            queue.waiting.remove(0);
        }
        let (call, called) = oneshot::channel();
        queue.waiting.push(call);
        Some((turn, Some(called)))
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut queue = self.gate.lock();
        if let Some(own) = queue.of_one.get_mut(&self.of) {
            *own -= 1;
            if *own == 0 {
                queue.of_one.remove(&self.of);
            }
        }
        if self.runs {
            // Whoever has gone away meanwhile is called in vain.
            while let Some(next) = queue.waiting.pop() {
                if next.send(()).is_ok() {
                    return;
                }
            }
            queue.running -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::future::join_all;
    use std::sync::Arc;
    use tokio::task::yield_now;

    #[tokio::test]
    async fn one_address_from_one_network_has_few_calls_at_once() {
        let gate = Gate::new(1);
        let running = gate.turn("a").await.unwrap();
        let waiting: Vec<_> = (0..3).map(|_| gate.join("a").unwrap()).collect();
        assert!(gate.join("a").is_none(), "a fifth");
        assert!(gate.join("b").is_some(), "others are let in");
        drop((running, waiting));
        assert!(gate.join("a").is_some());
        assert!(!gate.lock().of_one.contains_key("b"), "nothing is kept of those who left");
    }

    #[tokio::test]
    async fn the_latest_comes_first_and_the_oldest_of_too_many_are_sent_away() {
        let gate = Arc::new(Gate::new(1));
        let running = gate.turn("first").await.unwrap();
        let served = Arc::new(Mutex::new(Vec::new()));
        let calls = (0..MOST_WAITING + 2).map(|number| {
            let (gate, served) = (gate.clone(), served.clone());
            tokio::spawn(async move {
                let turn = gate.turn(&number.to_string()).await;
                if turn.is_some() {
                    served.lock().unwrap().push(number);
                }
            })
        });
        let calls: Vec<_> = calls.collect();
        for _ in 0..MOST_WAITING {
            yield_now().await;
        }
        drop(running);
        join_all(calls).await;
        let expected: Vec<usize> = (2..MOST_WAITING + 2).rev().collect();
        assert_eq!(*served.lock().unwrap(), expected);
        assert_eq!(gate.lock().running, 0);
    }

    #[tokio::test]
    async fn whoever_goes_away_while_waiting_holds_nobody_up() {
        let gate = Gate::new(1);
        let running = gate.turn("a").await.unwrap();
        let (gone, stays) = (gate.join("b").unwrap(), gate.join("c").unwrap());
        drop(gone);
        drop(running);
        stays.1.unwrap().await.unwrap();
    }
}
