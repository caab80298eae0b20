//! WebAssembly and JavaScript of the islands, as a share of what they may weigh.

use super::figure::Figure;
use super::stage::Stage;
use crate::site;
use anyhow::Result;

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    site::build(stage.workspace)?;
    let [wasm, script] = site::weigh(stage.workspace, &site::BUNDLES[0])?;
    println!("{wasm} bytes of WebAssembly, {script} of JavaScript");
    let measured = (wasm + script) as f64 / 1e3;
    Ok(vec![Figure { what: "WebAssembly and JavaScript, brotli".to_owned(), measured, goal: 70.0, unit: "kB" }])
}
