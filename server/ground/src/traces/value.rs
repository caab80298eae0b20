//! Values of rows that are told in another form than they are stored in.

use crate::time::format_instant;
use serde::{Serialize, Serializer};
use serde_json::Value;
use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Type};
use types::Instant;

/// An instant, told as RFC 3339 in UTC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At(pub Instant);

/// A text that holds JSON, told as that JSON; one that does not is told as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Json(pub String);

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format_instant(self.0))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serde_json::from_str::<Value>(&self.0) {
            Ok(value) => value.serialize(serializer),
            Err(_) => serializer.serialize_str(&self.0),
        }
    }
}

macro_rules! stored_as {
    ($($name:ident: $stored:ty, $read:expr;)*) => {$(
        impl<D: Database> Type<D> for $name
        where
            $stored: Type<D>,
        {
            fn type_info() -> D::TypeInfo {
                <$stored as Type<D>>::type_info()
            }

            fn compatible(info: &D::TypeInfo) -> bool {
                <$stored as Type<D>>::compatible(info)
            }
        }

        impl<'r, D: Database> Decode<'r, D> for $name
        where
            $stored: Decode<'r, D>,
        {
            fn decode(value: D::ValueRef<'r>) -> Result<Self, BoxDynError> {
                <$stored as Decode<'r, D>>::decode(value).map($read)
            }
        }
    )*};
}

stored_as! {
    At: i64, |micros| Self(Instant::from_micros(micros));
    Json: String, Self;
}

#[cfg(test)]
mod tests {
    use super::{At, Json};
    use serde_json::json;
    use types::Instant;

    #[test]
    fn an_instant_is_told_as_text_and_json_as_json() {
        let values = json!([At(Instant::from_seconds(0)), Json("{\"a\":1}".to_owned()), Json("no json".to_owned())]);
        assert_eq!(values, json!(["1970-01-01T00:00:00Z", { "a": 1 }, "no json"]));
    }
}
