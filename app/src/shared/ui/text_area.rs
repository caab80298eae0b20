//! Several lines of text. Leptos 0.8 writes the children of a raw-text element as they are: escaped here, or a page
//! would run whatever somebody typed.

use super::escape;
use super::field::{Field, around};
use leptos::prelude::*;

/// A field of several lines, filled with what was typed before.
pub fn text_area(field: Field) -> impl IntoView {
    // The browser drops one line break after the opening tag; this one, not the reader's.
    let text = format!("\n{}", escape(&field.value));
    let described_by = field.described_by();
    let invalid = field.error.is_some().then_some("true");
    let area = view! {
        <textarea class="input" id=field.id name=field.name rows="4" required=field.required
            aria-describedby=described_by aria-invalid=invalid>
            {text}
        </textarea>
    };
    around(field, area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::markup;

    #[test]
    fn what_was_typed_cannot_leave_the_field() {
        let value = "</textarea><script>alert(1)</script>".to_owned();
        let html = markup(text_area(Field { id: "a", name: "a", value, ..Field::default() }));
        assert!(html.contains("\n&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
    }

    #[test]
    fn leptos_still_leaves_raw_text_elements_to_us() {
        let html = markup(view! { <textarea>{"</textarea><b>".to_owned()}</textarea> });
        assert!(html.contains("</textarea><b>"), "escaped twice from now on: {html}");
    }
}
