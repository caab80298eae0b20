//! The words of screens and mails: a Fluent file a language for what buyers read, and for each part of the producers'
//! and the staff's areas one of its own. Every key exists in every language with the same variables, and every key that
//! the code names exists: the tests below read both.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use types::Language;
use unic_langid::LanguageIdentifier;

/// The files of a language.
macro_rules! files {
    ($language:literal) => {
        &[
            include_str!(concat!($language, ".ftl")),
            include_str!(concat!("area/", $language, ".ftl")),
            include_str!(concat!("login/", $language, ".ftl")),
            include_str!(concat!("requests/", $language, ".ftl")),
            include_str!(concat!("links/", $language, ".ftl")),
            include_str!(concat!("report/", $language, ".ftl")),
            include_str!(concat!("settings/", $language, ".ftl")),
            include_str!(concat!("drawer/", $language, ".ftl")),
            include_str!(concat!("orders/", $language, ".ftl")),
        ]
    };
}

const PORTUGUESE: &[&str] = files!("pt-BR");
const ENGLISH: &[&str] = files!("en");

static PORTUGUESE_BUNDLE: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| bundle(Language::Portuguese, PORTUGUESE));
static ENGLISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::English, ENGLISH));

/// The words of one language. Cheap to copy and to hand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    language: Language,
}

/// Something that stands in a text: words, or a number that other words agree with.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// Words.
    Text(&'a str),
    /// A number.
    Number(i64),
}

impl Texts {
    /// The words of `language`.
    pub fn of(language: Language) -> Self {
        Self { language }
    }

    /// Which language it is.
    pub fn language(self) -> Language {
        self.language
    }

    /// A text without variables.
    pub fn text(self, key: &str) -> String {
        self.format(key, None)
    }

    /// A text without variables, if there is one of this name.
    pub fn find(self, key: &str) -> Option<String> {
        self.bundle().has_message(key).then(|| self.text(key))
    }

    /// A text with its variables.
    pub fn with<'a>(self, key: &str, values: &[(&'a str, Value<'a>)]) -> String {
        let args: FluentArgs = values.iter().map(|(name, value)| (*name, FluentValue::from(*value))).collect();
        self.format(key, Some(&args))
    }

    /// A missing key is shown as it is: a page with one odd word is better than none. The tests see to it that there is
    /// none.
    fn format(self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            tracing::error!(key, language = self.language.tag(), "no such text");
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            #[cfg(test)]
            panic!("the text {key} lacks something: {errors:?}");
            #[cfg(not(test))]
            tracing::error!(key, ?errors, "a text lacks something");
        }
        text
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        match self.language {
            Language::Portuguese => &PORTUGUESE_BUNDLE,
            Language::English => &ENGLISH_BUNDLE,
        }
    }
}

/// Texts are for people who read one direction and one script: no isolation marks around what is put in.
fn bundle(language: Language, files: &[&str]) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for file in files {
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(read, _)| read);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

impl<'a> From<Value<'a>> for FluentValue<'a> {
    fn from(value: Value<'a>) -> Self {
        match value {
            Value::Text(text) => FluentValue::from(text),
            Value::Number(number) => FluentValue::from(number),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

#[cfg(test)]
mod tests;
