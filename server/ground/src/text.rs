//! Forms of texts: in which one is searched and compared, and which secrets of other systems have.

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

/// Whether a text can be a key or a token of another system: 8 to 200 printable ASCII characters without spaces.
pub fn is_secret(text: &str) -> bool {
    (8..=200).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
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
