//! A PostgreSQL for tests: in a temporary folder, on a socket in there, gone when the process that started it is gone.
//!
//! `cargo xtask test` starts one for all test programs and names it in `AFTERSALE_TEST_POSTGRES_URL`; a test program
//! run by hand starts its own. Knows only the standard library, because xtask uses this file too.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Names a server that is already there.
pub(crate) const VARIABLE: &str = "AFTERSALE_TEST_POSTGRES_URL";

/// Waits for the end of its standard input, which comes with the end of the process that holds the other side, however
/// that process ended; then stops the server and removes its folder.
const GUARD: &str = r#"
"$1/postgres" -D "$2/data" -c listen_addresses= -c unix_socket_directories="$2" \
    -c fsync=off -c full_page_writes=off -c max_connections=300 \
    >"$2/log" 2>&1 </dev/null &
read -r _
"$1/pg_ctl" -D "$2/data" -m fast -w stop >/dev/null 2>&1
wait
rm -rf "$2"
"#;

/// The address of a server that this process may fill with databases, user and password included. Its path is the
/// database `postgres`: create one's own beside it.
pub(crate) async fn url() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    static SERVER: OnceLock<Server> = OnceLock::new();
    // Blocks the thread for the second it takes; once a process, and only in tests.
    URL.get_or_init(|| {
        given().unwrap_or_else(|| {
            let server = Server::start().unwrap_or_else(|error| panic!("no PostgreSQL for the tests: {error}"));
            SERVER.get_or_init(|| server).url.clone()
        })
    })
}

#[expect(clippy::disallowed_methods, reason = "how cargo xtask test hands over its server")]
fn given() -> Option<String> {
    std::env::var(VARIABLE).ok()
}

/// A running server. Ends when this is dropped or the process is gone.
pub(crate) struct Server {
    /// `postgres://user:password@localhost/postgres?host=folder`
    pub url: String,
    guard: Child,
    programs: PathBuf,
    folder: PathBuf,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // Nothing to do about a guard that cannot be waited for.
        let _ = self.guard.wait();
    }
}

impl Server {
    /// Makes a new, empty server and waits until it answers.
    pub(crate) fn start() -> io::Result<Self> {
        let programs = binaries()?;
        let user = User::to_run_as()?;
        let folder = folder(&user)?;
        let password = random()?;
        if let Err(error) = initialise(&programs, &folder, &user, &password) {
            // The first error is the one to tell.
            let _ = fs::remove_dir_all(&folder);
            return Err(error);
        }
        let mut guard = user.command("sh");
        guard.args(["-c", GUARD, "postgres-guard"]).args([&programs, &folder]);
        // A process group of its own: Ctrl-C in a terminal ends the tests, and the guard then cleans up.
        let guard = guard.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let socket = folder.display();
        let url = format!("postgres://postgres:{password}@localhost/postgres?host={socket}");
        let server = Self { url, guard, programs, folder };
        answers(&server.folder)?;
        Ok(server)
    }

    /// Ends every connection and starts it again, as an update of the system does.
    pub(crate) fn restart(&self) -> io::Result<()> {
        self.control(&["restart"])
    }

    /// Ends it until it goes on.
    pub(crate) fn stop(&self) -> io::Result<()> {
        self.control(&["stop"])
    }

    /// Starts it again after a stop.
    pub(crate) fn go_on(&self) -> io::Result<()> {
        let folder = self.folder.display();
        let options =
            format!("-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=300");
        self.control(&["-o", &options, "start"])
    }

    fn control(&self, arguments: &[&str]) -> io::Result<()> {
        let mut command = User::to_run_as()?.command(self.programs.join("pg_ctl"));
        command.arg("-D").arg(self.folder.join("data")).args(["-m", "fast", "-w", "-s", "-l"]);
        command.arg(self.folder.join("log")).args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
        let status = command.stderr(Stdio::null()).process_group(0).status()?;
        if status.success() { Ok(()) } else { Err(io::Error::other(format!("pg_ctl {arguments:?}: {status}"))) }
    }
}

/// The folder of `initdb` and `postgres`: on the search path, or where Debian hides them.
pub(crate) fn binaries() -> io::Result<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests look for programs where a shell would")]
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut versions: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|e| e.path().join("bin")).collect();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    folders.into_iter().find(|f| f.join("initdb").is_file() && f.join("postgres").is_file()).ok_or_else(|| {
        io::Error::other(
            "initdb and postgres are not found. Please install PostgreSQL (Debian: apt-get install postgresql).",
        )
    })
}

fn initialise(programs: &Path, folder: &Path, user: &User, password: &str) -> io::Result<()> {
    let password_file = folder.join("password");
    fs::write(&password_file, password)?;
    user.own(&password_file)?;
    let output = user
        .command(programs.join("initdb"))
        // The password goes over a socket in a folder of our own. SCRAM would hash it thousands of times for each
        // connection, which a debug build is slow at.
        .args(["--username=postgres", "--auth=password", "--encoding=UTF8", "--locale=C", "--no-sync"])
        .arg("--pwfile")
        .arg(&password_file)
        .arg("--pgdata")
        .arg(folder.join("data"))
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!("initdb failed: {}", String::from_utf8_lossy(&output.stderr).trim())));
    }
    Ok(())
}

/// Waits until the server takes connections: until it asks a client for its password instead of sending it away.
fn answers(folder: &Path) -> io::Result<()> {
    let hello = b"\0\0\0\x17\0\x03\0\0user\0postgres\0\0";
    let begin = Instant::now();
    loop {
        let answer = UnixStream::connect(folder.join(".s.PGSQL.5432")).and_then(|mut stream| {
            let mut kind = [0];
            stream.write_all(hello)?;
            stream.read_exact(&mut kind).map(|()| kind)
        });
        match answer {
            Ok([b'R']) => return Ok(()),
            _ if begin.elapsed() < Duration::from_secs(30) => sleep(Duration::from_millis(20)),
            _ => {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                return Err(io::Error::other(format!("it does not answer after 30 seconds. Its log:\n{log}")));
            }
        }
    }
}

/// A folder of the server's own user, in the one for temporary files.
pub(crate) fn folder(user: &User) -> io::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("aftersale-postgres-{}", random()?));
    fs::DirBuilder::new().mode(0o700).create(&folder)?;
    user.own(&folder)?;
    Ok(folder)
}

fn random() -> io::Result<String> {
    let mut bytes = [0; 12];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Who runs the server: oneself, but PostgreSQL refuses root.
pub(crate) struct User(Option<(u32, u32)>);

impl User {
    pub(crate) fn to_run_as() -> io::Result<Self> {
        if fs::metadata("/proc/self")?.uid() != 0 {
            return Ok(Self(None));
        }
        let users = fs::read_to_string("/etc/passwd")?;
        let ids = |name: &str| {
            let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
            let mut fields = line.split(':').skip(2);
            Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        };
        match ids("postgres").or_else(|| ids("nobody")) {
            Some(ids) => Ok(Self(Some(ids))),
            None => Err(io::Error::other("PostgreSQL does not run as root, and there is no user postgres or nobody")),
        }
    }

    pub(crate) fn own(&self, path: &Path) -> io::Result<()> {
        self.0.map_or(Ok(()), |(user, group)| chown(path, Some(user), Some(group)))
    }

    /// A program run as this user, in a folder that everybody may enter.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/");
        if let Some((user, group)) = self.0 {
            command.uid(user).gid(group);
        }
        command
    }
}
