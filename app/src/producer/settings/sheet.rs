//! What stands in a form of the settings: what is on file, or what was typed, and what is wrong with it.

use crate::fields::Fields;
use std::collections::BTreeMap;

/// Values by the names of their fields, and what is wrong by the ids of the fields.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    values: BTreeMap<String, String>,
    wrong: Vec<(String, String)>,
}

impl Sheet {
    /// What was typed. Of a name that is there twice the first value counts.
    pub(super) fn typed(fields: Fields) -> Self {
        let mut values = BTreeMap::new();
        for (name, value) in fields.into_pairs() {
            values.entry(name).or_insert(value);
        }
        Self { values, wrong: Vec::new() }
    }

    /// The same with one more value.
    pub(super) fn with(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.values.insert(name.into(), value.to_string());
        self
    }

    /// The same with a switch that is on or off.
    pub(super) fn with_switch(self, name: &str, is_on: bool) -> Self {
        if is_on { self.with(name, "on") } else { self }
    }

    /// What stands in a field; empty for nothing.
    pub(super) fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// What stands in a field, trimmed; none when nothing remains.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        Some(self.value(name).trim()).filter(|value| !value.is_empty())
    }

    /// Whether a switch is on.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.value(name) == "on"
    }

    /// The names of all fields that begin like this, with what stands in them.
    pub(super) fn all<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.values.iter().filter_map(move |(name, value)| Some((name.strip_prefix(start)?, value.as_str())))
    }

    /// A whole number; what is none is refused with these words.
    pub(super) fn number(&mut self, name: &str, words: &str) -> Option<i64> {
        let number = self.value(name).trim().parse().ok();
        if number.is_none() {
            self.refuse(name, words.to_owned());
        }
        number
    }

    /// Something is wrong with a field; its first mistake is said.
    pub(super) fn refuse(&mut self, id: impl Into<String>, words: String) {
        let id = id.into();
        if self.error(&id).is_none() {
            self.wrong.push((id, words));
        }
    }

    /// What is wrong with a field.
    pub(super) fn error(&self, id: &str) -> Option<String> {
        self.wrong.iter().find(|(wrong, _)| wrong == id).map(|(_, words)| words.clone())
    }

    /// All that is wrong.
    pub(super) fn wrong(&self) -> Vec<(String, String)> {
        self.wrong.clone()
    }

    /// Whether nothing is wrong.
    pub(super) fn is_right(&self) -> bool {
        self.wrong.is_empty()
    }
}
