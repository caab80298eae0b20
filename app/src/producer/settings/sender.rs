//! In whose name mails to buyers go out, and where their answers go. Of the producer, and not of a product.

use super::control::{self, Words};
use super::scope::texts;
use super::sheet::Sheet;
use super::theme::Theme;
use super::{Owner, mails};
use crate::fields::Fields;
use crate::page::PageError;
use crate::said::lead_saying;
use crate::text::Texts;
use crate::ui;
use axum::response::Response;
use leptos::prelude::*;
use portal::catalogue::producer::{Details, details, put_details};
use portal::catalogue::{self};
use portal::{Producer, again};
use types::place::producer::Place;
use types::{Email, Line, Sending};

/// A form's values with what is on file of the sender.
pub(super) async fn with(sheet: Sheet, producer: &Producer) -> Result<Sheet, PageError> {
    let Sending { name, reply_to } = details(producer.portal(), producer).await?.particulars.sending;
    let text = |text: Option<String>| text.unwrap_or_default();
    let sheet = sheet.with("sender_name", text(name.map(String::from)));
    Ok(sheet.with("reply_to", text(reply_to.map(|email| email.to_string()))))
}

/// Takes name and address.
pub(super) async fn take(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let (name, reply_to) = (fields.filled("sender_name"), fields.filled("reply_to"));
    let (name, reply_to) = (name.map(Line::parse).transpose(), reply_to.map(Email::parse).transpose());
    let (Ok(name), Ok(reply_to)) = (&name, &reply_to) else {
        let texts = texts(&producer);
        let (is_name, is_address) = (name.is_ok(), reply_to.is_ok());
        let typed = |sheet: Sheet| {
            let sheet = sheet.with("sender_name", fields.one("sender_name"));
            let mut sheet = sheet.with("reply_to", fields.one("reply_to"));
            let wrong =
                [("sender_name", is_name, "settings-wrong-line"), ("reply_to", is_address, "settings-wrong-email")];
            for (field, _, words) in wrong.into_iter().filter(|(_, is_right, _)| !is_right) {
                sheet.refuse(field, texts.text(words));
            }
            sheet
        };
        return mails::again(&producer, typed).await;
    };
    let sending = Sending { name: name.clone(), reply_to: reply_to.clone() };
    let over = |mut before: Details| {
        before.particulars.sending = sending.clone();
        before
    };
    match again!(put_details(producer.portal(), &producer, over).await) {
        Ok(_) => Ok(lead_saying(Theme::Mails.place(), "said-settings-saved")),
        Err(catalogue::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(PageError::Internal),
    }
}

/// The form.
pub(super) fn view(texts: Texts, sheet: &Sheet) -> impl IntoView + use<> {
    let line = |name, label, effect| control::line(sheet, name, "text", Words::of(texts, label, effect));
    view! {
        <form class="card settings" method="post" action=Place::SettingsSender.path()>
            <h2>{texts.text("settings-sender")}</h2>
            {line("sender_name", "settings-sender-name", "settings-sender-name-effect")}
            {line("reply_to", "settings-reply-to", "settings-reply-to-effect")}
            {ui::quiet_submit(texts.text("settings-sender-save"))}
        </form>
    }
}
