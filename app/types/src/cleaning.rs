//! What people and programs write, made plain: the one home of it for hooks, API, forms and command line. What looks
//! the same becomes the same text, and what cannot be seen is left out. Cleaning twice changes nothing more.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Composed (NFC), without what cannot be seen; each tab, line break, control character and kind of space is a plain
/// space, each hyphen that only looks different is `-`, full-width letters are plain ones; trimmed. A dash between
/// words (`–`, `—`) is writing, not a slip, and stays.
#[must_use]
pub fn plain(text: &str) -> String {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.trim().to_owned();
    }
    let letters: Vec<char> = text.chars().filter(|letter| !is_invisible(*letter)).map(folded).collect();
    let kept = letters.iter().enumerate().filter(|(at, letter)| !is_joiner(**letter) || joins(&letters, *at));
    kept.map(|(_, letter)| *letter).nfc().collect::<String>().trim().to_owned()
}

/// [`plain`], for what is compared sign by sign, such as an address or a number: joiners and variants are left out and
/// every dash is `-`.
#[must_use]
pub fn strict(text: &str) -> String {
    let is_kept = |letter: &char| !is_joiner(*letter) && !matches!(letter, '\u{fe00}'..='\u{fe0f}');
    let letters = text.chars().filter(is_kept).map(|letter| if is_dash(letter) { '-' } else { letter });
    plain(&letters.collect::<String>())
}

/// Whether anything of it can be seen: a letter, digit or sign, not only marks that belong to one.
#[must_use]
pub fn is_visible(text: &str) -> bool {
    text.chars().any(|letter| !letter.is_whitespace() && !is_joiner(letter) && !is_combining_mark(letter))
}

/// Marks of direction, fillers, soft hyphens, marks of order, language tags, and what Unicode never assigns. A zero
/// byte is among them: nobody means it, and PostgreSQL takes none.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\0' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(letter) & 0xfffe == 0xfffe
}

fn folded(letter: char) -> char {
    match letter {
        // A pattern of Braille without dots, and the separators of lines and paragraphs, look like a space.
        '\u{2800}' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ if letter.is_whitespace() || letter.is_control() => ' ',
        _ => letter,
    }
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner does something: it does between signs of scripts that join (Persian, Hindi) and between emoji.
fn joins(letters: &[char], at: usize) -> bool {
    let is_of_such_a_script =
        |letter: Option<&char>| letter.is_some_and(|letter| *letter >= '\u{590}' && !is_joiner(*letter));
    at > 0 && is_of_such_a_script(letters.get(at - 1)) && is_of_such_a_script(letters.get(at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Email;
    use proptest::prelude::*;

    /// How somebody may write a letter that means this one.
    fn spelled(letter: char) -> impl Strategy<Value = String> {
        let wide = if ('!'..='~').contains(&letter) { char::from_u32(u32::from(letter) + 0xfee0) } else { None };
        let mut ways = vec![
            letter.to_string(),
            letter.to_uppercase().to_string(),
            letter.nfd().collect(),
            format!("{letter}\u{200b}"),
            format!("\u{202a}{letter}\u{202c}"),
            format!("{letter}\u{ad}"),
        ];
        ways.extend(wide.map(String::from));
        prop::sample::select(ways)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn cleaning_twice_changes_nothing_more_and_what_can_be_seen_is_never_lost(text in any::<String>()) {
            for clean in [plain, strict] {
                let once = clean(&text);
                prop_assert_eq!(&clean(&once), &once);
            }
            let is_letter = text.chars().any(|letter| letter.is_ascii_alphanumeric());
            prop_assert!(!is_letter || is_visible(&plain(&text)), "{:?}", text);
        }

        #[test]
        fn every_spelling_of_an_address_is_one_address(
            spelling in "josé.ana@münchen.de".chars().map(spelled).collect::<Vec<_>>(),
        ) {
            let read = Email::parse(&spelling.concat()).map(|email| email.to_string());
            prop_assert_eq!(read, Ok("josé.ana@münchen.de".to_owned()));
        }
    }

    #[test]
    fn what_looks_the_same_is_the_same_text() {
        for (written, plainly) in [
            ("  Ana  Souza ", "Ana  Souza"),
            ("joa\u{303}o", "joão"),
            ("\u{202a}Ana\u{202c}\u{200b}\u{feff}", "Ana"),
            ("Ana\tSouza\r\n", "Ana Souza"),
            ("Ana\u{a0}Souza\u{3000}", "Ana Souza"),
            ("E\u{2011}book \u{2212} módulo 1", "E-book - módulo 1"),
            ("Ｆｏｔｏ－１", "Foto-1"),
            ("Curso — avançado", "Curso — avançado"),
            ("a\0b", "ab"),
            ("An\u{200d}a", "Ana"),
            ("a\u{200d}\u{301}", "á"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("👩\u{200d}🏫", "👩\u{200d}🏫"),
        ] {
            assert_eq!(plain(written), plainly, "{written:?}");
            assert_eq!(plain(plainly), plainly, "{written:?} cleaned twice");
        }
        assert_eq!(strict("an\u{200d}a\u{fe0f}–1 — ２"), "ana-1 - 2");
    }

    #[test]
    fn what_cannot_be_seen_is_nothing() {
        for nothing in ["", " \t", "\u{200b}", "\u{3164}", "\u{2800}", "\u{200d}\u{200d}", "\u{301}", "\u{fe0f}"] {
            assert!(!is_visible(&plain(nothing)), "{nothing:?}");
        }
        for something in ["a", "-", "字", "ा क", "🙂"] {
            assert!(is_visible(&plain(something)), "{something:?}");
        }
    }
}
