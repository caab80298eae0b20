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

    /// The best language for an `Accept-Language` header; tags in order of their weight.
    pub fn accepted(header: &str) -> Option<Self> {
        let weighted = header.split(',').filter_map(|part| {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |text| text.parse::<f32>().ok())?;
            Some((Self::of_tag(tag)?, weight))
        });
        // `max_by` keeps the last of equals; the first one named is meant.
        let best =
            weighted.filter(|(_, weight)| *weight > 0.0).reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map(|(language, _)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(Language::accepted("de, en;q=0.7, pt-BR;q=0.9"), Some(Language::Portuguese));
        assert_eq!(Language::accepted("en-GB,en;q=0.9"), Some(Language::English));
        assert_eq!(Language::accepted("fr"), None);
        assert_eq!(Language::accepted("en;q=0, pt;q=x"), None);
    }
}
