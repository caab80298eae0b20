//! What `cargo xtask` needs for the browser's code and takes long to compile, in a program of its own: whoever checks
//! or tests without a browser never waits for it.
//!
//! `bundle join COMPILED FOLDER` writes what the program wasm-bindgen would write, named like the compiled file.
//! `bundle weigh FILE…` prints a line a file: its bytes after brotli, as the server sends them.

use anyhow::{Context, Result, bail};
use std::fs;
use std::io::Write;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["join", compiled, folder] => join(Path::new(compiled), Path::new(folder)),
        ["weigh", ref files @ ..] => files.iter().try_for_each(|file| weigh(file)),
        _ => bail!("bundle join COMPILED FOLDER | bundle weigh FILE…"),
    }
}

/// By the library that the program wasm-bindgen is made of: its version is the one in Cargo.lock.
fn join(compiled: &Path, folder: &Path) -> Result<()> {
    let name = compiled.file_stem().and_then(|name| name.to_str()).context("the name of a crate")?;
    Bindgen::new()
        .input_path(compiled)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context("wasm-bindgen")
}

fn weigh(file: &str) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("{file} is not built"))?;
    let mut small = Vec::new();
    brotli::CompressorWriter::new(&mut small, 4096, 11, 22).write_all(&bytes)?;
    println!("{}", small.len());
    Ok(())
}
