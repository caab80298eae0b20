//! The producer's own accounts at gateways: connected, tested, put out of use. Secrets are written and never shown.

mod view;

use super::Owner;
use super::scope::texts;
use super::sheet::Sheet;
use super::theme::{Theme, refused};
use crate::fields::Fields;
use crate::page::{Page, PageError};
use crate::said::lead_saying;
use crate::text::Texts;
use crate::visitor::FreshOwner;
use axum::extract::Path;
use axum::response::Response;
use portal::again;
use portal::connection::{self, KINDS, NewConnection, TestError};
use portal::text::is_secret;
use types::{Code, ConnectionState, web_page};
use view::page;

/// The theme.
pub(super) async fn show(Owner(producer): Owner) -> Result<Page, PageError> {
    page(&producer, &Sheet::default().with("gateway", KINDS[0].name).with("bills", KINDS[0].bills[0].as_str())).await
}

/// Connects an account, or writes one anew.
pub(super) async fn take(FreshOwner(producer): FreshOwner, fields: Fields) -> Result<Response, PageError> {
    let mut sheet = Sheet::typed(fields);
    let Some(new) = read(&mut sheet, texts(&producer)) else { return refused(page(&producer, &sheet).await?) };
    match again!(connection::put(producer.portal(), &producer, &new).await) {
        Ok(_) => Ok(lead_saying(Theme::Connections.place(), "said-connection-saved")),
        Err(connection::Error::SecretMissing(_)) => {
            sheet.refuse("secret_key", texts(&producer).text("settings-wrong-secret"));
            refused(page(&producer, &sheet).await?)
        }
        Err(connection::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(PageError::Internal),
    }
}

/// Looks at the account at its gateway.
pub(super) async fn test(FreshOwner(producer): FreshOwner, Path(code): Path<String>) -> Result<Response, PageError> {
    let code = Code::parse(&code).map_err(|_| PageError::NotFound)?;
    // What was seen, good or bad, stands on the page that it leads to.
    match connection::test(producer.portal(), &producer, &code).await {
        Ok(tested) if tested.seen.lacks.is_empty() => {
            Ok(lead_saying(Theme::Connections.place(), "said-connection-good"))
        }
        Ok(_) | Err(TestError::Gateway(_) | TestError::Silent) => {
            Ok(lead_saying(Theme::Connections.place(), "said-connection-bad"))
        }
        Err(TestError::NotFound) => Err(PageError::NotFound),
        Err(TestError::Database(error) | TestError::Put(connection::Error::Database(error))) => Err(error.into()),
        Err(TestError::Put(_)) => Err(PageError::Internal),
    }
}

/// Puts an account out of use, or in use again.
pub(super) async fn switch(FreshOwner(producer): FreshOwner, Path(code): Path<String>) -> Result<Response, PageError> {
    let code = Code::parse(&code).map_err(|_| PageError::NotFound)?;
    let found = connection::find(producer.portal(), &producer, &code).await?.ok_or(PageError::NotFound)?;
    let state = match found.state {
        ConnectionState::Active => ConnectionState::Disabled,
        ConnectionState::Disabled => ConnectionState::Active,
    };
    let new = NewConnection { state, ..found.into() };
    match again!(connection::put(producer.portal(), &producer, &new).await) {
        Ok(_) => Ok(lead_saying(Theme::Connections.place(), "said-connection-saved")),
        Err(connection::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(PageError::Internal),
    }
}

/// What the form says; none when something of it is wrong. An address of the API that is left empty is the gateway's
/// own.
fn read(sheet: &mut Sheet, texts: Texts) -> Option<NewConnection> {
    let code = Code::parse(sheet.value("code").trim()).ok();
    let kind = connection::kind(sheet.value("gateway"));
    let chosen = sheet.value("bills");
    let bills = kind.and_then(|kind| kind.bills.iter().copied().find(|bills| bills.as_str() == chosen));
    let key = sheet.filled("secret_key").map(str::to_owned);
    let is_key = key.as_deref().is_none_or(is_secret);
    let base_url = sheet.filled("base_url").map(str::to_owned);
    let is_address = base_url.as_deref().is_none_or(|address| web_page::host(address).is_some());
    let signed = sheet.filled("webhook_secret").map(str::to_owned);
    let is_signed = signed.as_deref().is_none_or(is_secret);
    let has_hook = signed.is_none() || kind.is_none_or(|kind| kind.has_hook);
    for (id, is_right, key) in [
        ("code", code.is_some(), "settings-wrong-source-code"),
        ("gateway", kind.is_some(), "settings-wrong-choice"),
        ("bills", bills.is_some(), "settings-wrong-choice"),
        ("secret_key", is_key, "settings-wrong-secret"),
        ("base_url", is_address, "settings-wrong-page"),
        ("webhook_secret", is_signed, "settings-wrong-secret"),
        ("webhook_secret", has_hook, "settings-wrong-hook"),
    ] {
        if !is_right {
            sheet.refuse(id, texts.text(key));
        }
    }
    if !sheet.is_right() {
        return None;
    }
    // The one field for it means what the gateway calls its secret.
    let parts = [(kind?.secret()?, key), ("base_url", base_url)];
    let parts = parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Some(NewConnection {
        code: code?,
        gateway: kind?.name.to_owned(),
        account: None,
        bills: bills?,
        state: ConnectionState::Active,
        secrets: parts.collect(),
        webhook_secret: signed,
    })
}
