//! Reading the fields of objects that are kept as JSON.

use serde_json::Value;

/// The text of a field; empty if there is none.
pub(super) fn text<'a>(object: &'a Value, field: &str) -> &'a str {
    object[field].as_str().unwrap_or_default()
}

/// The text of a field that may be null.
pub(super) fn maybe(object: &Value, field: &str) -> Option<String> {
    object[field].as_str().map(str::to_owned)
}

/// The whole number of a field; 0 if there is none.
pub(super) fn whole(object: &Value, field: &str) -> i64 {
    object[field].as_i64().unwrap_or_default()
}

/// The list of a field; empty if there is none.
pub(super) fn list<'a>(object: &'a Value, field: &str) -> &'a [Value] {
    object[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The data of a field that is a list object.
pub(super) fn data<'a>(object: &'a Value, field: &str) -> &'a [Value] {
    list(&object[field], "data")
}

/// An object with the fields of another one: those of most kinds are more than one `json!` takes.
pub(super) fn join(mut object: Value, rest: Value) -> Value {
    if let (Some(fields), Value::Object(rest)) = (object.as_object_mut(), rest) {
        fields.extend(rest);
    }
    object
}
