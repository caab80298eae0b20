//! What every call has: who calls, the code in the address, the body.

use super::problem::Refused;
use super::shape;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use portal::Producer;
use portal::catalogue::api_key;
use portal::{Portal, fingerprint};
use serde::de::DeserializeOwned;
use serde_json::Value;
use types::Code;

/// The producer whose key the call bears.
pub(super) struct Caller(pub Producer);

impl FromRequestParts<Portal> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refused> {
        let key = bearer(&parts.headers).ok_or(Refused::Unauthorized)?;
        let producer = api_key::producer_of(portal, key).await?.ok_or(Refused::Unauthorized)?;
        Ok(Self(producer))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    Some(key.trim()).filter(|key| scheme.eq_ignore_ascii_case("bearer") && (1..=200).contains(&key.len()))
}

/// The code in the address. One that cannot be a code is a wrong field of what is written, and simply not there for
/// what is asked.
pub(super) struct Named(pub Code);

impl FromRequestParts<Portal> for Named {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refused> {
        let path = Path::<String>::from_request_parts(parts, portal).await;
        let code = path.map_err(|_| types::InvalidCode::Code).and_then(|Path(text)| Code::parse(&text));
        code.map(Self).map_err(|reason| {
            if parts.method == Method::PUT { Refused::field("code", reason) } else { Refused::NotFound }
        })
    }
}

/// A JSON body of a known shape, and a hash that stands for what it says, whatever the order of its keys.
pub(super) struct Body<T> {
    pub value: T,
    pub hash: String,
}

impl<T: DeserializeOwned> FromRequest<Portal> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Refused> {
        if !is_json(request.headers()) {
            return Err(Refused::WrongMediaType);
        }
        let bytes = Bytes::from_request(request, portal).await.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Refused::TooLarge,
            _ => Refused::Unreadable("the body did not arrive whole".to_owned()),
        })?;
        let bytes = crate::json::mended(&bytes);
        let value = shape::read(&bytes)?;
        let whole: Value = serde_json::from_slice(&bytes).map_err(|error| Refused::Unreadable(error.to_string()))?;
        let mut canonical = String::new();
        write_canonical(&whole, &mut canonical);
        Ok(Self { value, hash: fingerprint(canonical.as_bytes()) })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let declared = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = declared.split(';').next().unwrap_or("").trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// Writes a value with sorted keys.
fn write_canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<_> = map.iter().collect();
            keys.sort_by(|a, b| a.0.cmp(b.0));
            text.push('{');
            for (key, value) in keys {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write_canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(values) => {
            text.push('[');
            for value in values {
                write_canonical(value, text);
                text.push(',');
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}
