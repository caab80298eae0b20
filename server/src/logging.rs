//! The log goes to standard error; what a command answers goes to standard output.

use crate::config::{Config, LogFormat};
use std::io::{self, IsTerminal};
use tracing_subscriber::EnvFilter;

/// Starts the log as `config` wants it.
pub fn start(config: &Config) {
    let builder = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(&config.log)).with_writer(io::stderr);
    // A second start, as in tests, changes nothing.
    let _ = match config.log_format {
        LogFormat::Text => builder.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}
