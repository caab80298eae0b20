//! Form-encoded bodies and queries with nested names: `a[b][0][c]=1`, `a[]=1`.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// Reads a body or a query into objects, lists and texts. A name that comes twice has its last value.
pub(super) fn parse(text: &str) -> Map<String, Value> {
    let mut root = Map::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        put(&mut root, &steps(&decode(name)), decode(value));
    }
    root.into_iter().map(|(name, value)| (name.clone(), listed(&name, value))).collect()
}

fn decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// `a[b][]` is `a`, `b` and an empty name.
fn steps(name: &str) -> Vec<String> {
    let (first, rest) = name.split_once('[').unwrap_or((name, ""));
    let mut steps = vec![first.to_owned()];
    if !rest.is_empty() {
        steps.extend(rest.trim_end_matches(']').split("][").map(str::to_owned));
    }
    steps
}

fn put(object: &mut Map<String, Value>, steps: &[String], text: String) {
    let Some((first, rest)) = steps.split_first() else { return };
    let name = if first.is_empty() { object.len().to_string() } else { first.clone() };
    if rest.is_empty() {
        object.insert(name, Value::String(text));
        return;
    }
    let inner = object.entry(name).or_insert_with(|| Value::Object(Map::new()));
    if !inner.is_object() {
        *inner = Value::Object(Map::new());
    }
    if let Value::Object(inner) = inner {
        put(inner, rest, text);
    }
}

/// An object whose names are all numbers is a list, except that metadata may have such names.
fn listed(name: &str, value: Value) -> Value {
    let Value::Object(object) = value else { return value };
    let is_list = name != "metadata" && object.keys().all(|key| key.parse::<usize>().is_ok());
    if !is_list {
        return Value::Object(object.into_iter().map(|(name, value)| (name.clone(), listed(&name, value))).collect());
    }
    let mut numbered: Vec<(usize, Value)> =
        object.into_iter().map(|(key, value)| (key.parse().unwrap_or(usize::MAX), listed("", value))).collect();
    numbered.sort_by_key(|(number, _)| *number);
    Value::Array(numbered.into_iter().map(|(_, value)| value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nested_names_become_objects_and_lists() {
        let parsed = parse("items[0][price]=price_1&items[1][price]=b%20c&expand[]=a&expand[]=b.c&metadata[1]=x&n=");
        let expected = json!({"items": [{"price": "price_1"}, {"price": "b c"}], "expand": ["a", "b.c"],
            "metadata": {"1": "x"}, "n": ""});
        assert_eq!(Value::Object(parsed), expected);
    }

    #[test]
    fn brackets_may_be_encoded_and_a_plus_is_a_space() {
        assert_eq!(
            Value::Object(parse("a%5Bb%5D=1+2&c[d][e]=%C3%A9")),
            json!({"a": {"b": "1 2"}, "c": {"d": {"e": "é"}}})
        );
    }
}
