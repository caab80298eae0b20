//! `cargo xtask run`: from a fresh clone to a running demo.

use crate::shell::{Workspace, announce, execute};
use crate::site;
use anyhow::Result;
use std::os::unix::process::CommandExt;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Build the server with all optimisations
    #[arg(long)]
    release: bool,
    /// More words for `aftersale demo`, such as --listen or --data
    #[arg(last = true)]
    demo: Vec<String>,
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    site::build(workspace)?;
    let mut build = workspace.cargo(&["build", "--package", "server", "--locked"]);
    if arguments.release {
        build.arg("--release");
    }
    if arguments.demo.iter().any(|word| word.starts_with("--gateway")) {
        // The demo starts it from beside itself.
        build.args(["--package", "standin"]);
    }
    execute(&mut build)?;
    let binary = workspace.binary(if arguments.release { "release" } else { "debug" });
    let mut demo = workspace.command(&binary.to_string_lossy(), &["demo"]);
    demo.args(&arguments.demo);
    announce(&demo);
    // The demo takes the place of this process, so that signals reach it. Only comes back when that failed.
    Err(demo.exec().into())
}
