//! What Guru's answers other than success mean.

use crate::gateway::failure::{self, Words};
use crate::hooks::guru::NotTaken;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// Why a call did not do what it was for.
pub(super) type Failure = failure::Failure<Said>;

/// Why Guru refused a call. Its sentence is all that tells one reason from another.
#[derive(Debug)]
pub(super) struct Said {
    status: u16,
    sentence: String,
}

/// An error as Guru writes it. What is wrong with a field says more than the message.
#[derive(Deserialize)]
struct ErrorBody {
    message: String,
    #[serde(default)]
    errors: BTreeMap<String, Vec<String>>,
}

impl Failure {
    /// What an answer other than success means. Guru says 403 of what a token may not do, and of what cannot be done
    /// with the thing as it is.
    pub(super) fn of(status: u16, body: &str) -> Self {
        let said = serde_json::from_str(body).ok().map(|body| Said::of(status, body));
        let words = match &said {
            Some(said) => format!("{status}: {}", said.words()),
            None => format!("{status}, without a reason"),
        };
        match (status, said) {
            (401, _) | (403, None) => Self::denied(&words),
            (408 | 409 | 424 | 500.., _) => Self::Lost(words),
            (429, _) => Self::NotDone(words),
            (400.., Some(said)) => Self::Said(said),
            // A page of something in between, or a redirect: Guru itself never heard of it.
            (_, _) => Self::NotDone(words),
        }
    }

    fn denied(words: &str) -> Self {
        Self::Denied(format!("Guru does not take the token of the account, {words}"))
    }

    /// The same of a call that Guru answers 403 only where the token may not do it: with another token it may be done.
    pub(super) fn of_token(self) -> Self {
        match self {
            Self::Said(said) if said.status == 403 => Self::denied(&format!("403: {}", said.words())),
            other => other,
        }
    }

    /// Whether what was named does not exist.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Said(Said { status: 404, .. }))
    }
}

impl Said {
    fn of(status: u16, ErrorBody { message, errors }: ErrorBody) -> Self {
        let of_field = errors.into_values().flatten().next();
        Self { status, sentence: of_field.unwrap_or(message) }
    }
}

impl Words for Said {
    fn words(&self) -> &str {
        failure::cut(&self.sentence)
    }
}

/// What Guru answered to a question is none of the shapes that we know.
impl From<NotTaken> for Failure {
    fn from(error: NotTaken) -> Self {
        Self::NotDone(format!("an answer of Guru's: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said(said) => f.write_str(said.words()),
            Self::No(refusal) => refusal.fmt(f),
            Self::Denied(words) | Self::NotDone(words) | Self::Lost(words) => f.write_str(words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal::ports::{GatewayError, GatewayRefusal};

    const SAID: &str = r#"{"message":"Assinatura não pode ser cancelada"}"#;

    fn error(status: u16, body: &str) -> GatewayError {
        Failure::of(status, body).into()
    }

    #[test]
    fn only_the_no_of_guru_is_a_no() {
        for status in [400, 403, 404, 422] {
            let refused = matches!(error(status, SAID), GatewayError::Refused(GatewayRefusal::Other(words))
                if words == "Assinatura não pode ser cancelada");
            assert!(refused, "{status}");
        }
        for (status, body) in [(422, "<html>"), (404, ""), (302, ""), (429, SAID), (401, SAID), (403, "{}")] {
            assert!(matches!(error(status, body), GatewayError::Unavailable(_)), "{status} {body}");
        }
        let of_token: GatewayError = Failure::of(403, SAID).of_token().into();
        assert!(matches!(of_token, GatewayError::Unavailable(_)));
        assert!(Failure::of(404, r#"{"message":"Not Found"}"#).is_missing());
    }

    #[test]
    fn after_trouble_nobody_knows() {
        for status in [408, 409, 424, 500, 502, 503, 599] {
            assert!(matches!(error(status, SAID), GatewayError::OutcomeUnknown(_)), "{status}");
        }
        let asked: GatewayError = Failure::of(500, "{}").of_question().into();
        assert!(matches!(asked, GatewayError::Unavailable(_)));
    }

    #[test]
    fn what_is_wrong_with_a_field_is_said() {
        let body = r#"{"message":"The given data was invalid.","errors":{"offer_id":["This offer is no option."]}}"#;
        let GatewayError::Refused(refusal) = error(422, body) else { panic!("refused") };
        assert_eq!(refusal.to_string(), "This offer is no option.");
    }
}
