//! What Stripe's answers other than success mean.

use super::wire::{ErrorBody, Said};
use crate::gateway::failure::{self, Words};

/// Why a call did not do what it was for.
pub(super) type Failure = failure::Failure<Box<Said>>;

impl Failure {
    /// What an answer other than success means.
    pub(super) fn of(status: u16, body: &str) -> Self {
        let said = serde_json::from_str(body).map(|ErrorBody { error }| error);
        let words = match &said {
            Ok(said) => format!("{status}: {}", said.words()),
            Err(_) => format!("{status}, without a reason"),
        };
        match (status, said) {
            (401 | 403, _) => Self::Denied(format!("Stripe does not take the key of the account, {words}")),
            (408 | 409 | 424 | 500.., _) => Self::Lost(words),
            (429, _) => Self::NotDone(words),
            (400.., Ok(said)) if said.kind == "idempotency_error" => Self::Lost(words),
            (400.., Ok(said)) if said.is_about_the_other_mode() => Self::Denied(words),
            (400.., Ok(said)) => Self::Said(Box::new(said)),
            // A page of something in between, or a redirect: Stripe itself never heard of it.
            (_, _) => Self::NotDone(words),
        }
    }

    /// The same of a call that follows another one: something was done already, whatever became of this.
    pub(super) fn of_second_call(self) -> Self {
        match self {
            Self::Denied(words) | Self::NotDone(words) => Self::Lost(words),
            other => other,
        }
    }
}

impl Words for Box<Said> {
    fn words(&self) -> &str {
        self.as_ref().words()
    }
}

impl Said {
    /// What Stripe says, cut to what a person reads.
    pub(super) fn words(&self) -> &str {
        failure::cut(self.message.as_deref().or(self.code.as_deref()).unwrap_or("no reason given"))
    }

    pub(super) fn is(&self, code: &str) -> bool {
        self.code.as_deref() == Some(code)
    }

    /// Whether what was named does not exist.
    pub(super) fn is_missing(&self) -> bool {
        self.is("resource_missing")
    }

    /// Whether the key is of test mode and what was named is not, or the other way round.
    fn is_about_the_other_mode(&self) -> bool {
        let words = self.message.as_deref().unwrap_or_default();
        words.contains("exists in live mode") || words.contains("exists in test mode")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal::ports::{GatewayError, GatewayRefusal};

    fn error(status: u16, body: &str) -> GatewayError {
        Failure::of(status, body).into()
    }

    fn body(kind: &str, message: &str) -> String {
        serde_json::json!({"error": {"type": kind, "message": message}}).to_string()
    }

    #[test]
    fn only_stripes_own_no_is_a_no() {
        let invalid = body("invalid_request_error", "Received unknown parameter: amonut");
        for status in [400, 402, 404, 410] {
            let refused = matches!(error(status, &invalid), GatewayError::Refused(GatewayRefusal::Other(words))
                if words == "Received unknown parameter: amonut");
            assert!(refused, "{status}");
        }
        for (status, body) in [(400, "<html>"), (404, ""), (302, ""), (429, &*invalid), (401, ""), (403, &*invalid)] {
            assert!(matches!(error(status, body), GatewayError::Unavailable(_)), "{status} {body}");
        }
    }

    #[test]
    fn after_trouble_nobody_knows_and_a_key_with_other_parameters_says_nothing() {
        let used = body("idempotency_error", "Keys can only be used with the same parameters");
        for (status, body) in
            [(409, "{}"), (500, "{}"), (502, "<html>"), (503, ""), (599, ""), (408, ""), (424, ""), (400, &*used)]
        {
            assert!(matches!(error(status, body), GatewayError::OutcomeUnknown(_)), "{status} {body}");
        }
        let asked: GatewayError = Failure::of(500, "{}").of_question().into();
        assert!(matches!(asked, GatewayError::Unavailable(_)));
        let second: GatewayError = Failure::of(429, "{}").of_second_call().into();
        assert!(matches!(second, GatewayError::OutcomeUnknown(_)));
    }

    #[test]
    fn a_key_of_the_wrong_mode_makes_nothing_fail() {
        let wrong = "No such charge: 'ch_1'; a similar object exists in live mode, but a test mode key was used";
        assert!(matches!(error(404, &body("invalid_request_error", wrong)), GatewayError::Unavailable(_)));
    }

    #[test]
    fn long_words_are_cut_between_letters() {
        let long = body("invalid_request_error", &"ã".repeat(600));
        let GatewayError::Refused(refusal) = error(400, &long) else { panic!("refused") };
        assert_eq!(refusal.to_string().len(), 500);
    }
}
