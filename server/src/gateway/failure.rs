//! Calls to gateways that did not do what they were for, and what that says about money.
//!
//! Only an answer in the gateway's own words that the instruction is wrong, or that the bank declined, is a no. A key
//! that it does not take is not one: the same money can be moved with the right key. After anything that leaves open
//! whether the call had its effect nobody knows.

use crate::guard::{Answer, CallError};
use portal::ports::{GatewayError, GatewayRefusal};
use serde::de::DeserializeOwned;

/// How much of a gateway's words is kept.
const LONGEST: usize = 500;

/// What stands in place of a secret, should it come back in an answer.
const MASK: &str = "***";

/// An error in a gateway's own words.
pub(super) trait Words {
    /// What it says, [`cut`] to what a person reads.
    fn words(&self) -> &str;
}

/// Why a call did not do what it was for; `S` is the gateway's own error.
#[derive(Debug)]
pub(super) enum Failure<S> {
    /// The gateway said no.
    Said(S),
    /// We say no, without a call or by what an answer means.
    No(GatewayRefusal),
    /// The key may not do that.
    Denied(String),
    /// Certainly nothing was done.
    NotDone(String),
    /// Nobody knows whether it was done.
    Lost(String),
}

impl<S> Failure<S> {
    /// The same of a call that only asks: whatever happened, nothing was done.
    pub(super) fn of_question(self) -> Self {
        match self {
            Self::Lost(words) => Self::NotDone(words),
            other => other,
        }
    }

    /// There was no answer.
    pub(super) fn unanswered(error: &CallError, secret: &str) -> Self {
        let words = masked(&error.to_string(), secret);
        match error {
            CallError::NotAllowed(_) | CallError::NameUnknown(_) | CallError::NotReached(_) => Self::NotDone(words),
            CallError::TimedOut | CallError::Broken(_) => Self::Lost(words),
        }
    }
}

impl<S: Words> From<Failure<S>> for GatewayError {
    fn from(failure: Failure<S>) -> Self {
        match failure {
            Failure::Said(said) => Self::Refused(GatewayRefusal::Other(said.words().to_owned())),
            Failure::No(refusal) => Self::Refused(refusal),
            Failure::Denied(words) | Failure::NotDone(words) => Self::Unavailable(words),
            Failure::Lost(words) => Self::OutcomeUnknown(words),
        }
    }
}

/// Words cut to what a person reads.
pub(super) fn cut(words: &str) -> &str {
    &words[..words.floor_char_boundary(LONGEST)]
}

/// Reads an answer; `refused` says what one other than success means, of which the secret is masked.
pub(super) fn read<T: DeserializeOwned, S>(
    answer: &Answer,
    secret: &str,
    refused: impl FnOnce(u16, &str) -> Failure<S>,
) -> Result<T, Failure<S>> {
    if !(200..300).contains(&answer.status) {
        return Err(refused(answer.status, &masked(&answer.body, secret)));
    }
    serde_json::from_str(&answer.body)
        .map_err(|error| Failure::Lost(format!("an answer that cannot be read: {:?}", error.classify())))
}

fn masked(text: &str, secret: &str) -> String {
    if secret.is_empty() { text.to_owned() } else { text.replace(secret, MASK) }
}
