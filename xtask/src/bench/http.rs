//! Just enough HTTP/1.1 to ask our own servers over a connection that stays open.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

/// An open connection.
pub(super) struct Connection {
    stream: BufReader<TcpStream>,
    address: String,
}

/// An answer, read to its end.
pub(super) struct Answer {
    pub status: u16,
    /// Lines as they came.
    headers: Vec<String>,
    pub body: String,
}

impl Answer {
    /// The value of a header; names as our servers write them, in small letters.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut pairs = self.headers.iter().filter_map(|line| line.split_once(':'));
        pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The answer itself if it has this status.
    pub(super) fn expect(self, status: u16) -> Result<Self> {
        if self.status != status {
            bail!("status {} instead of {status}: {}", self.status, self.body);
        }
        Ok(self)
    }
}

impl Connection {
    pub(super) fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream), address: address.to_owned() })
    }

    /// `headers` are whole lines, each with its line break.
    pub(super) fn get(&mut self, path: &str, headers: &str) -> Result<Answer> {
        self.send(&get(&self.address, path, headers))
    }

    pub(super) fn post_form(&mut self, path: &str, headers: &str, body: &str) -> Result<Answer> {
        self.with_body("POST", path, &format!("content-type: application/x-www-form-urlencoded\r\n{headers}"), body)
    }

    pub(super) fn with_body(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<Answer> {
        let (host, length) = (&self.address, body.len());
        let head = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}content-length: {length}\r\n\r\n");
        self.send(&(head + body))
    }

    /// Sends a whole request and reads the answer.
    pub(super) fn send(&mut self, request: &str) -> Result<Answer> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        let mut headers = Vec::new();
        loop {
            match self.line()? {
                line if line.is_empty() => break,
                line => headers.push(line),
            }
        }
        let mut answer = Answer { status, headers, body: String::new() };
        let length: usize = answer.header("content-length").map_or(Ok(0), str::parse)?;
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        answer.body = String::from_utf8(body)?;
        Ok(answer)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            bail!("{} closed the connection", self.address);
        }
        Ok(line.trim_end().to_owned())
    }
}

/// A request without a body.
pub(super) fn get(address: &str, path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n{headers}\r\n")
}

/// Sends the same request `times` in all over `connections` at once; every answer must be 200.
pub(super) fn load(address: &str, request: &str, times: usize, connections: usize) -> Result<()> {
    let one = || -> Result<()> {
        let mut connection = Connection::open(address)?;
        for _ in 0..times / connections {
            connection.send(request)?.expect(200)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(one)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| bail!("a connection panicked")))
    })
}
