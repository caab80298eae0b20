//! What a call was sent, read with the errors that Stripe answers.

use super::error::Failure;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The parameters of a call, or a part of them.
#[derive(Clone, Default)]
pub(super) struct Params {
    values: Map<String, Value>,
    /// The name of the part, for messages: empty for the call itself.
    within: String,
    /// The version of the API that the call asked for: a date and a name.
    pub(super) version: String,
}

impl Params {
    pub(super) fn new(values: Map<String, Value>, version: &str) -> Self {
        Self { values, within: String::new(), version: version.to_owned() }
    }

    /// One text for the same parameters in whatever order they came.
    pub(super) fn canonical(&self) -> String {
        let sorted: BTreeMap<&String, &Value> = self.values.iter().collect();
        serde_json::to_string(&sorted).unwrap_or_default()
    }

    /// Refuses every name but these; `expand` goes with each call.
    pub(super) fn only(&self, names: &[&str]) -> Result<(), Failure> {
        let known = |name: &str| names.contains(&name) || (name == "expand" && self.within.is_empty());
        match self.values.keys().find(|name| !known(name)) {
            Some(name) => {
                let name = self.name(name);
                Err(Failure::parameter("parameter_unknown", &name, format!("Received unknown parameter: {name}")))
            }
            None => Ok(()),
        }
    }

    /// The full name of a parameter: `a[b]`.
    pub(super) fn name(&self, name: &str) -> String {
        if self.within.is_empty() { name.to_owned() } else { format!("{}[{name}]", self.within) }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether it was sent as an empty text, by which Stripe's callers unset something.
    pub(super) fn is_unset(&self, name: &str) -> bool {
        self.values.get(name).and_then(Value::as_str) == Some("")
    }

    /// A text; none if it is absent or empty.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Failure> {
        match self.values.get(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Failure::parameter("parameter_invalid_string", &self.name(name), "Invalid string")),
        }
    }

    /// A text that must be there.
    pub(super) fn needed(&self, name: &str) -> Result<&str, Failure> {
        if self.is_unset(name) {
            let message = format!("You passed an empty string for '{}'.", self.name(name));
            return Err(Failure::parameter("parameter_invalid_empty", &self.name(name), message));
        }
        self.text(name)?.ok_or_else(|| Failure::missing(&self.name(name)))
    }

    /// An address that people can be sent to.
    pub(super) fn address(&self, name: &str) -> Result<Option<&str>, Failure> {
        match self.text(name)? {
            Some(url) if !url.starts_with("http://") && !url.starts_with("https://") => {
                Err(Failure::parameter("url_invalid", &self.name(name), "Not a valid URL"))
            }
            url => Ok(url),
        }
    }

    /// One of a few words.
    pub(super) fn word(&self, name: &str, words: &[&'static str]) -> Result<Option<&'static str>, Failure> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        match words.iter().find(|word| **word == text) {
            Some(word) => Ok(Some(*word)),
            None => {
                let message = format!("Invalid {}: must be one of {}", self.name(name), words.join(", "));
                Err(Failure::parameter("", &self.name(name), message))
            }
        }
    }

    pub(super) fn integer(&self, name: &str) -> Result<Option<i64>, Failure> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let invalid =
            || Failure::parameter("parameter_invalid_integer", &self.name(name), format!("Invalid integer: {text}"));
        text.parse().map(Some).map_err(|_| invalid())
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Failure> {
        match self.text(name)? {
            None => Ok(None),
            Some("true" | "1") => Ok(Some(true)),
            Some("false" | "0") => Ok(Some(false)),
            Some(other) => {
                let message = format!("Invalid boolean: {other}");
                Err(Failure::parameter("parameter_invalid_boolean", &self.name(name), message))
            }
        }
    }

    /// A part of the parameters; it is empty if it is absent.
    pub(super) fn part(&self, name: &str) -> Result<Self, Failure> {
        match self.values.get(name) {
            None => Ok(self.within(name, Map::new())),
            Some(Value::Object(values)) => Ok(self.within(name, values.clone())),
            Some(Value::String(text)) if text.is_empty() => Ok(self.within(name, Map::new())),
            Some(_) => Err(Failure::parameter("", &self.name(name), "Invalid object")),
        }
    }

    /// A list of parts.
    pub(super) fn parts(&self, name: &str) -> Result<Vec<Self>, Failure> {
        let invalid = || Failure::parameter("", &self.name(name), "Invalid array");
        match self.values.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => list
                .iter()
                .enumerate()
                .map(|(at, one)| match one {
                    Value::Object(values) => Ok(self.within(&format!("{name}][{at}"), values.clone())),
                    _ => Err(invalid()),
                })
                .collect(),
            Some(_) => Err(invalid()),
        }
    }

    /// A list of texts.
    pub(super) fn list(&self, name: &str) -> Result<Vec<String>, Failure> {
        let invalid = || Failure::parameter("", &self.name(name), "Invalid array");
        match self.values.get(name) {
            None => Ok(Vec::new()),
            Some(Value::String(text)) if text.is_empty() => Ok(Vec::new()),
            Some(Value::Array(list)) => {
                list.iter().map(|one| one.as_str().map(str::to_owned).ok_or_else(invalid)).collect()
            }
            Some(_) => Err(invalid()),
        }
    }

    /// The names and texts of a part whose names are free.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
    }

    fn within(&self, name: &str, values: Map<String, Value>) -> Self {
        let within = match name.split_once("][") {
            Some((list, at)) => format!("{}[{at}]", self.name(list)),
            None => self.name(name),
        };
        Self { values, within, version: self.version.clone() }
    }

    /// Whether the call asked for this version of the API or a newer one.
    pub(super) fn is_since(&self, date: &str) -> bool {
        self.version.as_str() >= date
    }
}
