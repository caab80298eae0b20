//! A small chart, drawn here as a picture: columns, one a month. The table beside it says the same in figures, so that
//! whoever does not see the picture misses nothing.

use crate::ui::escape;
use std::fmt::Write as _;

const HEIGHT: i64 = 120;
/// Wide enough for the name of a month in each language.
const COLUMN: i64 = 56;
const TOP: i64 = 18;
const BOTTOM: i64 = 20;

/// A column: its name below it, and how high it is.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) value: i64,
}

/// The picture as markup; empty where there is nothing to draw.
pub(super) fn chart(title: &str, columns: &[Column]) -> String {
    let highest = columns.iter().map(|column| column.value).max().unwrap_or_default();
    if highest <= 0 {
        return String::new();
    }
    let width = COLUMN * columns.len() as i64;
    let mut picture = format!(
        "<svg class=\"bars\" viewBox=\"0 0 {width} {HEIGHT}\" width=\"{width}\" height=\"{HEIGHT}\" role=\"img\" \
         aria-label=\"{}\">",
        escape(title)
    );
    let room = HEIGHT - TOP - BOTTOM;
    for (place, column) in columns.iter().enumerate() {
        let left = COLUMN * place as i64;
        let tall = if column.value > 0 { (column.value * room / highest).max(2) } else { 0 };
        let (top, middle) = (HEIGHT - BOTTOM - tall, left + COLUMN / 2);
        // Writing into a string cannot fail.
        let _ = write!(
            picture,
            "<rect x=\"{}\" y=\"{top}\" width=\"{}\" height=\"{tall}\" rx=\"2\"/>\
             <text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>\
             <text class=\"name\" x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            left + 8,
            COLUMN - 16,
            top - 4,
            column.value,
            HEIGHT - 5,
            escape(&column.name)
        );
    }
    picture.push_str("</svg>");
    picture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_high_as_their_values_and_nothing_is_drawn_of_nothing() {
        let column = |value| Column { name: "<01>".to_owned(), value };
        assert_eq!(chart("x", &[]), "");
        assert_eq!(chart("x", &[column(0)]), "");
        let picture = chart("a \"b\"", &[column(10), column(5), column(0)]);
        for part in ["height=\"82\"", "height=\"41\"", "height=\"0\"", "&lt;01&gt;", "a &quot;b&quot;"] {
            assert!(picture.contains(part), "{part}: {picture}");
        }
        assert!(!picture.contains("style="), "the policy of pages allows no styles inside: {picture}");
    }
}
