//! WebAssembly and JavaScript of the islands, as a share of what they may weigh.

use crate::check::sizes;
use crate::shell::Workspace;
use crate::site;
use anyhow::Result;

/// Goal for both together.
const GOAL: f64 = 70_000.0;

pub fn run(workspace: &Workspace) -> Result<()> {
    site::build(workspace)?;
    let [wasm, script, _] = sizes::weigh(workspace)?;
    let total = (wasm + script) as f64;
    println!("{wasm} + {script} bytes = {:.2} of the goal of {:.0} kB", total / GOAL, GOAL / 1000.0);
    Ok(())
}
