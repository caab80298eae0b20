//! The command line: one file a command.

mod backup;
mod check_api_key;
mod check_password;
mod create_api_key;
mod create_producer;
mod create_staff;
mod demo;
mod disable;
mod jobs;
mod list;
mod migrate;
mod revoke_api_key;
mod serve;
mod set_password;
mod someone;
mod standard_input;
mod verify;

use crate::config::{Config, Flags, Given};
use crate::logging;
use clap::{Parser, Subcommand};
use tracing::level_filters::LevelFilter;

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
    /// Every key of the API: id, producer, name, made, last used, taken or revoked
    ListApiKeys(list::OfProducer),
    /// Whose a key of the API is, and whether it is taken; the key comes from standard input
    CheckApiKey,
    /// Revokes a key of the API: it is refused from now on
    RevokeApiKey(revoke_api_key::Arguments),
    /// Every producer: slug, e-mail, name, made, valid or disabled
    ListProducers,
    /// Everybody of the support staff: role, e-mail, name, made, valid or disabled
    ListStaff,
    /// Whether a producer or somebody of the staff has a password; the password comes from standard input
    CheckPassword(someone::Someone),
    /// Sets another password of a producer or somebody of the staff, and ends their sessions
    SetPassword(someone::Someone),
    /// Disables a producer's sign-in or somebody of the staff for ever, and ends their sessions
    Disable(someone::Someone),
    /// What waits to be done, and what was given up
    Jobs(jobs::Arguments),
    /// Writes a consistent copy of the database while it is in use
    Backup(backup::Arguments),
    /// Checks every invariant of the data and says what breaks
    Verify,
}

/// A statement that takes long is news of a server. A command reads as much as it must, and says what it found.
fn quiet(mut config: Config) -> Config {
    config.log = config.log.with_target("sqlx::query", LevelFilter::ERROR);
    config
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
        _ => quiet(Config::of_data(&given)?),
    };
    logging::start(&config);
    report_unknown(&given);
    match cli.command {
        Command::Serve(arguments) => serve::run(config, arguments).await,
        Command::Migrate => migrate::run(&config).await,
        Command::CreateProducer(arguments) => create_producer::run(&config, arguments).await,
        Command::CreateStaff(arguments) => create_staff::run(&config, arguments).await,
        Command::CreateApiKey(arguments) => create_api_key::run(&config, arguments).await,
        Command::ListApiKeys(of) => list::api_keys(&config, of).await,
        Command::CheckApiKey => check_api_key::run(&config).await,
        Command::RevokeApiKey(arguments) => revoke_api_key::run(&config, arguments).await,
        Command::ListProducers => list::producers(&config).await,
        Command::ListStaff => list::staff(&config).await,
        Command::CheckPassword(someone) => check_password::run(&config, someone).await,
        Command::SetPassword(someone) => set_password::run(&config, someone).await,
        Command::Disable(someone) => disable::run(&config, someone).await,
        Command::Jobs(arguments) => jobs::run(&config, arguments).await,
        Command::Backup(arguments) => backup::run(&config, &arguments).await,
        Command::Verify => verify::run(&config).await,
        Command::Demo(_) => Ok(()),
    }
}

/// Says which variables look like settings and are none, also where such a line would not be logged.
fn report_unknown(given: &Given) {
    for name in given.unknown() {
        if tracing::enabled!(tracing::Level::WARN) {
            tracing::warn!("{name} is no setting of this version");
        } else {
            eprintln!("aftersale: {name} is no setting of this version");
        }
    }
}
