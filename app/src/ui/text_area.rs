//! Several lines of text. Leptos 0.8 writes the children of a raw-text element as they are: escaped here, or a page would run
//! whatever somebody typed.

use super::escape;
use leptos::prelude::*;

/// A field of several lines, filled with what was typed before.
pub fn text_area(id: &'static str, name: &'static str, label: String, value: &str) -> impl IntoView + use<> {
    // The browser drops one line break after the opening tag; this one, not the reader's.
    let text = format!("\n{}", escape(value));
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <textarea class="input" id=id name=name rows="4">{text}</textarea>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::markup;

    #[test]
    fn what_was_typed_cannot_leave_the_field() {
        let html = markup(text_area("a", "a", "A".to_owned(), "</textarea><script>alert(1)</script>"));
        assert!(html.contains("\n&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
    }

    #[test]
    fn leptos_still_leaves_raw_text_elements_to_us() {
        let html = markup(view! { <textarea>{"</textarea><b>".to_owned()}</textarea> });
        assert!(html.contains("</textarea><b>"), "escaped twice from now on: {html}");
    }
}
