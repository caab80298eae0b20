//! A mail server.

use super::lock;
use crate::letter::Letter;
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
