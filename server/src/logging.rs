//! The log goes to standard error; what a command answers goes to standard output.

use crate::config::{Config, LogFormat};
use std::io::{self, IsTerminal};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log as `config` wants it.
pub(crate) fn start(config: &Config) {
    let builder = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(io::stderr);
    let wanted = config.log.clone();
    // A second start, as in tests, changes nothing.
    let _ = match config.log_format {
        LogFormat::Text => builder.with_ansi(io::stderr().is_terminal()).finish().with(wanted).try_init(),
        LogFormat::Json => builder.json().finish().with(wanted).try_init(),
    };
}
