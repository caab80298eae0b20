//! Thousands of connections that ask and never take an answer, beside people who buy: the people are served.
#![cfg(target_os = "linux")]

use crate::harness::browserless::{Browser, form};
use crate::harness::member_areas::Area;
use crate::harness::shop::{catalogue, order, sell, sign_in};
use crate::harness::site::{Api, Site};
use futures::future::join_all;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

const CONNECTIONS: u32 = 3_000;
const BUYERS: usize = 50;

/// Both ends of a connection are files of this machine, those of the crowd all of this process.
fn allow_files() -> u32 {
    let limit = |words: &[&str]| {
        let mut prlimit = std::process::Command::new("prlimit");
        let output = prlimit.arg(format!("--pid={}", std::process::id())).args(words).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let most = limit(&["--nofile", "--output=HARD", "--noheadings"]);
    let most: u32 = most.trim().parse().unwrap_or(u32::MAX);
    limit(&[&format!("--nofile={}:", most.min(8_192))]);
    CONNECTIONS.min(most.saturating_sub(600))
}

/// Asks for much and takes nothing, from one of `addresses` that are nobody's proxy. The server may refuse to be
/// connected to, or may hang up.
async fn never_read(server: SocketAddr, number: u32, addresses: u32) -> Option<TcpStream> {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(2048).unwrap();
    let last = u8::try_from(2 + number % addresses).unwrap();
    socket.bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::new(127, 0, 0, last)), 0)).unwrap();
    let mut stream = timeout(Duration::from_secs(10), socket.connect(server)).await.ok()?.ok()?;
    // Every tenth asks for more than fits between the two, the others for little.
    let (path, times) = if number.is_multiple_of(10) { ("/api/v1/openapi.json", 2) } else { ("/favicon.svg", 1) };
    let ask = format!("GET {path} HTTP/1.1\r\nhost: {server}\r\n\r\n").repeat(times);
    let _ = timeout(Duration::from_secs(10), stream.write_all(ask.as_bytes())).await;
    Some(stream)
}

/// Is sold something, looks at it, and asks for a link. How long each took.
async fn buy(api: &Api, mut buyer: Browser, mut stranger: Browser, code: &str) -> Vec<Duration> {
    let mut took = Vec::new();
    let began = Instant::now();
    sell(api, &order(code, "somebody@example.com", &[("foto", 29_700)])).await;
    took.push(began.elapsed());
    for path in ["/", "/orders/A-0", "/orders/A-0/refund", "/account"] {
        let began = Instant::now();
        buyer.visit(path).await.expect(200);
        took.push(began.elapsed());
    }
    let began = Instant::now();
    let sign_in = form(&stranger.get("/sign-in").await.expect(200), "/sign-in");
    took.push(began.elapsed());
    let began = Instant::now();
    let email = format!("{code}@example.com");
    stranger.press(&sign_in, &[("email", &email)]).await.expect(303);
    took.push(began.elapsed());
    took
}

#[tokio::test]
async fn thousands_that_never_take_an_answer_keep_no_buyer_out() {
    let connections = allow_files();
    assert!(connections >= 1_000, "this system allows {connections} connections: too few for a crowd");
    let mut site = Site::start("sqlite").await;
    let api = site.producer("luz", "Escola Luz").await;
    let area = Area::own().await;
    catalogue(&api, &area).await;
    sell(&api, &order("A-0", "ana@example.com", &[("foto", 29_700)])).await;
    let ana = sign_in(&site, "ana@example.com").await;
    // Nobody; all of one client; then of so many that together they could have all places.
    for (connections, addresses) in [(0, 0), (connections, 1), (connections, 12)] {
        let crowd = join_all((0..connections).map(|number| never_read(site.address, number, addresses))).await;
        let codes = (0..BUYERS).map(|number| format!("C{addresses}-{number}")).collect::<Vec<_>>();
        let mut took = join_all(codes.iter().map(|code| buy(&api, ana.clone(), site.browser(), code))).await.concat();
        took.sort();
        let (half, p99) = (took[took.len() / 2], took[took.len() * 99 / 100]);
        let of = crowd.iter().flatten().count();
        assert!(of >= connections as usize / 2, "{of} of {connections} connections came in");
        println!("{of} connections from {addresses} addresses: p50 {half:?}, p99 {p99:?} of {} answers", took.len());
        for code in &codes {
            assert_eq!(api.order(code).await["status"], "paid", "{code}");
        }
    }
    site.assert_runs();
    site.assert_sound().await;
}
