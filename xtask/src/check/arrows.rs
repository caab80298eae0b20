//! The arrows between the crates, as ARCHITECTURE.md draws them.

use super::report;
use crate::shell::{Workspace, output};
use crate::site::{BUNDLES, Bundle};
use crate::tools::WASM;
use anyhow::Result;
use serde_json::Value;
use std::collections::BTreeSet;

/// What a manifest must not name, tests included.
const NOT_NAMED: &[(&str, &[&str])] = &[
    (
        "types",
        &["app", "axum", "islands", "leptos", "leptos_axum", "lettre", "portal", "reqwest", "server", "sqlx", "tokio"],
    ),
    ("islands", &["app", "axum", "controls", "lettre", "reqwest", "server", "sqlx", "tokio"]),
    ("controls", &["app", "axum", "lettre", "portal", "reqwest", "server", "sqlx", "tokio"]),
    // What buyers load does not grow by what the area needs.
    ("client", &["controls"]),
    (
        "portal",
        &["app", "axum", "islands", "leptos", "lettre", "reqwest", "server", "tower", "tower-http", "tower-sessions"],
    ),
    ("app", &["lettre", "reqwest", "server", "sqlx"]),
];

/// What the browser must never download, through whatever dependency.
const NOT_IN_THE_BROWSER: &[&str] = &[
    "app",
    "argon2",
    "dejavu",
    "fast_qr",
    "krilla",
    "leptos_axum",
    "lettre",
    "portal",
    "reqwest",
    "rustybuzz",
    "server",
    "sqlx",
    "tokio",
    "zip",
];

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let metadata = workspace.metadata()?;
    let mut complaints = Vec::new();
    for (crate_name, forbidden) in NOT_NAMED {
        let named = named_by(&metadata, crate_name);
        let wrong = forbidden.iter().filter(|name| named.contains(**name));
        complaints.extend(wrong.map(|name| format!("{crate_name} must not depend on {name}: see ARCHITECTURE.md")));
    }
    for Bundle { name: bundle, .. } in BUNDLES {
        let reached = reached_by(workspace, bundle)?;
        let wrong = NOT_IN_THE_BROWSER.iter().filter(|name| reached.contains(**name));
        complaints.extend(wrong.map(|name| {
            format!("{bundle} reaches {name}. Which way: cargo tree --package {bundle} --target {WASM} --invert {name}")
        }));
    }
    report(&complaints)
}

fn named_by(metadata: &Value, crate_name: &str) -> BTreeSet<String> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let package = packages.filter(|p| p["source"].is_null() && p["name"] == crate_name);
    let dependencies = package.filter_map(|p| p["dependencies"].as_array()).flatten();
    dependencies.filter_map(|d| d["name"].as_str()).map(str::to_owned).collect()
}

fn reached_by(workspace: &Workspace, bundle: &str) -> Result<BTreeSet<String>> {
    let arguments =
        ["tree", "--package", bundle, "--target", WASM, "--edges", "normal", "--prefix", "none", "--locked"];
    let tree = output(&mut workspace.cargo(&arguments))?;
    Ok(tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}
