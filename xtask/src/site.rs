//! The browser's code: compiled to WebAssembly, joined with its script, put into `<target>/site/pkg`, from where
//! `server/build.rs` takes it into the binary. Styles and public files the server's build takes from the repository.

#[path = "../../server/build/stylesheet.rs"]
pub(crate) mod stylesheet;

use crate::shell::{Workspace, execute, output};
use crate::tools;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the browser of one audience loads: a crate of the workspace, compiled to `NAME.js` and `NAME_bg.wasm`.
pub(crate) struct Bundle {
    /// The crate, in the folder `app/NAME`, and the stem of its files.
    pub(crate) name: &'static str,
    /// Bytes of WebAssembly, after brotli, that it may have.
    pub(crate) wasm: usize,
    /// Bytes of JavaScript, after brotli, that it may have.
    pub(crate) script: usize,
}

/// Every bundle. What one audience downloads does not grow by what another's pages do: that is a line more.
/// Together, what buyers load is to stay below 70 kB and what producers and staff load below 110 kB.
pub(crate) const BUNDLES: &[Bundle] =
    &[Bundle { name: "client", wasm: 63_000, script: 7_000 }, Bundle { name: "area", wasm: 102_000, script: 8_000 }];

const PROFILE: &str = "wasm-release";
const START: &str = "app/client/src/start.js";

/// The folder of the built browser code.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("site/pkg")
}

/// Builds every bundle.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    tools::wasm_target(workspace)?;
    BUNDLES.iter().try_for_each(|bundle| build_one(workspace, bundle.name))
}

fn build_one(workspace: &Workspace, name: &str) -> Result<()> {
    let arguments = ["build", "--package", name, "--locked", "--target", tools::WASM, "--profile", PROFILE];
    execute(&mut workspace.cargo(&arguments))?;
    let compiled = workspace.target.join(tools::WASM).join(PROFILE).join(format!("{name}.wasm"));
    let fresh = workspace.target.join("site/fresh");
    execute(bundle(workspace).arg("join").arg(compiled).arg(&fresh))?;
    let start = fs::read_to_string(workspace.root.join(START)).context(START)?;
    let [wasm, script] = files(name);
    let text = fs::read_to_string(fresh.join(&script))?;
    fs::write(fresh.join(&script), format!("{text}\n{start}"))?;
    let folder = folder(workspace);
    fs::create_dir_all(&folder)?;
    for name in [wasm, script] {
        replace(&fresh.join(&name), &folder.join(&name))?;
    }
    Ok(fs::remove_dir_all(fresh)?)
}

fn files(name: &str) -> [String; 2] {
    [format!("{name}_bg.wasm"), format!("{name}.js")]
}

/// Bytes of WebAssembly and JavaScript of a built bundle after brotli, as the server sends them.
pub(crate) fn weigh(workspace: &Workspace, bundle: &Bundle) -> Result<[usize; 2]> {
    let [wasm, script] = files(bundle.name).map(|name| folder(workspace).join(name));
    Ok([weigh_file(workspace, &wasm)?, weigh_file(workspace, &script)?])
}

/// Bytes of the stylesheet after brotli, as the server sends it.
pub(crate) fn weigh_style(workspace: &Workspace) -> Result<usize> {
    let css = workspace.target.join("site/main.css");
    fs::write(&css, stylesheet::build(&workspace.root.join("style"))?)?;
    weigh_file(workspace, &css)
}

fn weigh_file(workspace: &Workspace, file: &Path) -> Result<usize> {
    output(bundle(workspace).arg("weigh").arg(file))?.trim().parse().context("a size")
}

/// The program that joins and weighs: compiled when it is needed, which takes a minute the first time.
fn bundle(workspace: &Workspace) -> Command {
    workspace.cargo(&["run", "--package", "bundle", "--locked", "--"])
}

/// Moves a file, unless the old one says the same: the server is only built again for a change.
fn replace(from: &Path, to: &Path) -> Result<()> {
    if fs::read(to).ok() == Some(fs::read(from)?) {
        return Ok(());
    }
    Ok(fs::rename(from, to)?)
}
