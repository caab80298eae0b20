//! The browser's code: compiled to WebAssembly, joined with its script, put into `<target>/site/pkg`, from where
//! `server/build.rs` takes it into the binary. Styles and public files the server's build takes from the repository.

#[path = "../../server/build/stylesheet.rs"]
pub mod stylesheet;

use crate::shell::{Workspace, execute};
use crate::tools;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

const PROFILE: &str = "wasm-release";
const START: &str = "app/client/src/start.js";

/// The folder of the built browser code.
pub fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("site/pkg")
}

/// Builds `client.js` and `client_bg.wasm`.
pub fn build(workspace: &Workspace) -> Result<()> {
    tools::wasm_target(workspace)?;
    let arguments = ["build", "--package", "client", "--locked", "--target", tools::WASM, "--profile", PROFILE];
    execute(&mut workspace.cargo(&arguments))?;
    let compiled = workspace.target.join(tools::WASM).join(PROFILE).join("client.wasm");
    let fresh = workspace.target.join("site/fresh");
    bind(&compiled, &fresh)?;
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

/// What the program wasm-bindgen does, by the library it is made of: its version is the one in Cargo.lock.
fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name("client")
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context("wasm-bindgen")
}

/// Moves a file, unless the old one says the same: the server is only built again for a change.
fn replace(from: &Path, to: &Path) -> Result<()> {
    if fs::read(to).ok() == Some(fs::read(from)?) {
        return Ok(());
    }
    Ok(fs::rename(from, to)?)
}
