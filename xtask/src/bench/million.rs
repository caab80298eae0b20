//! A million orders of two hundred producers on each engine, a third of them of one: every list of the API, page after
//! page, what the producers' and the staff's pages find (`orders.rs`), and `aftersale verify`.

use super::figure::{Figure, percentile};
use super::http::Connection;
use super::process::Process;
use super::stage::Stage;
use super::{orders, seed};
use crate::shell::execute;
use crate::test::postgres::Server;
use crate::tools;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;
use std::process::Command;
use std::time::Instant;

/// How many orders are made by the API, to be copied.
const MADE: usize = 240;
/// Milliseconds.
const LONGEST_PAGE: f64 = 10.0;
/// Seconds.
const LONGEST_VERIFY: f64 = 60.0;

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    stage.seeded()?;
    execute(&mut stage.workspace.cargo(&["build", "--release", "--package", "by-hand", "--locked"]))?;
    tools::postgres()?;
    let server = Server::start()?;
    let file = stage.database().with_file_name("million.db");
    let mut figures = Vec::new();
    for (engine, url) in [("SQLite", format!("sqlite:{}", file.display())), ("PostgreSQL", server.url.clone())] {
        figures.extend(on(stage, engine, &url)?);
    }
    fs::remove_file(file)?;
    Ok(figures)
}

fn on(stage: &Stage, engine: &str, url: &str) -> Result<Vec<Figure>> {
    // With PostgreSQL no key is made.
    let settings = [("DATABASE_URL", url), ("SECRET_KEY", "a secret of a bench: 32 bytes or more")];
    seed::fill(stage, MADE - 40, &settings)?;
    seed::create_admin(stage, &settings)?;
    let copies = stage.times(1_000_000, 24_000) / MADE;
    println!("{engine}: copying {MADE} orders {copies} times.");
    let begun = Instant::now();
    let fill = stage.workspace.target.join("release/fill");
    execute(Command::new(fill).args([url, &copies.to_string()]))?;
    println!("{engine}: filled in {:.0} s.", begun.elapsed().as_secs_f64());
    let key = seed::create_key(stage, "studio-luz", &settings)?;
    let mut figures = Vec::new();
    let portal = stage.serve(&settings)?;
    for filter in ["", "&status=paid", "&status=pending", "&email=EMAIL", "&email=EMAIL&status=paid"] {
        let slowest = pages(&portal, &key, filter, copies)?;
        let what = format!("orders?{}, {engine}, p99", filter.trim_start_matches('&'));
        figures.push(Figure { what, measured: slowest, goal: LONGEST_PAGE, unit: "ms" });
    }
    figures.extend(orders::figures(&portal, engine, copies)?);
    portal.stop()?;
    let begun = Instant::now();
    let output = stage.aftersale(&["verify"], &settings).output()?;
    let seconds = begun.elapsed().as_secs_f64();
    let said = [output.stdout, output.stderr].concat();
    ensure!(output.status.success(), "verify: {}", String::from_utf8_lossy(&said));
    figures.push(Figure { what: format!("verify, {engine}"), measured: seconds, goal: LONGEST_VERIFY, unit: "s" });
    Ok(figures)
}

/// Milliseconds that 99 of 100 pages stay below. Each is the next of the one before, up to the end of the list; of a
/// buyer's list another buyer's follows.
fn pages(portal: &Process, key: &str, filter: &str, copies: usize) -> Result<f64> {
    let mut connection = Connection::open(&portal.address)?;
    let headers = format!("authorization: Bearer {key}\r\n");
    let (mut cursor, mut times) = (String::new(), Vec::new());
    for round in 0..300 {
        let buyer = format!("{}-ana%40example.com", orders::buyer(round, copies));
        let path = format!("/api/v1/orders?limit=20{}{cursor}", filter.replace("EMAIL", &buyer));
        let begun = Instant::now();
        let answer = connection.get(&path, &headers)?.expect(200)?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        let page: Value = serde_json::from_str(&answer.body)?;
        ensure!(!page["orders"].as_array().context("a list")?.is_empty() || !cursor.is_empty(), "{path} is empty");
        cursor = page["next_cursor"].as_str().map_or(String::new(), |next| format!("&cursor={next}"));
        if filter.contains("EMAIL") {
            cursor.clear();
        }
    }
    Ok(percentile(&times, 99))
}
