//! The list of settings: what an operator sees in `--help` and in the environment.

use clap::{Arg, ArgMatches, Command};
use std::collections::BTreeMap;

/// A setting: `LISTEN` is the variable `AFTERSALE_LISTEN`, the file named by `AFTERSALE_LISTEN_FILE`, and the flag
/// `--listen`.
#[derive(Debug)]
pub struct Setting {
    /// Name without its prefix.
    pub name: &'static str,
    /// Name of the flag.
    pub flag: &'static str,
    /// What it is when nothing is given; empty: nothing.
    pub default: &'static str,
    /// One line for people.
    pub help: &'static str,
}

const fn setting(name: &'static str, flag: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, flag, default, help }
}

/// Every setting there is.
pub const SETTINGS: [Setting; 15] = [
    setting("LISTEN", "listen", "127.0.0.1:3000", "Address and port that the web listens on"),
    setting("BASE_URL", "base-url", "http://127.0.0.1:3000", "Address under which people reach the portal"),
    setting("DATABASE_URL", "database-url", "sqlite:data/aftersale.db", "sqlite:PATH or postgres://…"),
    setting(
        "SECRET_KEY",
        "secret-key",
        "",
        "32 bytes or more; better given as a file (AFTERSALE_SECRET_KEY_FILE) than as a flag",
    ),
    setting(
        "SMTP_URL",
        "smtp-url",
        "",
        "smtp://host:port or smtps://user:password@host; without it mail goes to /dev/mailbox",
    ),
    setting("MAIL_FROM", "mail-from", "Aftersale <portal@aftersale.example>", "Who mails are from"),
    setting("ENV", "env", "development", "development or production"),
    setting(
        "ALLOW_SANDBOX",
        "allow-sandbox",
        "no",
        "yes: the sandbox gateway, which moves no money, also in production",
    ),
    setting(
        "OPEN_DEVELOPMENT",
        "open-development",
        "no",
        "yes: a development may listen where others reach it, with its mailbox and its gateway's clock",
    ),
    setting("PRIVATE_TARGETS", "private-targets", "", "Private networks that calls out may reach, with commas between"),
    setting("TRUSTED_PROXIES", "trusted-proxies", "", "Networks of proxies whose X-Forwarded-For is believed"),
    setting("LOG", "log", "info,sqlx=warn,tower_sessions=error", "What is logged, such as info or portal=debug"),
    setting("LOG_FORMAT", "log-format", "text", "text or json"),
    setting("PURCHASES_LINK_MINUTES", "purchases-link-minutes", "10", "Life of a My purchases link, 10 to 360"),
    setting("ORDER_LINK_MINUTES", "order-link-minutes", "360", "Life of the link after an order link, 10 to 360"),
];

/// The settings that were given as flags, by name.
#[derive(Clone, Default, Debug)]
pub struct Flags(pub BTreeMap<&'static str, String>);

impl clap::FromArgMatches for Flags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let value = |setting: &Setting| Some((setting.name, matches.get_one::<String>(setting.flag)?.clone()));
        Ok(Self(SETTINGS.iter().filter_map(value).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.extend(Self::from_arg_matches(matches)?.0);
        Ok(())
    }
}

impl clap::Args for Flags {
    fn augment_args(command: Command) -> Command {
        command.args(SETTINGS.iter().map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn argument(setting: &'static Setting) -> Arg {
    let default = if setting.default.is_empty() { String::new() } else { format!(" [{}]", setting.default) };
    let help = format!("{}{default}. Also AFTERSALE_{}", setting.help, setting.name);
    // A global flag stands before or after the command's name.
    Arg::new(setting.flag).long(setting.flag).value_name("VALUE").help(help).help_heading("Settings").global(true)
}
