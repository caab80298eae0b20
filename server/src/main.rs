//! `aftersale`: the command line.

use clap::Parser;
use server::commands::{self, Cli};
use std::process::ExitCode;
use std::thread::available_parallelism;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// More threads than this would wait for the one writer of the database.
const THREADS: usize = 8;

fn main() -> ExitCode {
    // First thing: whatever speaks TLS later asks for it. It fails only where somebody was faster, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("aftersale: {}", in_one_line(&error));
            ExitCode::FAILURE
        }
    }
}

/// What went wrong and why. A cause that is told already is not told again.
fn in_one_line(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told.as_str() {
        "" => cause,
        told if told.ends_with(&cause) => told.to_owned(),
        told => format!("{told}: {cause}"),
    })
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let threads = available_parallelism().map_or(2, usize::from).min(THREADS);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .max_blocking_threads(16)
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(commands::run(cli));
    // Whatever still blocks, such as a look-up of a name, is not waited for.
    runtime.shutdown_background();
    outcome
}
