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
use lettre::address::{Address as LetterAddress, AddressError, Envelope};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::extension::ClientId;
use portal::message::Letter;
use portal::ports::{Clock, Mail, MailError};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use types::{Email, Line};

/// How many letters of an answer are kept.
const LONGEST_KEPT: usize = 500;

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

    /// The same, for a server that must answer each letter within `patience`.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { connections: self.connections.with_patience(patience), ..self }
    }

    fn message(&self, letter: &Letter) -> Result<Message, MailError> {
        let refused = |error: &dyn std::fmt::Display| MailError::Refused(error.to_string());
        let to = deliverable(&letter.to).map_err(|error| refused(&error))?;
        let envelope =
            Envelope::new(Some(self.from.email.clone()), vec![to.clone()]).map_err(|error| refused(&error))?;
        let id = format!("<{}@{}>", letter.id, self.from.email.domain());
        let mut message = Message::builder().envelope(envelope).from(self.sender_of(letter));
        if let Some(contact) = letter.sender.as_ref().and_then(|sender| deliverable(&sender.contact).ok()) {
            message = message.reply_to(Mailbox::new(None, contact));
        }
        message
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(id))
            .date(self.date())
            .raw_header(automatic())
            .multipart(
                MultiPart::alternative()
                    .singlepart(unbroken(ContentType::TEXT_PLAIN, &letter.text))
                    .singlepart(unbroken(ContentType::TEXT_HTML, &letter.html)),
            )
            .map_err(|error| refused(&error))
    }

    /// The portal's own address, which its mail server vouches for, under the name of the producer whom buyers know.
    fn sender_of(&self, letter: &Letter) -> Mailbox {
        let Some(sender) = &letter.sender else { return self.from.clone() };
        let portal = self.from.name.as_deref().unwrap_or_else(|| self.from.email.domain());
        let name = sender.mail_name.as_ref().map_or(&*sender.name, Line::as_str);
        let name = if portal == name { portal.to_owned() } else { format!("{name} via {portal}") };
        Mailbox::new(Some(name), self.from.email.clone())
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

/// The address as every server takes it: the domain in punycode, which needs no SMTPUTF8, and in quotes what stands
/// before it where the standard wants them.
fn deliverable(address: &Email) -> Result<LetterAddress, AddressError> {
    let (local, domain) = address.for_sending();
    LetterAddress::new(local, &domain).or_else(|_| LetterAddress::new(format!("\"{local}\""), &domain))
}

/// A text in Base64. The other way, quoted-printable, breaks a long link into lines, and some mail programs cut it off
/// there.
fn unbroken(kind: ContentType, text: &str) -> SinglePart {
    SinglePart::builder().header(kind).header(ContentTransferEncoding::Base64).body(text.to_owned())
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

/// What an answer means for the letter, and what is kept of it: the step, the code, and the words of the server.
fn describe(error: &Error) -> MailError {
    let Error::Smtp { step, cause: failure } = error else {
        let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
        return MailError::Temporary(kept(&format!("{error}{cause}")));
    };
    let Some(code) = failure.status() else { return MailError::Temporary(kept(&error.to_string())) };
    let (code, text) = (code.to_string(), std::error::Error::source(failure).map(ToString::to_string));
    let text = text.unwrap_or_default();
    let words = kept(&format!("{}: {code} {text}", step.as_str()));
    if answer::is_final(*step, &code, &text) { MailError::Refused(words) } else { MailError::Temporary(words) }
}

/// One line of a bounded length, whatever a server says.
fn kept(words: &str) -> String {
    words.trim().chars().map(|letter| if letter.is_control() { ' ' } else { letter }).take(LONGEST_KEPT).collect()
}
