//! Fills a form in again: works on the markup of our own fields (`ui::field`, `ui::text_area`, boxes and buttons to
//! choose by), so that no form has to know of it.

use crate::ui::escape;

/// The same markup, with these values in the fields of their names. What is hidden is not filled in.
pub(super) fn refill(markup: &str, values: &[(String, String)]) -> String {
    let mut filled = String::with_capacity(markup.len() + 256);
    let mut rest = markup;
    while let Some(at) = rest.find("<input").into_iter().chain(rest.find("<textarea")).min() {
        let (before, control) = rest.split_at(at);
        let (tag, behind) = control.split_at(length(control));
        filled.push_str(before);
        rest = if tag.starts_with("<textarea") {
            text_area(&mut filled, tag, behind, values)
        } else {
            filled.push_str(&input(tag, values));
            behind
        };
    }
    filled.push_str(rest);
    filled
}

/// The length of the tag at the very beginning: a sign of its end may stand in quotes.
fn length(markup: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in markup.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    markup.len()
}

fn text_area<'a>(filled: &mut String, tag: &str, behind: &'a str, values: &[(String, String)]) -> &'a str {
    filled.push_str(tag);
    let value = attribute(tag, "name").and_then(|name| value_of(name, values));
    let Some((value, (_, end))) = value.zip(behind.split_once("</textarea>")) else { return behind };
    filled.push('\n');
    filled.push_str(&escape(value));
    filled.push_str("</textarea>");
    end
}

fn input(tag: &str, values: &[(String, String)]) -> String {
    let name = attribute(tag, "name").unwrap_or_default();
    match attribute(tag, "type") {
        Some("hidden" | "submit") => tag.to_owned(),
        Some("radio" | "checkbox") if values.iter().any(|(known, _)| known == name) => {
            let chosen = attribute(tag, "value").unwrap_or_default();
            let is_chosen = values.iter().any(|(known, value)| known == name && escape(value) == chosen);
            let plain = tag.replacen(" checked", "", 1);
            if is_chosen { plain.replacen("<input", "<input checked", 1) } else { plain }
        }
        Some("radio" | "checkbox") => tag.to_owned(),
        _ => match value_of(name, values) {
            Some(value) => with_value(tag, &escape(value)),
            None => tag.to_owned(),
        },
    }
}

fn with_value(tag: &str, value: &str) -> String {
    match attribute(tag, "value") {
        Some(old) => tag.replacen(&format!(" value=\"{old}\""), &format!(" value=\"{value}\""), 1),
        None => tag.replacen("<input", &format!("<input value=\"{value}\""), 1),
    }
}

/// The value of a name that was sent once.
fn value_of<'a>(name: &str, values: &'a [(String, String)]) -> Option<&'a str> {
    let mut found = values.iter().filter(|(known, _)| known == name);
    found.next().filter(|_| found.next().is_none()).map(|(_, value)| value.as_str())
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, behind) = tag.split_once(&format!(" {name}=\""))?;
    behind.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::markup;
    use crate::ui::{Field, field, text_area};
    use leptos::prelude::*;

    fn typed(values: &[(&str, &str)]) -> Vec<(String, String)> {
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_typed_stands_in_its_field_again_and_in_no_other() {
        let one =
            |name: &'static str, value: &str| Field { id: name, name, value: value.to_owned(), ..Field::default() };
        let html = markup(view! {
            <form>
                <input type="hidden" name="request" value="7"/>
                {field(one("name", "Ana"))}{field(one("phone", ""))}{text_area(one("message", "old"))}
                <input type="checkbox" name="item" value="a" checked=true/>
                <input type="checkbox" name="item" value="b"/>
            </form>
        });
        let hostile = "a>\"b</textarea><script>";
        let values = typed(&[("request", "8"), ("name", "Íris & \"I\""), ("message", hostile), ("item", "b")]);
        let filled = refill(&html, &values);
        assert!(filled.contains("value=\"7\"") && !filled.contains("value=\"8\""), "{filled}");
        assert!(filled.contains(&escape("Íris & \"I\"")) && !filled.contains("value=\"Ana\""), "{filled}");
        assert!(
            filled.contains(&format!("\n{}</textarea>", escape(hostile))) && !filled.contains("<script>"),
            "{filled}"
        );
        assert_eq!(filled.matches(" checked").count(), 1, "{filled}");
        assert!(filled.contains("<input checked type=\"checkbox\" name=\"item\" value=\"b\""), "{filled}");
        assert_eq!(refill(&html, &[]), html);
    }
}
