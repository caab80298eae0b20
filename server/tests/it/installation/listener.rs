//! Connections that take, send or say nothing, or only half: they lose their places, and nobody else does.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use futures::stream;
use http::StatusCode;
use server::listener::{Limits, serve};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::time::{sleep, timeout};

/// Far longer than anything takes here, because machines that run tests are busy.
const PATIENCE: Duration = Duration::from_secs(60);
const LARGE: usize = 32 * 1024 * 1024;

/// A listener with these limits. It stops with the sender.
struct Edge {
    address: SocketAddr,
    /// Says that a large answer is over, sent or not.
    over: Arc<Notify>,
    _stop: watch::Sender<bool>,
}

impl Edge {
    async fn start(change: impl FnOnce(&mut Limits)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut limits = Limits { settle: Duration::ZERO, ..Limits::new(vec![]) };
        change(&mut limits);
        let (stop, stopped) = watch::channel(false);
        let (address, over) = (listener.local_addr().unwrap(), Arc::new(Notify::new()));
        tokio::spawn(serve(listener, routes(over.clone()), limits, stopped));
        Self { address, over, _stop: stop }
    }

    async fn connect(&self) -> TcpStream {
        self.connect_from(1).await
    }

    /// From another address of this machine.
    async fn connect_from(&self, last: u8) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        // Little fits into it: what is not taken stays at the server.
        socket.set_recv_buffer_size(4096).unwrap();
        socket.bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::new(127, 0, 0, last)), 0)).unwrap();
        socket.connect(self.address).await.unwrap()
    }
}

fn routes(over: Arc<Notify>) -> Router {
    struct Over(Arc<Notify>);
    impl Drop for Over {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }
    let large = move || async move {
        let part = Bytes::from(vec![b'x'; 64 * 1024]);
        let parts = stream::unfold((0, Over(over)), move |(sent, over)| {
            let part = part.clone();
            async move { (sent < LARGE).then(|| (Ok::<_, std::io::Error>(part.clone()), (sent + part.len(), over))) }
        });
        Body::from_stream(parts)
    };
    let slow = || async {
        sleep(Duration::from_millis(500)).await;
        "slow"
    };
    Router::new()
        .route("/small", get(|| async { "small" }))
        .route("/large", get(large))
        .route("/slow", get(slow))
        .route("/length", post(|body: Bytes| async move { body.len().to_string() }))
        .route("/refused", post(|| async { (StatusCode::UNAUTHORIZED, "no") }))
}

fn ask(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").into_bytes()
}

/// What comes until the other side ends; whether it ended as it should.
async fn rest(stream: &mut TcpStream) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let read = timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.expect("the connection is closed");
    (bytes, read.is_ok())
}

/// One answer on a connection that stays open.
async fn answer(stream: &mut TcpStream, path: &str) -> String {
    stream.write_all(&ask(path)).await.unwrap();
    let mut bytes = vec![0; 1000];
    let length = timeout(PATIENCE, stream.read(&mut bytes)).await.expect("an answer").unwrap();
    String::from_utf8_lossy(&bytes[..length]).into_owned()
}

fn is_ok(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 200 ")
}

#[tokio::test]
async fn who_takes_nothing_of_an_answer_loses_the_connection() {
    let edge = Edge::start(|limits| limits.stall = Duration::from_millis(200)).await;
    let mut client = edge.connect().await;
    client.write_all(&ask("/large")).await.unwrap();
    timeout(PATIENCE, edge.over.notified()).await.expect("the answer is given up");
    let (taken, _) = rest(&mut client).await;
    assert!(taken.len() < LARGE, "{} bytes were taken", taken.len());
}

#[tokio::test]
async fn who_takes_an_answer_slowly_gets_all_of_it() {
    let stall = Duration::from_secs(2);
    let edge = Edge::start(|limits| limits.stall = stall).await;
    let (mut client, began) = (edge.connect().await, Instant::now());
    client.write_all(b"GET /large HTTP/1.0\r\nhost: x\r\n\r\n").await.unwrap();
    let (mut taken, mut pauses, mut part) = (0, 0, vec![0; 256 * 1024]);
    loop {
        let length = timeout(PATIENCE, client.read(&mut part)).await.unwrap().unwrap();
        taken += length;
        if length == 0 {
            break;
        }
        // More is taken between two pauses than the system keeps for a client, so that the server sees each of them.
        if taken > pauses * (LARGE / 10) {
            pauses += 1;
            sleep(stall / 4).await;
        }
    }
    assert!(taken > LARGE, "{taken}");
    assert!(began.elapsed() > 2 * stall, "only {:?} with {pauses} pauses", began.elapsed());
}

