//! From starting the program to the first 200 of `/readyz`, on a database that is there and up to date.

use super::figure::{Figure, median};
use super::stage::Stage;
use anyhow::Result;

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    stage.seeded()?;
    let mut waits = Vec::new();
    for _ in 0..stage.times(10, 3) {
        let server = stage.serve(&[])?;
        waits.push(server.ready_after.as_secs_f64() * 1e3);
        server.stop()?;
    }
    let list: Vec<_> = waits.iter().map(|wait| format!("{wait:.0}")).collect();
    println!("{} ms", list.join(" "));
    Ok(vec![Figure { what: "start to ready".to_owned(), measured: median(&waits), goal: 30.0, unit: "ms" }])
}
