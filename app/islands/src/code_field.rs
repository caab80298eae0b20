use leptos::prelude::*;

/// Letters and digits in a code. Without 0 O 1 I: they are read wrongly.
const ALPHABET: &str = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const HALF: usize = 4;

/// The input for the code of a mail, `name="code"`. As one types or pastes, it becomes `XXXX-XXXX`.
///
/// Label, help and error stand outside, in the form's field. Without JavaScript the server reads any spelling.
#[island]
pub fn CodeField(
    /// Id of the input, for its label.
    #[prop(into)]
    id: String,
    /// What was typed before, when the form comes back.
    #[prop(into)]
    value: String,
    /// Ids of help and error; empty when there are none.
    #[prop(into)]
    described_by: String,
    /// Whether an error stands at the field.
    invalid: bool,
) -> impl IntoView {
    let described_by = (!described_by.is_empty()).then_some(described_by);
    view! {
        <input
            id=id
            name="code"
            type="text"
            class="input code"
            value=value
            required
            // Room for a code pasted with blanks around it.
            maxlength="40"
            autocomplete="one-time-code"
            autocapitalize="characters"
            spellcheck="false"
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
            on:input=move |event| tidy(&event)
        />
    }
}

/// A code as it is shown: capitals, letters of the alphabet only, at most eight, a dash in the middle.
pub fn format_code(typed: &str) -> String {
    let mut code = String::with_capacity(2 * HALF + 1);
    for letter in typed.chars().map(|c| c.to_ascii_uppercase()).filter(|c| ALPHABET.contains(*c)).take(2 * HALF) {
        if code.len() == HALF {
            code.push('-');
        }
        code.push(letter);
    }
    code
}

/// Rewrites the input as it is typed. The caret stays behind the letter it was behind: one may correct the middle.
#[cfg(feature = "hydrate")]
fn tidy(event: &leptos::ev::Event) {
    let input: web_sys::HtmlInputElement = event_target(event);
    let typed = input.value();
    let code = format_code(&typed);
    if code == typed {
        return;
    }
    let caret = input.selection_start().ok().flatten().unwrap_or(u32::MAX) as usize;
    let before: String = typed.chars().take(caret).collect();
    let caret = format_code(&before).len() as u32;
    input.set_value(&code);
    // Refused only by inputs that have no caret.
    let _ = input.set_selection_range(caret, caret);
}

#[cfg(not(feature = "hydrate"))]
fn tidy(_event: &leptos::ev::Event) {}

#[cfg(test)]
mod tests {
    use super::format_code;

    #[test]
    fn a_code_is_shown_in_two_halves() {
        assert_eq!(format_code("abcdefgh"), "ABCD-EFGH");
        assert_eq!(format_code(" abcd efgh\n"), "ABCD-EFGH");
        assert_eq!(format_code("ABCD-EFGH"), "ABCD-EFGH");
        assert_eq!(format_code("AB-CD-EF-GH"), "ABCD-EFGH");
    }

    #[test]
    fn the_dash_comes_with_the_fifth_letter_so_that_it_can_be_deleted() {
        assert_eq!(format_code("abcd"), "ABCD");
        assert_eq!(format_code("abcd-"), "ABCD");
        assert_eq!(format_code("abcde"), "ABCD-E");
    }

    #[test]
    fn what_no_code_contains_is_left_out() {
        assert_eq!(format_code("a0b1cOdI"), "ABCD");
        assert_eq!(format_code("ção→2345"), "2345");
        assert_eq!(format_code("ABCDEFGHJKLM"), "ABCD-EFGH");
        assert_eq!(format_code(""), "");
    }
}
