//! A simulated year of a thousand subscriptions and of the orders beside them, on each engine: the test of that name,
//! built as `cargo xtask test` builds it, which also checks that every invariant holds afterwards. Wall-clock: it is
//! what somebody waits.

use super::figure::Figure;
use super::stage::Stage;
use crate::shell::watch;
use crate::test::postgres;
use crate::tools;
use anyhow::{Context, Result, ensure};

/// Figure, and the end of the test's name.
const ENGINES: [(&str, &str); 2] =
    [("a simulated year on SQLite", "sqlite"), ("a simulated year on PostgreSQL", "postgres")];

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    tools::postgres()?;
    let server = postgres::Server::start()?;
    let figure = |(what, engine): (&str, &str)| {
        let measured = seconds(stage, &server, engine)?;
        Ok(Figure { what: what.to_owned(), measured, goal: 60.0, unit: "s" })
    };
    // A year is as long in a hurry: then one is enough to see that it runs.
    ENGINES.into_iter().take(stage.times(ENGINES.len(), 1)).map(figure).collect()
}

/// The same flags as in `cargo xtask test`: with others everything would be compiled once more.
fn seconds(stage: &Stage, server: &postgres::Server, engine: &str) -> Result<f64> {
    let test = format!("histories::year::{}_{engine}", "a_year_of_a_thousand_subscriptions_is_sound_on");
    let flags = ["test", "--workspace", "--exclude", "client", "--exclude", "area", "--locked", "--test", "it", "--"];
    let mut command = stage.workspace.cargo(&flags);
    command.args(["--exact", &test, "--nocapture"]).env(postgres::VARIABLE, &server.url);
    let mut seconds = None;
    let is_sound = watch(&mut command, |line| seconds = seconds.or_else(|| took(line)))?;
    ensure!(is_sound, "the year on {engine} is not sound: see above");
    seconds.with_context(|| format!("the year on {engine} said no time"))
}

/// `a year of …, on sqlite: 41.2 s`
fn took(line: &str) -> Option<f64> {
    // The test runner may have begun the line with the test's name.
    let (_, told) = line.split_once("a year of ")?;
    told.rsplit_once(": ")?.1.strip_suffix(" s")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::took;

    #[test]
    fn the_seconds_of_a_year_stand_at_the_end_of_its_line() {
        assert_eq!(took("a year of 1000 subscriptions, 2000 orders, 71234 jobs, on sqlite: 41.2 s"), Some(41.2));
        assert_eq!(took("running 1 test"), None);
    }
}
