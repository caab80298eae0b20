//! `cargo xtask check`: everything about the sources that can be judged without running the product.

mod arrows;
mod dependencies;
mod licences;
pub mod sizes;
mod sources;

use crate::shell::{Workspace, execute};
use crate::tools;
use anyhow::{Context, Result, bail};

type Check = fn(&Workspace) -> Result<()>;

/// Cheap ones first. All of them run, so that one failure does not hide another.
const CHECKS: &[(&str, Check)] = &[
    ("format", format),
    ("sources", sources::check),
    ("arrows between crates", arrows::check),
    ("dependencies are used", dependencies::check),
    ("licences", licences::check),
    ("advisories", licences::advisories),
    ("lints, server", lints_of_the_server),
    ("lints, browser", lints_of_the_browser),
    ("sizes", sizes::check),
];

pub fn run(workspace: &Workspace) -> Result<()> {
    let mut failed = Vec::new();
    for (name, check) in CHECKS {
        println!("== {name}");
        if let Err(error) = check(workspace) {
            println!("{error:#}");
            failed.push(*name);
        }
    }
    if failed.is_empty() {
        println!("All {} checks passed.", CHECKS.len());
        return Ok(());
    }
    bail!("{} of {} checks failed: {}", failed.len(), CHECKS.len(), failed.join("; "))
}

fn format(workspace: &Workspace) -> Result<()> {
    execute(&mut workspace.cargo(&["fmt", "--all", "--check", "--", "--files-with-diff"]))
        .context("Please run: cargo fmt --all")
}

fn lints_of_the_server(workspace: &Workspace) -> Result<()> {
    let what = ["--workspace", "--exclude", "client", "--all-targets", "--locked"];
    execute(workspace.cargo(&["clippy"]).args(what).args(["--", "--deny", "warnings"]))
}

fn lints_of_the_browser(workspace: &Workspace) -> Result<()> {
    tools::wasm_target(workspace)?;
    let what = ["--package", "client", "--package", "islands", "--features", "islands/hydrate", "--locked"];
    execute(workspace.cargo(&["clippy", "--target", tools::WASM]).args(what).args(["--", "--deny", "warnings"]))
}

/// Fails with every complaint at once.
fn report(complaints: &[String]) -> Result<()> {
    if complaints.is_empty() {
        return Ok(());
    }
    bail!("{}", complaints.join("\n"))
}
