//! What Asaas's answers other than success mean.

use super::wire::{ErrorBody, Said};
use crate::gateway::failure::{self, Words};
use std::fmt;

/// Why a call did not do what it was for.
pub(super) type Failure = failure::Failure<Said>;

impl Failure {
    /// What an answer other than success means.
    pub(super) fn of(status: u16, body: &str) -> Self {
        let said = serde_json::from_str(body).ok().and_then(|ErrorBody { errors }| errors.into_iter().next());
        let words = match &said {
            Some(said) => format!("{status}: {}", said.words()),
            None => format!("{status}, without a reason"),
        };
        match (status, said) {
            (401 | 403, _) => Self::Denied(format!("Asaas does not take the token of the account, {words}")),
            (408 | 409 | 424 | 500.., _) => Self::Lost(words),
            (429, _) => Self::NotDone(words),
            (400.., Some(said)) => Self::Said(said),
            // A page of something in between, or a redirect: Asaas itself never heard of it.
            (_, _) => Self::NotDone(words),
        }
    }

    /// The same of a call that follows another one: something was done already, whatever became of this.
    pub(super) fn of_second_call(self) -> Self {
        match self {
            Self::Lost(words) => Self::Lost(words),
            other => Self::Lost(other.to_string()),
        }
    }

    /// Whether what was named does not exist.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Said(said) if said.is("not_found"))
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

impl Words for Said {
    fn words(&self) -> &str {
        failure::cut(if self.description.is_empty() { &self.code } else { &self.description })
    }
}

impl Said {
    pub(super) fn is(&self, code: &str) -> bool {
        self.code == code
    }

    /// Whether its sentence has this word, in small letters.
    pub(super) fn mentions(&self, word: &str) -> bool {
        self.description.to_lowercase().contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal::ports::{GatewayError, GatewayRefusal};

    fn error(status: u16, body: &str) -> GatewayError {
        Failure::of(status, body).into()
    }

    fn body(code: &str, description: &str) -> String {
        serde_json::json!({"errors": [{"code": code, "description": description}]}).to_string()
    }

    #[test]
    fn only_the_no_of_asaas_is_a_no() {
        let invalid = body("invalid_value", "O campo value é inválido.");
        for status in [400, 404, 422] {
            let refused = matches!(error(status, &invalid), GatewayError::Refused(GatewayRefusal::Other(words))
                if words == "O campo value é inválido.");
            assert!(refused, "{status}");
        }
        for (status, body) in [(400, "<html>"), (404, ""), (302, ""), (429, &*invalid), (401, ""), (403, &*invalid)] {
            assert!(matches!(error(status, body), GatewayError::Unavailable(_)), "{status} {body}");
        }
        assert!(Failure::of(404, &body("not_found", "Cobrança não encontrada.")).is_missing());
    }

    #[test]
    fn after_trouble_nobody_knows() {
        for status in [408, 409, 424, 500, 502, 503, 599] {
            assert!(matches!(error(status, "{}"), GatewayError::OutcomeUnknown(_)), "{status}");
        }
        let asked: GatewayError = Failure::of(500, "{}").of_question().into();
        assert!(matches!(asked, GatewayError::Unavailable(_)));
        for status in [400, 401, 429] {
            let second: GatewayError = Failure::of(status, &body("invalid_action", "Não.")).of_second_call().into();
            assert!(matches!(second, GatewayError::OutcomeUnknown(_)), "{status}");
        }
    }

    #[test]
    fn long_words_are_cut_between_letters() {
        let GatewayError::Refused(refusal) = error(400, &body("x", &"ã".repeat(600))) else { panic!("refused") };
        assert_eq!(refusal.to_string().len(), 500);
    }
}
