//! `cargo xtask check`: everything about the sources that can be judged without running the product.

mod addresses;
mod arrows;
mod dependencies;
mod floors;
mod licences;
mod lints;
mod paths;
#[cfg(test)]
mod planted;
mod rust;
mod sizes;
mod sources;
mod tables;

use crate::shell::{Workspace, execute};
use anyhow::{Context, Result, bail};

type Check = fn(&Workspace) -> Result<()>;

/// Cheap ones first. All of them run, so that one failure does not hide another.
const CHECKS: [(&str, Check); 14] = [
    ("format", format),
    ("sources", sources::check),
    ("addresses", addresses::check),
    ("paths in documents", paths::check),
    ("arrows between crates", arrows::check),
    ("floors within crates", floors::check),
    ("owners of tables", tables::check),
    ("dependencies are used", dependencies::check),
    ("licences", licences::check),
    ("advisories", licences::advisories),
    ("lints, server", lints::server),
    ("lints, browser", lints::browser),
    ("links in comments", lints::links),
    ("sizes", sizes::check),
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only the checks whose names contain one of these words; without a word all of them
    words: Vec<String>,
    /// Only say whose each table is, who writes and who reads it
    #[arg(long)]
    tables: bool,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    if arguments.tables {
        return tables::print(workspace);
    }
    let is_wanted = |name: &str| arguments.words.is_empty() || arguments.words.iter().any(|word| name.contains(word));
    let checks: Vec<_> = CHECKS.iter().filter(|(name, _)| is_wanted(name)).collect();
    let mut failed = Vec::new();
    for (name, check) in &checks {
        println!("== {name}");
        if let Err(error) = check(workspace) {
            println!("{error:#}");
            failed.push(*name);
        }
    }
    match (checks.len(), failed.len()) {
        (0, _) => bail!("no check has such a name: {}", CHECKS.map(|(name, _)| name).join(", ")),
        (all, 0) => println!("{all} checks passed."),
        (all, some) => bail!("{some} of {all} checks failed: {}", failed.join("; ")),
    }
    Ok(())
}

fn format(workspace: &Workspace) -> Result<()> {
    execute(&mut workspace.cargo(&["fmt", "--all", "--check", "--", "--files-with-diff"]))
        .context("Please run: cargo fmt --all")
}

/// Fails with every complaint at once.
fn report(complaints: &[String]) -> Result<()> {
    if complaints.is_empty() {
        return Ok(());
    }
    bail!("{}", complaints.join("\n"))
}
