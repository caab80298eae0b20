//! Clients that do not speak HTTP as it is written: each is refused or hung up on, never with a fault of ours, and the
//! next one is served.

use crate::harness::http::{Request, call};
use crate::harness::site::Site;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// What is sent, and the statuses that are an answer to it. Nothing at all and a connection that is closed always is.
fn crooked(host: &str) -> Vec<(&'static str, Vec<u8>, &'static [u16])> {
    let head = |first: &str, more: &str| format!("{first} HTTP/1.1\r\nhost: {host}\r\n{more}\r\n").into_bytes();
    let get = |more: &str| head("GET /sign-in", more);
    let post = |more: &str, body: &str| {
        let form = "content-type: application/x-www-form-urlencoded\r\n";
        [head("POST /sign-in", &format!("{form}{more}")), body.as_bytes().to_vec()].concat()
    };
    let chunked = |body: &str| post("transfer-encoding: chunked\r\n", body);
    let many = (0..10_000).map(|number| format!("x-{number}: 1\r\n")).collect::<String>();
    let large = format!("x: {}\r\n", "x".repeat(1024 * 1024));
    vec![
        ("a chunk without a size", chunked("\r\nemail=x\r\n0\r\n\r\n"), &[400, 422]),
        ("a chunk of no number", chunked("zz\r\nemail=x\r\n0\r\n\r\n"), &[400, 422]),
        ("a chunk of a negative size", chunked("-5\r\nemail=x\r\n0\r\n\r\n"), &[400, 422]),
        ("a chunk larger than numbers are", chunked("fffffffffffffffff\r\nemail=x\r\n0\r\n\r\n"), &[400, 422]),
        ("a chunk larger than what comes", chunked("ffffff\r\nemail=x\r\n0\r\n\r\n"), &[400, 413, 422]),
        ("a chunk shorter than what comes", chunked("2\r\nemail=x\r\n0\r\n\r\n"), &[400, 422]),
        (
            "a chunk with a long word",
            chunked(&format!("7;{}\r\nemail=x\r\n0\r\n\r\n", "x".repeat(100_000))),
            &[400, 422],
        ),
        ("trailers without end", chunked(&format!("0\r\n{many}")), &[400, 422, 431]),
        ("a body that is cut", post("content-length: 100\r\n", "email=x"), &[400, 422]),
        ("two lengths", post("content-length: 7\r\ncontent-length: 8\r\n", "email=x"), &[400]),
        ("a length of two", post("content-length: 7, 8\r\n", "email=x"), &[400]),
        ("a length with a sign", post("content-length: +7\r\n", "email=x"), &[400]),
        ("a negative length", post("content-length: -7\r\n", "email=x"), &[400]),
        ("a length of no number", post("content-length: 0x7\r\n", "email=x"), &[400]),
        ("a length larger than numbers are", post("content-length: 99999999999999999999\r\n", "email=x"), &[400]),
        ("a coding that nobody knows", post("transfer-encoding: xchunked\r\n", "email=x"), &[400]),
        ("chunks inside of a coding", post("transfer-encoding: chunked, identity\r\n", "0\r\n\r\n"), &[400]),
        ("ten thousand lines", get(&many), &[431]),
        ("a line of a megabyte", get(&large), &[431]),
        ("an address of a megabyte", head(&format!("GET /{}", "x".repeat(1024 * 1024)), ""), &[414, 431]),
        ("an address of 60 kB", head(&format!("GET /{}", "x".repeat(60_000)), ""), &[404, 414]),
        ("a method of 60 kB", head(&format!("{} /", "X".repeat(60_000)), ""), &[400, 405]),
        ("a zero byte in the address", head("GET /sign\0in", ""), &[400]),
        ("a zero byte in a line", get("x: a\0b\r\n"), &[400]),
        ("a zero byte, escaped", head("GET /orders/%00", ""), &[303, 404]),
        ("a blank in the address", head("GET /sign in", ""), &[400]),
        ("no blank before the version", format!("GET /HTTP/1.1\r\nhost: {host}\r\n\r\n").into_bytes(), &[400]),
        ("a line that is folded", get("x: a\r\n b\r\n"), &[400]),
        ("a blank before the colon", get("x : a\r\n"), &[400]),
        ("a name with a blank", get("x y: a\r\n"), &[400]),
        ("a line without a colon", get("nonsense\r\n"), &[400]),
        ("a return inside of a line", get("x: a\rb\r\n"), &[400]),
        ("no host", b"GET /sign-in HTTP/1.1\r\n\r\n".to_vec(), &[400, 421]),
        ("two hosts", get("host: evil.example\r\n"), &[400, 421]),
        ("another host in the address", head("GET http://evil.example/sign-in", ""), &[400, 421]),
        ("a tunnel", head("CONNECT evil.example:443", ""), &[400, 404, 405, 421]),
        ("an upgrade", get("connection: upgrade\r\nupgrade: h2c\r\n"), &[200]),
        ("something to be expected", get("expect: wonders\r\n"), &[200, 417]),
        ("HTTP/0.9", b"GET /\r\n".to_vec(), &[400]),
        ("HTTP/1.2", format!("GET /sign-in HTTP/1.2\r\nhost: {host}\r\n\r\n").into_bytes(), &[400, 505]),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), &[400, 505]),
        ("TLS", b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\x01\x02\x03".to_vec(), &[400]),
        ("another protocol", b"EHLO example.com\r\n\r\n".to_vec(), &[400]),
        ("bytes", (0..=255).collect(), &[400]),
        // Which is no mistake: a single line feed ends a line (RFC 9112, 2.2).
        ("single line feeds", format!("GET /sign-in HTTP/1.1\nhost: {host}\n\n").into_bytes(), &[200, 400]),
        ("empty lines before", [b"\r\n\r\n".to_vec(), get("")].concat(), &[200, 400]),
    ]
}

