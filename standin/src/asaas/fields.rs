//! What a call says: its body, field by field.

use super::answer::Refusal;
use crate::money::centavos;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use jiff::civil::Date;
use serde_json::{Value, json};

/// A body in JSON. None at all is an empty one.
pub(super) struct Fields(pub(super) Value);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let unreadable = || Refusal::new(400, "invalid_json", "O corpo da requisição não é um JSON válido.");
        let bytes = Bytes::from_request(request, state).await.map_err(|_| unreadable())?;
        if bytes.is_empty() {
            return Ok(Self(json!({})));
        }
        serde_json::from_slice(&bytes).map(Self).map_err(|_| unreadable())
    }
}

impl Fields {
    /// The field, if it was said: a `null` is as good as none.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text that is not empty. A number is taken for its digits.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let text = match self.get(name)? {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some(text).filter(|text| !text.is_empty())
    }

    /// An amount, in centavos.
    pub(super) fn amount(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let wrong = || Refusal::field(name, &format!("O campo {name} é inválido."));
        self.get(name).map(|value| centavos(value).filter(|amount| *amount > 0).ok_or_else(wrong)).transpose()
    }

    /// A day.
    pub(super) fn day(&self, name: &str) -> Result<Option<Date>, Refusal> {
        let wrong = || Refusal::field(name, &format!("O campo {name} não é uma data válida."));
        let read = |text: String| text.get(..10).and_then(|day| day.parse().ok()).ok_or_else(wrong);
        self.text(name).map(read).transpose()
    }

    /// A whole number.
    pub(super) fn count(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let wrong = || Refusal::field(name, &format!("O campo {name} é inválido."));
        self.text(name).map(|text| text.parse().map_err(|_| wrong())).transpose()
    }

    /// Whether it says yes.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// What is below a field; an empty one where there is nothing.
    pub(super) fn below(&self, name: &str) -> Fields {
        Fields(self.get(name).cloned().unwrap_or_else(|| json!({})))
    }
}
