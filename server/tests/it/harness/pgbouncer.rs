//! A pooler before the PostgreSQL of the tests. `AFTERSALE_TEST_POOLER=transaction` (or `session`) puts one before
//! every world and every installation.

use super::postgres::{self, User};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{env, fs};

/// Ends with the process that holds the other side of its standard input, as the server does.
const GUARD: &str = r#"
"$1" "$2/pgbouncer.ini" >"$2/log" 2>&1 </dev/null &
read -r _
kill -TERM $!
wait
rm -rf "$2"
"#;

/// A running pooler. Ends when this is dropped or the process is gone.
pub struct Bouncer {
    folder: PathBuf,
    guard: Child,
}

impl Drop for Bouncer {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// The address of a database, by the pooler where the tests are to go through one.
#[expect(clippy::disallowed_methods, reason = "the test's own setting: whether to go through a pooler")]
pub async fn through(url: String) -> String {
    static BOUNCER: OnceLock<Option<Bouncer>> = OnceLock::new();
    let server = postgres::url().await;
    let bouncer = BOUNCER.get_or_init(|| {
        let mode = env::var("AFTERSALE_TEST_POOLER").ok().filter(|mode| !mode.is_empty())?;
        Some(Bouncer::start(server, &mode).expect("a pooler").expect("pgbouncer is installed"))
    });
    bouncer.as_ref().map_or(url.clone(), |bouncer| bouncer.url(&url))
}

impl Bouncer {
    /// One before the server of this address, with this `pool_mode`. None where pgbouncer is not installed.
    pub fn start(server: &str, mode: &str) -> io::Result<Option<Self>> {
        let Some(program) = program() else { return Ok(None) };
        let user = User::to_run_as()?;
        let folder = postgres::folder(&user)?;
        let behind = server.split_once("host=").map_or("", |(_, host)| host);
        let password = server.split([':', '@']).nth(2).unwrap_or_default();
        let settings = format!(
            "[databases]\n* = host={behind} port=5432\n[pgbouncer]\nlisten_port = 6432\nlisten_addr =\n\
             unix_socket_dir = {0}\nauth_type = trust\nauth_file = {0}/users\npool_mode = {mode}\n\
             max_client_conn = 2000\ndefault_pool_size = 20\nserver_idle_timeout = 2\n",
            folder.display()
        );
        for (name, text) in [("pgbouncer.ini", settings), ("users", format!("\"postgres\" \"{password}\"\n"))] {
            let mut file = fs::File::create(folder.join(name))?;
            file.set_permissions(fs::Permissions::from_mode(0o600))?;
            file.write_all(text.as_bytes())?;
            user.own(&folder.join(name))?;
        }
        let mut guard = user.command("sh");
        guard.args(["-c", GUARD, "pgbouncer-guard"]).args([&program, &folder]);
        let guard = guard.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let bouncer = Self { folder, guard };
        bouncer.answers()?;
        Ok(Some(bouncer))
    }

    /// The same database by this pooler.
    pub fn url(&self, direct: &str) -> String {
        let (base, _) = direct.split_once("?host=").expect("an address of the tests' own server");
        format!("{}?host={}", base.replacen("@localhost/", "@localhost:6432/", 1), self.folder.display())
    }

    fn answers(&self) -> io::Result<()> {
        let begin = Instant::now();
        while UnixStream::connect(self.folder.join(".s.PGSQL.6432")).is_err() {
            if begin.elapsed() > Duration::from_secs(30) {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                return Err(io::Error::other(format!("pgbouncer does not answer after 30 seconds. Its log:\n{log}")));
            }
            sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

/// On the search path, or where Debian puts what only an administrator runs.
fn program() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests look for programs where a shell would")]
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|folder| folder.join("pgbouncer")).find(|file| file.is_file())
}
