//! `cargo xtask bench`: programs that compare in one run and print ratios. Never timed tests: seconds swing on shared
//! machines, ratios of the same minute do not.
//!
//! A bench is one file here: a function that measures and prints lines, and an entry in `BENCHES`.

mod download;

use crate::shell::Workspace;
use anyhow::{Result, bail};

#[derive(clap::Args)]
pub struct Arguments {
    /// Only these; without a name all of them
    names: Vec<String>,
}

struct Bench {
    name: &'static str,
    about: &'static str,
    run: fn(&Workspace) -> Result<()>,
}

const BENCHES: &[Bench] =
    &[Bench { name: "download", about: "what the browser loads for the islands, after brotli", run: download::run }];

pub fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    if let Some(unknown) = arguments.names.iter().find(|name| BENCHES.iter().all(|bench| bench.name != **name)) {
        let names: Vec<_> = BENCHES.iter().map(|bench| format!("{}: {}", bench.name, bench.about)).collect();
        bail!("there is no bench `{unknown}`. There are:\n{}", names.join("\n"));
    }
    let wanted = |bench: &&Bench| arguments.names.is_empty() || arguments.names.iter().any(|name| name == bench.name);
    for bench in BENCHES.iter().filter(wanted) {
        println!("== {}: {}", bench.name, bench.about);
        (bench.run)(workspace)?;
    }
    Ok(())
}