/// All that is answered until the connection ends.
async fn answers(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut answer = Vec::new();
    let talk = async {
        // Refused before all of it was sent: not everybody is listened to for so long.
        let _ = stream.write_all(bytes).await;
        let _ = stream.shutdown().await;
        let _ = stream.read_to_end(&mut answer).await;
    };
    timeout(Duration::from_secs(60), talk).await.expect("the connection ends");
    String::from_utf8_lossy(&answer).into_owned()
}

fn statuses(answers: &str) -> Vec<u16> {
    answers.split("HTTP/1.1 ").skip(1).filter_map(|rest| rest.get(..3)?.parse().ok()).collect()
}

#[tokio::test]
async fn who_does_not_speak_as_it_is_written_is_refused_and_the_next_one_is_served() {
    let mut site = Site::start("sqlite").await;
    for (what, bytes, expected) in crooked(&site.address.to_string()) {
        let answer = answers(site.address, &bytes).await;
        let statuses = statuses(&answer);
        let is_expected = statuses.len() < 2 && statuses.iter().all(|status| expected.contains(status));
        // What may be served is no reason to hang up.
        let may_be_silent = expected.iter().all(|status| *status >= 400) && answer.is_empty();
        assert!(is_expected && (may_be_silent || statuses.len() == 1), "{what}: {statuses:?} {answer}");
        let next = call(site.address, &Request::new("GET", "/sign-in")).await.unwrap();
        assert_eq!(next.status, 200, "after {what}");
    }
    site.assert_runs();
    site.assert_sound().await;
}

/// A proxy before us may have read the other length: what stands behind is nobody's request.
#[tokio::test]
async fn nothing_is_read_behind_a_body_whose_length_is_said_in_two_ways() {
    let site = Site::start("sqlite").await;
    let hidden = format!("GET /healthz HTTP/1.1\r\nhost: {}\r\n\r\n", site.address);
    for lengths in
        ["transfer-encoding: chunked\r\ncontent-length: 5\r\n", "content-length: 5\r\ntransfer-encoding: chunked\r\n"]
    {
        let first = format!("POST /sign-in HTTP/1.1\r\nhost: {}\r\n{lengths}\r\n0\r\n\r\n", site.address);
        let answer = answers(site.address, format!("{first}{hidden}").as_bytes()).await;
        assert_eq!(statuses(&answer).len(), 1, "{answer}");
        assert!(answer.to_lowercase().contains("connection: close\r\n"), "{answer}");
    }
    site.assert_sound().await;
}
