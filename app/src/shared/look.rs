//! What a seller's pages look like beside the words: a style of two lines that puts the seller's colour in the place of
//! ours, and the pictures of seller and products. All are named by what they are, so that a browser may keep them for
//! ever.

use crate::page::PageError;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use portal::Portal;
use portal::catalogue::picture;
use types::{Accent, ON_DARK, ON_LIGHT, PictureName};

/// A year: as long as caches keep anything.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The style of pages that a colour leads.
pub(crate) async fn accent(Path(accent): Path<String>) -> Result<Response, PageError> {
    let chosen: Accent = accent.parse().map_err(|_| PageError::NotFound)?;
    if chosen.to_string() != accent {
        return Err(PageError::NotFound);
    }
    Ok(file("text/css; charset=utf-8", style(chosen).into()))
}

/// Each scheme has its own shade, and what stands on it.
fn style(accent: Accent) -> String {
    let (light, dark) = (accent.on_light().hex(), accent.on_dark().hex());
    let (on_light, on_dark) = (ON_LIGHT.hex(), ON_DARK.hex());
    format!(":root{{--accent:light-dark({light},{dark});--on-accent:light-dark({on_light},{on_dark})}}\n")
}

/// A picture of a seller or of a product.
pub(crate) async fn picture(State(portal): State<Portal>, Path(name): Path<String>) -> Result<Response, PageError> {
    let name = PictureName::parse(&name).map_err(|_| PageError::NotFound)?;
    let picture = picture::find(&portal, &name).await?.ok_or(PageError::NotFound)?;
    let mut response = file(picture.kind, picture.bytes);
    // Mail programs show it on pages of their own.
    response.headers_mut().insert("cross-origin-resource-policy", axum::http::HeaderValue::from_static("cross-origin"));
    Ok(response)
}

fn file(kind: &'static str, bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, FOR_EVER)], bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_has_a_shade_for_each_scheme_and_what_stands_on_it() {
        let accent = Accent::parse("#1d4f91").unwrap();
        let dark = accent.on_dark().hex();
        let expected =
            format!(":root{{--accent:light-dark(#1d4f91,{dark});--on-accent:light-dark(#ffffff,#0e1621)}}\n");
        assert_eq!(style(accent), expected);
    }
}
