//! A whole installation: the real binary over a database of its own, a mail server, and whoever talks to it.

use crate::harness::browserless::{Browser, own_network};
use crate::harness::http::{Answer, Request, call};
use crate::harness::mail_server::MailServer;
use crate::harness::{pgbouncer, postgres};
use portal::db::Db;
use portal::testing::{postgres_url, sqlite_url};
use serde_json::Value;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

pub const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// How long a condition is waited for: far longer than it takes, because machines that run tests are busy.
const PATIENCE: Duration = Duration::from_secs(120);

/// An installation. Its server ends with it.
pub struct Site {
    pub engine: &'static str,
    pub address: SocketAddr,
    pub database: String,
    pub mail: MailServer,
    folder: TempDir,
    server: Option<Child>,
    log: &'static str,
    /// Started so that a file that may not grow is an error and not the end of the process.
    bears_limits: bool,
    /// The words of another program that the server is started under.
    under: Vec<String>,
    /// The database where only the server sees it.
    inside: Option<String>,
}

impl Site {
    /// A new, empty installation that is ready.
    pub async fn start(engine: &'static str) -> Self {
        let database = match engine {
            "postgres" => pgbouncer::through(postgres_url(postgres::url().await).await).await,
            _ => sqlite_url(),
        };
        Self::start_on(engine, database).await
    }

    /// The same on an empty database that is there.
    pub async fn start_on(engine: &'static str, database: String) -> Self {
        let mail = MailServer::start().await;
        let folder = tempfile::tempdir().unwrap();
        let mut site = Self {
            engine,
            address: free_address(),
            database,
            mail,
            folder,
            server: None,
            log: "warn",
            bears_limits: false,
            under: Vec::new(),
            inside: None,
        };
        site.serve();
        site.ready().await;
        site
    }

    /// Starts the server; it may not be ready yet.
    pub fn serve(&mut self) {
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        let child = self
            .command_under(&self.under, &["serve"])
            .env("AFTERSALE_DATABASE_URL", self.inside.as_ref().unwrap_or(&self.database))
            .env("AFTERSALE_LOG", self.log)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn();
        self.server = Some(child.unwrap());
    }

    /// Waits until it says that it can work.
    pub async fn ready(&mut self) {
        let began = Instant::now();
        loop {
            self.assert_runs();
            let answer = call(self.address, &Request::new("GET", "/readyz")).await;
            if answer.is_ok_and(|answer| answer.status == 200) {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "{} is not ready\n{}", self.engine, self.read_log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The server that was started last is still running: it did not end by itself.
    #[track_caller]
    pub fn assert_runs(&mut self) {
        let ended = self.server.as_mut().expect("a server was started").try_wait().unwrap();
        assert!(ended.is_none(), "the server ended: {ended:?}\n{}", self.read_log());
    }

    /// Ends the server without a warning.
    pub async fn kill(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().await.unwrap();
        }
    }

    /// Runs a command beside the server.
    pub async fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).await.unwrap();
        child.wait_with_output().await.unwrap()
    }

    async fn told(&self, arguments: &[&str], input: &str) -> String {
        let output = self.run(arguments, input).await;
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// A producer by the command line, and a key of theirs.
    pub async fn producer(&self, slug: &str, name: &str) -> Api {
        let email = format!("{slug}@example.com");
        let arguments = ["create-producer", "--slug", slug, "--name", name, "--email", &email];
        self.told(&arguments, "correct horse battery\n").await;
        let key = self.told(&["create-api-key", "--producer", slug], "").await;
        Api { site: self.address, key }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.address)
    }

    /// The portal's days go by, each with what is due on it.
    pub async fn forward(&self, days: u32) {
        for _ in 0..days {
            let day = [("turn".to_owned(), "forward".to_owned()), ("days".to_owned(), "1".to_owned())];
            self.browser().send(Request::new("POST", "/sandbox/clock").form(&day)).await.expect(303);
        }
    }

    /// The database, to look into.
    pub async fn db(&self) -> Db {
        Db::open(&self.database).await.unwrap()
    }

    /// Every invariant of the data holds, and the server had nothing to be sorry for.
    pub async fn assert_sound(&self) {
        let output = self.run(&["verify"], "").await;
        let said = [output.stdout, output.stderr].concat();
        assert!(output.status.success() && said.is_empty(), "{}: {}", self.engine, String::from_utf8_lossy(&said));
        let log = self.read_log();
        let errors: Vec<&str> =
            log.lines().filter(|line| line.contains("ERROR") || line.contains("panicked")).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", self.engine);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let Some(database) = &self.inside else { return self.command_under(&[], arguments) };
        // Where the server is, its disk is.
        let target = self.process().to_string();
        let words = ["nsenter", "--target", &target, "--user", "--mount", "--"].map(str::to_owned);
        let mut command = self.command_under(&words, arguments);
        command.env("AFTERSALE_DATABASE_URL", database);
        command
    }

    fn command_under(&self, words: &[String], arguments: &[&str]) -> Command {
        let binary = env!("CARGO_BIN_EXE_aftersale");
        let bears = ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""].map(str::to_owned);
        let bears = if self.bears_limits { &bears[..] } else { &[] };
        let mut words = words.iter().chain(bears).map(String::as_str).chain([binary]);
        let mut command = Command::new(words.next().unwrap());
        command.args(words);
        let settings = [
            ("LISTEN", self.address.to_string()),
            ("BASE_URL", format!("http://{}", self.address)),
            ("DATABASE_URL", self.database.clone()),
            ("SECRET_KEY", "a key for tests, of thirty-two bytes or more".to_owned()),
            ("SMTP_URL", format!("smtp://{}", self.mail.address)),
            ("PRIVATE_TARGETS", "127.0.0.0/8".to_owned()),
            ("TRUSTED_PROXIES", "127.0.0.1/32".to_owned()),
            ("LOG", "warn".to_owned()),
        ];
        command.args(arguments).env_clear().current_dir(self.folder.path()).kill_on_drop(true);
        command.envs(settings.map(|(name, value)| (format!("AFTERSALE_{name}"), value)));
        command
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Ends the server and starts it again with everything in its log.
    pub async fn log_everything(&mut self) {
        self.kill().await;
        self.log = "debug";
        self.serve();
        self.ready().await;
    }

