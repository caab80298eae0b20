//! Turns at what is dear on purpose, as comparing passwords is: as many at once as there are places, and the latest
//! first.
//!
//! Whoever floods it makes a queue of old calls behind which nobody waits: the newest call is served next, and the
//! oldest ones are sent away. Nobody has more than a few calls in it for one and the same thing.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// How many may wait; of more, those who have waited longest are sent away.
const MOST_WAITING: usize = 64;
/// How many calls may be under way for one and the same thing.
const MOST_OF_ONE: usize = 4;

/// A number of places, and those who wait for one.
pub struct Turns {
    places: usize,
    queue: Mutex<Queue>,
}

#[derive(Default)]
struct Queue {
    running: usize,
    waiting: Vec<oneshot::Sender<()>>,
    of_one: HashMap<String, usize>,
}

/// A call that is counted for what it is about, and runs or waits. The next one begins when it is dropped.
pub struct Turn<'a> {
    turns: &'a Turns,
    of: String,
    stand: Stand,
}

enum Stand {
    Runs,
    Waits(oneshot::Receiver<()>),
}

impl Turns {
    /// Turns of which `places` run at once.
    pub fn new(places: usize) -> Self {
        Self { places, queue: Mutex::default() }
    }

    /// A turn at something. None when too many are waiting.
    pub async fn turn(&self, of: &str) -> Option<Turn<'_>> {
        let mut turn = self.join(of)?;
        if let Stand::Waits(call) = &mut turn.stand {
            call.await.ok()?;
            turn.stand = Stand::Runs;
        }
        Some(turn)
    }

    /// Joins the queue, unless a place is free.
    fn join(&self, of: &str) -> Option<Turn<'_>> {
        let mut queue = self.lock();
        let own = queue.of_one.entry(of.to_owned()).or_default();
        if *own >= MOST_OF_ONE {
            return None;
        }
        *own += 1;
        let of = of.to_owned();
        if queue.running < self.places {
            queue.running += 1;
            return Some(Turn { turns: self, of, stand: Stand::Runs });
        }
        if queue.waiting.len() >= MOST_WAITING {
            queue.waiting.remove(0);
        }
        let (call, called) = oneshot::channel();
        queue.waiting.push(call);
        Some(Turn { turns: self, of, stand: Stand::Waits(called) })
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stand {
    /// Whether there is a place to give on: the caller's own, or one that came as the caller went away.
    fn holds_a_place(&mut self) -> bool {
        match self {
            Self::Runs => true,
            Self::Waits(call) => {
                call.close();
                call.try_recv().is_ok()
            }
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut queue = self.turns.lock();
        if let Some(own) = queue.of_one.get_mut(&self.of) {
            *own -= 1;
            if *own == 0 {
                queue.of_one.remove(&self.of);
            }
        }
        if self.stand.holds_a_place() {
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
        let turns = Turns::new(1);
        let running = turns.turn("a").await.unwrap();
        let waiting: Vec<_> = (0..3).map(|_| turns.join("a").unwrap()).collect();
        assert!(turns.join("a").is_none(), "a fifth");
        assert!(turns.join("b").is_some(), "others are let in");
        drop((running, waiting));
        assert!(turns.join("a").is_some());
        assert!(!turns.lock().of_one.contains_key("b"), "nothing is kept of those who left");
    }

    #[tokio::test]
    async fn the_latest_comes_first_and_the_oldest_of_too_many_are_sent_away() {
        let turns = Arc::new(Turns::new(1));
        let running = turns.turn("first").await.unwrap();
        let served = Arc::new(Mutex::new(Vec::new()));
        let calls = (0..MOST_WAITING + 2).map(|number| {
            let (turns, served) = (turns.clone(), served.clone());
            tokio::spawn(async move {
                let turn = turns.turn(&number.to_string()).await;
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
        assert_eq!(turns.lock().running, 0);
    }

    #[tokio::test]
    async fn whoever_goes_away_while_waiting_holds_nobody_up() {
        let turns = Turns::new(1);
        let running = turns.turn("a").await.unwrap();
        let (gone, mut stays) = (turns.join("b").unwrap(), turns.join("c").unwrap());
        let Stand::Waits(call) = &mut stays.stand else { panic!("a second runs") };
        drop(gone);
        drop(running);
        call.await.unwrap();
    }

    #[tokio::test]
    async fn whoever_goes_away_when_called_gives_the_place_on() {
        let turns = Turns::new(1);
        let running = turns.turn("a").await.unwrap();
        let called = turns.join("b").unwrap();
        drop(running);
        drop(called);
        assert_eq!(turns.lock().running, 0);
        assert!(turns.turn("c").await.is_some());
    }
}
