//! Who is connected, and who of them waits for what. A place is idle while it waits for its client: for a request, for
//! the rest of one, or for an answer to be taken. It is busy while an answer is worked out, and then nobody takes it
//! away.

use super::Limits;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// All places.
#[derive(Debug)]
pub(super) struct Places {
    limits: Limits,
    /// What the instants of idle places count from.
    began: Instant,
    taken: Mutex<HashMap<u64, Arc<Place>>>,
    last: AtomicU64,
    freed: Notify,
}

/// What becomes of a new connection.
#[derive(Debug)]
pub(super) enum Entry {
    /// It has a place.
    Taken(Taken),
    /// Its address has as many as it may have, and answers for all of them are being worked out.
    ShareUsed,
}

/// A place, for as long as this lives.
#[derive(Debug)]
pub(super) struct Taken {
    places: Arc<Places>,
    number: u64,
    place: Arc<Place>,
}

/// The place of one connection.
#[derive(Debug)]
pub(super) struct Place {
    /// Who has it; none: somebody without a share.
    peer: Option<IpAddr>,
    began: Instant,
    /// Since when it is idle, in microseconds since the beginning; or one of the two words below.
    idle_since: AtomicU64,
    /// Whether an answer is there and not handed to the system yet.
    is_answered: AtomicBool,
    /// Whether more was sent than requests that were read whole.
    sends_on: AtomicBool,
    leave: Notify,
}

/// An answer is being worked out, or handed to the system.
const BUSY: u64 = u64::MAX;
/// Somebody else has the place now.
const GONE: u64 = 0;

impl Places {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        let (taken, last) = (Mutex::default(), AtomicU64::default());
        Arc::new(Self { limits, began: Instant::now(), taken, last, freed: Notify::new() })
    }

    /// Gives the connection of this address a place. Waits while all are busy.
    pub(super) async fn enter(self: &Arc<Self>, address: IpAddr) -> Entry {
        let peer = self.peer(address);
        loop {
            let (all, of_peer) = self.count(peer);
            // At once: whoever has so many keeps nobody else waiting.
            if of_peer >= self.limits.share && !self.end_idlest(Duration::ZERO, |place| place.peer == peer) {
                return Entry::ShareUsed;
            }
            if all < self.limits.connections || self.make_room() {
                return Entry::Taken(self.take(peer));
            }
            // Whoever is busy becomes idle without a word.
            let _ = tokio::time::timeout(Duration::from_millis(20), self.freed.notified()).await;
        }
    }

    /// Ends the connection that is idle for longest, if one is for long enough. Returns whether there was one.
    pub(super) fn make_room(&self) -> bool {
        self.end_idlest(self.limits.settle, |_| true)
    }

    /// Whom a connection is counted with.
    fn peer(&self, address: IpAddr) -> Option<IpAddr> {
        let address = address.to_canonical();
        let is_trusted = self.limits.trusted.iter().any(|network| network.contains(&address));
        (!is_trusted).then(|| match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(whole) => Ipv6Addr::from_bits(whole.to_bits() >> 64 << 64).into(),
        })
    }

    fn count(&self, peer: Option<IpAddr>) -> (usize, usize) {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let of_peer = peer.map_or(0, |_| taken.values().filter(|place| place.peer == peer).count());
        (taken.len(), of_peer)
    }

    fn take(self: &Arc<Self>, peer: Option<IpAddr>) -> Taken {
        let number = self.last.fetch_add(1, Ordering::Relaxed);
        let place = Arc::new(Place::new(peer, self.began));
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).insert(number, place.clone());
        Taken { places: self.clone(), number, place }
    }

    fn end_idlest(&self, settle: Duration, fits: impl Fn(&Place) -> bool) -> bool {
        let settled = u64::try_from(self.began.elapsed().saturating_sub(settle).as_micros()).unwrap_or(BUSY - 1);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let idle = taken.iter().filter(|(_, place)| fits(place));
            let idle = idle.map(|(number, place)| (place.idle_since.load(Ordering::Acquire), *number));
            let Some((since, number)) = idle.filter(|(since, _)| *since <= settled).min() else { return false };
            // Meanwhile a request may have come, or an answer gone: then another one is the idlest.
            if taken.get(&number).is_some_and(|place| place.end(since)) {
                taken.remove(&number);
                return true;
            }
        }
    }
}

impl Taken {
    pub(super) fn place(&self) -> &Arc<Place> {
        &self.place
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.places.limits
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.places.taken.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
        self.places.freed.notify_one();
    }
}

impl Place {
    fn new(peer: Option<IpAddr>, began: Instant) -> Self {
        let (is_answered, sends_on) = (AtomicBool::default(), AtomicBool::default());
        let (idle_since, leave) = (AtomicU64::new(BUSY), Notify::new());
        let place = Self { peer, began, idle_since, is_answered, sends_on, leave };
        place.idle();
        place
    }

    /// Now, as idle places count it.
    pub(super) fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_micros()).map_or(BUSY - 1, |micros| micros.clamp(GONE + 1, BUSY - 1))
    }

    /// An answer is worked out from now on. Returns false when the place is somebody else's: then nothing may be done
    /// any more.
    pub(super) fn busy(&self) -> bool {
        // A request that came behind another one, whose answer is not taken yet.
        self.is_answered.store(false, Ordering::Release);
        let change = |since| (since != GONE).then_some(BUSY);
        self.idle_since.fetch_update(Ordering::AcqRel, Ordering::Acquire, change).is_ok()
    }

    /// The answer is there. The place stays busy until the system has all of it, or takes no more.
    pub(super) fn answered(&self) {
        self.is_answered.store(true, Ordering::Release);
    }

    /// The system has all that there is, or takes no more: the rest is up to the client.
    pub(super) fn handed_over(&self) {
        if self.is_answered.swap(false, Ordering::AcqRel) {
            self.idle();
        }
    }

    /// The client is waited for.
    fn idle(&self) {
        self.idle_from(self.now());
    }

    /// The client is waited for, as it was since `since` already.
    pub(super) fn idle_from(&self, since: u64) {
        let _ = self.idle_since.compare_exchange(BUSY, since, Ordering::AcqRel, Ordering::Acquire);
    }

    /// The client took something of an answer.
    pub(super) fn moved(&self) {
        let change = |since| (since != GONE && since != BUSY).then(|| self.now());
        let _ = self.idle_since.fetch_update(Ordering::AcqRel, Ordering::Acquire, change);
    }

    /// The client sent something.
    pub(super) fn sent(&self) {
        self.sends_on.store(true, Ordering::Release);
    }

    /// What the client sent was read to the end of a request.
    pub(super) fn read_whole(&self) {
        self.sends_on.store(false, Ordering::Release);
    }

    /// Whether the client is in the middle of a request.
    pub(super) fn sends_on(&self) -> bool {
        self.sends_on.load(Ordering::Acquire)
    }

    /// Ends when somebody else has the place.
    pub(super) async fn left(&self) {
        self.leave.notified().await;
    }

    fn end(&self, since: u64) -> bool {
        let is_ended = self.idle_since.compare_exchange(since, GONE, Ordering::AcqRel, Ordering::Acquire).is_ok();
        if is_ended {
            self.leave.notify_one();
        }
        is_ended
    }
}
