//! The smallest SMTP server that real mail can be sent to: keeps what it took, can be told to refuse or to be slow, and
//! speaks TLS with a certificate that nobody vouches for.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};

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
    /// Offers to encrypt, and cannot when it is asked to: `454`.
    CannotEncrypt,
}

/// A mail that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    /// Head and body as they came, without the dots of the protocol.
    pub content: String,
    pub is_encrypted: bool,
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

    /// Offers STARTTLS, with a certificate that it made itself.
    pub async fn start_with_starttls() -> Self {
        Self::able("250-receiver.test\r\n250 STARTTLS").await
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
                tokio::spawn(serve(served.clone(), stream));
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

async fn serve(receiver: Receiver, stream: TcpStream) -> Option<()> {
    let stream = talk(&receiver, stream, Some("220 receiver.test ESMTP"), false).await?;
    let stream = acceptor().accept(stream).await.ok()?;
    talk(&receiver, stream, None, true).await;
    Some(())
}

fn acceptor() -> TlsAcceptor {
    let made = rcgen::generate_simple_self_signed(["receiver.test".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    TlsAcceptor::from(Arc::new(config.with_single_cert(vec![made.cert.der().clone()], key).unwrap()))
}

/// One conversation. Gives the stream back when it goes on encrypted.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    receiver: &Receiver,
    stream: S,
    greeting: Option<&str>,
    is_encrypted: bool,
) -> Option<S> {
    let mut stream = BufReader::new(stream);
    let mut mail = Taken { from: String::new(), to: Vec::new(), content: String::new(), is_encrypted };
    if let Some(greeting) = greeting {
        say(&mut stream, greeting).await?;
    }
    loop {
        let line = hear(&mut stream).await?;
        let verb = line.get(..4).unwrap_or(&line).to_ascii_uppercase();
        let mood = *receiver.mood.lock().unwrap();
        let answer = match (verb.as_str(), mood) {
            ("EHLO", _) => {
                *receiver.greeting.lock().unwrap() = line;
                receiver.abilities
            }
            ("STAR", Mood::CannotEncrypt) => "454 4.7.0 TLS not available",
            ("STAR", _) => {
                say(&mut stream, "220 go ahead").await?;
                return Some(stream.into_inner());
            }
            ("MAIL", _) => {
                mail = Taken { from: line, to: Vec::new(), content: String::new(), is_encrypted };
                "250 2.1.0 fine"
            }
            ("RCPT", Mood::Refuses(answer)) => answer,
            ("RCPT", _) => {
                mail.to.push(line);
                "250 2.1.5 fine"
            }
            ("DATA", _) => {
                say(&mut stream, "354 go on").await?;
                mail.content = hear_mail(&mut stream).await?;
                match mood {
                    Mood::Breaks => return None,
                    Mood::Slow(wait) => tokio::time::sleep(wait).await,
                    _ => {}
                }
                receiver.taken.lock().unwrap().push(mail.clone());
                "250 2.0.0 taken"
            }
            ("QUIT", _) => {
                say(&mut stream, "221 bye").await?;
                return None;
            }
            _ => "250 fine",
        };
        say(&mut stream, answer).await?;
    }
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, line: &str) -> Option<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

async fn hear<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await.ok()?;
    (read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn hear_mail<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Option<String> {
    let mut content = String::new();
    loop {
        let line = hear(stream).await?;
        if line == "." {
            return Some(content);
        }
        content.push_str(line.strip_prefix('.').unwrap_or(&line));
        content.push('\n');
    }
}