    /// Starts the server again so that it can be given limits.
    pub async fn bear_limits(&mut self) {
        self.kill().await;
        self.bears_limits = true;
        self.serve();
        self.ready().await;
    }

    /// Starts the server again so that these calls of its system fail with `error` when they touch the database: in
    /// each thread the `first` time, and then every `step`. What failed is said in the file that is returned.
    pub async fn suffer(&mut self, calls: &str, error: &str, first: u32, step: u32) -> PathBuf {
        let log = self.folder.path().join("faults");
        let database = self.file();
        let inject = format!("inject={calls}:error={error}:when={first}+{step}");
        let (log_of, trace) = (log.display().to_string(), format!("trace={calls}"));
        // `-D`: the server stays our own child, and goes on when strace ends; `-I2`: which strace does when it is told
        // to.
        let mut words = vec!["strace", "-D", "-I2", "-f", "-qq", "-o", &log_of, "-e", &trace, "-e", &inject];
        let files = ["", "-wal", "-shm"].map(|end| format!("{database}{end}"));
        files.iter().for_each(|file| words.extend(["-P", file]));
        self.kill().await;
        self.under = words.into_iter().map(str::to_owned).collect();
        self.serve();
        self.ready().await;
        log
    }

    /// The file of the database.
    pub fn file(&self) -> &str {
        self.database.strip_prefix("sqlite:").unwrap().split('?').next().unwrap()
    }

    /// Starts the server again on a disk of its own that holds `bytes`, database included. Returns where others see it.
    pub async fn on_small_disk(&mut self, bytes: u64) -> PathBuf {
        self.kill().await;
        let disk = self.folder.path().join("disk");
        fs::create_dir(&disk).unwrap();
        let (disk, file) = (disk.display().to_string(), self.file().to_owned());
        let mount = format!("mount -t tmpfs -o size={bytes} none {disk} && cp {file}* {disk} && exec \"$0\" \"$@\"");
        let words = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", &mount];
        self.under = words.map(str::to_owned).into();
        let name = file.rsplit('/').next().unwrap();
        self.inside = Some(format!("sqlite:{disk}/{name}"));
        self.serve();
        self.ready().await;
        format!("/proc/{}/root{disk}", self.process()).into()
    }

    /// Nothing fails any more. The server is the same.
    pub async fn recover(&mut self) {
        self.under.clear();
        let tracer = self.tracers().into_iter().find(|tracer| tracer != "0").expect("strace is there");
        assert!(std::process::Command::new("kill").arg(&tracer).status().unwrap().success(), "strace is gone");
        let is_let_go = async || self.tracers().iter().all(|tracer| tracer == "0").then_some(());
        eventually("strace to let go", is_let_go).await;
    }

    /// Who traces each thread of the server; `0` is nobody.
    fn tracers(&self) -> Vec<String> {
        let threads = fs::read_dir(format!("/proc/{}/task", self.process())).unwrap().flatten();
        let statuses = threads.filter_map(|thread| fs::read_to_string(thread.path().join("status")).ok());
        let of =
            |status: String| status.lines().find_map(|line| Some(line.strip_prefix("TracerPid:")?.trim().to_owned()));
        statuses.filter_map(of).collect()
    }

    /// From now on no file of the server may become larger: what a full disk says, and a disk with room again.
    pub fn limit_files(&self, bytes: Option<u64>) {
        let soft = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
        let arguments = [format!("--pid={}", self.process()), format!("--fsize={soft}:")];
        assert!(std::process::Command::new("prlimit").args(arguments).status().unwrap().success());
    }

    /// The number of the server's process.
    pub fn process(&self) -> u32 {
        self.server.as_ref().and_then(Child::id).unwrap()
    }

    pub fn read_log(&self) -> String {
        fs::read_to_string(self.log()).unwrap_or_default()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.read_log();
            let lines: Vec<&str> = log.lines().collect();
            eprintln!(
                "the end of the server's log ({}):\n{}",
                self.engine,
                lines[lines.len().saturating_sub(30)..].join("\n")
            );
        }
    }
}

/// A producer's program that uses the API.
#[derive(Clone)]
pub struct Api {
    pub site: SocketAddr,
    pub key: String,
}

impl Api {
    pub async fn send(&self, request: Request) -> std::io::Result<Answer> {
        let request = request.with("authorization", format!("Bearer {}", self.key));
        call(self.site, &request.with("x-forwarded-for", own_network())).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("PUT", &format!("/api/v1/{path}")).json(body)).await.unwrap()
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("POST", &format!("/api/v1/{path}")).json(body)).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::new("GET", &format!("/api/v1/{path}"))).await.unwrap()
    }

    /// The whole order.
    pub async fn order(&self, code: &str) -> Value {
        self.get(&format!("orders/{code}")).await.expect(200).json()
    }
}

/// Asks again and again until there is an answer.
pub async fn eventually<T>(what: &str, mut probe: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = probe().await {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A port that nobody has. Below those that systems give to outgoing connections: it is still free when a server starts
/// again.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = (std::process::id() % 1100) as u16 * 10;
    for _ in 0..11_000 {
        let port = 20_000 + (first + NEXT.fetch_add(1, Ordering::SeqCst)) % 11_000;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
    panic!("no free port")
}
