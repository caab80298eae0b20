//! Everything one does with this repository: `cargo xtask run | test | check | soak | bench | try-stripe |
//! dist`.
//!
//! Needs nothing but Rust and a C compiler to start. What else a command needs it installs, saying so, or names.
//! Every command is printed before it runs, so that it can be repeated by hand.

mod bench;
mod check;
mod dist;
mod run;
mod shell;
mod site;
mod test;
mod tools;
mod try_stripe;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, run, test, check and measure Aftersale")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build server and browser code and start `aftersale demo`
    Run(run::Arguments),
    /// Run every test: rules, stores on both databases, stories, browser
    Test(test::Arguments),
    /// Check format, lints, floors, owners of tables, licences, sizes and dependencies
    Check(check::Arguments),
    /// Run for long what finds rare mistakes: random histories, kills and races
    Soak(test::soak::Arguments),
    /// Measure, and print ratios
    Bench(bench::Arguments),
    /// Walk through everything that is done at Stripe, on a test account of yours
    TryStripe(try_stripe::Arguments),
    /// Build the release binary with its papers into target/dist
    Dist,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match execute(&arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without the trace of this program: it is about the repository, not about xtask.
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn execute(command: &Command) -> anyhow::Result<()> {
    let workspace = shell::Workspace::find()?;
    match command {
        Command::Run(arguments) => run::run(&workspace, arguments),
        Command::Test(arguments) => test::run(&workspace, arguments),
        Command::Check(arguments) => check::run(&workspace, arguments),
        Command::Soak(arguments) => test::soak::run(&workspace, arguments),
        Command::Bench(arguments) => bench::run(&workspace, arguments),
        Command::TryStripe(arguments) => try_stripe::run(&workspace, arguments),
        Command::Dist => dist::run(&workspace),
    }
}
