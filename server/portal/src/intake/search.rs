//! The column that search looks in: without case, without accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text as search compares it: decomposed, without marks, in lower case.
pub fn searchable<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let joined = parts.into_iter().collect::<Vec<_>>().join(" ");
    joined.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(searchable(["GURU-1", "Iluminação À vista"]), "guru-1 iluminacao a vista");
    }
}
