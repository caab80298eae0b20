//! What a browser downloads for the islands and the looks, after brotli, against the budget.

use super::report;
use crate::shell::Workspace;
use crate::site;
use crate::site::stylesheet;
use anyhow::{Context, Result};
use std::fs;
use std::io::Write;

const KILOBYTE: usize = 1000;

/// Hard limits: a change that needs more has to take something else away.
const BUDGET: [(&str, usize); 3] =
    [("WebAssembly", 100 * KILOBYTE), ("JavaScript", 8 * KILOBYTE), ("CSS", 15 * KILOBYTE)];

pub fn check(workspace: &Workspace) -> Result<()> {
    site::build(workspace)?;
    let mut complaints = Vec::new();
    for ((name, limit), bytes) in BUDGET.into_iter().zip(weigh(workspace)?) {
        println!("{name:<12} {:>6.1} kB of {:>3} kB", bytes as f64 / 1000.0, limit / KILOBYTE);
        if bytes > limit {
            complaints.push(format!("{name} is {} bytes over its budget.", bytes - limit));
        }
    }
    report(&complaints)
}

/// Bytes of WebAssembly, JavaScript and CSS of the built site after brotli, as the server sends them.
pub fn weigh(workspace: &Workspace) -> Result<[usize; 3]> {
    let site = site::folder(workspace);
    let read = |name: &str| fs::read(site.join(name)).with_context(|| format!("{name} is not built"));
    let style = workspace.root.join("style");
    let css = if style.is_dir() { stylesheet::build(&style)? } else { String::new() };
    Ok([compressed(&read("client_bg.wasm")?)?, compressed(&read("client.js")?)?, compressed(css.as_bytes())?])
}

fn compressed(bytes: &[u8]) -> Result<usize> {
    let mut small = Vec::new();
    brotli::CompressorWriter::new(&mut small, 4096, 11, 22).write_all(bytes)?;
    Ok(small.len())
}
