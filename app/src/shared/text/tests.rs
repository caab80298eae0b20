use super::*;
use crate::phrase::mail_key;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use types::MailKind;

type Keys = BTreeMap<String, BTreeSet<String>>;

fn keys(files: &[&'static str]) -> Keys {
    let read = |file: &&'static str| fluent_syntax::parser::parse(*file).expect("a file without mistakes").body;
    let mut keys = Keys::new();
    for entry in files.iter().flat_map(read) {
        let Entry::Message(message) = entry else { continue };
        let mut variables = BTreeSet::new();
        variables_of(&message.value.expect("a text"), &mut variables);
        let twice = keys.insert(message.id.name.to_owned(), variables);
        assert_eq!(twice, None, "{} is there twice", message.id.name);
    }
    keys
}

fn variables_of(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Inline(inline) } => variable_of(inline, into),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                variable_of(selector, into);
                variants.iter().for_each(|variant| variables_of(&variant.value, into));
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn variable_of(expression: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = expression {
        into.insert(id.name.to_owned());
    }
}

/// Every word in quotes that is built like a key, in all sources of this crate.
fn words_in_code(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            words_in_code(&path, into);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let source = std::fs::read_to_string(&path).expect("text");
            let quoted = source.split('"').filter(|part| {
                part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            });
            into.extend(quoted.map(str::to_owned));
        }
    }
}

#[test]
fn every_language_has_the_same_keys_and_variables() {
    assert_eq!(keys(PORTUGUESE), keys(ENGLISH));
}

#[test]
fn no_text_is_left_unused() {
    let mut words = BTreeSet::new();
    words_in_code(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut words);
    words.extend(MailKind::ALL.iter().map(|kind| mail_key(*kind)));
    let unused: Vec<_> = keys(PORTUGUESE).into_keys().filter(|key| !words.contains(key)).collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn every_key_in_code_exists() {
    let keys = keys(PORTUGUESE);
    let features: BTreeSet<&str> =
        keys.keys().filter_map(|key| key.split_once('-')).map(|(feature, _)| feature).collect();
    let mut words = BTreeSet::new();
    words_in_code(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut words);
    let is_key = |word: &String| word.split_once('-').is_some_and(|(feature, _)| features.contains(feature));
    let missing: Vec<_> = words.iter().filter(|word| is_key(word) && !keys.contains_key(*word)).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn numbers_and_their_words_agree() {
    let portuguese = Texts::of(Language::Portuguese);
    assert_eq!(portuguese.with("and-more", &[("count", 1.into())]), "e mais 1 item");
    assert_eq!(portuguese.with("and-more", &[("count", 3.into())]), "e mais 3 itens");
    let english = Texts::of(Language::English);
    let every = |unit: &str, count: i64| {
        english
            .with("subscription-every", &[("price", "R$9.00".into()), ("unit", unit.into()), ("count", count.into())])
    };
    assert_eq!(every("month", 1), "R$9.00 a month");
    assert_eq!(every("year", 2), "R$9.00 every 2 years");
    assert_eq!(english.with("code-wrong", &[("tries", 1.into())]), "This code is not right. You have 1 try left.");
}

#[test]
fn what_is_put_in_carries_no_invisible_marks() {
    let text = Texts::of(Language::English).with("link-as", &[("email", "j***@gmail.com".into())]);
    assert_eq!(text, "Sign in as j***@gmail.com");
}
