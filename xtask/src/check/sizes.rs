//! What a browser downloads for the islands and the looks, after brotli, against the budget.

use super::report;
use crate::shell::Workspace;
use crate::site;
use anyhow::Result;

/// Bytes of CSS, after brotli, that all pages share. Like those of [`site::BUNDLES`] it is a hard limit: a change that
/// needs more has to take something else away.
const STYLE: usize = 15_000;

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    site::build(workspace)?;
    let mut weighed = vec![("CSS".to_owned(), site::weigh_style(workspace)?, STYLE)];
    for bundle in site::BUNDLES {
        let [wasm, script] = site::weigh(workspace, bundle)?;
        weighed.push((format!("WebAssembly of {}", bundle.name), wasm, bundle.wasm));
        weighed.push((format!("JavaScript of {}", bundle.name), script, bundle.script));
    }
    let mut complaints = Vec::new();
    for (name, bytes, limit) in weighed {
        println!("{name:<24} {:>6.1} kB of {:>3} kB", bytes as f64 / 1000.0, limit / 1000);
        if bytes > limit {
            complaints.push(format!("{name} is {} bytes over its budget.", bytes - limit));
        }
    }
    report(&complaints)
}
