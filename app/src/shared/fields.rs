//! What a form or a query carries: names and values, read the same way everywhere.

use crate::page::PageError;
use axum::extract::rejection::FormRejection;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};

/// Names and values in the order in which they came. A name that must be there once counts as absent when it is there
/// twice.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

/// The fields of an address.
#[derive(Clone, Debug, Default)]
pub struct QueryFields(pub Fields);

impl Fields {
    /// The value of a name that is there once; empty when it is not.
    pub fn one(&self, name: &str) -> &str {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (Some(value), None) => value,
            _ => "",
        }
    }

    /// The value of a name that is there once, trimmed; none when nothing remains.
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.one(name).trim()).filter(|value| !value.is_empty())
    }

    /// Names and values.
    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// Every value of a name.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl QueryFields {
    /// What stands behind the `?` of an address.
    pub(crate) fn of(question: &str) -> Result<Self, PageError> {
        let uri: Uri = format!("/?{question}").parse().map_err(|_| PageError::Unreadable)?;
        let query = Query::<Vec<(String, String)>>::try_from_uri(&uri);
        query.map(|Query(pairs)| Self(Fields(pairs))).map_err(|_| PageError::Unreadable)
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        match axum::Form::<Vec<(String, String)>>::from_request(request, state).await {
            Ok(axum::Form(pairs)) => Ok(Self(pairs)),
            Err(FormRejection::BytesRejection(refusal)) if refusal.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(PageError::TooLarge)
            }
            Err(_) => Err(PageError::Unreadable),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for QueryFields {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let query = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        query.map(|Query(pairs)| Self(Fields(pairs))).map_err(|_| PageError::Unreadable)
    }
}
