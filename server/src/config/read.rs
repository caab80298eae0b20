//! Where a setting's text comes from.

use super::{ConfigError, Flags, SETTINGS};
use std::collections::BTreeMap;
use std::ffi::OsString;

const PREFIX: &str = "AFTERSALE_";

/// What was given for the settings: flags, and the variables whose names start with `AFTERSALE_`.
#[derive(Clone, Default)]
pub struct Given {
    flags: BTreeMap<&'static str, String>,
    variables: BTreeMap<String, OsString>,
}

impl Given {
    /// The flags and the environment of the process.
    #[expect(clippy::disallowed_methods, reason = "the one home of the environment")]
    pub fn from_environment(flags: &Flags) -> Self {
        Self::new(flags, std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))))
    }

    /// The flags and these variables.
    pub fn new(flags: &Flags, variables: impl IntoIterator<Item = (String, OsString)>) -> Self {
        let ours = |(name, value): (String, OsString)| Some((name.strip_prefix(PREFIX)?.to_owned(), value));
        // An empty variable is one that somebody meant to leave out.
        let variables = variables.into_iter().filter_map(ours).filter(|(_, value)| !value.is_empty());
        Self { flags: flags.0.clone(), variables: variables.collect() }
    }

    /// Only what was given for `names`; for everything else `fixed`, which also fills in for a name that was not given.
    pub fn keeping(&self, names: &[&str], fixed: &Flags) -> Self {
        let mut kept = self.clone();
        kept.flags.retain(|name, _| names.contains(name));
        kept.variables.retain(|name, _| names.contains(&name.strip_suffix("_FILE").unwrap_or(name)));
        for (name, value) in &fixed.0 {
            if !kept.has(name) {
                kept.flags.insert(name, value.clone());
            }
        }
        kept
    }

    /// Whether anything was given for a setting.
    pub(super) fn has(&self, name: &str) -> bool {
        let file = format!("{name}_FILE");
        self.flags.contains_key(name) || self.variables.contains_key(name) || self.variables.contains_key(&file)
    }

    /// Variables that look like settings and are none: most likely a slip of the pen.
    pub fn unknown(&self) -> impl Iterator<Item = String> {
        let is_known = |name: &str| {
            let name = name.strip_suffix("_FILE").unwrap_or(name);
            SETTINGS.iter().any(|setting| setting.name == name)
        };
        self.variables.keys().filter(move |name| !is_known(name)).map(|name| format!("{PREFIX}{name}"))
    }

    /// The value of a setting that always has one.
    pub(super) fn parse<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<T, ConfigError> {
        let default = SETTINGS.iter().find(|setting| setting.name == name).map_or("", |setting| setting.default);
        let text = self.text(name)?;
        read(text.as_deref().unwrap_or(default)).map_err(|reason| ConfigError::new(name, reason))
    }

    /// The value of a setting that may be left out.
    pub(super) fn parse_optional<T>(
        &self,
        name: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        let text = self.text(name)?;
        text.map(|text| read(&text).map_err(|reason| ConfigError::new(name, reason))).transpose()
    }

    fn text(&self, name: &str) -> Result<Option<String>, ConfigError> {
        if let Some(flag) = self.flags.get(name) {
            return Ok(Some(flag.clone()));
        }
        let file = format!("{name}_FILE");
        match (self.variables.get(name), self.variables.get(&file)) {
            (Some(_), Some(_)) => Err(ConfigError::new(name, format!("given twice: also as {PREFIX}{file}"))),
            (Some(value), None) => match value.to_str() {
                Some(text) => Ok(Some(text.to_owned())),
                None => Err(ConfigError::new(name, "not UTF-8")),
            },
            (None, Some(path)) => match std::fs::read_to_string(path) {
                Ok(text) => Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned())),
                Err(error) => Err(ConfigError::new(&file, format!("cannot read {}: {error}", path.display()))),
            },
            (None, None) => Ok(None),
        }
    }
}
