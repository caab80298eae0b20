//! Letters over SMTP. A letter carries the same Message-ID however often it is sent, so that a mail sent again
//! after a crash is recognised as the same.

mod address;
mod connections;

pub use address::InvalidSmtpUrl;

use address::Address;
use connections::{Connections, Error};
use futures::future::BoxFuture;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use portal::message::Letter;
use portal::ports::{Clock, Mail, MailError};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Answers that say something about this installation's account, not about the letter: the letter is not lost over
/// them.
const ABOUT_THE_ACCOUNT: [&str; 5] = ["502", "530", "534", "535", "538"];

/// Sends letters through an SMTP server.
pub struct Smtp {
    connections: Connections,
    from: Mailbox,
    clock: Arc<dyn Clock>,
}

impl Smtp {
    /// A sender for `smtp://host:port` or `smtps://user:password@host`. Does not connect yet.
    ///
    /// # Errors
    /// When the address is none of these.
    pub fn new(url: &str, from: Mailbox, clock: Arc<dyn Clock>) -> Result<Self, InvalidSmtpUrl> {
        Ok(Self { connections: Connections::to(Address::parse(url)?), from, clock })
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
            let sent = self.connections.send(message.envelope(), &message.formatted()).await;
            sent.map_err(|error| describe(&error))
        })
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
    let Error::Smtp(answer) = error else { return MailError::Temporary(words) };
    let code = answer.status().map(|code| code.to_string()).unwrap_or_default();
    if answer.is_permanent() && !ABOUT_THE_ACCOUNT.contains(&code.as_str()) {
        MailError::Refused(words)
    } else {
        MailError::Temporary(words)
    }
}
