//! What the server holds when nobody asks: after the start, some pages and five seconds of rest.

use super::figure::Figure;
use super::http::{self, Connection};
use super::session::sign_in;
use super::stage::Stage;
use anyhow::Result;
use std::thread::sleep;
use std::time::Duration;

const MEBIBYTE: f64 = 1024.0 * 1024.0;

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let seeded = stage.seeded()?;
    let server = stage.serve(&[])?;
    let started = server.memory()?;
    // Somebody else than in the bench of the page: one mail a minute.
    let browser = sign_in(&server.address, &seeded.second_buyer)?;
    http::load(&server.address, &http::get(&server.address, "/", &browser), 40, 4)?;
    Connection::open(&server.address)?.get("/sign-in", "")?.expect(200)?;
    sleep(Duration::from_secs(5));
    let at_rest = server.memory()?;
    println!("{:.1} MiB after the start, {:.1} at rest", started as f64 / MEBIBYTE, at_rest as f64 / MEBIBYTE);
    Ok(vec![Figure {
        what: "idle memory (PSS)".to_owned(),
        measured: at_rest as f64 / MEBIBYTE,
        goal: 32.0,
        unit: "MiB",
    }])
}
