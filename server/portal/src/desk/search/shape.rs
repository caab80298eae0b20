//! What a text that somebody typed may be, by its form. Each thing that it may be is looked for by itself.

use crate::ledger::words::{name_words, phone_parts, tax_word};
use types::{Code, TaxId, cleaning};

/// The digits of a card that people know.
const LAST4: usize = 4;
/// The shortest beginning of an address that is looked for where the text has no `@`: shorter ones begin everything.
const LEAST_OF_EMAIL: usize = 3;
const LEAST_OF_PHONE: usize = 8;
const MOST_OF_PHONE: usize = 15;

/// Something to look for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Lookup {
    /// An order code, in lower case.
    Code(String),
    /// A gateway's name of a charge, as it was typed.
    Reference(String),
    /// What an address begins with.
    Email(String),
    /// The words that a name is to have, each by its beginning.
    Name(Vec<String>),
    /// A tax id without marks.
    TaxId(String),
    /// A phone: what stands before its last eight digits, and these.
    Phone(String, String),
    /// The last four digits of a card.
    Last4(String),
}

/// Everything that a text may be; nothing for one of which nothing can be looked for.
pub(super) fn lookups(text: &str) -> Vec<Lookup> {
    let text = cleaning::strict(text);
    let mut found = Vec::new();
    if text.contains('@') {
        found.extend(address(&text));
        return found;
    }
    let is_one = !text.is_empty() && !text.contains(char::is_whitespace);
    if is_one && Code::parse(&text).is_ok() {
        found.push(Lookup::Code(text.to_ascii_lowercase()));
    }
    if is_one {
        found.push(Lookup::Reference(text.clone()));
    }
    found.extend(number(&text));
    if text.chars().any(char::is_alphabetic) {
        if is_one && text.chars().count() >= LEAST_OF_EMAIL {
            found.push(Lookup::Email(text.to_lowercase()));
        }
        let words = name_words(&text);
        found.extend((!words.is_empty()).then_some(Lookup::Name(words)));
    }
    found
}

/// `mailto:` and the stop of a sentence are no part of an address.
fn address(text: &str) -> Option<Lookup> {
    let text = text.to_lowercase();
    let text = text.strip_prefix("mailto:").unwrap_or(&text);
    let address = text.trim_matches(|letter: char| letter.is_whitespace() || "<>()\"',;".contains(letter));
    (address.len() > 1 && !address.contains(char::is_whitespace)).then(|| Lookup::Email(address.to_owned()))
}

/// Of digits, and of the marks that people put between them.
fn number(text: &str) -> Vec<Lookup> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_number = text.chars().all(|letter| letter.is_ascii_digit() || " ()+-./".contains(letter));
    let mut found = Vec::new();
    if is_number && digits.len() == LAST4 && digits == text {
        found.push(Lookup::Last4(digits.clone()));
    }
    let is_tax_id = TaxId::parse(text).is_ok() || (is_number && matches!(digits.len(), 11 | 14));
    found.extend(tax_word(text).filter(|_| is_tax_id).map(Lookup::TaxId));
    if is_number && (LEAST_OF_PHONE..=MOST_OF_PHONE).contains(&digits.len()) {
        found.extend(phone_parts(text).map(|(before, last)| Lookup::Phone(before, last)));
    }
    found
}

/// Returns whether a buyer's name has all these words, each by its beginning.
pub(super) fn has_words(name: &str, words: &[String]) -> bool {
    let of_name = name_words(name);
    words.iter().all(|word| of_name.iter().any(|of_name| of_name.starts_with(word.as_str())))
}

/// Returns whether a phone on file can be the one that was typed: what stands before the last digits agrees as far as
/// both have it. The nine before mobile numbers is younger than many lists.
pub(super) fn is_phone(on_file: Option<&str>, before: &str) -> bool {
    let Some((known, _)) = on_file.and_then(phone_parts) else { return false };
    let area = |before: &str| match before.len() {
        1 | 3 | 5 => before.strip_suffix('9').unwrap_or(before).to_owned(),
        _ => before.to_owned(),
    };
    let (known, typed) = (area(&known), area(before));
    known.ends_with(&typed) || typed.ends_with(&known)
}

#[cfg(test)]
mod tests {
    use super::Lookup::{Code, Email, Last4, Name, Phone, Reference, TaxId};
    use super::*;

    fn words(words: &[&str]) -> Lookup {
        Name(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn the_form_of_a_text_says_what_it_may_be() {
        let text = str::to_owned;
        for (typed, expected) in [
            (
                " A-1001 ",
                vec![Code(text("a-1001")), Reference(text("A-1001")), Email(text("a-1001")), words(&["a", "1001"])],
            ),
            ("ana@Example.com", vec![Email(text("ana@example.com"))]),
            ("mailto:ana@example.com", vec![Email(text("ana@example.com"))]),
            ("ana@", vec![Email(text("ana@"))]),
            ("@", vec![]),
            ("João  Souza", vec![words(&["joao", "souza"])]),
            (
                "529.982.247-25",
                vec![
                    Code(text("529.982.247-25")),
                    Reference(text("529.982.247-25")),
                    TaxId(text("52998224725")),
                    Phone(text("529"), text("98224725")),
                ],
            ),
            ("4242", vec![Code(text("4242")), Reference(text("4242")), Last4(text("4242"))]),
            ("(11) 99999-0001", vec![TaxId(text("11999990001")), Phone(text("119"), text("99990001"))]),
            ("+55 11 99999-0001", vec![Phone(text("55119"), text("99990001"))]),
            (
                "12.ABC.345/01DE-35",
                vec![
                    Reference(text("12.ABC.345/01DE-35")),
                    TaxId(text("12ABC34501DE35")),
                    Email(text("12.abc.345/01de-35")),
                    words(&["12", "abc", "345", "01de", "35"]),
                ],
            ),
            ("ch_1/2", vec![Reference(text("ch_1/2")), Email(text("ch_1/2")), words(&["ch", "1", "2"])]),
            ("", vec![]),
            ("%_\\", vec![Reference(text("%_\\"))]),
        ] {
            assert_eq!(lookups(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_phone_agrees_as_far_as_both_say_it() {
        for (on_file, typed) in [
            ("(11) 99999-0001", "+5511999990001"),
            ("5511999990001", "11 9999-0001"),
            ("1199990001", "11 99999-0001"),
            ("+55 11 99999-0001", "99990001"),
            ("999990001", "11999990001"),
            ("+351 912 345 678", "00351912345678"),
        ] {
            let (before, _) = phone_parts(typed).unwrap();
            assert!(is_phone(Some(on_file), &before), "{on_file} {typed}");
        }
        let (before, _) = phone_parts("21999990001").unwrap();
        assert!(!is_phone(Some("(11) 99999-0001"), &before));
        assert!(!is_phone(None, &before));
    }

    #[test]
    fn each_word_of_a_name_is_found_by_its_beginning() {
        let typed = |text: &str| name_words(text);
        for text in ["ana", "souza ana", "ANA SOU", "á"] {
            assert!(has_words("Ana Maria Souza", &typed(text)), "{text}");
        }
        for text in ["maria jose", "na"] {
            assert!(!has_words("Ana Maria Souza", &typed(text)), "{text}");
        }
    }
}
