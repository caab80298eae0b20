//! Letters over SMTP, with pooled connections. A letter carries the same Message-ID however often it is sent, so that a mail sent again
//! after a crash is recognised as the same.

use futures::future::BoxFuture;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use portal::message::Letter;
use portal::ports::{Clock, Mail, MailError};
use reqwest::Url;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long one step of a conversation may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers that say something about this installation's account, not about the letter: the letter is not lost over them.
const ABOUT_THE_ACCOUNT: [&str; 5] = ["502", "530", "534", "535", "538"];

/// Sends letters through an SMTP server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    clock: Arc<dyn Clock>,
}

/// The address of the mail server cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("not an address like smtp://host:port or smtps://user:password@host")]
pub struct InvalidSmtpUrl;

impl Smtp {
    /// A sender for `smtp://host:port` or `smtps://user:password@host`. Does not connect yet.
    ///
    /// # Errors
    /// When the address is none of these.
    pub fn new(url: &str, from: Mailbox, clock: Arc<dyn Clock>) -> Result<Self, InvalidSmtpUrl> {
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| InvalidSmtpUrl)?;
        let parsed = Url::parse(url).map_err(|_| InvalidSmtpUrl)?;
        if parsed.scheme() == "smtp" && parsed.query().is_none() {
            builder = builder.tls(tls(&parsed)?);
        }
        let pool = PoolConfig::new().max_size(4).idle_timeout(Duration::from_secs(60));
        Ok(Self { transport: builder.timeout(Some(PATIENCE)).pool_config(pool).build(), from, clock })
    }

    fn message(&self, letter: &Letter) -> Result<Message, MailError> {
        let refused = |error: &dyn std::fmt::Display| MailError::Refused(error.to_string());
        let to = letter.to.as_str().parse().map_err(|error: lettre::address::AddressError| refused(&error))?;
        let id = format!("<{}@{}>", letter.id, self.from.email.domain());
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(id))
            .date(self.date())
            .raw_header(automatic())
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|error| refused(&error))
    }

    fn date(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_micros(self.clock.now().micros().unsigned_abs())
    }
}

impl Mail for Smtp {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailError>> {
        Box::pin(async move {
            let message = self.message(letter)?;
            self.transport.send(message).await.map(drop).map_err(|error| describe(&error))
        })
    }
}

/// With a password nothing is said in clear; without one, encryption is used wherever it is offered. On the machine itself nobody listens in.
fn tls(url: &Url) -> Result<Tls, InvalidSmtpUrl> {
    let host = url.host_str().ok_or(InvalidSmtpUrl)?;
    let is_here =
        host == "localhost" || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback());
    if is_here {
        return Ok(Tls::None);
    }
    let parameters = TlsParameters::new(host.to_owned()).map_err(|_| InvalidSmtpUrl)?;
    let has_password = !url.username().is_empty() || url.password().is_some();
    Ok(if has_password { Tls::Required(parameters) } else { Tls::Opportunistic(parameters) })
}

/// Tells out-of-office programs not to answer (RFC 3834).
fn automatic() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}

fn describe(error: &Error) -> MailError {
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    let words = match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    };
    if error.is_permanent() && !ABOUT_THE_ACCOUNT.contains(&code.as_str()) {
        MailError::Refused(words)
    } else {
        MailError::Temporary(words)
    }
}
