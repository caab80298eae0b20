//! The home page of a buyer with 20 orders against the same page by hand (`bench/`): CPU time of a request, and bytes.

use super::figure::{Figure, median};
use super::http::{self, Connection};
use super::process::Process;
use super::session::sign_in;
use super::stage::Stage;
use anyhow::{Result, ensure};

const CONNECTIONS: usize = 4;

pub fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let seeded = stage.seeded()?;
    let (ours, by_hand) = (stage.serve(&[])?, stage.by_hand()?);
    let browser = sign_in(&ours.address, &seeded.buyer)?;
    let bytes = compare(&page(&ours, &browser)?, &page(&by_hand, &browser)?)?;
    let (requests, rounds) = (stage.times(4000, 400), stage.times(9, 3));
    for process in [&ours, &by_hand] {
        cost(process, &browser, requests / 4)?;
    }
    let (mut of_ours, mut of_by_hand) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        of_ours.push(cost(&ours, &browser, requests)?);
        of_by_hand.push(cost(&by_hand, &browser, requests)?);
    }
    let (ours, by_hand) = (median(&of_ours), median(&of_by_hand));
    println!(
        "{ours:.0} µs of CPU time a page against {by_hand:.0} by hand: medians of {rounds} rounds of {requests} requests"
    );
    Ok(vec![
        Figure { what: "orders page, CPU time against by hand", measured: ours / by_hand, goal: 1.5, unit: "times" },
        Figure { what: "orders page, HTML bytes against by hand", measured: bytes, goal: 1.1, unit: "times" },
    ])
}

/// Microseconds of CPU time a request.
fn cost(process: &Process, browser: &str, requests: usize) -> Result<f64> {
    let request = http::get(&process.address, "/", browser);
    let before = process.cpu_time()?;
    http::load(&process.address, &request, requests, CONNECTIONS)?;
    Ok((process.cpu_time()? - before).as_secs_f64() * 1e6 / requests as f64)
}

fn page(process: &Process, browser: &str) -> Result<String> {
    Ok(Connection::open(&process.address)?.get("/", browser)?.expect(200)?.body)
}

/// Makes sure that both show the same, and returns the ratio of their bytes.
fn compare(ours: &str, by_hand: &str) -> Result<f64> {
    let (left, right) = (skeleton(ours), skeleton(by_hand));
    let differs = left.iter().zip(&right).position(|(left, right)| left != right);
    let at = differs.unwrap_or(left.len().min(right.len()));
    ensure!(
        left == right,
        "the page by hand is no longer the same page: {:?} is {:?} by hand",
        left.get(at),
        right.get(at)
    );
    println!("{} bytes against {} by hand, the same text in the same {} parts", ours.len(), by_hand.len(), left.len());
    Ok(ours.len() as f64 / by_hand.len() as f64)
}

/// The names of the tags and the texts between them, in their order; attributes left out.
fn skeleton(html: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        parts.push(tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap_or_default());
        if !text.trim().is_empty() {
            parts.push(text.trim());
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{compare, skeleton};

    #[test]
    fn pages_are_the_same_when_text_and_elements_are() {
        assert_eq!(skeleton("<p class=\"a\">x<b>y</b></p>"), ["p", "x", "b", "y", "b", "p"]);
        assert!(compare("<p id=\"1\">x</p>", "<p>x</p>").is_ok());
        assert!(compare("<p>x</p>", "<p>y</p>").is_err());
        assert!(compare("<p>x</p>", "<p>x</p><p></p>").is_err());
    }
}
