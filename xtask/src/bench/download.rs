//! WebAssembly and JavaScript of the islands, as a share of what they may weigh together.

use super::figure::Figure;
use super::stage::Stage;
use crate::site::{self, BUNDLES};
use anyhow::Result;

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    site::build(stage.workspace)?;
    let figure = |bundle| {
        let [wasm, script] = site::weigh(stage.workspace, bundle)?;
        println!("{}: {wasm} bytes of WebAssembly, {script} of JavaScript", bundle.name);
        let what = format!("WebAssembly and JavaScript of {}, brotli", bundle.name);
        let goal = (bundle.wasm + bundle.script) as f64 / 1e3;
        Ok(Figure { what, measured: (wasm + script) as f64 / 1e3, goal, unit: "kB" })
    };
    BUNDLES.iter().map(figure).collect()
}
