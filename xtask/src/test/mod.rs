//! `cargo xtask test`: every test there is, and one line at the end that counts them.

mod browser;
mod count;
mod description;
#[path = "../../../server/tests/it/harness/postgres.rs"]
#[expect(dead_code, reason = "the tests also start it through `url`, which needs no command")]
pub(crate) mod postgres;
mod rust;
pub(crate) mod soak;

pub(crate) use rust::ALL;

use crate::shell::Workspace;
use crate::site;
use anyhow::Result;
use count::Count;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Leave out the browser tests, and with them the build of the browser's code
    #[arg(long)]
    fast: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
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

fn rust(workspace: &Workspace, fast: bool) -> Result<Count> {
    if !fast {
        // Before the tests, so that the server is compiled once, with the browser's code in it.
        site::build(workspace)?;
    }
    rust::run(workspace, &rust::ALL, &[])
}
