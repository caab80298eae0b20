//! Who asks, and what there is instead of a page.

use crate::session::{self, Buyer};
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use http::request::Parts;
use jiff::Timestamp;
use sqlx::SqlitePool;

/// Somebody signed in who asks for a page.
pub(crate) struct Visitor {
    pub pool: SqlitePool,
    pub buyer: Buyer,
    pub now: Timestamp,
    /// What was asked for.
    pub path: String,
}

/// Why there is no page.
pub(crate) enum Refusal {
    /// Nobody is signed in.
    SignIn,
    /// Nothing is there, or it is somebody else's, or it is in a state that this program has no words for.
    NotFound,
    /// Our fault.
    Broken(anyhow::Error),
}

/// What a page function answers.
pub(crate) type Answer = Result<Response, Refusal>;

impl Visitor {
    /// Now, as the database writes it.
    pub(crate) fn micros(&self) -> i64 {
        self.now.as_microsecond()
    }
}

impl FromRequestParts<SqlitePool> for Visitor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, pool: &SqlitePool) -> Result<Self, Refusal> {
        let now = now();
        let buyer = session::find(pool, &parts.headers, now).await?.ok_or(Refusal::SignIn)?;
        Ok(Self { pool: pool.clone(), buyer, now, path: parts.uri.path().to_owned() })
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn => Redirect::to("/sign-in").into_response(),
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Broken(error) => {
                eprintln!("{error:#}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

impl<E: Into<anyhow::Error>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Broken(error.into())
    }
}

#[expect(clippy::disallowed_methods, reason = "a program of one kind of answer needs no other clock")]
fn now() -> Timestamp {
    Timestamp::now()
}
