//! Letters over SMTP. A letter carries the same Message-ID however often it is sent, so that a mail sent again
//! after a crash is recognised as the same.

mod address;
mod answer;
mod connections;

pub use address::InvalidSmtpUrl;

use address::Address;
use connections::{Connections, Error};
use futures::future::BoxFuture;
use lettre::Message;
use lettre::address::{Address as LetterAddress, AddressError};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::extension::ClientId;
use portal::message::Letter;
use portal::ports::{Clock, Mail, MailError};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Sends letters through an SMTP server.
pub struct Smtp {
    connections: Connections,
    from: Mailbox,
    clock: Arc<dyn Clock>,
}

impl Smtp {
    /// A sender for `smtp://host:port` or `smtps://user:password@host`, which calls itself `name` there: the host of
    /// this installation's own address. Does not connect yet.
    ///
    /// # Errors
    /// When the address is none of these.
    pub fn new(url: &str, name: &str, from: Mailbox, clock: Arc<dyn Clock>) -> Result<Self, InvalidSmtpUrl> {
        Ok(Self { connections: Connections::to(Address::parse(url)?, client_id(name)), from, clock })
    }

    fn message(&self, letter: &Letter) -> Result<Message, MailError> {
        let refused = |error: &dyn std::fmt::Display| MailError::Refused(error.to_string());
        let to = deliverable(letter.to.as_str()).map_err(|error| refused(&error))?;
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
            let sent = self.connections.send(message.envelope(), &message.formatted()).await;
            sent.map_err(|error| describe(&error))
        })
    }
}

/// The address as every server takes it: the domain in punycode, which needs no SMTPUTF8.
fn deliverable(address: &str) -> Result<LetterAddress, AddressError> {
    let Some((local, domain)) = address.rsplit_once('@') else { return address.parse() };
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_owned());
    LetterAddress::new(local, domain)
}

/// Many servers refuse whoever greets with a name that is no full one, as that of a container is.
fn client_id(name: &str) -> ClientId {
    match name.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(name.to_owned()),
    }
}

/// Tells out-of-office programs not to answer (RFC 3834).
fn automatic() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}

fn describe(error: &Error) -> MailError {
    let words = match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    };
    let Error::Smtp(failure) = error else { return MailError::Temporary(words) };
    let code = failure.status().map(|code| code.to_string()).unwrap_or_default();
    let text = std::error::Error::source(failure).map(ToString::to_string).unwrap_or_default();
    if answer::is_final(&code, &text) { MailError::Refused(words) } else { MailError::Temporary(words) }
}
