//! Takes connections until told to stop, then lets requests under way finish. No client can keep the others out: each
//! has a share of the places, and when all are taken, the connection that is idle for longest goes.

mod arrival;
mod files;
mod places;
mod stream;

pub(crate) use arrival::Arrival;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use http::{HeaderValue, header};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use ipnet::IpNet;
use places::{Entry, Place, Places, Taken};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use stream::Stream;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;

/// How many connections, and how long they may wait for their clients.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Connections at once. When all places are taken, the one that is idle for longest makes room.
    pub connections: usize,
    /// How long a connection must be idle to make room for another: the request of one that just came is on its way.
    pub settle: Duration,
    /// Connections of one address at once; of IPv6, of one network of 64 bits, which is what one customer has.
    pub share: usize,
    /// Networks without a share: behind a proxy are many.
    pub trusted: Vec<IpNet>,
    /// How long the head of a request may take: who sends it a letter at a time loses the connection. Also how long a
    /// connection may idle.
    pub head: Duration,
    /// How long not a byte of an answer may be taken.
    pub stall: Duration,
    /// How long what is still sent after the last answer is thrown away, so that the answer is not lost with it.
    pub linger: Duration,
    /// How long requests under way may take after the stop.
    pub grace: Duration,
}

impl Limits {
    /// The limits of an installation whose proxies are these, as far as the system lets it have open files.
    #[must_use]
    pub fn new(trusted: Vec<IpNet>) -> Self {
        // A browser opens six of them: an eighth is enough for all people behind the address of an office or of a
        // mobile network.
        let connections = files::connections(2048);
        Self {
            connections,
            settle: Duration::from_millis(500),
            share: (connections / 8).max(16),
            trusted,
            head: Duration::from_secs(20),
            // A telephone in a tunnel comes back within this.
            stall: Duration::from_secs(30),
            linger: Duration::from_secs(5),
            grace: Duration::from_secs(20),
        }
    }
}

/// The longest head of a request: a browser with all our cookies sends two kilobytes.
const LONGEST_HEAD: usize = 64 * 1024;

/// Serves `router` on `listener` until `stop` turns true.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, mut stop: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    let (grace, places) = (limits.grace, Places::new(limits));
    while !*stop.borrow() {
        let taken = tokio::select! {
            taken = take(&listener, &places) => taken,
            changed = stop.changed() => if changed.is_err() { break } else { continue },
        };
        if let Some((stream, peer, place)) = taken {
            talk(stream, peer, place, router.clone(), &graceful);
        }
    }
    drop(listener);
    if tokio::time::timeout(grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still under way after {} seconds", grace.as_secs());
    }
}

async fn take(listener: &TcpListener, places: &Arc<Places>) -> Option<(TcpStream, SocketAddr, Taken)> {
    match listener.accept().await {
        Ok((stream, peer)) => match places.enter(peer.ip()).await {
            Entry::Taken(place) => Some((stream, peer, place)),
            Entry::ShareUsed => None,
        },
        Err(error) => {
            // Most likely no file handles are left: one is let go of, and others get time to let go of theirs.
            tracing::warn!(%error, "a connection could not be taken");
            places.make_room();
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

fn talk(stream: TcpStream, peer: SocketAddr, taken: Taken, router: Router, graceful: &GracefulShutdown) {
    let _ = stream.set_nodelay(true);
    let place = taken.place().clone();
    let of_requests = place.clone();
    let service = tower::service_fn(move |request| answer(request, peer, of_requests.clone(), router.clone()));
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    let http1 = &mut builder.http1();
    http1.timer(TokioTimer::new()).header_read_timeout(taken.limits().head).max_buf_size(LONGEST_HEAD);
    // Who has nothing more to say may still wait for the answer.
    http1.half_close(true);
    let stream = TokioIo::new(Stream::new(stream, place.clone(), taken.limits()));
    let connection = builder.serve_connection(stream, TowerToHyperService::new(service));
    let connection = graceful.watch(connection.into_owned());
    tokio::spawn(async move {
        tokio::select! {
            // A browser that went away is no news.
            _ = connection => {}
            () = place.left() => {}
        }
        drop(taken);
    });
}

/// Answers one request. An answer that came before the request was there whole is the last one of its connection.
async fn answer(
    request: http::Request<Incoming>,
    peer: SocketAddr,
    place: Arc<Place>,
    router: Router,
) -> Result<Response, Infallible> {
    if !place.busy() {
        // The connection is about to be closed, and nothing may begin on it.
        return std::future::pending().await;
    }
    let (parts, body) = request.into_parts();
    let (body, arrival) = Arrival::watch(body, place);
    let mut request = http::Request::from_parts(parts, Body::new(body));
    request.extensions_mut().insert(ConnectInfo(peer));
    request.extensions_mut().insert(arrival.clone());
    // Of a request that also says a length, which is not seen here, nothing behind it may be believed (RFC 9112, 6.1).
    let is_last = request.headers().contains_key(header::TRANSFER_ENCODING);
    let mut response = router.oneshot(request).await?;
    if is_last || !arrival.is_whole() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    arrival.answered();
    Ok(response)
}
