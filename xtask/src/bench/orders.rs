//! The producer's list of orders at a million: each filter, each kind of search, the staff's box, and the file.

use super::figure::{Asked, Figure};
use super::http::Connection;
use super::process::Process;
use anyhow::{Context, Result, ensure};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Instant;

/// The browsers that `bench/src/bin/fill.rs` signs in.
const PRODUCER: &str = "cookie: aftersale-producer=bench-of-producers-AAA\r\naccept-language: pt-BR\r\n";
const STAFF: &str = "cookie: aftersale-staff=bench-of-the-staff-AAA\r\naccept-language: pt-BR\r\n";
/// Milliseconds.
const LONGEST_PAGE: f64 = 50.0;
/// MiB that the server takes for the file of all orders.
const MOST_MEMORY: f64 = 64.0;
const MEBIBYTE: f64 = 1024.0 * 1024.0;
/// How often each question is asked; `BUYER` is another one each time.
const ROUNDS: usize = 100;
/// What is asked of the list.
const QUESTIONS: [&str; 18] = [
    "",
    "status=paid",
    "status=disputed",
    "product=foto",
    "product=foto&status=pending",
    "kind=subscription",
    "kind=slip_installments&status=paid",
    "from=2026-01-01&to=2026-03-31",
    "risk=money",
    "risk=refund",
    "q=BUYER-ana%40example.com",
    "q=BUYER-ana",
    "q=ana",
    "q=ana+d%27avila&status=paid",
    "q=529.982.247-25",
    "q=%2B55+11+99999-0001",
    "q=4242",
    "q=nobody+is+called+so",
];
/// What is asked of the staff's box.
const LOOKUPS: [&str; 5] = ["BUYER-ana%40example.com", "ana", "529.982.247-25", "nobody", "4242+297%2C00+12%2F11"];

/// Asks everything.
pub(super) fn ask(portal: &Process, engine: &str, copies: usize) -> Result<Vec<Asked>> {
    let of_list = |question: &&str| (format!("/producer/orders?{question}"), PRODUCER);
    let of_box = |lookup: &&str| (format!("/admin?q={lookup}"), STAFF);
    let drawer = ("/producer/orders/ana-1-BUYER".to_owned(), PRODUCER);
    let all = QUESTIONS.iter().map(of_list).chain([drawer]).chain(LOOKUPS.iter().map(of_box));
    all.map(|(path, headers)| {
        let times = times(portal, &path, headers, copies)?;
        Ok(Asked { what: format!("{path}, {engine}"), times, goal: LONGEST_PAGE })
    })
    .collect()
}

/// The number of another buyer of the first producer's each time: each second copy is that producer's.
pub(super) fn buyer(round: usize, copies: usize) -> usize {
    (round * 37 % (copies / 2) + 1) * 2
}

/// Milliseconds of each answer.
fn times(portal: &Process, path: &str, headers: &str, copies: usize) -> Result<Vec<f64>> {
    let mut connection = Connection::open(&portal.address)?;
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let buyer = buyer(round, copies).to_string();
        let begun = Instant::now();
        let answer = connection.get(&path.replace("BUYER", &buyer), headers)?.expect(200)?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        ensure!(answer.body.contains("/sign-out"), "{path}: nobody is signed in");
    }
    Ok(times)
}

/// MiB that the server holds more at the most while it sends all orders.
pub(super) fn file(portal: &Process, engine: &str) -> Result<Figure> {
    let before = portal.memory()?;
    let begun = Instant::now();
    let mut stream = TcpStream::connect(&portal.address)?;
    let address = &portal.address;
    write!(stream, "GET /producer/orders.csv HTTP/1.1\r\nhost: {address}\r\n{PRODUCER}connection: close\r\n\r\n")?;
    let (mut most, mut bytes, mut buffer) = (before, 0_usize, vec![0; 1 << 20]);
    let mut first = Vec::new();
    loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        if first.is_empty() {
            first.extend_from_slice(&buffer[..read]);
        }
        // Once in a while: asking takes longer than reading.
        if (bytes >> 22) != ((bytes + read) >> 22) {
            most = most.max(portal.memory()?);
        }
        bytes += read;
    }
    let head = String::from_utf8_lossy(&first);
    ensure!(head.starts_with("HTTP/1.1 200"), "the file: {}", head.lines().next().context("no answer")?);
    println!("{engine}: a file of {bytes} bytes in {:.1} s.", begun.elapsed().as_secs_f64());
    let measured = (most - before) as f64 / MEBIBYTE;
    Ok(Figure { what: format!("memory for orders.csv, {engine}"), measured, goal: MOST_MEMORY, unit: "MiB" })
}
