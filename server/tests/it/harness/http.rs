//! A small HTTP/1.1 client: one connection a request, nothing done behind one's back. It says so when an answer did not
//! arrive whole, because what arrived whole is what was promised.

use serde_json::Value;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Longer than the server lets anything take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is asked. Header values are bytes: hostile ones are no text.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Vec<u8>,
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    pub fn new(method: &str, path: &str) -> Self {
        Self { method: method.to_owned(), path: path.to_owned(), headers: Vec::new(), body: Vec::new() }
    }

    pub fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    pub fn body(self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self.with("content-type", kind) }
    }

    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub fn form(self, fields: &[(String, String)]) -> Self {
        self.body("application/x-www-form-urlencoded", encode(fields))
    }

    fn bytes(&self, address: SocketAddr) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\nconnection: close\r\n", self.method, self.path).into_bytes();
        let mut put = |name: &str, value: &[u8]| {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        };
        if !self.headers.iter().any(|(name, _)| name == "host") {
            put("host", address.to_string().as_bytes());
        }
        self.headers.iter().for_each(|(name, value)| put(name, value));
        if !matches!(self.method.as_str(), "GET" | "HEAD") {
            put("content-length", self.body.len().to_string().as_bytes());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&self.body);
        bytes
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("every answer is UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The answer itself, when it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self
    }

    /// Status, headers and body without what is new in each answer: its number, its time, the mark of its policy.
    pub fn without_marks(&self) -> (u16, Vec<(String, String)>, String) {
        let is_mark = |name: &str| matches!(name, "x-request-id" | "date");
        let nonce = self.header("content-security-policy").and_then(|policy| policy.split("'nonce-").nth(1));
        let nonce = nonce.and_then(|rest| rest.split('\'').next()).unwrap_or("no mark").to_owned();
        let headers = self.headers.iter().filter(|(name, _)| !is_mark(name));
        let headers = headers.map(|(name, value)| (name.clone(), value.replace(&nonce, "MARK"))).collect();
        (self.status, headers, self.text().replace(&nonce, "MARK"))
    }
}

/// Asks, and reads until the answer is whole.
pub async fn call(address: SocketAddr, request: &Request) -> io::Result<Answer> {
    let talk = async {
        let mut stream = TcpStream::connect(address).await?;
        // A server that refuses a large body answers before it has read it, and may not take the rest.
        let sent = stream.write_all(&request.bytes(address)).await;
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes).await;
        match read_answer(&bytes, request.method == "HEAD") {
            Err(error) => sent.and(read.map(drop)).and(Err(error)),
            whole => whole,
        }
    };
    tokio::time::timeout(PATIENCE, talk).await.unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
}

fn read_answer(bytes: &[u8], is_head: bool) -> io::Result<Answer> {
    let cut = || io::Error::new(ErrorKind::UnexpectedEof, "the answer did not arrive whole");
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").ok_or_else(cut)?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).ok_or_else(cut)?;
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    let mut answer = Answer { status, headers, body: bytes[end + 4..].to_vec() };
    if is_head {
        return Ok(answer);
    }
    let length = answer.header("content-length").and_then(|length| length.parse().ok());
    if answer.header("transfer-encoding") == Some("chunked") {
        answer.body = unchunk(&answer.body).ok_or_else(cut)?;
    } else if length.is_some_and(|length: usize| length != answer.body.len()) {
        return Err(cut());
    }
    Ok(answer)
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(whole);
        }
        whole.extend(rest.get(end + 2..end + 2 + length)?);
        rest = rest.get(end + 4 + length..)?;
    }
}

/// Names and values as a browser writes them.
pub fn encode(fields: &[(String, String)]) -> String {
    let part = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", part(name), part(value))).collect::<Vec<_>>().join("&")
}
