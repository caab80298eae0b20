//! What the API's description promises, asked of a running server by schemathesis: thousands of calls made from the
//! description, whose answers must be ones that it describes.

use super::browser::Demo;
use super::count::Count;
use crate::shell::{Workspace, execute, watch};
use crate::tools;
use anyhow::{Context, Result};
use std::path::PathBuf;

/// The program that is asked for, from the Python Package Index.
const PACKAGE: &str = "schemathesis==4.32.5";
/// What is looked at. Not whether everything that the description allows is taken: which products there are cannot be
/// said in it. That a null which it promises is taken is a test of its own (`server/tests/it/door/promises.rs`).
const CHECKS: [&str; 5] = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "unsupported_method",
];

/// Asks so many questions of each call at a demo server.
pub(super) fn run(workspace: &Workspace, examples: u64) -> Result<Count> {
    execute(&mut workspace.cargo(&["build", "--package", "server", "--locked"]))?;
    let program = installed(workspace)?;
    let demo = Demo::start(workspace)?;
    let description = format!("{}/api/v1/openapi.json", demo.address);
    let key = format!("Authorization: Bearer {}", demo.api_key(workspace)?);
    let examples = examples.to_string();
    let checks = CHECKS.join(",");
    let words = ["run", &description, "--header", &key, "--checks", &checks, "--max-examples", &examples];
    let mut command = workspace.command(&program.to_string_lossy(), &words);
    command.current_dir(workspace.target.join("schemathesis"));
    let clean = watch(&mut command, |_| {})?;
    if !clean {
        println!("The server's last words:\n{}", demo.last_words());
    }
    Ok(Count::new(u64::from(clean), u64::from(!clean)))
}

/// Schemathesis in a place of its own below the target folder, installed when it is not there.
fn installed(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("schemathesis");
    let program = folder.join("bin/schemathesis");
    if program.exists() {
        return Ok(program);
    }
    println!("{PACKAGE} is missing: installing it with Python's pip into {}.", folder.display());
    let python = tools::find("python3").context("python3 is missing: install it, with its module venv")?;
    let folder = folder.to_string_lossy();
    execute(&mut workspace.command(&python.to_string_lossy(), &["-m", "venv", &folder]))?;
    execute(&mut workspace.command(&format!("{folder}/bin/pip"), &["install", "--quiet", PACKAGE]))?;
    Ok(program)
}
