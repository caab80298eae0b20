//! The browser tests: one demo server for all of them, Playwright with the system's Chromium.

use super::count::Count;
use crate::shell::{Workspace, announce, execute, watch};
use crate::tools;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const START_LIMIT: Duration = Duration::from_secs(60);

pub(super) fn run(workspace: &Workspace) -> Result<Count> {
    tools::node()?;
    let chromium = tools::chromium()?;
    let folder = workspace.root.join("end2end");
    install(workspace)?;
    let demo = Demo::start(workspace)?;
    let report = demo.folder.path().join("report.json");
    let mut command = workspace.command("npx", &["--no-install", "playwright", "test", "--reporter=list,json"]);
    command
        .current_dir(folder)
        .env("BASE_URL", &demo.address)
        .env("CHROMIUM", chromium)
        // Each story buys what it needs for a buyer of its own.
        .env("API_KEY", demo.api_key(workspace)?)
        .env("SERVER", workspace.binary("debug"))
        // A story about the staff adds somebody to it, as an operator does.
        .env("DATABASE", demo.database())
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    let clean = watch(&mut command, |_| {})?;
    let count = read_report(&fs::read_to_string(&report).context("Playwright wrote no report")?)?;
    if !clean {
        println!("The server's last words:\n{}", demo.last_words());
        if count.is_clean() {
            bail!("Playwright failed without a failed test: see above");
        }
    }
    Ok(count)
}

/// Playwright and axe, exactly as the lock file names them. Skipped when that lock file is what is installed already.
fn install(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join("end2end");
    let wanted = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed-from");
    if fs::read(&stamp).ok().as_ref() == Some(&wanted) {
        return Ok(());
    }
    let mut command = workspace.command("npm", &["ci", "--no-audit", "--no-fund"]);
    // The tests use the system's browser.
    execute(command.current_dir(folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
    Ok(fs::write(stamp, wanted)?)
}

/// Sums up Playwright's report. A test that passed at the second try is a failure: it hides something.
fn read_report(report: &str) -> Result<Count> {
    let report: Value = serde_json::from_str(report).context("Playwright's report")?;
    let number = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
    let broken = report["errors"].as_array().map_or(0, Vec::len) as u64;
    Ok(Count::new(number("expected"), number("unexpected") + number("flaky") + broken))
}

/// A running `aftersale demo` with its own data, ended when dropped.
pub(super) struct Demo {
    pub(super) address: String,
    folder: tempfile::TempDir,
    server: Child,
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Demo {
    pub(super) fn start(workspace: &Workspace) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("aftersale-browser-").tempdir()?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let listen = format!("127.0.0.1:{port}");
        let log = File::create(folder.path().join("log"))?;
        let binary = workspace.binary("debug");
        let mut command = workspace.command(&binary.to_string_lossy(), &["demo", "--listen", &listen, "--data"]);
        command
            .arg(folder.path().join("data"))
            .env("AFTERSALE_BASE_URL", format!("http://{listen}"))
            // Sign-in is limited per network: each test comes from a network of its own.
            .env("AFTERSALE_TRUSTED_PROXIES", "127.0.0.1/32")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        announce(&command);
        let server = command.spawn().context("the server could not be started")?;
        let mut demo = Self { address: format!("http://{listen}"), folder, server };
        demo.wait_until_ready(port)?;
        Ok(demo)
    }

    fn wait_until_ready(&mut self, port: u16) -> Result<()> {
        let begin = Instant::now();
        while !is_ready(port) {
            if let Some(status) = self.server.try_wait()? {
                bail!("the server ended ({status}):\n{}", self.last_words());
            }
            if begin.elapsed() > START_LIMIT {
                bail!("the server is not ready after {START_LIMIT:?}:\n{}", self.last_words());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// A key of the demo's first producer, made as an operator makes one, beside the running server.
    pub(super) fn api_key(&self, workspace: &Workspace) -> Result<String> {
        let binary = workspace.binary("debug");
        let mut command = workspace.command(&binary.to_string_lossy(), &["create-api-key", "--producer", "studio-luz"]);
        command.env("AFTERSALE_DATABASE_URL", self.database()).stdin(Stdio::null());
        announce(&command);
        let output = command.output()?;
        if !output.status.success() {
            bail!("no API key: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Where its data are.
    fn database(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("data/demo.db").display())
    }

    pub(super) fn last_words(&self) -> String {
        let log = fs::read(self.folder.path().join("log")).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(60)..].join("\n")
    }
}

fn is_ready(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

#[cfg(test)]
mod tests {
    use super::{Count, read_report};

    #[test]
    fn a_flaky_test_is_a_failed_test() {
        let report = r#"{"errors": [], "stats": {"expected": 7, "skipped": 1, "unexpected": 2, "flaky": 1}}"#;
        assert_eq!(read_report(report).expect("a report"), Count::new(7, 3));
    }

    #[test]
    fn a_report_of_broken_files_is_not_clean() {
        let report = r#"{"errors": [{"message": "cannot find module"}], "stats": {"expected": 0}}"#;
        assert!(!read_report(report).expect("a report").is_clean());
    }
}
