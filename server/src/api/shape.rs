//! Reads what a call says into its shape, and names what does not fit: the field, and in plain words what it must be.
//!
//! One rule for every call: where a field may be left out, `null` is as if it were left out.

use super::problem::Refused;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Reads a JSON body. What is no JSON is unreadable; what is JSON of another shape is refused by field.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refused> {
    std::str::from_utf8(bytes).map_err(|_| Refused::Unreadable("the body is not UTF-8".to_owned()))?;
    serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| Refused::Unreadable(error.to_string()))?;
    // A list is read as the fields in their order where all of them are optional; nobody means that.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(Refused::field("body", "must be an object"));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader);
    if !bytes.windows(4).any(|window| window == b"null") {
        return read.map_err(|error| wrong(&error));
    }
    let whole: Value = match serde_json::from_slice(bytes) {
        Ok(whole) => whole,
        // A number that no reader can hold: the shape names its field.
        Err(error) => return read.map_err(|error| wrong(&error)).and(Err(Refused::Unreadable(error.to_string()))),
    };
    without_nulls::<T>(whole)
}

/// Says what does not fit in the query of an address, of which a reader said `words`.
pub(super) fn query_refused(words: &str) -> Refused {
    let start = ["unknown field `", "duplicate field `"].iter().find_map(|start| words.find(start));
    let words = start.and_then(|at| words.get(at..)).unwrap_or_default();
    match words.split('`').nth(1) {
        Some(name) => Refused::field(name, plain(words)),
        None => Refused::field("query", "cannot be read"),
    }
}

/// Reads a body whose nulls are left out: what is no `Option` but has a default, as all of a policy, takes no null of
/// its own. A field that this shape does not have is refused, null or not.
fn without_nulls<T: DeserializeOwned>(mut whole: Value) -> Result<T, Refused> {
    let mut places = Vec::new();
    take_nulls(&mut whole, "", &mut places);
    let mut seen = BTreeSet::new();
    for place in places {
        // The same field of every element of a list is one field.
        let field: String =
            place.split('/').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join("/");
        if seen.insert(field) {
            is_there::<T>(&whole, &place)?;
        }
    }
    serde_path_to_error::deserialize(whole).map_err(|error| wrong(&error))
}

