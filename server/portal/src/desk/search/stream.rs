//! What one statement reads: orders of one mark, newest first, from an index in this order or from a set that is small.

use crate::ledger::words::WordKind;
use types::{OrderKind, OrderStatus};

/// Orders that share one mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Stream {
    /// All of a producer.
    All,
    /// In this status.
    Status(OrderStatus),
    /// Of this kind.
    Kind(OrderKind),
    /// Whose card ends in these digits.
    Card(String),
    /// That are charged again and whose card ends in this year and month.
    CardEnd(i64, i64),
    /// That have this word.
    Word(WordKind, String),
    /// That have a word which begins like this. So many begin so that only some are looked at.
    Range(WordKind, String),
    /// With this code, in lower case.
    Code(String),
    /// With a charge of this name.
    Reference(String),
    /// Whose buyers wait for an answer about their money.
    Waiting,
}

/// What is to be found: a stream, and what its rows must agree with besides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Branch {
    pub stream: Stream,
    /// Words that the buyer's name must have.
    pub names: Vec<String>,
    /// What stands before the last digits of the phone.
    pub phone: Option<String>,
}

impl From<Stream> for Branch {
    fn from(stream: Stream) -> Self {
        Self { stream, names: Vec::new(), phone: None }
    }
}

impl Branch {
    /// Whether each row of the stream is one of the branch.
    pub(super) fn is_exact(&self) -> bool {
        self.names.len() < 2 && self.phone.is_none() && !matches!(self.stream, Stream::CardEnd(..))
    }
}
