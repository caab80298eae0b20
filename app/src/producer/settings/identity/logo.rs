//! The picture above the producer's pages and mails.

use super::again_with;
use crate::page::PageError;
use crate::producer::settings::Owner;
use crate::producer::settings::pictures::wrong_file;
use crate::producer::settings::theme::Theme;
use crate::said::lead_saying;
use crate::upload::Upload;
use axum::response::Response;
use portal::again;
use portal::catalogue::picture::{put_logo, remove_logo};

/// Takes a picture.
pub(in crate::producer::settings) async fn take(
    Owner(producer): Owner,
    Upload(bytes): Upload,
) -> Result<Response, PageError> {
    match again!(put_logo(producer.portal(), &producer, &bytes).await) {
        Ok(_) => Ok(lead_saying(Theme::Identity.place(), "said-settings-saved")),
        Err(error) => again_with(&producer, "file", wrong_file(&bytes, error)?).await,
    }
}

/// Takes it away.
pub(in crate::producer::settings) async fn remove(Owner(producer): Owner) -> Result<Response, PageError> {
    again!(remove_logo(producer.portal(), &producer).await)?;
    Ok(lead_saying(Theme::Identity.place(), "said-settings-saved"))
}
