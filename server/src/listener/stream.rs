//! A connection that does not wait for ever for a client that takes nothing, and that is closed in a way in which the
//! last answer arrives.

use super::Limits;
use super::places::Place;
use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// The most that is thrown away after the last answer.
const THROWN_AWAY: usize = 16 * 1024 * 1024;

/// A connection.
#[derive(Debug)]
pub(super) struct Stream {
    inner: TcpStream,
    place: Arc<Place>,
    stall: Duration,
    linger: Duration,
    /// Runs while the client takes nothing.
    stalled: Option<Pin<Box<Sleep>>>,
    closing: Option<Closing>,
}

/// Our side has ended. Were the connection closed while something of the client's is unread, the system would tell the
/// client so, and what the client has not read yet of the answer would be gone.
#[derive(Debug)]
struct Closing {
    until: Pin<Box<Sleep>>,
    left: usize,
}

impl Stream {
    pub(super) fn new(inner: TcpStream, place: Arc<Place>, limits: &Limits) -> Self {
        let (stall, linger) = (limits.stall, limits.linger);
        Self { inner, place, stall, linger, stalled: None, closing: None }
    }

    /// What became of a write: it may wait for a while.
    fn written(&mut self, cx: &mut Context<'_>, outcome: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if outcome.is_ready() {
            self.stalled = None;
            self.place.moved();
            return outcome;
        }
        self.place.handed_over();
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(self.stall)));
        stalled.as_mut().poll(cx).map(|()| Err(ErrorKind::TimedOut.into()))
    }

    /// Throws away what the client still sends, until it has ended too. Who is not in the middle of anything is not
    /// waited for.
    fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let until = self.linger;
        let closing = self.closing.get_or_insert_with(|| Closing { until: Box::pin(sleep(until)), left: THROWN_AWAY });
        let mut room = [0; 8192];
        while closing.until.as_mut().poll(cx).is_pending() {
            let mut thrown = ReadBuf::new(&mut room);
            match Pin::new(&mut self.inner).poll_read(cx, &mut thrown) {
                Poll::Pending if self.place.sends_on() => return Poll::Pending,
                Poll::Ready(Ok(())) if !thrown.filled().is_empty() && closing.left > 0 => {
                    closing.left = closing.left.saturating_sub(thrown.filled().len());
                    self.place.sent();
                }
                _ => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        if self.stalled.is_some() {
            // Nor shall the system keep for long what nobody takes.
            let _ = self.inner.set_zero_linger();
        }
    }
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, read: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = read.filled().len();
        let outcome = Pin::new(&mut self.inner).poll_read(cx, read);
        if read.filled().len() > before {
            self.place.sent();
        }
        outcome
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.written(cx, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.inner).poll_write_vectored(cx, parts);
        self.written(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Asked for when nothing is left to write.
        self.place.handed_over();
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.closing.is_none() {
            std::task::ready!(Pin::new(&mut self.inner).poll_shutdown(cx))?;
        }
        self.poll_rest(cx)
    }
}
