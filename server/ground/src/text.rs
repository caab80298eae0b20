//! The form of a text in which it is searched and compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without accents, single spaces: what is searched for and what it is searched in. Control characters
/// count as spaces: a database need not take them.
pub fn search_form(text: &str) -> String {
    let plain: String = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect();
    let words =
        plain.split(|letter: char| letter.is_whitespace() || letter.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_spaces_do_not_matter() {
        assert_eq!(search_form("  E-book  de ILUMINAÇÃO "), "e-book de iluminacao");
        assert_eq!(search_form("\0foto\u{1b}grafia\0"), "foto grafia");
    }
}
