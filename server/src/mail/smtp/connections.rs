//! A few open conversations with the mail server, used again and again. They are opened here rather than by the mail
//! library because a letter is written in two pieces: without `TCP_NODELAY` the second waits 40 ms for the receiver's
//! delayed acknowledgement of the first.
//!
//! A letter is handed over step by step, so that it is known which step was refused. The library's own way to send says
//! good-bye before it tells of a refusal: a server that is slow at that would make a time-out of its "no such person".

use super::address::{Address, Encryption};
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::{Error as SmtpError, client::AsyncTokioStream};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{error::Elapsed, timeout};

/// How long opening a conversation may take, and how long a letter.
const PATIENCE: Duration = Duration::from_secs(20);

/// Conversations at one time.
const MOST: usize = 4;

/// A conversation that nobody used for so long is not used again: the server may have forgotten it.
const IDLE: Duration = Duration::from_secs(60);

const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// Where a conversation stands when it fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// Greeting, encryption and account: all of it is about us.
    Opening,
    /// `MAIL`: our own address.
    Sender,
    /// `RCPT`: whom the letter is for.
    Recipient,
    /// `DATA`, and the letter.
    Letter,
}

impl Step {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Opening => "greeting",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Letter => "letter",
        }
    }
}

/// Why a letter was not handed over.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("no connection to the mail server")]
    Unreachable(#[from] std::io::Error),
    #[error("the mail server did not answer in time")]
    Slow(#[from] Elapsed),
    #[error("the mail server does not take addresses with letters outside of ASCII before the @ (SMTPUTF8)")]
    NoSmtpUtf8,
    #[error("{}: {cause}", .step.as_str())]
    Smtp { step: Step, cause: SmtpError },
}

/// A failure while a conversation is opened.
impl From<SmtpError> for Error {
    fn from(cause: SmtpError) -> Self {
        Self::Smtp { step: Step::Opening, cause }
    }
}

/// The conversations with one server.
pub(super) struct Connections {
    address: Address,
    hello: ClientId,
    patience: Duration,
    idle: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
    free: Semaphore,
}

impl Connections {
    /// None yet; each begins with `hello`.
    pub(super) fn to(address: Address, hello: ClientId) -> Self {
        Self { address, hello, patience: PATIENCE, idle: Mutex::default(), free: Semaphore::new(MOST) }
    }

    /// The same, waiting for answers no longer than this.
    pub(super) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Hands a letter over. After [`Error::Slow`], and after a conversation that broke off with the letter, it may have
    /// been taken all the same: it comes again under the same Message-ID.
    pub(super) async fn send(&self, envelope: &Envelope, letter: &[u8]) -> Result<(), Error> {
        let _one_of_few: SemaphorePermit<'_> = self.free.acquire().await.expect("the semaphore is never closed");
        let mut connection = match self.reuse().await {
            Some(connection) => connection,
            None => timeout(self.patience, self.open()).await??,
        };
        match timeout(self.patience, hand_over(&mut connection, envelope, letter)).await? {
            Ok(()) => self.lock().push((connection, Instant::now())),
            Err(error) => {
                self.leave(connection);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Says good-bye, and waits for nobody's answer.
    fn leave(&self, mut connection: AsyncSmtpConnection) {
        let patience = self.patience;
        tokio::spawn(async move {
            if timeout(patience, connection.quit()).await.is_err() {
                tracing::debug!("the mail server did not say good-bye");
            }
        });
    }

    /// A conversation that is still alive.
    async fn reuse(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let (mut connection, since) = self.lock().pop()?;
            if since.elapsed() < IDLE && timeout(self.patience, connection.test_connected()).await == Ok(true) {
                return Some(connection);
            }
        }
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Error> {
        let mut connection = match &self.address.encryption {
            Encryption::FromTheStart(tls) => self.open_encrypted(tls.clone()).await?,
            Encryption::Required(tls) => {
                let mut connection = self.open_clear().await?;
                connection.starttls(tls.clone(), &self.hello).await?;
                connection
            }
            Encryption::IfOffered(tls) => self.open_as_offered(tls).await?,
            Encryption::Never => self.open_clear().await?,
        };
        if let Some(account) = &self.address.account {
            connection.auth(&MECHANISMS, account).await?;
        }
        Ok(connection)
    }

    async fn open_clear(&self) -> Result<AsyncSmtpConnection, Error> {
        Ok(AsyncSmtpConnection::connect_with_transport(self.dial().await?, &self.hello).await?)
    }

    /// Encrypted where that works. A server that offers it and then cannot is greeted anew, in clear: nothing was
    /// promised, and a letter in clear is better than none.
    async fn open_as_offered(&self, tls: &TlsParameters) -> Result<AsyncSmtpConnection, Error> {
        let mut connection = self.open_clear().await?;
        if !connection.can_starttls() {
            return Ok(connection);
        }
        match connection.starttls(tls.clone(), &self.hello).await {
            Ok(()) => Ok(connection),
            Err(error) => {
                tracing::warn!(%error, "the mail server offers STARTTLS and fails at it: the letter goes in clear");
                self.open_clear().await
            }
        }
    }

    async fn dial(&self) -> Result<Box<dyn AsyncTokioStream>, Error> {
        let stream = TcpStream::connect((self.address.host.as_str(), self.address.port)).await?;
        stream.set_nodelay(true)?;
        Ok(Box::new(stream))
    }

    /// The library opens these itself, without `TCP_NODELAY`: it has no way to encrypt a stream of ours before the
    /// greeting.
    async fn open_encrypted(&self, tls: TlsParameters) -> Result<AsyncSmtpConnection, Error> {
        let server = (self.address.host.as_str(), self.address.port);
        Ok(AsyncSmtpConnection::connect_tokio1(server, Some(self.patience), &self.hello, Some(tls), None).await?)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(AsyncSmtpConnection, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One letter to one person.
async fn hand_over(connection: &mut AsyncSmtpConnection, envelope: &Envelope, letter: &[u8]) -> Result<(), Error> {
    let at = |step| move |cause| Error::Smtp { step, cause };
    let mut parameters = Vec::new();
    if envelope.to().iter().chain(envelope.from()).any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Error::NoSmtpUtf8);
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !letter.is_ascii() {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    connection.command(Mail::new(envelope.from().cloned(), parameters)).await.map_err(at(Step::Sender))?;
    for recipient in envelope.to() {
        connection.command(Rcpt::new(recipient.clone(), Vec::new())).await.map_err(at(Step::Recipient))?;
    }
    connection.command(Data).await.map_err(at(Step::Letter))?;
    connection.message(letter).await.map_err(at(Step::Letter))?;
    Ok(())
}
