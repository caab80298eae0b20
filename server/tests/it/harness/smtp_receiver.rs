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
    /// The same, and says nothing at the good-bye.
    RefusesAndHangs(&'static str),
    /// Takes it after this long.
    Slow(Duration),
    /// Breaks off once it has read a mail, before it says that it took it.
    Breaks,
    /// Offers to encrypt, and cannot when it is asked to: `454`.
    CannotEncrypt,
    /// Does something of its own at one step.
    At(Step, Does),
}

/// A step of a conversation, as far as the receiver has a word in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// The first line of the letter has come.
    Text,
    /// The last line of the letter has come.
    Body,
    /// The good-bye after a refusal.
    Quit,
}

/// What it does there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Does {
    /// Answers so.
    Says(&'static [u8]),
    /// Answers nothing.
    Hangs,
    /// Breaks off.
    Cuts,
}

impl Mood {
    /// What it does at `step`, where that is something of its own.
    fn at(self, step: Step) -> Option<Does> {
        match self {
            Self::Refuses(answer) | Self::RefusesAndHangs(answer) if step == Step::Rcpt => {
                Some(Does::Says(answer.as_bytes()))
            }
            Self::RefusesAndHangs(_) if step == Step::Quit => Some(Does::Hangs),
            Self::Breaks if step == Step::Body => Some(Does::Cuts),
            Self::CannotEncrypt if step == Step::StartTls => Some(Does::Says(b"454 4.7.0 TLS not available")),
            Self::At(here, does) if here == step => Some(does),
            _ => None,
        }
    }
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

impl Taken {
    /// The address of the first recipient.
    pub fn recipient(&self) -> &str {
        self.to.first().and_then(|line| line.split(['<', '>']).nth(1)).unwrap_or_default()
    }
}

/// A running receiver.
#[derive(Clone)]
pub struct Receiver {
    pub address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<Taken>>>,
    connections: Arc<Mutex<usize>>,
    reached: Arc<Mutex<Vec<Step>>>,
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

    /// Lets those in who have an account.
    pub async fn start_with_accounts() -> Self {
        Self::able("250-receiver.test\r\n250 AUTH PLAIN LOGIN").await
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
            reached: Arc::default(),
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

    fn mood(&self) -> Mood {
        *self.mood.lock().unwrap()
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// Mails whose first recipient is this address. Only these are copied: stories ask many times among thousands.
    pub fn taken_by(&self, address: &str) -> Vec<Taken> {
        let taken = self.taken.lock().unwrap();
        taken.iter().filter(|mail| mail.recipient() == address).cloned().collect()
    }

    pub fn greeting(&self) -> String {
        self.greeting.lock().unwrap().clone()
    }

    /// Whether a conversation came as far as this step.
    pub fn has_reached(&self, step: Step) -> bool {
        self.reached.lock().unwrap().contains(&step)
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
        answer(receiver, &mut stream, Step::Greeting, greeting).await?;
    }
    loop {
        let line = hear(&mut stream).await?;
        let verb = line.get(..4).unwrap_or(&line).to_ascii_uppercase();
        let (step, usual) = match verb.as_str() {
            "EHLO" => {
                *receiver.greeting.lock().unwrap() = line;
                (Step::Ehlo, receiver.abilities)
            }
            "STAR" => (Step::StartTls, "220 go ahead"),
            "AUTH" => (Step::Auth, "235 2.7.0 come in"),
            "MAIL" => {
                mail = Taken { from: line, to: Vec::new(), content: String::new(), is_encrypted };
                (Step::Mail, "250 2.1.0 fine")
            }
            "RCPT" => {
                mail.to.push(line);
                (Step::Rcpt, "250 2.1.5 fine")
            }
            "DATA" => (Step::Data, "354 go on"),
            "QUIT" => (Step::Quit, "221 bye"),
            _ => {
                say(&mut stream, b"250 fine").await?;
                continue;
            }
        };
        let has_agreed = answer(receiver, &mut stream, step, usual).await?;
        match step {
            Step::StartTls if has_agreed => return Some(stream.into_inner()),
            Step::Data if has_agreed => take_mail(receiver, &mut stream, &mut mail).await?,
            Step::Quit => return None,
            _ => {}
        }
    }
}

/// Reads a letter, keeps it and says so.
async fn take_mail<S: AsyncRead + AsyncWrite + Unpin>(
    receiver: &Receiver,
    stream: &mut BufReader<S>,
    mail: &mut Taken,
) -> Option<()> {
    let mood = receiver.mood();
    if mood.at(Step::Text) == Some(Does::Cuts) {
        hear(stream).await?;
        receiver.reached.lock().unwrap().push(Step::Text);
        return None;
    }
    mail.content = hear_mail(stream).await?;
    if let Mood::Slow(wait) = mood {
        tokio::time::sleep(wait).await;
    }
    if answer(receiver, stream, Step::Body, "250 2.0.0 taken").await? {
        receiver.taken.lock().unwrap().push(mail.clone());
    }
    Some(())
}

/// The usual answer, and `true`; or what the mood is.
async fn answer<S: AsyncWrite + Unpin>(receiver: &Receiver, stream: &mut S, step: Step, usual: &str) -> Option<bool> {
    receiver.reached.lock().unwrap().push(step);
    match receiver.mood().at(step) {
        None => say(stream, usual.as_bytes()).await.map(|()| true),
        Some(Does::Says(words)) => say(stream, words).await.map(|()| false),
        Some(Does::Cuts) => None,
        Some(Does::Hangs) => std::future::pending().await,
    }
}

async fn say<S: AsyncWrite + Unpin>(stream: &mut S, line: &[u8]) -> Option<()> {
    stream.write_all(&[line, b"\r\n"].concat()).await.ok()?;
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
