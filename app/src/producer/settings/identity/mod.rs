//! Who the producer is: its name, who it is before the law, how it is reached, where and in which language it works,
//! and how its pages look.

mod logo;
mod view;

pub(super) use logo::{remove, take as take_logo};

use super::Owner;
use super::scope::texts;
use super::sheet::Sheet;
use super::theme::{Theme, refused};
use crate::fields::Fields;
use crate::page::{Page, PageError};
use crate::said::lead_saying;
use crate::text::Texts;
use axum::response::Response;
use portal::catalogue::producer::{Details, details, put_details};
use portal::catalogue::{self};
use portal::time::Zone;
use portal::{Producer, again};
use types::view::ProducerView;
use types::{Accent, Contacts, Email, Language, Legal, Line, Particulars, TaxId, phone, web_page};

/// The theme.
pub(super) async fn show(Owner(producer): Owner) -> Result<Page, PageError> {
    let on_file = details(producer.portal(), &producer).await?;
    Ok(view::page(&producer, &sheet(&on_file), &on_file.particulars.look))
}

/// Takes all but the picture, which has a form of its own.
pub(super) async fn take(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let mut sheet = Sheet::typed(fields);
    let Some(wanted) = read(&mut sheet, texts(&producer)) else {
        let look = details(producer.portal(), &producer).await?.particulars.look;
        return refused(view::page(&producer, &sheet, &look));
    };
    match again!(put_details(producer.portal(), &producer, |before| wanted.clone().over(before)).await) {
        Ok(_) => Ok(lead_saying(Theme::Identity.place(), "said-settings-saved")),
        Err(catalogue::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(PageError::Unreadable),
    }
}

/// The producer as buyers would see it with the form saved; the form with its mistakes when it cannot be.
pub(super) async fn unsaved(producer: &Producer, fields: Fields) -> Result<Result<ProducerView, Response>, PageError> {
    let on_file = details(producer.portal(), producer).await?;
    let mut sheet = Sheet::typed(fields);
    let Some(wanted) = read(&mut sheet, texts(producer)) else {
        return refused(view::page(producer, &sheet, &on_file.particulars.look)).map(Err);
    };
    let Details { name, time_zone, particulars, .. } = wanted.over(on_file);
    let slug = producer.slug().as_str().to_owned();
    Ok(Ok(ProducerView::new(name.into(), slug, producer.email().clone(), time_zone, particulars)))
}

/// What the form says.
#[derive(Clone)]
struct Wanted {
    name: Line,
    language: Language,
    time_zone: String,
    legal: Legal,
    contacts: Contacts,
    accent: Option<Accent>,
}

impl Wanted {
    fn over(self, before: Details) -> Details {
        let Self { name, language, time_zone, legal, contacts, accent } = self;
        let Particulars { mut look, sending, .. } = before.particulars;
        look.accent = accent;
        Details { name, language, time_zone, particulars: Particulars { legal, contacts, look, sending } }
    }
}

fn sheet(on_file: &Details) -> Sheet {
    let Particulars { legal, contacts, look, .. } = &on_file.particulars;
    let line = |line: &Option<Line>| line.as_ref().map(ToString::to_string).unwrap_or_default();
    let email = contacts.email.as_ref().map(ToString::to_string).unwrap_or_default();
    Sheet::default()
        .with("name", &on_file.name)
        .with("language", on_file.language.tag())
        .with("time_zone", &on_file.time_zone)
        .with("legal_name", line(&legal.name))
        .with("tax_id", legal.tax_id.as_ref().map(ToString::to_string).unwrap_or_default())
        .with("address", line(&legal.address))
        .with("privacy_url", legal.privacy_url.clone().unwrap_or_default())
        .with("terms_url", legal.terms_url.clone().unwrap_or_default())
        .with("email", email)
        .with("whatsapp", line(&contacts.whatsapp))
        .with("phone", line(&contacts.phone))
        .with("url", contacts.url.clone().unwrap_or_default())
        .with("hours", line(&contacts.hours))
        .with("accent", look.accent.map(Accent::hex).unwrap_or_default())
}

fn read(sheet: &mut Sheet, texts: Texts) -> Option<Wanted> {
    let mut form = Form { sheet, texts };
    let name = form.needed("name", "settings-wrong-name", Line::parse);
    let language = form.needed("language", "settings-wrong-choice", |tag| Language::of_tag(tag).ok_or(()));
    let time_zone = form.needed("time_zone", "settings-wrong-zone", |name| Zone::named(name).map(|_| name.to_owned()));
    let legal = form.legal();
    let contacts = form.contacts();
    let accent = form.optional("accent", "settings-wrong-accent", Accent::parse);
    Some(Wanted {
        name: name?,
        language: language?,
        time_zone: time_zone?,
        legal: legal?,
        contacts: contacts?,
        accent: accent?,
    })
}

/// A form while it is read.
struct Form<'a> {
    sheet: &'a mut Sheet,
    texts: Texts,
}

impl Form<'_> {
    /// What must be there.
    fn needed<T, E>(&mut self, name: &str, wrong: &str, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        let value = parse(self.sheet.filled(name).unwrap_or_default()).ok();
        if value.is_none() {
            self.sheet.refuse(name, self.texts.text(wrong));
        }
        value
    }

    /// What may be absent: none only when it is there and cannot be.
    fn optional<T, E>(
        &mut self,
        name: &str,
        wrong: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        if self.sheet.filled(name).is_none() { Some(None) } else { self.needed(name, wrong, parse).map(Some) }
    }

    fn line(&mut self, name: &str) -> Option<Option<Line>> {
        self.optional(name, "settings-wrong-line", Line::parse)
    }

    fn page(&mut self, name: &str) -> Option<Option<String>> {
        self.optional(name, "settings-wrong-page", |address| own_page(address).ok_or(()))
    }

    fn legal(&mut self) -> Option<Legal> {
        let name = self.line("legal_name");
        let tax_id = self.optional("tax_id", "settings-wrong-tax-id", TaxId::parse);
        let address = self.line("address");
        let (privacy_url, terms_url) = (self.page("privacy_url"), self.page("terms_url"));
        Some(Legal {
            name: name?,
            tax_id: tax_id?,
            address: address?,
            privacy_url: privacy_url?,
            terms_url: terms_url?,
        })
    }

    fn contacts(&mut self) -> Option<Contacts> {
        let email = self.optional("email", "settings-wrong-email", Email::parse);
        let whatsapp = self.optional("whatsapp", "settings-wrong-phone", phone::parse);
        let phone = self.optional("phone", "settings-wrong-phone", phone::parse);
        let (url, hours) = (self.page("url"), self.line("hours"));
        Some(Contacts { email: email?, whatsapp: whatsapp?, phone: phone?, url: url?, hours: hours? })
    }
}

/// A page on the producer's own site, as the API takes it: without query or fragment.
fn own_page(address: &str) -> Option<String> {
    let is_page = web_page::host(address).is_some() && address.len() <= 500 && !address.contains(['?', '#']);
    is_page.then(|| address.to_owned())
}

/// The page once more, with what is wrong beside its field.
async fn again_with(producer: &Producer, field: &str, words: &str) -> Result<Response, PageError> {
    let on_file = details(producer.portal(), producer).await?;
    let mut sheet = sheet(&on_file);
    sheet.refuse(field, texts(producer).text(words));
    refused(view::page(producer, &sheet, &on_file.particulars.look))
}
