//! Idempotency keys: a call that comes again is answered as the first time, and has no effect.

use super::error::Failure;
use std::collections::HashMap;

/// For how long a key is remembered, in seconds.
const KEPT: i64 = 24 * 60 * 60;

/// The keys of an account.
#[derive(Default)]
pub(super) struct Keys(HashMap<String, Kept>);

struct Kept {
    /// Method, path and parameters.
    call: String,
    since: i64,
    /// Status and body; none while the first call runs.
    answer: Option<(u16, String)>,
}

/// What becomes of a call with a key.
#[derive(Debug)]
pub(super) enum Begun {
    /// It is the first.
    Run,
    /// It was answered before.
    Again(u16, String),
    /// It can't be.
    Refused(Failure),
}

impl Keys {
    /// A call with a key begins.
    pub(super) fn begin(&mut self, key: &str, call: &str, now: i64) -> Begun {
        if key.len() > 255 {
            let message = "Idempotency keys can be up to 255 characters.";
            return Begun::Refused(Failure::idempotency(400, message));
        }
        self.0.retain(|_, kept| kept.since + KEPT > now);
        match self.0.get(key) {
            None => {
                let kept = Kept { call: call.to_owned(), since: now, answer: None };
                self.0.insert(key.to_owned(), kept);
                Begun::Run
            }
            Some(kept) if kept.call != call => Begun::Refused(Failure::idempotency(
                400,
                format!(
                    "Keys for idempotent requests can only be used with the same parameters they were first used \
                     with. Try using a key other than '{key}' if you meant to execute a different request."
                ),
            )),
            Some(Kept { answer: Some((status, body)), .. }) => Begun::Again(*status, body.clone()),
            Some(_) => Begun::Refused(Failure::idempotency(
                409,
                format!("There is currently another in-progress request using this Idempotent Key: {key}."),
            )),
        }
    }

    /// The first call of a key has ended; without an answer to keep, the key is free again.
    pub(super) fn end(&mut self, key: &str, answer: Option<(u16, String)>) {
        match answer {
            None => {
                self.0.remove(key);
            }
            Some(answer) => {
                if let Some(kept) = self.0.get_mut(key) {
                    kept.answer = Some(answer);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_answers_again_for_a_day_and_only_to_the_same_call() {
        let mut keys = Keys::default();
        assert!(matches!(keys.begin("k", "a", 0), Begun::Run));
        assert!(matches!(keys.begin("k", "a", 1), Begun::Refused(failure) if failure.status == 409));
        keys.end("k", Some((402, "body".to_owned())));
        assert!(matches!(keys.begin("k", "a", 2), Begun::Again(402, body) if body == "body"));
        assert!(matches!(keys.begin("k", "b", 3), Begun::Refused(failure) if failure.status == 400));
        assert!(matches!(keys.begin("k", "b", KEPT), Begun::Run));
    }

    #[test]
    fn a_call_that_was_refused_before_it_began_leaves_the_key_free() {
        let mut keys = Keys::default();
        assert!(matches!(keys.begin("k", "a", 0), Begun::Run));
        keys.end("k", None);
        assert!(matches!(keys.begin("k", "b", 1), Begun::Run));
    }
}
