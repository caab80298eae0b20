//! Leptos' markup, as lean as it goes over the wire.

use leptos::prelude::*;
use memchr::memmem;

/// What Leptos writes between neighbours.
const MARK: &str = "<!>";

/// Leptos' markup without its marks between neighbours, which only islands need: what is not an island is never woken.
pub(crate) fn markup(view: impl IntoView) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| view.into_view().to_html());
    owner.unset_with_forced_cleanup();
    without_marks(&html)
}

/// The same of what has no island: it needs no owner.
pub(crate) fn plain_markup(view: impl IntoView) -> String {
    let html = view.into_view().to_html();
    let mut lean = String::with_capacity(html.len());
    push_without_marks(&mut lean, &html);
    lean
}

/// Marks stay where an island is.
fn without_marks(html: &str) -> String {
    let mut lean = String::with_capacity(html.len());
    let mut done = 0;
    for start in memmem::find_iter(html.as_bytes(), "<leptos-island") {
        let island = &html[start..];
        let end = island.find("</leptos-island>").map_or(html.len(), |length| start + length);
        push_without_marks(&mut lean, &html[done..start]);
        lean.push_str(&html[start..end]);
        done = end;
    }
    push_without_marks(&mut lean, &html[done..]);
    lean
}

fn push_without_marks(lean: &mut String, html: &str) {
    let mut done = 0;
    for mark in memmem::find_iter(html.as_bytes(), MARK) {
        lean.push_str(&html[done..mark]);
        done = mark + MARK.len();
    }
    lean.push_str(&html[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_escaped_and_marks_are_gone() {
        let typed = "<script>alert(1)</script><!>\"'&";
        let html = markup(view! { <p title=typed>{typed}</p>{vec![view! { <b>"x"</b> }]}{None::<String>} });
        assert!(!html.contains("<script>") && !html.contains("<!>"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&lt;!&gt;"), "{html}");
        assert!(html.ends_with("<b>x</b>"), "{html}");
    }

    #[test]
    fn marks_inside_islands_stay() {
        assert_eq!(
            without_marks("<p>a<!>b</p><leptos-island x>c<!></leptos-island><!>"),
            "<p>ab</p><leptos-island x>c<!></leptos-island>"
        );
    }
}
