//! From asking what another plan comes to until the answer is there: the figures while one chooses, and the figures
//! that are fixed.

use super::figure::{Figure, median, percentile};
use super::http::Connection;
use super::places::Places;
use super::session::sign_in;
use super::stage::Stage;
use anyhow::Result;
use std::time::Instant;

/// Milliseconds.
const GOAL: f64 = 5.0;

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let seeded = stage.seeded()?;
    let server = stage.serve(&[])?;
    let browser = sign_in(&server.address, &seeded.buyer)?;
    let places = Places { address: &server.address, browser: &browser, seeded };
    let preview = places.of_subscription("plan/preview?offer=clube-mais")?;
    let quote = places.of_subscription("plan/quote")?;
    let mut connection = Connection::open(&server.address)?;
    let looked_at = waits(stage, || connection.get(&preview, &browser)?.expect(200).map(drop))?;
    let fixed = waits(stage, || connection.post_form(&quote, &browser, "offer=clube-mais")?.expect(303).map(drop))?;
    Ok([("quote looked at", looked_at), ("quote fixed", fixed)].into_iter().flat_map(figures).collect())
}

/// Milliseconds of each answer, after some to warm up.
fn waits(stage: &Stage, mut ask: impl FnMut() -> Result<()>) -> Result<Vec<f64>> {
    (0..20).try_for_each(|_| ask())?;
    let one = |_| {
        let asked = Instant::now();
        ask()?;
        Ok(asked.elapsed().as_secs_f64() * 1e3)
    };
    (0..stage.times(1000, 100)).map(one).collect()
}

fn figures((name, waits): (&str, Vec<f64>)) -> [Figure; 2] {
    let (middle, end) = (median(&waits), percentile(&waits, 99));
    println!("{name}: median {middle:.2} ms, p99 {end:.2} ms of {}", waits.len());
    [("median", middle), ("p99", end)].map(|(word, measured)| Figure {
        what: format!("{name}, {word}"),
        measured,
        goal: GOAL,
        unit: "ms",
    })
}
