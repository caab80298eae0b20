//! `doctor`: looks at the installation and says what it found and what to do. It changes nothing, sends nothing and
//! moves no money. It ends with 0 when all is well, 1 when something asks for attention, 2 when something is broken.

use crate::config::Config;
use crate::state::{self, Migrate};
use portal::Portal;
use portal::connection::{self, Examined};
use portal::outbox;
use portal::time::format_instant;
use serde::Serialize;
use std::process::ExitCode;
use std::time::Duration;

/// What the worker is behind by at the most, while all is well.
const LAG: Duration = Duration::from_secs(60);

/// How to say it.
#[derive(clap::Args, Debug)]
pub(crate) struct Arguments {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// How bad it is; what is worse is greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Ok,
    Attention,
    Broken,
}

/// One thing that was looked at.
#[derive(PartialEq, Eq, Debug, Serialize)]
struct Finding {
    what: String,
    state: State,
    /// What was found, and what to do.
    words: String,
}

/// Looks, and prints.
///
/// # Errors
/// When a setting is wrong, or the key of the installation cannot be had.
pub(crate) async fn run(config: &Config, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let findings = match state::open(config, Migrate::No).await {
        Ok(installation) => {
            let findings = look(&installation.portal).await;
            installation.portal.db.close().await;
            findings
        }
        Err(error) => vec![finding("database", State::Broken, format!("{error:#}"))],
    };
    match arguments.json {
        true => println!("{}", serde_json::to_string_pretty(&findings)?),
        false => findings.iter().for_each(print),
    }
    let worst = findings.iter().map(|finding| finding.state).max().unwrap_or(State::Ok);
    Ok(ExitCode::from(worst as u8))
}

fn print(finding: &Finding) {
    let word = match finding.state {
        State::Ok => "ok",
        State::Attention => "attention",
        State::Broken => "broken",
    };
    println!("{word:<10} {}: {}", finding.what, finding.words);
}

fn finding(what: impl Into<String>, state: State, words: impl Into<String>) -> Finding {
    Finding { what: what.into(), state, words: words.into() }
}

async fn look(portal: &Portal) -> Vec<Finding> {
    let (lag, dead) = match outbox::lag(portal).await {
        Ok(seen) => seen,
        Err(error) => {
            let words = format!("it cannot be read: {error}; if it is of an older version, run `aftersale migrate`");
            return vec![finding("database", State::Broken, words)];
        }
    };
    let mut findings = vec![finding("database", State::Ok, "it can be read"), of_lag(lag), of_dead(dead)];
    match connection::examine(portal).await {
        Ok(examined) => findings.extend(examined.iter().map(of_connection)),
        Err(error) => findings.push(finding("connections", State::Broken, error.to_string())),
    }
    findings
}

fn of_lag(lag: Duration) -> Finding {
    let seconds = lag.as_secs();
    match lag <= LAG {
        true => finding("outbox", State::Ok, "nothing is late"),
        false => finding("outbox", State::Attention, format!("late by {seconds} s: does `aftersale serve` run?")),
    }
}

fn of_dead(dead: i64) -> Finding {
    match dead {
        0 => finding("jobs", State::Ok, "none was given up"),
        _ => {
            let words = format!("{dead} given up: see `aftersale jobs --dead`, and `aftersale jobs retry` starts them");
            finding("jobs", State::Attention, words)
        }
    }
}

/// An account that cannot be looked at pays nothing back either.
fn of_connection(examined: &Examined) -> Finding {
    let Examined { producer, connection, seen } = examined;
    let what = format!("connection {producer}/{} ({})", connection.code, connection.gateway);
    match seen {
        Err(words) => {
            let since = connection.health.failing_since.map(|at| format!(" (no answer since {})", format_instant(at)));
            finding(what, State::Broken, format!("{words}{}", since.unwrap_or_default()))
        }
        Ok(seen) if !seen.lacks.is_empty() => {
            let words = format!("its key lacks: {}", seen.lacks.join(", "));
            finding(what, State::Attention, words)
        }
        Ok(_) if !connection.has_webhook_secret => {
            finding(what, State::Attention, "its webhooks are not set up: test it on its page, or by the API")
        }
        Ok(seen) => {
            let money = if seen.is_live { "real money" } else { "test mode" };
            finding(what, State::Ok, format!("{money}, and its key may do what is needed"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_or_given_up_asks_for_attention() {
        assert_eq!(of_lag(LAG).state, State::Ok);
        assert_eq!(of_lag(LAG + Duration::from_secs(1)).state, State::Attention);
        assert_eq!((of_dead(0).state, of_dead(1).state), (State::Ok, State::Attention));
        assert!(State::Broken > State::Attention && State::Attention > State::Ok);
        assert_eq!((State::Ok as u8, State::Attention as u8, State::Broken as u8), (0, 1, 2));
    }
}
