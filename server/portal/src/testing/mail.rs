//! A mail server, and letters that can be read.

use super::lock;
use crate::message::{Content, Letter, Message, Words, Writer};
use crate::ports::{Mail, MailError};
use futures::future::BoxFuture;
use std::collections::VecDeque;
use std::sync::Mutex;

/// A mail server that keeps what it takes.
#[derive(Default)]
pub struct TestMail {
    taken: Mutex<Vec<Letter>>,
    faults: Mutex<VecDeque<MailError>>,
}

impl TestMail {
    /// Every letter taken, oldest first.
    pub fn taken(&self) -> Vec<Letter> {
        lock(&self.taken).clone()
    }

    /// The next letter meets this error.
    pub fn fail_next(&self, error: MailError) {
        lock(&self.faults).push_back(error);
    }
}

impl Mail for TestMail {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailError>> {
        let answer = match lock(&self.faults).pop_front() {
            Some(error) => Err(error),
            None => {
                lock(&self.taken).push(letter.clone());
                Ok(())
            }
        };
        Box::pin(async { answer })
    }
}

/// Writes a message as its own debug text, with link and code alone on their lines.
pub struct PlainWriter;

impl Writer for PlainWriter {
    fn write(&self, message: &Message) -> Words {
        let text = match &message.content {
            Content::SignInLink { url, code, .. } => format!("{url}\n{code}\n"),
            content => format!("{content:?}"),
        };
        let subject = format!("{:?}", message.content).chars().take_while(|letter| letter.is_alphanumeric()).collect();
        Words { subject, html: text.clone(), text }
    }
}
