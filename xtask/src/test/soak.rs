//! `cargo xtask soak`: what finds rare mistakes by going on for long, on both engines. Before a release, and after a
//! change of the rules, of the outbox or of a store.

use super::count::Count;
use super::{description, rust};
use crate::shell::Workspace;
use crate::tools;
use anyhow::{Result, ensure};
use std::time::Instant;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Random histories on each engine
    #[arg(long, default_value_t = 10_000)]
    histories: u64,
    /// Random lives of orders at a stand-in of each of Stripe, Asaas and Guru on each engine
    #[arg(long, default_value_t = 3_000)]
    histories_there: u64,
    /// How often the server is killed on each engine
    #[arg(long, default_value_t = 500)]
    kills: u64,
    /// How often the server is killed on each engine while it tells one of these stand-ins something
    #[arg(long, default_value_t = 200)]
    kills_there: u64,
    /// How many calls are made of each that the API describes
    #[arg(long, default_value_t = 2_000)]
    examples: u64,
    /// How often each race is run
    #[arg(long, default_value_t = 25)]
    races: u64,
    /// How often each fault of a disk is gone through, on SQLite: writes and syncs that fail by strace
    #[arg(long, default_value_t = 25)]
    faults: u64,
}

/// The same flags as in `cargo xtask test`: with others everything would be compiled once more.
const STORIES: [&str; 8] = ["--workspace", "--exclude", "client", "--exclude", "area", "--test", "it", "--"];
const HISTORIES: &[&str] = &["histories::random_lives"];
const HISTORIES_THERE: &[&str] = &["histories::there"];
const KILLS: &[&str] = &["kill::"];
const FAULTS: &[&str] = &["faults::", "--ignored"];
/// Parts of the names of tests in which several do at once what only one may.
const RACES: &[&str] = &["at_once", "at_the_same_time", "eight_presses", "last_moment"];

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    tools::strace()?;
    let mut count = Count::default();
    let mut part = |name: &str, tests: &[&str], settings: &[(&str, u64)]| {
        let begin = Instant::now();
        count.add(name, stories(workspace, tests, settings));
        println!("{name}: {:.0} s", begin.elapsed().as_secs_f64());
    };
    for round in 1..=arguments.races {
        part(&format!("races, round {round} of {}", arguments.races), RACES, &[]);
    }
    let kills = [("AFTERSALE_TEST_KILLS", arguments.kills), ("AFTERSALE_TEST_KILLS_THERE", arguments.kills_there)];
    part("kills", KILLS, &kills);
    part("faults", FAULTS, &[("AFTERSALE_TEST_FAULTS", arguments.faults)]);
    part("histories", HISTORIES, &[("AFTERSALE_TEST_HISTORIES", arguments.histories)]);
    let there = [("AFTERSALE_TEST_HISTORIES_THERE", arguments.histories_there)];
    part("histories at a gateway", HISTORIES_THERE, &there);
    count.add("API's description", description::run(workspace, arguments.examples));
    println!("{count}");
    ensure!(count.is_clean(), "what failed stands above");
    Ok(())
}

fn stories(workspace: &Workspace, tests: &[&str], settings: &[(&str, u64)]) -> Result<Count> {
    let count = rust::run(workspace, &[&STORIES, tests, &["--nocapture"]].concat(), settings)?;
    ensure!(!count.is_empty(), "no test has such a name: {}", tests.join(", "));
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::RACES;
    use std::process::Command;

    #[test]
    fn there_are_races_of_each_name() {
        for part in RACES {
            let pattern = format!("async fn [a-z0-9_]*{part}");
            let mut git = Command::new("git");
            git.args(["grep", "--quiet", "--untracked", "-E", &pattern, "--", "server/tests/it"])
                .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
            assert!(git.status().expect("git runs").success(), "no test's name contains {part}");
        }
    }
}
