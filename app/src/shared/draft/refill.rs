//! Fills a form in again: works on the markup of our own fields (`ui::field`, `ui::text_area`, boxes and buttons to
//! choose by), so that no form has to know of it. A consent is never given by anybody but the buyer.

use crate::ui::escape;

/// The box by which somebody agrees to pay.
const CONSENT: &str = "consent";

/// What begins a control, and what ends its contents.
const CONTROLS: [(&str, &str); 3] = [("<input", ""), ("<textarea", "</textarea>"), ("<select", "</select>")];

/// The same markup, with these values in the fields of their names. What is hidden is not filled in.
pub(super) fn refill(markup: &str, values: &[(String, String)]) -> String {
    let mut filled = String::with_capacity(markup.len() + 256);
    let mut rest = markup;
    while let Some((at, end)) = CONTROLS.iter().filter_map(|(start, end)| Some((rest.find(start)?, *end))).min() {
        let (before, control) = rest.split_at(at);
        let (tag, behind) = control.split_at(length(control));
        let (contents, after) = behind.split_at(behind.find(end).unwrap_or(0));
        filled.push_str(before);
        filled.push_str(&control_with(tag, contents, values));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// A control and what stands in it, filled in.
fn control_with(tag: &str, contents: &str, values: &[(String, String)]) -> String {
    let value = attribute(tag, "name").and_then(|name| value_of(name, values));
    match (tag.starts_with("<textarea"), tag.starts_with("<select"), value) {
        (true, _, Some(value)) => format!("{tag}\n{}", escape(value)),
        (_, true, Some(value)) => format!("{tag}{}", with_choice(contents, value)),
        (true, ..) | (_, true, _) => format!("{tag}{contents}"),
        _ => input(tag, values),
    }
}

/// Options of which this one is chosen.
fn with_choice(options: &str, value: &str) -> String {
    let chosen = format!("value=\"{}\"", escape(value));
    let Some((before, behind)) = options.split_once(&chosen) else { return options.to_owned() };
    format!("{}{chosen} selected{}", before.replace(" selected", ""), behind.replace(" selected", ""))
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

fn input(tag: &str, values: &[(String, String)]) -> String {
    let name = attribute(tag, "name").unwrap_or_default();
    match attribute(tag, "type") {
        Some("hidden" | "submit") => tag.to_owned(),
        _ if name == CONSENT => tag.to_owned(),
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
                <select name="installments"><option value="1">"1x"</option><option value="6">"6x"</option></select>
                <input type="checkbox" name="consent" value="yes"/>
            </form>
        });
        let hostile = "a>\"b</textarea><script>";
        let values = typed(&[
            ("request", "8"),
            ("name", "Íris & \"I\""),
            ("message", hostile),
            ("item", "b"),
            ("installments", "6"),
            ("consent", "yes"),
        ]);
        let filled = refill(&html, &values);
        assert!(filled.contains("value=\"7\"") && !filled.contains("value=\"8\""), "{filled}");
        assert!(filled.contains(&escape("Íris & \"I\"")) && !filled.contains("value=\"Ana\""), "{filled}");
        assert!(
            filled.contains(&format!("\n{}</textarea>", escape(hostile))) && !filled.contains("<script>"),
            "{filled}"
        );
        assert_eq!(filled.matches(" checked").count(), 1, "{filled}");
        assert!(filled.contains("<input checked type=\"checkbox\" name=\"item\" value=\"b\""), "{filled}");
        assert!(filled.contains("<option value=\"6\" selected"), "{filled}");
        assert_eq!(refill(&html, &[]), html);
    }
}
