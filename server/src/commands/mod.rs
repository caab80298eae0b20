//! The command line: one file a command.

mod backup;
mod create_api_key;
mod create_producer;
mod create_staff;
mod demo;
mod migrate;
mod password;
mod serve;
mod verify;

use crate::config::{Config, Flags, Given};
use crate::logging;
use clap::{Parser, Subcommand};

/// Self-service portal for everything that happens after the sale of a digital product.
#[derive(Parser, Debug)]
#[command(name = "aftersale", version, subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    flags: Flags,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Runs web and worker
    Serve(serve::Arguments),
    /// Runs an example: a producer, orders of each kind, sandbox gateway, member area and mailbox
    Demo(demo::Arguments),
    /// Brings the database to this version
    Migrate,
    /// Makes a producer; the password comes from standard input
    CreateProducer(create_producer::Arguments),
    /// Adds somebody to the support staff; the password comes from standard input
    CreateStaff(create_staff::Arguments),
    /// Makes a key of the API and prints it once
    CreateApiKey(create_api_key::Arguments),
    /// Writes a consistent copy of the database while it is in use
    Backup(backup::Arguments),
    /// Checks every invariant of the data and says what breaks
    Verify,
}

/// Does what was asked for.
///
/// # Errors
/// Why it was refused.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    let given = Given::from_environment(&cli.flags);
    if let Command::Demo(arguments) = cli.command {
        return demo::run(given, arguments).await;
    }
    let config = match &cli.command {
        Command::Serve(_) => Config::read(&given)?,
        _ => Config::of_data(&given)?,
    };
    logging::start(&config);
    for name in given.unknown() {
        tracing::warn!("{name} is no setting of this version");
    }
    match cli.command {
        Command::Serve(arguments) => serve::run(config, arguments).await,
        Command::Migrate => migrate::run(&config).await,
        Command::CreateProducer(arguments) => create_producer::run(&config, arguments).await,
        Command::CreateStaff(arguments) => create_staff::run(&config, arguments).await,
        Command::CreateApiKey(arguments) => create_api_key::run(&config, arguments).await,
        Command::Backup(arguments) => backup::run(&config, &arguments).await,
        Command::Verify => verify::run(&config).await,
        Command::Demo(_) => Ok(()),
    }
}
