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

const PROFILE: &str = "wasm-release";
const START: &str = "app/client/src/start.js";

/// The folder of the built browser code.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("site/pkg")
}

/// Builds `client.js` and `client_bg.wasm`.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    tools::wasm_target(workspace)?;
    let arguments = ["build", "--package", "client", "--locked", "--target", tools::WASM, "--profile", PROFILE];
    execute(&mut workspace.cargo(&arguments))?;
    let compiled = workspace.target.join(tools::WASM).join(PROFILE).join("client.wasm");
    let fresh = workspace.target.join("site/fresh");
    execute(bundle(workspace).arg("join").arg(compiled).arg(&fresh))?;
    let start = fs::read_to_string(workspace.root.join(START)).context(START)?;
    let script = fresh.join("client.js");
    fs::write(&script, format!("{}\n{start}", fs::read_to_string(&script)?))?;
    let folder = folder(workspace);
    fs::create_dir_all(&folder)?;
    for name in ["client.js", "client_bg.wasm"] {
        replace(&fresh.join(name), &folder.join(name))?;
    }
    Ok(fs::remove_dir_all(fresh)?)
}

/// Bytes of WebAssembly, JavaScript and CSS of the built site after brotli, as the server sends them.
pub(crate) fn weigh(workspace: &Workspace) -> Result<[usize; 3]> {
    let css = workspace.target.join("site/main.css");
    fs::write(&css, stylesheet::build(&workspace.root.join("style"))?)?;
    let folder = folder(workspace);
    let told =
        output(bundle(workspace).arg("weigh").args([folder.join("client_bg.wasm"), folder.join("client.js"), css]))?;
    let sizes = told.lines().map(str::parse).collect::<Result<Vec<usize>, _>>()?;
    sizes.try_into().ok().context("a size for each file")
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
