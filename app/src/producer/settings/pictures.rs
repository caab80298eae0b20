//! The pictures of the products, as buyers see them beside what they bought.

use super::Owner;
use super::scope::texts;
use super::sheet::Sheet;
use super::theme::{Theme, refused};
use crate::page::{Page, PageError};
use crate::said::lead_saying;
use crate::text::Texts;
use crate::ui;
use crate::upload::Upload;
use axum::extract::Path;
use axum::response::Response;
use leptos::prelude::*;
use portal::catalogue::picture::{self, PictureError, Pictured};
use portal::{Producer, again};
use types::Code;
use types::place::producer::Place;

/// The theme.
pub(super) async fn show(Owner(producer): Owner) -> Result<Page, PageError> {
    page(&producer, &Sheet::default()).await
}

/// Takes a product's picture.
pub(super) async fn take(
    Owner(producer): Owner,
    Path(code): Path<String>,
    Upload(bytes): Upload,
) -> Result<Response, PageError> {
    let code = Code::parse(&code).map_err(|_| PageError::NotFound)?;
    match again!(picture::put_of_product(producer.portal(), &producer, &code, &bytes).await) {
        Ok(()) => Ok(lead_saying(Theme::Pictures.place(), "said-settings-saved")),
        Err(error) => {
            let words = texts(&producer).text(wrong_file(&bytes, error)?);
            let mut sheet = Sheet::default();
            sheet.refuse(field(&code), words);
            refused(page(&producer, &sheet).await?)
        }
    }
}

/// Takes it away.
pub(super) async fn remove(Owner(producer): Owner, Path(code): Path<String>) -> Result<Response, PageError> {
    let code = Code::parse(&code).map_err(|_| PageError::NotFound)?;
    match again!(picture::remove_of_product(producer.portal(), &producer, &code).await) {
        Ok(()) => Ok(lead_saying(Theme::Pictures.place(), "said-settings-saved")),
        Err(PictureError::Database(error)) => Err(error.into()),
        Err(_) => Err(PageError::NotFound),
    }
}

/// The name of the words that say what is wrong with a file.
pub(super) fn wrong_file(bytes: &[u8], error: PictureError) -> Result<&'static str, PageError> {
    match error {
        _ if bytes.is_empty() => Ok("settings-wrong-no-file"),
        PictureError::TooLarge => Ok("settings-wrong-large-file"),
        PictureError::NoPicture => Ok("settings-wrong-file"),
        PictureError::UnknownProduct => Err(PageError::NotFound),
        PictureError::Database(error) => Err(error.into()),
    }
}

/// Id of the field that takes a product's picture.
fn field(code: &Code) -> String {
    format!("file_{code}")
}

async fn page(producer: &Producer, sheet: &Sheet) -> Result<Page, PageError> {
    let texts = texts(producer);
    let products = picture::of_products(producer.portal(), producer).await?;
    let lines: Vec<_> = products.iter().map(|product| line(texts, sheet, product)).collect();
    let body = if lines.is_empty() {
        view! { <p class="card settings">{texts.text("settings-pictures-none")}</p> }.into_any()
    } else {
        view! { <section class="card settings"><ul class="lines pictures">{lines}</ul></section> }.into_any()
    };
    Ok(Theme::Pictures.page(producer, sheet, body))
}

fn line(texts: Texts, sheet: &Sheet, product: &Pictured) -> impl IntoView + use<> {
    let name = product.name.to_string();
    let (picture, remove) = (ui::picture(product.picture.as_ref()), product.picture.is_some());
    let remove = remove.then(|| {
        let label = texts.with("settings-picture-remove-of", &[("product", (&name).into())]);
        view! {
            <form method="post" action=Place::SettingsPictureRemove { product: product.code.as_str() }.path()>
                <button class="button small" aria-label=label>{texts.text("settings-picture-remove")}</button>
            </form>
        }
    });
    view! {
        <li>
            <span class="pictured">{picture}<strong>{name}</strong></span>
            <details class="more" open=sheet.error(&field(&product.code)).is_some()>
                <summary>{texts.text("settings-picture-change")}</summary>
                {upload(texts, sheet, product)}
                {remove}
            </details>
        </li>
    }
}

fn upload(texts: Texts, sheet: &Sheet, product: &Pictured) -> impl IntoView + use<> {
    let id = field(&product.code);
    let label = texts.with("settings-picture-file-of", &[("product", product.name.as_str().into())]);
    let error = sheet.error(&id);
    let invalid = error.as_ref().map(|_| "true");
    let (help, wrong) = (format!("{id}-help"), format!("{id}-error"));
    let described_by = if error.is_some() { format!("{help} {wrong}") } else { help.clone() };
    view! {
        <form method="post" action=Place::SettingsPicture { product: product.code.as_str() }.path()
            enctype="multipart/form-data">
            <div class="field">
                <label for=id.clone()>{label}</label>
                {error.map(|error| view! { <p class="error" id=wrong>{error}</p> })}
                <input class="file" id=id name="file" type="file" accept="image/png,image/jpeg,image/webp"
                    aria-describedby=described_by aria-invalid=invalid/>
                <p class="help" id=help>{texts.text("settings-picture-effect")}</p>
            </div>
            {ui::quiet_submit(texts.text("settings-picture-save"))}
        </form>
    }
}
