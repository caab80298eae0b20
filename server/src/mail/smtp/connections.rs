//! A few open conversations with the mail server, used again and again. They are opened here rather than by the mail
//! library because a letter is written in two pieces: without `TCP_NODELAY` the second waits 40 ms for the receiver's
//! delayed acknowledgement of the first.

use super::address::{Address, Encryption};
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
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

/// Why a letter was not handed over.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("no connection to the mail server")]
    Unreachable(#[from] std::io::Error),
    #[error("the mail server took longer than {} s", PATIENCE.as_secs())]
    Slow(#[from] Elapsed),
    #[error(transparent)]
    Smtp(#[from] SmtpError),
}

/// The conversations with one server.
pub(super) struct Connections {
    address: Address,
    hello: ClientId,
    idle: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
    free: Semaphore,
}

impl Connections {
    /// None yet; each begins with `hello`.
    pub(super) fn to(address: Address, hello: ClientId) -> Self {
        Self { address, hello, idle: Mutex::default(), free: Semaphore::new(MOST) }
    }

    /// Hands a letter over. After [`Error::Slow`] it may have been taken all the same.
    pub(super) async fn send(&self, envelope: &lettre::address::Envelope, letter: &[u8]) -> Result<(), Error> {
        let _one_of_few: SemaphorePermit<'_> = self.free.acquire().await.expect("the semaphore is never closed");
        let mut connection = match self.reuse().await {
            Some(connection) => connection,
            None => timeout(PATIENCE, self.open()).await??,
        };
        timeout(PATIENCE, connection.send(envelope, letter)).await??;
        self.lock().push((connection, Instant::now()));
        Ok(())
    }

    /// A conversation that is still alive.
    async fn reuse(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let (mut connection, since) = self.lock().pop()?;
            if since.elapsed() < IDLE && timeout(PATIENCE, connection.test_connected()).await == Ok(true) {
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
        Ok(AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &self.hello, Some(tls), None).await?)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(AsyncSmtpConnection, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
