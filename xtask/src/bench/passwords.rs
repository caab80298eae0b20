//! A thousand wrong passwords at once, each from a network of its own, so that no limit of one network stops them: how
//! long somebody else waits who signs in meanwhile; and whether the time of an answer tells that nobody has an address.

use super::figure::{Figure, median, percentile};
use super::http::{Answer, Connection};
use super::stage::Stage;
use anyhow::{Result, ensure};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

/// Milliseconds for those who know their password.
const LONGEST_SIGN_IN: f64 = 300.0;
/// Milliseconds between the medians of an address that somebody has and of one that nobody has.
const WIDEST_DIFFERENCE: f64 = 2.0;
/// Who is guessed at, and who signs in: the producers of the filled database.
const GUESSED: &str = "studio-luz@example.com";
const OWNER: &str = "cozinha@example.com";
const PASSWORD: &str = "a+long+enough+password";

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    stage.seeded()?;
    // Believed, so that each request has the network that it names.
    let portal = stage.serve(&[("TRUSTED_PROXIES", "127.0.0.0/8")])?;
    let address = portal.address.clone();
    let (crowd, times) = (stage.times(1000, 100), stage.times(200, 20));
    let difference = difference(&address, times)?;
    let slowest = beside_a_crowd(&address, crowd)?;
    portal.stop()?;
    Ok(vec![
        Figure {
            what: "signing in beside wrong passwords, worst".to_owned(),
            measured: slowest,
            goal: LONGEST_SIGN_IN,
            unit: "ms",
        },
        Figure {
            what: "known and unknown address, medians".to_owned(),
            measured: difference,
            goal: WIDEST_DIFFERENCE,
            unit: "ms",
        },
    ])
}

/// Milliseconds between the medians of wrong passwords for both, asked for in turn.
fn difference(address: &str, times: usize) -> Result<f64> {
    let mut connection = Connection::open(address)?;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for round in 0..times {
        for (email, times) in [(GUESSED, &mut known), ("nobody@example.com", &mut unknown)] {
            let begun = Instant::now();
            sign_in(&mut connection, email, "wrong+wrong+wrong", network(1, round))?.expect(422)?;
            times.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
    }
    println!("known {:.2} ms, unknown {:.2} ms", median(&known), median(&unknown));
    Ok((median(&known) - median(&unknown)).abs())
}

/// Milliseconds that the owner waits at the most, of ten times, while the crowd is at it.
fn beside_a_crowd(address: &str, crowd: usize) -> Result<f64> {
    let begin = Barrier::new(crowd + 1);
    let times = thread::scope(|scope| {
        for guess in 0..crowd {
            let begin = &begin;
            scope.spawn(move || {
                let connection = Connection::open(address);
                begin.wait();
                // Whoever comes to a full house is told so at once.
                connection.and_then(|mut connection| {
                    sign_in(&mut connection, GUESSED, "wrong+wrong+wrong", network(2, guess))
                })
            });
        }
        begin.wait();
        thread::sleep(Duration::from_millis(50));
        (0..10).map(|round| timed(address, round)).collect::<Result<Vec<_>>>()
    })?;
    println!("the owner waited {:.0} ms in the middle, {:.0} ms at the most", median(&times), percentile(&times, 99));
    Ok(percentile(&times, 100))
}

fn timed(address: &str, round: usize) -> Result<f64> {
    let begun = Instant::now();
    let answer = sign_in(&mut Connection::open(address)?, OWNER, PASSWORD, network(3, round))?.expect(303)?;
    ensure!(answer.header("set-cookie").is_some(), "the owner is not in");
    Ok(begun.elapsed().as_secs_f64() * 1000.0)
}

fn sign_in(connection: &mut Connection, email: &str, password: &str, network: String) -> Result<Answer> {
    let headers = format!("x-forwarded-for: {network}\r\nsec-fetch-site: same-origin\r\n");
    connection.post_form("/producer/sign-in", &headers, &format!("email={email}&password={password}"))
}

/// A network that nobody else comes from.
fn network(kind: usize, number: usize) -> String {
    format!("{}.{}.{}.7", 40 + kind, number / 250, number % 250)
}
