//! Building blocks without business words: each is a function from finished texts to markup. Their styles are in
//! `style/`, a file each.

mod button;
mod card;
mod chip;
mod copy;
mod date;
mod facts;
mod field;
mod hurts;
mod notice;
pub mod qr;
mod table;
mod text_area;

pub use button::{link_button, primary_link, quiet_submit, submit};
pub use card::card;
pub use chip::{Tone, chip};
pub use copy::{copy, copy_first};
pub use date::time;
pub use facts::{Facts, facts};
pub use field::{Field, code_field, field, summary};
pub use hurts::{Hurts, hurts};
pub use notice::notice;
pub use table::table;
pub use text_area::text_area;

/// Makes text harmless in markup and between double quotes, where Leptos does not do it: raw-text elements and mails.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escape(r#"<a href="x">'&'</a>"#), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
    }
}
