//! The tests in Rust: `cargo test`, with a PostgreSQL beside it, and with the random histories of the day.

use super::count::Count;
use super::postgres;
use crate::shell::{Workspace, watch};
use crate::tools;
use anyhow::{Result, bail};
use std::thread::available_parallelism;
use std::time::{SystemTime, UNIX_EPOCH};

/// Which random history is the first, for whoever wants those of another day.
const FIRST: &str = "AFTERSALE_TEST_FIRST_HISTORY";
/// How many tests run at once, for `cargo test`.
const THREADS: &str = "RUST_TEST_THREADS";
/// How far apart two days are: as many as a soak lives.
const A_DAY: u64 = 10_000;

/// How many tests a core has under way. Stories wait more than they compute: for databases, leases and deadlines.
const TESTS_A_CORE: usize = 3;

/// Everything that `cargo test` finds outside the browser's crate: unit, property and store tests and stories.
pub(crate) const ALL: [&str; 5] = ["--workspace", "--exclude", "client", "--exclude", "area"];

/// Runs tests to the end, whatever fails, and counts them.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str], settings: &[(&str, u64)]) -> Result<Count> {
    tools::postgres()?;
    tools::readers()?;
    tools::pooler();
    let server = postgres::Server::start()?;
    let first = first_history()?;
    println!(
        "The random histories begin with number {first}. The same ones again: {FIRST}={first} before the command."
    );
    let mut command = workspace.cargo(&["test", "--no-fail-fast", "--locked"]);
    command.args(arguments).env(postgres::VARIABLE, &server.url).env(FIRST, first);
    if tools::environment(THREADS).is_none() {
        let cores = available_parallelism().map_or(1, usize::from);
        command.env(THREADS, (cores * TESTS_A_CORE).to_string());
    }
    command.envs(settings.iter().map(|(name, value)| (name, value.to_string())));
    let mut count = Count::default();
    let clean = watch(&mut command, |line| count.read_cargo(line))?;
    if !clean && count.is_clean() {
        bail!("`cargo test` failed without a failed test: see above");
    }
    Ok(count)
}

/// Another one each day, so that in time more of them are lived than anybody waits for.
#[expect(clippy::disallowed_methods, reason = "only which tests are run depends on it, and that is said")]
fn first_history() -> Result<String> {
    if let Some(given) = tools::environment(FIRST) {
        return Ok(given);
    }
    let days = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() / 86_400;
    Ok((days * A_DAY).to_string())
}
