//! `cargo xtask test`: every test there is, and one line at the end that counts them.

mod browser;
mod count;
#[path = "../../../server/tests/it/harness/postgres.rs"]
#[expect(dead_code, reason = "the tests also start it through `url`, which needs no command")]
pub mod postgres;

use crate::shell::{Workspace, watch};
use crate::{site, tools};
use anyhow::{Result, bail};
use count::Count;

#[derive(clap::Args)]
pub struct Arguments {
    /// Leave out the browser tests, and with them the build of the browser's code
    #[arg(long)]
    fast: bool,
}

pub fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    let mut count = Count::default();
    count.add("tests in Rust", rust(workspace, arguments.fast));
    if arguments.fast {
        println!("Left out because of --fast: the browser tests.");
    } else {
        count.add("browser tests", browser::run(workspace));
    }
    // The last line, for programs that read it.
    println!("{count}");
    // Not an error: an error would print another line.
    std::process::exit(i32::from(!count.is_clean()));
}

/// Everything that `cargo test` finds outside the browser's crate: unit, property and store tests and stories.
fn rust(workspace: &Workspace, fast: bool) -> Result<Count> {
    tools::postgres()?;
    if !fast {
        // Before the tests, so that the server is compiled once, with the browser's code in it.
        site::build(workspace)?;
    }
    let server = postgres::Server::start()?;
    let mut command = workspace.cargo(&["test", "--workspace", "--exclude", "client", "--no-fail-fast", "--locked"]);
    command.env(postgres::VARIABLE, &server.url);
    let mut count = Count::default();
    let clean = watch(&mut command, |line| count.read_cargo(line))?;
    if !clean && count.is_clean() {
        bail!("`cargo test` failed without a failed test: see above");
    }
    Ok(count)
}
