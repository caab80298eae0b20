//! How far the body of a request has come, so that a client that is slow, or that sends on, can be told from a server
//! that is.

use super::places::Place;
use axum::BoxError;
use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};

/// What is known of the body of one request: cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Arrival(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    state: AtomicU8,
    /// The place of the connection.
    place: Arc<Place>,
    /// Since when the request is there.
    since: u64,
}

/// Nobody waits for more of it.
const UNASKED: u8 = 0;
/// The next part is waited for.
const AWAITED: u8 = 1;
/// All of it was read.
const WHOLE: u8 = 2;
/// The request is answered.
const ANSWERED: u8 = 3;

/// A body under the eyes of its [`Arrival`].
#[derive(Debug)]
pub(crate) struct Watched<B> {
    body: B,
    arrival: Arrival,
}

/// Somebody else has the place of the connection.
#[derive(Debug, thiserror::Error)]
#[error("the connection was closed to make room")]
struct Gone;

impl Arrival {
    /// Watches the body of a request that arrives at this place; the place is busy until the answer is there.
    pub(super) fn watch<B: Body>(body: B, place: Arc<Place>) -> (Watched<B>, Self) {
        let since = place.now();
        let arrival = Self(Arc::new(Inner { state: AtomicU8::new(UNASKED), place, since }));
        if body.is_end_stream() {
            arrival.note(WHOLE);
        }
        (Watched { body, arrival: arrival.clone() }, arrival)
    }

    /// Whether the next part of the body is waited for.
    pub(crate) fn is_awaited(&self) -> bool {
        self.0.state.load(Ordering::Acquire) == AWAITED
    }

    /// Whether all of the body was read.
    pub(super) fn is_whole(&self) -> bool {
        self.0.state.load(Ordering::Acquire) == WHOLE
    }

    /// The answer is there, and the client may take it.
    pub(super) fn answered(&self) {
        self.0.state.store(ANSWERED, Ordering::Release);
        self.0.place.answered();
    }

    /// Notes what became of the body. Returns false when somebody else has the place.
    fn note(&self, state: u8) -> bool {
        let change = |before| (before != ANSWERED).then_some(state);
        if self.0.state.fetch_update(Ordering::AcqRel, Ordering::Acquire, change).is_err() {
            return true;
        }
        match state {
            WHOLE => self.0.place.read_whole(),
            // However slowly it comes: who sends a byte a second is idle since the beginning.
            AWAITED => self.0.place.idle_from(self.0.since),
            _ => {}
        }
        state == AWAITED || self.0.place.busy()
    }
}

impl<B> Body for Watched<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        let state = match &polled {
            Poll::Pending => AWAITED,
            Poll::Ready(None) => WHOLE,
            Poll::Ready(Some(Ok(_))) if self.body.is_end_stream() => WHOLE,
            Poll::Ready(_) => UNASKED,
        };
        if !self.arrival.note(state) {
            return Poll::Ready(Some(Err(Gone.into())));
        }
        Poll::Ready(ready!(polled).map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