#[tokio::test]
async fn of_one_address_the_longest_idle_connection_goes_and_those_of_others_stay() {
    let edge = Edge::start(|limits| limits.share = 3).await;
    let mut other = edge.connect_from(2).await;
    assert!(is_ok(&answer(&mut other, "/small").await));
    let mut first = edge.connect().await;
    assert!(is_ok(&answer(&mut first, "/small").await));
    let mut silent = edge.connect().await;
    // Known to the server before anything later is.
    sleep(Duration::from_millis(50)).await;
    assert!(is_ok(&answer(&mut first, "/small").await));
    let mut more = Vec::new();
    for _ in 0..2 {
        more.push(edge.connect().await);
        assert!(is_ok(&answer(more.last_mut().unwrap(), "/small").await));
    }
    assert_eq!(rest(&mut silent).await, (vec![], true), "it is idle since it came");
    for stream in more.iter_mut().chain([&mut first, &mut other]) {
        assert!(is_ok(&answer(stream, "/small").await), "it was idle for less");
    }
}

#[tokio::test]
async fn when_all_places_are_taken_the_longest_idle_connection_goes() {
    let edge = Edge::start(|limits| (limits.connections, limits.share) = (3, 3)).await;
    let mut silent = Vec::new();
    for last in 2..5 {
        silent.push(edge.connect_from(last).await);
        sleep(Duration::from_millis(50)).await;
    }
    for (last, stream) in (5..8).zip(&mut silent) {
        let mut buyer = edge.connect_from(last).await;
        assert!(is_ok(&answer(&mut buyer, "/small").await));
        assert_eq!(rest(stream).await, (vec![], true), "it is idle for longest");
    }
}

#[tokio::test]
async fn an_answer_that_is_worked_out_is_not_lost_to_others() {
    let edge = Edge::start(|limits| {
        (limits.connections, limits.share, limits.settle) = (2, 2, Duration::from_millis(300));
    })
    .await;
    let mut busy = [edge.connect_from(2).await, edge.connect_from(3).await];
    // One of them behind another request.
    busy[0].write_all(&ask("/small")).await.unwrap();
    for stream in &mut busy {
        stream.write_all(&ask("/slow")).await.unwrap();
    }
    sleep(Duration::from_millis(50)).await;
    // These wait until a place is idle.
    let waiting = (4..8).map(async |last| answer(&mut edge.connect_from(last).await, "/small").await);
    let answers = futures::future::join_all(waiting).await;
    assert!(answers.iter().all(|answer| is_ok(answer)), "{answers:?}");
    for stream in &mut busy {
        let (bytes, _) = rest(stream).await;
        assert!(bytes.ends_with(b"slow"), "{}", String::from_utf8_lossy(&bytes));
    }
}

#[tokio::test]
async fn a_trusted_proxy_has_no_share() {
    for (trusted, stay) in [(vec!["127.0.0.0/8".parse().unwrap()], true), (vec![], false)] {
        let edge = Edge::start(|limits| (limits.share, limits.trusted) = (2, trusted)).await;
        let mut streams = Vec::new();
        for _ in 0..6 {
            streams.push(edge.connect().await);
            assert!(is_ok(&answer(streams.last_mut().unwrap(), "/small").await));
        }
        if stay {
            for stream in &mut streams {
                assert!(is_ok(&answer(stream, "/small").await), "behind a proxy are many");
            }
        } else {
            assert_eq!(rest(&mut streams[0]).await, (vec![], true), "its share is used");
        }
    }
}

