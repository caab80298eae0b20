//! `cargo xtask bench`: programs that measure the release build (the year: the test build) and compare it with a limit.
//! Never timed tests: seconds swing on shared machines, so what can be counted in CPU time is, and what is compared
//! alternates.
//!
//! A bench is one file here: a function that measures, says what it saw and returns its figures, and an entry in
//! `BENCHES`.

mod download;
mod figure;
mod http;
mod mail;
mod memory;
mod million;
mod orders;
mod pages;
mod passwords;
mod places;
mod process;
mod quote;
mod same;
mod seed;
mod session;
mod smtp;
mod stage;
mod start;
mod year;

use crate::shell::Workspace;
use anyhow::{Result, bail};
use figure::Figure;
use stage::Stage;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only these; without a name all of them
    names: Vec<String>,
    /// Fewer rounds and a smaller database: to see that everything runs, not to judge by
    #[arg(long)]
    quick: bool,
}

struct Bench {
    name: &'static str,
    about: &'static str,
    run: fn(&Stage) -> Result<Vec<Figure>>,
}

const BENCHES: &[Bench] = &[
    Bench { name: "pages", about: "three pages against the same by hand", run: pages::run },
    Bench { name: "quote", about: "from asking what another plan costs to the answer", run: quote::run },
    Bench { name: "mail", about: "from asking for a link to the mail at its server", run: mail::run },
    Bench {
        name: "passwords",
        about: "a thousand wrong passwords at once, and what an answer's time tells",
        run: passwords::run,
    },
    Bench { name: "start", about: "from the start to ready, on a database that is there", run: start::run },
    Bench { name: "memory", about: "what the server holds at rest", run: memory::run },
    Bench { name: "download", about: "what the browser loads for the islands, after brotli", run: download::run },
    Bench { name: "million", about: "a million orders on each engine: lists and verify", run: million::run },
    Bench { name: "year", about: "a year of a thousand subscriptions, on each engine", run: year::run },
];

/// Fails only where something could not be measured: a goal that is missed is said, not an error.
pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    if let Some(unknown) = arguments.names.iter().find(|name| BENCHES.iter().all(|bench| bench.name != **name)) {
        let names: Vec<_> = BENCHES.iter().map(|bench| format!("{}: {}", bench.name, bench.about)).collect();
        bail!("there is no bench `{unknown}`. There are:\n{}", names.join("\n"));
    }
    let wanted = |bench: &&Bench| arguments.names.is_empty() || arguments.names.iter().any(|name| name == bench.name);
    let stage = Stage::new(workspace, arguments.quick)?;
    let mut figures = Vec::new();
    for bench in BENCHES.iter().filter(wanted) {
        println!("== {}: {}", bench.name, bench.about);
        figures.extend((bench.run)(&stage)?);
    }
    figure::print(&figures);
    Ok(())
}
