//! `cargo xtask dist`: what one carries to a server.

use crate::shell::{Workspace, execute};
use crate::site;
use anyhow::{Context, Result};
use std::fs;

const PAPERS: [&str; 3] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];

pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    site::build(workspace)?;
    execute(&mut workspace.cargo(&["build", "--release", "--package", "server", "--locked"]))?;
    let folder = workspace.target.join("dist");
    fs::create_dir_all(&folder)?;
    let binary = folder.join("aftersale");
    fs::copy(workspace.binary("release"), &binary)?;
    for paper in PAPERS {
        fs::copy(workspace.root.join(paper), folder.join(paper)).with_context(|| format!("{paper} is missing"))?;
    }
    let megabytes = fs::metadata(&binary)?.len() as f64 / 1e6;
    println!("{}: the binary ({megabytes:.1} MB), README and licences", folder.display());
    Ok(())
}
