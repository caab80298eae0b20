//! Three pages against the same pages by hand (`bench/`): CPU time of a request; of the home page also bytes.

use super::figure::{Figure, median};
use super::http::{self, Connection};
use super::places::{PAGES, Page, Places};
use super::process::Process;
use super::same;
use super::session::sign_in;
use super::stage::Stage;
use anyhow::{Context, Result};

const CONNECTIONS: usize = 4;
/// CPU time, as a multiple of the page's by hand.
const GOAL: f64 = 1.35;

/// Both servers, and a browser that is signed in at either: they share a database.
struct Contest {
    ours: Process,
    by_hand: Process,
    browser: String,
}

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let seeded = stage.seeded()?;
    let (ours, by_hand) = (stage.serve(&[])?, stage.by_hand()?);
    let browser = sign_in(&ours.address, &seeded.buyer)?;
    let contest = Contest { ours, by_hand, browser };
    let places = Places { address: &contest.ours.address, browser: &contest.browser, seeded };
    let mut figures = Vec::new();
    for page in PAGES {
        let path = (page.path)(&places).with_context(|| format!("the way to the {}", page.name))?;
        match contest.compare(&path) {
            Ok(bytes) => figures.extend(contest.figures(stage, page, &path, bytes)?),
            Err(error) => figures.push(stale(page, &path, &error)),
        }
    }
    Ok(figures)
}

/// Two pages that differ are not compared, and the others still are: whoever changed the real one sees here which twin
/// to change.
fn stale(page: &Page, path: &str, error: &anyhow::Error) -> Figure {
    println!("{} at {path}: {error:#}", page.name);
    Figure { what: format!("{}, other than by hand", page.name), measured: f64::INFINITY, goal: GOAL, unit: "times" }
}

impl Contest {
    fn figures(&self, stage: &Stage, page: &Page, path: &str, bytes: f64) -> Result<Vec<Figure>> {
        let mut figures = vec![self.cpu_time(stage, page, path)?];
        if page.is_weighed {
            let what = format!("{}, HTML bytes against by hand", page.name);
            figures.push(Figure { what, measured: bytes, goal: 1.1, unit: "times" });
        }
        Ok(figures)
    }

    /// Short rounds alternate, and each is compared with its neighbour: whatever else the machine does meets both.
    fn cpu_time(&self, stage: &Stage, page: &Page, path: &str) -> Result<Figure> {
        let (requests, rounds) = (400, stage.times(41, 5));
        for process in [&self.ours, &self.by_hand] {
            self.cost(process, path, requests)?;
        }
        let (mut of_ours, mut of_by_hand, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rounds {
            let (ours, by_hand) = (self.cost(&self.ours, path, requests)?, self.cost(&self.by_hand, path, requests)?);
            of_ours.push(ours);
            of_by_hand.push(by_hand);
            ratios.push(ours / by_hand);
        }
        let (ours, by_hand) = (median(&of_ours), median(&of_by_hand));
        println!(
            "{}: {ours:.0} µs of CPU time against {by_hand:.0} by hand, \
             medians of {rounds} rounds of {requests} requests",
            page.name
        );
        let what = format!("{}, CPU time against by hand", page.name);
        Ok(Figure { what, measured: median(&ratios), goal: GOAL, unit: "times" })
    }

    /// Microseconds of CPU time a request.
    fn cost(&self, process: &Process, path: &str, requests: usize) -> Result<f64> {
        let request = http::get(&process.address, path, &self.browser);
        let before = process.cpu_time()?;
        http::load(&process.address, &request, requests, CONNECTIONS)?;
        Ok(process.cpu_time()?.saturating_sub(before).as_secs_f64() * 1e6 / requests as f64)
    }

    /// The ratio of the bytes of two pages that show the same. Once more if they do not: a minute may have ended
    /// between them.
    fn compare(&self, path: &str) -> Result<f64> {
        let both =
            || -> Result<(String, String)> { Ok((self.page(&self.ours, path)?, self.page(&self.by_hand, path)?)) };
        let compare = |(ours, by_hand): (String, String)| same::compare(&ours, &by_hand);
        compare(both()?).or_else(|_| compare(both()?))
    }

    fn page(&self, process: &Process, path: &str) -> Result<String> {
        Ok(Connection::open(&process.address)?.get(path, &self.browser)?.expect(200)?.body)
    }
}