/// Takes every member that is null out of its object. `places` are where they stood, as JSON pointers.
fn take_nulls(value: &mut Value, at: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let escaped = |name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
            places.extend(members.iter().filter(|(_, value)| value.is_null()).map(|(name, _)| escaped(name)));
            members.retain(|_, value| !value.is_null());
            for (name, value) in members.iter_mut() {
                take_nulls(value, &escaped(name), places);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter_mut().enumerate() {
                take_nulls(value, &format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
}

/// Refuses a null that stood where no field is: something else in its place is called an unknown field.
fn is_there<T: DeserializeOwned>(whole: &Value, place: &str) -> Result<(), Refused> {
    let Some((parent, name)) = place.rsplit_once('/') else { return Ok(()) };
    let mut tried = whole.clone();
    if let Some(Value::Object(members)) = tried.pointer_mut(parent) {
        members.insert(name.replace("~1", "/").replace("~0", "~"), json!([]));
    }
    match serde_path_to_error::deserialize::<_, T>(tried) {
        Err(error) if error.inner().to_string().starts_with("unknown field") => Err(wrong(&error)),
        _ => Ok(()),
    }
}

/// Names the field and says in plain words what it must be. The reader puts the name of a field that is missing or
/// unknown into its words, not into the path.
fn wrong(error: &serde_path_to_error::Error<serde_json::Error>) -> Refused {
    let path = error.path().to_string();
    let words = error.inner().to_string();
    let words = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
    let path = if path == "." { "" } else { path.as_str() };
    let named =
        ["missing field `", "unknown field `", "duplicate field `"].iter().find_map(|start| words.strip_prefix(start));
    let Some((name, _)) = named.and_then(|rest| rest.split_once('`')) else {
        return Refused::field(if path.is_empty() { "body" } else { path }, plain(words));
    };
    let is_at_end = path == name || path.ends_with(&format!(".{name}"));
    let field = match path {
        "" => name.to_owned(),
        _ if is_at_end => path.to_owned(),
        _ => format!("{path}.{name}"),
    };
    Refused::field(field, plain(words))
}

/// The reader's words, without the names that programs give to kinds of values.
fn plain(words: &str) -> String {
    let starts = |start: &str| words.starts_with(start);
    if starts("missing field") {
        return "is required".to_owned();
    }
    if starts("unknown field") {
        return "is not known here".to_owned();
    }
    if starts("duplicate field") {
        return "must not stand there twice".to_owned();
    }
    if starts("number out of range") {
        return "must be a smaller number".to_owned();
    }
    if starts("recursion limit") {
        return "must not be nested so deep".to_owned();
    }
    if starts("unknown variant") {
        let known: Vec<&str> = words.split('`').skip(3).step_by(2).collect();
        return format!("must be {}", known.join(" or "));
    }
    let Some((_, expected)) = words.rsplit_once("expected ") else { return words.to_owned() };
    let kind = match expected.split_whitespace().next().unwrap_or_default() {
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a" if expected.starts_with("a string") || expected.starts_with("a str") => "text",
        "a" if expected.starts_with("a boolean") => "true or false",
        "a" if expected.starts_with("a sequence") => "a list",
        "string" | "str" => "text",
        _ if expected.contains("enum") || expected.starts_with("variant") || expected.contains("identifier") => "text",
        _ => "an object",
    };
    format!("must be {kind}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Shape {
        name: String,
        count: Option<i64>,
        is_so: Option<bool>,
        words: Option<Vec<Word>>,
        inner: Option<Inner>,
    }

    #[derive(Deserialize, Debug)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        One,
        Two,
    }

    #[derive(Default, Deserialize, Debug)]
    #[serde(default, deny_unknown_fields)]
    struct Inner {
        days: i64,
    }

    fn said(body: &str) -> String {
        match read::<Shape>(body.as_bytes()) {
            Ok(_) => "taken".to_owned(),
            Err(Refused::Invalid(errors)) => format!("{} {}", errors[0].field, errors[0].reason),
            Err(Refused::Unreadable(_)) => "unreadable".to_owned(),
            Err(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn what_does_not_fit_is_named_in_plain_words() {
        for (body, words) in [
            (r#"{"name": "a"}"#, "taken"),
            (r#"{"name": "a", "count": 1, "words": ["one", "two"], "inner": {"days": 1}}"#, "taken"),
            (r#"{}"#, "name is required"),
            (r#"{"name": 1}"#, "name must be text"),
            (r#"{"name": "a", "count": "1"}"#, "count must be a whole number"),
            (r#"{"name": "a", "count": 1.0}"#, "count must be a whole number"),
            (r#"{"name": "a", "count": 1e2}"#, "count must be a whole number"),
            (r#"{"name": "a", "count": 99999999999999999999}"#, "count must be a whole number"),
            (r#"{"name": "a", "count": 1e999}"#, "count must be a smaller number"),
            (r#"{"name": "a", "is_so": "yes"}"#, "is_so must be true or false"),
            (r#"{"name": "a", "words": "one"}"#, "words must be a list"),
            (r#"{"name": "a", "words": ["one", "three"]}"#, "words[1] must be one or two"),
            (r#"{"name": "a", "inner": {"days": "x"}}"#, "inner.days must be a whole number"),
            (r#"{"name": "a", "inner": {"hours": 1}}"#, "inner.hours is not known here"),
            (r#"{"name": "a", "name": "b"}"#, "name must not stand there twice"),
            ("[]", "body must be an object"),
            ("5", "body must be an object"),
            ("null", "body must be an object"),
            ("{", "unreadable"),
            ("", "unreadable"),
            ("{} {}", "unreadable"),
            ("\u{1}", "unreadable"),
        ] {
            assert_eq!(said(body), words, "{body}");
        }
        assert!(matches!(read::<Shape>(b"{\"name\": \"\xff\"}"), Err(Refused::Unreadable(_))));
    }

    #[test]
    fn null_is_as_if_it_were_left_out_and_no_way_in_for_what_is_unknown() {
        for (body, words) in [
            (r#"{"name": "a", "count": null, "words": null, "inner": null}"#, "taken"),
            (r#"{"name": "a", "inner": {"days": null}}"#, "taken"),
            (r#"{"name": null}"#, "name is required"),
            (r#"{"name": "a", "vip": null}"#, "vip is not known here"),
            (r#"{"name": "a", "inner": {"hours": null}}"#, "inner.hours is not known here"),
            (r#"{"name": "a", "words": [null]}"#, "words[0] must be text"),
            (r#"{"name": "a", "count": 1e999, "inner": null}"#, "count must be a smaller number"),
        ] {
            assert_eq!(said(body), words, "{body}");
        }
    }
}
