//! The smallest SMTP server that real mail can be sent to: keeps what it took, and can be told to refuse or to be slow.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What the receiver does with mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    /// Takes it.
    Takes,
    /// Answers the recipient with this line, such as `550 5.1.1 no such user`.
    Refuses(&'static str),
    /// Takes it after this long.
    Slow(Duration),
    /// Breaks off once it has read a mail, before it says that it took it.
    Breaks,
}

/// A mail that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    /// Head and body as they came, without the dots of the protocol.
    pub content: String,
}

/// A running receiver.
#[derive(Clone)]
pub struct Receiver {
    pub address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<Taken>>>,
    connections: Arc<Mutex<usize>>,
    /// The last greeting.
    greeting: Arc<Mutex<String>>,
    /// What it says that it can.
    abilities: &'static str,
}

impl Receiver {
    pub async fn start() -> Self {
        Self::able("250-receiver.test\r\n250-8BITMIME\r\n250 SMTPUTF8").await
    }

    pub async fn start_without_smtputf8() -> Self {
        Self::able("250-receiver.test\r\n250 8BITMIME").await
    }

    async fn able(abilities: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let receiver = Self {
            address,
            mood: Arc::new(Mutex::new(Mood::Takes)),
            taken: Arc::default(),
            connections: Arc::default(),
            greeting: Arc::default(),
            abilities,
        };
        let served = receiver.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *served.connections.lock().unwrap() += 1;
                tokio::spawn(talk(served.clone(), stream));
            }
        });
        receiver
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    pub fn greeting(&self) -> String {
        self.greeting.lock().unwrap().clone()
    }

    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

async fn talk(receiver: Receiver, stream: TcpStream) -> Option<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let mut mail = Taken { from: String::new(), to: Vec::new(), content: String::new() };
    say(&mut writer, "220 receiver.test ESMTP").await?;
    loop {
        let line = hear(&mut reader).await?;
        let verb = line.get(..4).unwrap_or(&line).to_ascii_uppercase();
        let mood = *receiver.mood.lock().unwrap();
        let answer = match (verb.as_str(), mood) {
            ("EHLO", _) => {
                *receiver.greeting.lock().unwrap() = line;
                receiver.abilities
            }
            ("MAIL", _) => {
                mail = Taken { from: line, to: Vec::new(), content: String::new() };
                "250 2.1.0 fine"
            }
            ("RCPT", Mood::Refuses(answer)) => answer,
            ("RCPT", _) => {
                mail.to.push(line);
                "250 2.1.5 fine"
            }
            ("DATA", _) => {
                say(&mut writer, "354 go on").await?;
                mail.content = hear_mail(&mut reader).await?;
                match mood {
                    Mood::Breaks => return None,
                    Mood::Slow(wait) => tokio::time::sleep(wait).await,
                    _ => {}
                }
                receiver.taken.lock().unwrap().push(mail.clone());
                "250 2.0.0 taken"
            }
            ("QUIT", _) => {
                say(&mut writer, "221 bye").await?;
                return None;
            }
            _ => "250 fine",
        };
        say(&mut writer, answer).await?;
    }
}

async fn say(writer: &mut OwnedWriteHalf, line: &str) -> Option<()> {
    writer.write_all(format!("{line}\r\n").as_bytes()).await.ok()
}

async fn hear(reader: &mut BufReader<OwnedReadHalf>) -> Option<String> {
    let mut line = String::new();
    let read = reader.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn hear_mail(reader: &mut BufReader<OwnedReadHalf>) -> Option<String> {
    let mut content = String::new();
    loop {
        let line = hear(reader).await?;
        if line == "." {
            return Some(content);
        }
        content.push_str(line.strip_prefix('.').unwrap_or(&line));
        content.push('\n');
    }
}
