//! A form with one file, as browsers send it (`multipart/form-data`).

use crate::page::PageError;
use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use multer::{Constraints, Multipart, SizeLimit};

/// The name that the file has in every form.
const FILE: &str = "file";

/// The bytes of the file; empty when none was chosen.
#[derive(Clone, Debug)]
pub(crate) struct Upload(pub(crate) Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = PageError;

    async fn from_request(request: Request, _: &S) -> Result<Self, PageError> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(kind).map_err(|_| PageError::Unreadable)?;
        read(request.into_body(), boundary).await.map_err(problem)
    }
}

async fn read(body: Body, boundary: String) -> Result<Upload, multer::Error> {
    let limits = SizeLimit::new().whole_stream(super::route::LARGEST_FILE as u64);
    let constraints = Constraints::new().size_limit(limits);
    let mut parts = Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
    while let Some(part) = parts.next_field().await? {
        if part.name() == Some(FILE) {
            return Ok(Upload(part.bytes().await?.to_vec()));
        }
    }
    Ok(Upload(Vec::new()))
}

fn problem(error: multer::Error) -> PageError {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => PageError::TooLarge,
        // The limit around the screens, which counts the same bytes.
        multer::Error::StreamReadFailed(cause) if cause.to_string().contains("length limit") => PageError::TooLarge,
        _ => PageError::Unreadable,
    }
}
