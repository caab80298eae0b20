//! Metadata: names and texts that belong to whoever calls.

use super::error::Failure;
use super::params::Params;
use serde_json::{Value, json};

/// Puts the metadata of a call over that of an object: an empty text takes a name away, an empty whole takes all.
pub(super) fn merge(object: &mut Value, params: &Params) -> Result<(), Failure> {
    if params.is_unset("metadata") {
        object["metadata"] = json!({});
        return Ok(());
    }
    let part = params.part("metadata")?;
    let mut metadata = object["metadata"].as_object().cloned().unwrap_or_default();
    for (name, text) in part.texts() {
        check(&part, name, text)?;
        if text.is_empty() {
            metadata.remove(name);
        } else {
            metadata.insert(name.to_owned(), text.into());
        }
    }
    if metadata.len() > 50 {
        return Err(Failure::parameter("", "metadata", "Metadata can have up to 50 keys."));
    }
    object["metadata"] = Value::Object(metadata);
    Ok(())
}

/// The metadata of a call that makes something.
pub(super) fn read(params: &Params) -> Result<Value, Failure> {
    let mut object = json!({"metadata": {}});
    merge(&mut object, params)?;
    Ok(object["metadata"].take())
}

fn check(part: &Params, name: &str, text: &str) -> Result<(), Failure> {
    if name.chars().count() > 40 {
        return Err(Failure::parameter("", &part.name(name), "Metadata keys can have up to 40 characters."));
    }
    if text.chars().count() > 500 {
        return Err(Failure::parameter("", &part.name(name), "Metadata values can have up to 500 characters."));
    }
    Ok(())
}
