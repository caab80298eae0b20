//! The languages the screens and mails speak.

use serde::{Deserialize, Serialize};

/// A language of screens and mails. Portuguese is what a page speaks when nothing else is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Language {
    /// Brazilian Portuguese.
    #[default]
    #[serde(rename = "pt-BR")]
    Portuguese,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// Every language there is, in the order in which a page offers them.
    pub const ALL: [Self; 2] = [Self::Portuguese, Self::English];

    /// The BCP 47 tag: `pt-BR`, `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Portuguese => "pt-BR",
            Self::English => "en",
        }
    }

    /// The language of a tag such as `pt`, `PT-pt` or `en-GB`; none for one that is not spoken here.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.trim().split('-').next()?.to_ascii_lowercase().as_str() {
            "pt" => Some(Self::Portuguese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// The best language for the lines of `Accept-Language` (RFC 9110, 12.5.4); tags in order of their weight. `*` is
    /// every language that no other part names.
    pub fn accepted<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let parts = lines.into_iter().flat_map(|line| line.split(','));
        let weighted: Vec<(&str, f32)> = parts
            .filter_map(|part| {
                let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
                Some((tag.trim(), weight(rest)?))
            })
            .collect();
        let any =
            || Self::ALL.into_iter().filter(|one| !weighted.iter().any(|(tag, _)| Self::of_tag(tag) == Some(*one)));
        let known = weighted.iter().filter_map(|(tag, weight)| match *tag {
            "*" => Some((any().next()?, *weight)),
            tag => Some((Self::of_tag(tag)?, *weight)),
        });
        // `max_by` keeps the last of equals; the first one named is meant.
        let best =
            known.filter(|(_, weight)| *weight > 0.0).reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(language, _)| language)
    }
}

/// The weight that stands behind a tag, 1 where none does; none for one that cannot be read.
fn weight(text: &str) -> Option<f32> {
    let text = text.split(';').next().unwrap_or_default();
    let Some((name, value)) = text.split_once('=') else { return Some(1.0) };
    let weight = value.trim().parse().ok().filter(|weight| (0.0..=1.0).contains(weight));
    name.trim().eq_ignore_ascii_case("q").then_some(weight).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        let table: [(&[&str], Option<Language>); 21] = [
            (&["de, en;q=0.7, pt-BR;q=0.9"], Some(Language::Portuguese)),
            (&["en-GB,en;q=0.9"], Some(Language::English)),
            (&["fr"], None),
            (&["en;q=0, pt;q=x"], None),
            (&["en;Q=0.3, pt;q=0.5"], Some(Language::Portuguese)),
            (&["en ; q=0.9 , pt ; q = 0.5"], Some(Language::English)),
            (&["fr", "en;q=0.8", "pt;q=0.2"], Some(Language::English)),
            (&["pt;q=0.2", "en;q=0.8"], Some(Language::English)),
            (&["pt;q=2, en;q=0.1"], Some(Language::English)),
            (&["", "*;q=0.1"], Some(Language::Portuguese)),
            (&["*"], Some(Language::Portuguese)),
            (&["pt;q=0, *"], Some(Language::English)),
            (&["*;q=0.5", "pt-BR;q=0"], Some(Language::English)),
            (&["en;q=0.2, *;q=0.1"], Some(Language::English)),
            (&["en;q=0, pt;q=0, *"], None),
            (&["*;q=0"], None),
            (&["en;q=0.000, pt;q=0.001"], Some(Language::Portuguese)),
            (&["pt;q=0.5;x=1, en;q=0.4"], Some(Language::Portuguese)),
            (&["\ten\t;\tq=1.000", "pt;q=.9"], Some(Language::English)),
            (&[",, ;q=1, en;, pt;q="], Some(Language::English)),
            (&["pt;q=nan, en;q=-0.5, pt;q=inf"], None),
        ];
        for (lines, expected) in table {
            assert_eq!(Language::accepted(lines.iter().copied()), expected, "{lines:?}");
        }
    }
}