#[tokio::test]
async fn who_sends_a_body_a_letter_at_a_time_is_idle() {
    let edge = Edge::start(|limits| limits.share = 2).await;
    let mut slow = edge.connect().await;
    slow.write_all(b"POST /length HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n").await.unwrap();
    // The request is there before the other one is idle, and its letters come later.
    sleep(Duration::from_millis(50)).await;
    let mut other = edge.connect().await;
    assert!(is_ok(&answer(&mut other, "/small").await));
    for _ in 0..5 {
        slow.write_all(b"x").await.unwrap();
        sleep(Duration::from_millis(20)).await;
    }
    let mut third = edge.connect().await;
    assert!(is_ok(&answer(&mut third, "/small").await));
    assert!(rest(&mut slow).await.0.is_empty());
    assert!(is_ok(&answer(&mut other, "/small").await), "it was idle for less");
}

#[tokio::test]
async fn who_has_nothing_more_to_say_gets_the_answer() {
    let edge = Edge::start(|_| {}).await;
    for request in [&ask("/slow")[..], b"POST /length HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nslow"] {
        let mut client = edge.connect().await;
        client.write_all(request).await.unwrap();
        client.shutdown().await.unwrap();
        let (bytes, ended) = rest(&mut client).await;
        let text = String::from_utf8_lossy(&bytes);
        assert!(is_ok(&text) && ended && (text.ends_with("slow") || text.ends_with('4')), "{text}");
    }
}

/// More than fits between the two: the client is still sending when the answer is there.
#[tokio::test]
async fn an_answer_that_comes_before_the_body_was_read_arrives_whole() {
    let edge = Edge::start(|_| {}).await;
    let body = vec![b'x'; 8 * 1024 * 1024];
    let chunked = [format!("{:x}\r\n", body.len()).as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
    for _ in 0..10 {
        for (head, body) in
            [(format!("content-length: {}", body.len()), &body), ("transfer-encoding: chunked".to_owned(), &chunked)]
        {
            let mut client = edge.connect().await;
            let head = format!("POST /refused HTTP/1.1\r\nhost: x\r\n{head}\r\n\r\n");
            client.write_all(head.as_bytes()).await.unwrap();
            client.write_all(body).await.expect("all of it is taken");
            let (bytes, ended) = rest(&mut client).await;
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(text.starts_with("http/1.1 401 ") && text.contains("connection: close\r\n"), "{text}");
            assert!(text.ends_with("no") && ended, "{text}");
        }
    }
}

#[tokio::test]
async fn a_connection_stays_open_behind_a_body_that_was_read() {
    let edge = Edge::start(|_| {}).await;
    let mut client = edge.connect().await;
    for _ in 0..3 {
        client.write_all(b"POST /length HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nbody").await.unwrap();
        let mut bytes = vec![0; 1000];
        let length = timeout(PATIENCE, client.read(&mut bytes)).await.unwrap().unwrap();
        let text = String::from_utf8_lossy(&bytes[..length]).to_lowercase();
        assert!(text.starts_with("http/1.1 200 ") && !text.contains("connection: close"), "{text}");
    }
}

/// Sends parts of this length, one each `pause`, behind a request that is refused, until nobody takes them any more.
/// How much that was, and how long it took. Afterwards the only place is free.
async fn send_for_ever(linger: Duration, length: usize, pause: Duration) -> (usize, Duration) {
    let edge = Edge::start(|limits| (limits.connections, limits.linger) = (1, linger)).await;
    let (mut client, began) = (edge.connect().await, Instant::now());
    client.write_all(b"POST /refused HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n").await.unwrap();
    let (mut sent, part) = (0, vec![b'x'; length]);
    let sending = async {
        while client.write_all(&part).await.is_ok() {
            sent += length;
            sleep(pause).await;
        }
    };
    timeout(PATIENCE, sending).await.expect("the connection ends");
    let took = began.elapsed();
    assert!(is_ok(&answer(&mut edge.connect().await, "/small").await), "the next one is served");
    (sent, took)
}

#[tokio::test]
async fn who_goes_on_sending_little_after_the_answer_is_listened_to_for_a_while() {
    let linger = Duration::from_millis(300);
    let (sent, took) = send_for_ever(linger, 1, Duration::from_millis(20)).await;
    assert!(took >= linger && sent > 1, "{sent} bytes in {took:?}");
}

#[tokio::test]
async fn who_goes_on_sending_much_after_the_answer_is_listened_to_as_far_as_sixteen_megabytes() {
    let (sent, took) = send_for_ever(Duration::from_secs(3600), 64 * 1024, Duration::ZERO).await;
    assert!(sent >= 16 * 1024 * 1024, "{sent} bytes in {took:?}");
}
