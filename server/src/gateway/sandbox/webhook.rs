//! What the sandbox tells the product: a body, its signature, and when it is told again.

use super::state::hex;
use data_encoding::HEXLOWER;
use portal::mac;
use serde_json::{Value, json};
use std::time::Duration;
use types::Instant;

/// How soon a webhook that was not taken comes again; after the last it is given up.
const AGAIN: [u64; 6] = [30, 60, 300, 1800, 7200, 21_600];
/// How late a webhook comes that was told to be late.
pub(super) const LATE: Duration = Duration::from_secs(60);

/// How long the first webhook is held back for a second one to overtake it.
pub(super) const HELD: Duration = Duration::from_secs(30);

/// The name of the header that carries time and signature.
pub(crate) const SIGNATURE: &str = "sbx-signature";

/// Something that happened.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Happened {
    pub(super) kind: &'static str,
    /// The account at the gateway.
    pub(super) account: String,
    /// Names and values of what it happened to.
    pub(super) about: Value,
}

/// A webhook to be sent or sent.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Webhook {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) state: State,
    pub(super) attempts: i64,
    pub(super) due_at: Instant,
    pub(super) last_answer: Option<String>,
    pub(super) created_at: Instant,
}

/// Where a webhook stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Waiting,
    Taken,
    Dropped,
    Dead,
}

/// What is done wrong on purpose, for tests and for curious people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    None,
    /// Each is sent twice.
    Duplicate,
    /// The newest is sent first: one alone waits a while for another.
    Reorder,
    /// Each comes a minute late.
    Delay,
    /// None is sent.
    Drop,
    /// The first try of each has a wrong signature.
    Corrupt,
}

impl Happened {
    /// The webhook about it. The same thing happening to the same object is the same event, however often it is told.
    pub(super) fn webhook(&self, object: &str, now: Instant) -> Webhook {
        let id = format!("evt_{}", &hex(&format!("{}\n{object}", self.kind))[..24]);
        let body = json!({
            "id": id, "type": self.kind, "created": now.seconds(), "livemode": false, "account": self.account,
            "data": self.about,
        });
        let kind = self.kind.to_owned();
        let body = body.to_string();
        Webhook { id, kind, body, state: State::Waiting, attempts: 0, due_at: now, last_answer: None, created_at: now }
    }
}

impl Webhook {
    /// What becomes of it after a try with this answer.
    pub(super) fn tried(self, status: u16, now: Instant) -> Self {
        let attempts = self.attempts + 1;
        let last_answer = Some(status.to_string());
        if (200..300).contains(&status) {
            return Self { state: State::Taken, attempts, last_answer, ..self };
        }
        let again = usize::try_from(self.attempts).ok().and_then(|index| AGAIN.get(index));
        match again {
            Some(seconds) => Self { attempts, last_answer, due_at: now.plus(Duration::from_secs(*seconds)), ..self },
            None => Self { state: State::Dead, attempts, last_answer, ..self },
        }
    }
}

/// The value of the signature's header: `t=1700000000,v1=hex`, over time and body as they are sent.
pub(crate) fn signature(secret: &[u8], at: Instant, body: &[u8]) -> String {
    let time = at.seconds().to_string();
    format!("t={time},v1={}", HEXLOWER.encode(&mac(secret, &[time.as_bytes(), b".", body])))
}

macro_rules! words {
    ($name:ident { $($case:ident = $word:literal)* }) => {
        impl $name {
            pub(super) const ALL: &'static [Self] = &[$(Self::$case),*];

            pub(super) const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $word),* }
            }

            pub(super) fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! { State { Waiting = "waiting" Taken = "taken" Dropped = "dropped" Dead = "dead" } }
words! {
    Fault {
        None = "none" Duplicate = "duplicate" Reorder = "reorder" Delay = "delay" Drop = "drop" Corrupt = "corrupt"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_stripes() {
        // Made by Stripe's own library.
        let body = br#"{"id":"evt_1","object":"event","type":"customer.subscription.updated"}"#;
        let signed = signature(b"whsec_test", Instant::from_seconds(1_700_000_000), body);
        assert_eq!(signed, "t=1700000000,v1=eb03864eff8a502eb2620746551ea017dde47de0ddff61da8d48248a0e8f8813");
    }

    #[test]
    fn a_webhook_that_is_not_taken_comes_again_and_is_given_up_at_last() {
        let happened = Happened { kind: "charge.paid", account: "luz".to_owned(), about: json!({}) };
        let now = Instant::from_seconds(0);
        let mut webhook = happened.webhook("ch", now);
        assert_eq!(webhook.id, happened.webhook("ch", Instant::from_seconds(9)).id);
        for seconds in AGAIN {
            webhook = webhook.tried(500, now);
            assert_eq!((webhook.state, webhook.due_at.seconds()), (State::Waiting, seconds as i64));
        }
        assert_eq!(webhook.clone().tried(200, now).state, State::Taken);
        assert_eq!(webhook.tried(401, now).state, State::Dead);
    }
}
