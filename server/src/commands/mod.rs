//! The command line: one file a command.

mod assign_member;
mod assign_staff;
mod backup;
mod check_api_key;
mod check_password;
mod create_api_key;
mod create_producer;
mod create_staff;
mod demo;
mod disable;
mod doctor;
mod jobs;
mod list;
mod migrate;
mod remove_second_step;
mod revoke_api_key;
mod serve;
mod set_password;
mod someone;
mod standard_input;
mod verify;

use crate::config::{Config, Flags, Given};
use crate::logging;
use crate::state::{self, Migrate};
use clap::{Parser, Subcommand};
use portal::Portal;
use portal::time::format_instant;
use std::process::ExitCode;
use tracing::level_filters::LevelFilter;
use types::Instant;

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
    /// Looks at the installation and the accounts connected to it, changes nothing, and says what to do
    Doctor(doctor::Arguments),
    #[command(flatten)]
    OfData(OfData),
}

/// What needs the database only, and ends.
#[derive(Subcommand, Debug)]
enum OfData {
    /// Brings the database to this version
    Migrate,
    /// Makes a producer; the password comes from standard input
    CreateProducer(create_producer::Arguments),
    /// Adds somebody to the support staff; the password comes from standard input
    CreateStaff(create_staff::Arguments),
    /// Lets an agent of the support staff see the orders of a producer, or with --end no more; an admin sees all
    AssignStaff(assign_staff::Arguments),
    /// Lets somebody work for a producer, as when its owner is lost; a new password comes from standard input
    AssignMember(assign_member::Arguments),
    /// Makes a key of the API and prints it once
    CreateApiKey(create_api_key::Arguments),
    /// Every key of the API: id, producer, name, made, last used, valid or revoked
    ListApiKeys(list::OfProducer),
    /// Whose a key of the API is, and whether it is valid; the key comes from standard input
    CheckApiKey,
    /// Revokes a key of the API: it is refused from now on
    RevokeApiKey(revoke_api_key::Arguments),
    /// Everybody who works for a producer: slug, e-mail, name, made, valid or disabled
    ListProducers,
    /// Everybody of the support staff: role, e-mail, name, made, valid or disabled
    ListStaff,
    /// Whether a password is valid for a producer or somebody of the staff; it comes from standard input
    CheckPassword(someone::Someone),
    /// Sets another password of a producer or somebody of the staff, and ends their sessions
    SetPassword(someone::Someone),
    /// Takes a second step away whose device and recovery codes are lost
    RemoveSecondStep(someone::Someone),
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

/// Does what was asked for, and says how it ended.
///
/// # Errors
/// Why it was refused.
pub async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let given = Given::from_environment(&cli.flags);
    match cli.command {
        Command::Demo(arguments) => demo::run(given, arguments).await?,
        Command::Serve(arguments) => serve::run(started(Config::read(&given)?, &given), arguments).await?,
        Command::Doctor(arguments) => {
            return doctor::run(&started(quiet(Config::read(&given)?), &given), &arguments).await;
        }
        Command::OfData(command) => run_on_data(&started(quiet(Config::of_data(&given)?), &given), command).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The settings, once what they say of the log counts.
fn started(config: Config, given: &Given) -> Config {
    logging::start(&config);
    report_unknown(given);
    config
}

async fn run_on_data(config: &Config, command: OfData) -> anyhow::Result<()> {
    match command {
        OfData::Migrate => migrate::run(config).await,
        OfData::CreateProducer(arguments) => create_producer::run(config, arguments).await,
        OfData::CreateStaff(arguments) => create_staff::run(config, arguments).await,
        OfData::AssignStaff(arguments) => assign_staff::run(config, arguments).await,
        OfData::AssignMember(arguments) => assign_member::run(config, arguments).await,
        OfData::CreateApiKey(arguments) => create_api_key::run(config, arguments).await,
        OfData::ListApiKeys(of) => list::api_keys(config, of).await,
        OfData::CheckApiKey => check_api_key::run(config).await,
        OfData::RevokeApiKey(arguments) => revoke_api_key::run(config, arguments).await,
        OfData::ListProducers => list::producers(config).await,
        OfData::ListStaff => list::staff(config).await,
        OfData::CheckPassword(someone) => check_password::run(config, someone).await,
        OfData::SetPassword(someone) => set_password::run(config, someone).await,
        OfData::RemoveSecondStep(someone) => remove_second_step::run(config, someone).await,
        OfData::Disable(someone) => disable::run(config, someone).await,
        OfData::Jobs(arguments) => jobs::run(config, arguments).await,
        OfData::Backup(arguments) => backup::run(config, &arguments).await,
        OfData::Verify => verify::run(config).await,
    }
}

/// Does something with the portal of an installation, and closes its database whatever came of it.
async fn with_data<T>(
    config: &Config,
    migrate: Migrate,
    act: impl AsyncFnOnce(&Portal) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let portal = state::open_data(config, migrate).await?;
    let done = act(&portal).await;
    portal.db.close().await;
    done
}

/// A moment in a line of an answer: to the second, in UTC.
fn moment(at: Instant) -> String {
    format_instant(Instant::from_seconds(at.seconds()))
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
