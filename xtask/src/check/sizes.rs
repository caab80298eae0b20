//! What a browser downloads for the islands and the looks, after brotli, against the budget.

use super::report;
use crate::shell::Workspace;
use crate::site;
use anyhow::Result;

const KILOBYTE: usize = 1000;

/// Hard limits: a change that needs more has to take something else away.
const BUDGET: [(&str, usize); 3] =
    [("WebAssembly", 100 * KILOBYTE), ("JavaScript", 8 * KILOBYTE), ("CSS", 15 * KILOBYTE)];

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    site::build(workspace)?;
    let mut complaints = Vec::new();
    for ((name, limit), bytes) in BUDGET.into_iter().zip(site::weigh(workspace)?) {
        println!("{name:<12} {:>6.1} kB of {:>3} kB", bytes as f64 / 1000.0, limit / KILOBYTE);
        if bytes > limit {
            complaints.push(format!("{name} is {} bytes over its budget.", bytes - limit));
        }
    }
    report(&complaints)
}
