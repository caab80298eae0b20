//! A million orders of two hundred producers on each engine, half of them of one: every list of the API, page after
//! page, what the producers' and the staff's pages find (`orders.rs`), and `aftersale verify`. Everything is asked among
//! ten thousand orders before, so that it is seen how much an answer grows.

use super::figure::{Asked, Figure};
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
/// Among how many orders everything is asked before.
const FEW: usize = 10_000;
/// How many times as long an answer may take among a million.
const MOST_GROWTH: f64 = 3.0;
/// Milliseconds.
const LONGEST_PAGE: f64 = 10.0;
/// Seconds.
const LONGEST_VERIFY: f64 = 60.0;

pub(super) fn run(stage: &Stage<'_>) -> Result<Vec<Figure>> {
    stage.seeded()?;
    execute(&mut stage.workspace.cargo(&["build", "--release", "--package", "by-hand", "--locked"]))?;
    tools::postgres()?;
    let mut figures = Vec::new();
    for engine in ["SQLite", "PostgreSQL"] {
        let few = Shop::filled(stage, engine, FEW / MADE)?;
        let before = few.ask()?;
        few.close()?;
        let many = Shop::filled(stage, engine, stage.times(1_000_000, 24_000) / MADE)?;
        figures.extend(many.figures(&before)?);
        many.close()?;
    }
    Ok(figures)
}

/// A portal with so many orders.
struct Shop<'a> {
    stage: &'a Stage<'a>,
    engine: &'static str,
    url: String,
    copies: usize,
    /// Stops when the shop is closed.
    _server: Option<Server>,
}

impl<'a> Shop<'a> {
    fn filled(stage: &'a Stage<'a>, engine: &'static str, copies: usize) -> Result<Self> {
        let server = (engine == "PostgreSQL").then(Server::start).transpose()?;
        let file = stage.database().with_file_name(format!("of-{copies}.db"));
        let url = server.as_ref().map_or_else(|| format!("sqlite:{}", file.display()), |server| server.url.clone());
        let shop = Self { stage, engine, url, copies, _server: server };
        seed::fill(stage, MADE - 40, &shop.settings())?;
        seed::create_admin(stage, &shop.settings())?;
        println!("{engine}: copying {MADE} orders {copies} times.");
        let begun = Instant::now();
        let fill = stage.workspace.target.join("release/fill");
        execute(Command::new(fill).args([&shop.url, &copies.to_string()]))?;
        println!("{engine}: filled in {:.0} s.", begun.elapsed().as_secs_f64());
        Ok(shop)
    }

    fn settings(&self) -> [(&str, &str); 2] {
        // With PostgreSQL no key is made.
        [("DATABASE_URL", &self.url), ("SECRET_KEY", "a secret of a bench: 32 bytes or more")]
    }

    /// Everything that is asked, of a portal that is started for it.
    fn ask(&self) -> Result<Vec<Asked>> {
        let portal = self.stage.serve(&self.settings())?;
        let asked = self.ask_of(&portal);
        portal.stop()?;
        asked
    }

    fn ask_of(&self, portal: &Process) -> Result<Vec<Asked>> {
        let key = seed::create_key(self.stage, "studio-luz", &self.settings())?;
        let mut asked = Vec::new();
        for filter in ["", "&status=paid", "&status=pending", "&email=EMAIL", "&email=EMAIL&status=paid"] {
            let times = pages(portal, &key, filter, self.copies)?;
            let what = format!("orders?{}, {}", filter.trim_start_matches('&'), self.engine);
            asked.push(Asked { what, times, goal: LONGEST_PAGE });
        }
        asked.extend(orders::ask(portal, self.engine, self.copies)?);
        Ok(asked)
    }

    fn figures(&self, before: &[Asked]) -> Result<Vec<Figure>> {
        let portal = self.stage.serve(&self.settings())?;
        let now = self.ask_of(&portal)?;
        let file = orders::file(&portal, self.engine)?;
        portal.stop()?;
        let growth = now.iter().zip(before).map(|(now, before)| now.growth(before, MOST_GROWTH));
        let mut figures: Vec<Figure> = now.iter().map(Asked::p99).chain(growth).collect();
        figures.extend([file, self.verify()?]);
        Ok(figures)
    }

    fn verify(&self) -> Result<Figure> {
        let begun = Instant::now();
        let output = self.stage.aftersale(&["verify"], &self.settings()).output()?;
        let measured = begun.elapsed().as_secs_f64();
        let said = [output.stdout, output.stderr].concat();
        ensure!(output.status.success(), "verify: {}", String::from_utf8_lossy(&said));
        Ok(Figure { what: format!("verify, {}", self.engine), measured, goal: LONGEST_VERIFY, unit: "s" })
    }

    fn close(self) -> Result<()> {
        match self.url.strip_prefix("sqlite:") {
            Some(file) => Ok(fs::remove_file(file)?),
            None => Ok(()),
        }
    }
}

/// Milliseconds of each page. Each is the next of the one before, up to the end of the list; of a buyer's list another
/// buyer's follows.
fn pages(portal: &Process, key: &str, filter: &str, copies: usize) -> Result<Vec<f64>> {
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
    Ok(times)
}
