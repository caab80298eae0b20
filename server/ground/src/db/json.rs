//! Columns that hold JSON, read and written as a whole.

use super::{Error, parsed};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a column holds of a value: nothing, of one that says nothing.
pub fn to_json<T: Serialize + Default + PartialEq>(value: &T) -> Option<String> {
    // A value of ours always can be written.
    if *value == T::default() { None } else { serde_json::to_string(value).ok() }
}

/// The value of a column; one that cannot be read is named with its table and row.
pub fn from_json<T: DeserializeOwned + Default>(
    table: &'static str,
    id: impl ToString,
    column: Option<&str>,
) -> Result<T, Error> {
    column.map_or(Ok(T::default()), |text| parsed(table, id, serde_json::from_str(text)))
}
