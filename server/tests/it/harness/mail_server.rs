//! What a real SMTP server took, decoded: the mails as people read them.

use crate::harness::site::eventually;
use crate::harness::smtp_receiver::{Receiver, Taken};
use data_encoding::BASE64;
use std::net::SocketAddr;

/// One mail as it arrived.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Name and address that it says it is from.
    pub from: String,
    pub subject: String,
    /// Its Message-ID: the same when the same mail comes twice.
    pub id: String,
    pub text: String,
    pub html: String,
}

/// Takes mail as long as it lives.
#[derive(Clone)]
pub struct MailServer {
    pub address: SocketAddr,
    receiver: Receiver,
}

impl MailServer {
    pub async fn start() -> Self {
        let receiver = Receiver::start().await;
        Self { address: receiver.address, receiver }
    }

    /// Every mail so far.
    pub fn taken(&self) -> Vec<Mail> {
        self.receiver.taken().iter().map(of_envelope).collect()
    }

    /// Mails to an address, oldest first, each once.
    pub fn to(&self, address: &str) -> Vec<Mail> {
        let mut mails: Vec<Mail> = Vec::new();
        for mail in self.receiver.taken_by(address).iter().map(of_envelope) {
            if mails.iter().all(|known| known.id != mail.id) {
                mails.push(mail);
            }
        }
        mails
    }

    /// Waits for a mail to this address whose text contains `part`; the newest such.
    pub async fn wait(&self, address: &str, part: &str) -> Mail {
        let what = format!("a mail to {address} with {part:?}");
        eventually(&what, async || self.to(address).into_iter().rev().find(|mail| mail.text.contains(part))).await
    }
}

fn of_envelope(mail: &Taken) -> Mail {
    read(&mail.content.replace('\n', "\r\n"))
}

impl Mail {
    /// The line that is an address beginning like this, alone.
    pub fn link(&self, start: &str) -> String {
        let is_link =
            |line: &&str| line.starts_with("http") && crate::harness::browserless::path_of(line).starts_with(start);
        let line = self.text.lines().find(is_link);
        line.unwrap_or_else(|| panic!("no {start} alone on a line: {}", self.text)).to_owned()
    }

    /// The line that is a code, alone.
    pub fn code(&self) -> String {
        let is_code = |line: &&str| {
            let line = line.replace('-', "");
            line.len() == 8 && line.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        let line = self.text.lines().find(is_code);
        line.unwrap_or_else(|| panic!("no code alone on a line: {}", self.text)).to_owned()
    }
}

/// Reads a mail with both its parts.
pub fn read(whole: &str) -> Mail {
    let (head, body) = whole.split_once("\r\n\r\n").unwrap_or((whole, ""));
    let boundary = head.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("none");
    let fence = format!("--{boundary}");
    let part = |kind: &str| {
        let parts = body.split(fence.as_str());
        parts
            .filter_map(|part| part.split_once("\r\n\r\n"))
            .find(|(head, _)| head.contains(kind))
            .map_or_else(String::new, decoded)
    };
    Mail {
        from: words(&header(head, "From")),
        subject: words(&header(head, "Subject")),
        id: header(head, "Message-ID"),
        text: part("text/plain"),
        html: part("text/html"),
    }
}

fn header(head: &str, name: &str) -> String {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let mut lines = unfolded.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or_else(String::new, |(_, value)| value.to_owned())
}

fn decoded((head, body): (&str, &str)) -> String {
    let bytes = match header(head.trim_start(), "Content-Transfer-Encoding").as_str() {
        "base64" => BASE64.decode(body.replace("\r\n", "").as_bytes()).expect("base64"),
        "quoted-printable" => quoted(&body.replace("=\r\n", "")),
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8(bytes).expect("mails are UTF-8").replace("\r\n", "\n")
}

fn quoted(text: &str) -> Vec<u8> {
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits after ="));
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

/// A header's encoded words (RFC 2047) as text.
fn words(text: &str) -> String {
    let mut whole = String::new();
    for (index, part) in text.split("=?utf-8?b?").enumerate() {
        match part.split_once("?=").filter(|_| index > 0) {
            Some((word, rest)) => {
                whole.push_str(&String::from_utf8_lossy(&BASE64.decode(word.as_bytes()).expect("base64")));
                whole.push_str(if rest.trim().is_empty() { "" } else { rest });
            }
            None => whole.push_str(part),
        }
    }
    whole
}
