//! What a producer says of itself.

use super::checks::Checks;
use super::problem::{Problem, Refused};
use super::request::{Body, Caller};
use axum::Json;
use axum::extract::State;
use portal::catalogue::producer::{Details, details, put_details};
use portal::time::Zone;
use portal::{Portal, again};
use serde::{Deserialize, Serialize};
use types::{Accent, Contacts, Email, Language, Legal, Line, Look, Particulars, Sending, TaxId, phone};
use utoipa::ToSchema;

/// What you say of yourself.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProducerBody {
    /// The name that buyers see, 1 to 200 characters. Stays when absent.
    #[schema(example = "Studio Luz")]
    name: Option<String>,
    /// Language of the mails to you: `pt-BR` or `en`. Stays when absent.
    #[schema(example = "pt-BR")]
    language: Option<String>,
    /// IANA name of the zone in which your days are counted. Stays when absent.
    #[schema(example = "America/Sao_Paulo")]
    timezone: Option<String>,
    /// Who you are before the law. Stands under your order pages, on receipts and under mails. What is absent is shown
    /// nowhere.
    legal: Option<LegalBody>,
    /// How buyers reach you. Stands on your order pages. What is absent is shown nowhere.
    contacts: Option<ContactsBody>,
    /// The colour of buttons and links on your pages. Where it is too light or too dark to be read, a shade of it is
    /// used. Stays when absent.
    #[schema(example = "#1d4f91")]
    accent: Option<String>,
    /// The name that mailboxes show on mails to buyers, 1 to 200 characters; your name when nobody has said one. Stays
    /// when absent.
    #[schema(example = "Luz, atendimento")]
    sender_name: Option<String>,
    /// Where answers to mails go, where that is not `contacts.email`. Stays when absent.
    #[schema(example = "respostas@luz.example")]
    reply_to: Option<String>,
}

/// Who you are before the law.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LegalBody {
    /// Name in the register, 1 to 200 characters.
    #[schema(example = "Luz Cursos Ltda")]
    name: Option<String>,
    /// CNPJ, or CPF.
    #[schema(example = "11.222.333/0001-81")]
    tax_id: Option<String>,
    /// Postal address in one line, 1 to 200 characters.
    #[schema(example = "Rua das Flores, 10, São Paulo, SP")]
    address: Option<String>,
    /// Your privacy notice, without query or fragment.
    #[schema(example = "https://luz.example/privacidade")]
    privacy_url: Option<String>,
    /// Your terms of sale, without query or fragment.
    #[schema(example = "https://luz.example/termos")]
    terms_url: Option<String>,
}

/// How buyers reach you.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactsBody {
    /// Where buyers write to, and where answers to mails go; your own address when absent.
    #[schema(example = "ajuda@luz.example")]
    email: Option<String>,
    /// Number on WhatsApp, with the country's code.
    #[schema(example = "+55 11 99999-0001")]
    whatsapp: Option<String>,
    /// Phone number.
    #[schema(example = "+55 11 3333-0001")]
    phone: Option<String>,
    /// Page for help, without query or fragment.
    #[schema(example = "https://luz.example/ajuda")]
    url: Option<String>,
    /// When somebody answers, 1 to 200 characters.
    #[schema(example = "de segunda a sexta, das 9h às 18h")]
    hours: Option<String>,
}

/// What is on file.
#[derive(Serialize, ToSchema)]
pub(super) struct ProducerAnswer {
    /// The name that buyers see.
    name: String,
    /// Language of the mails to you.
    language: String,
    /// IANA name of the zone in which your days are counted.
    timezone: String,
    /// Who you are before the law.
    legal: LegalBody,
    /// How buyers reach you.
    contacts: ContactsBody,
    /// The colour of buttons and links on your pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    accent: Option<String>,
    /// The name that mailboxes show on mails to buyers.
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_name: Option<String>,
    /// Where answers to mails go.
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_to: Option<String>,
}

/// Write what you say of yourself.
///
/// `legal` and `contacts` are replaced, whole: what is absent is shown nowhere.
#[utoipa::path(
    put, path = "/api/v1/producer", tag = "producer", security(("key" = [])), request_body = ProducerBody,
    responses(
        (status = 200, body = ProducerAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    body: Body<ProducerBody>,
) -> Result<Json<ProducerAnswer>, Refused> {
    let wanted = body.value.check()?;
    let written = again!(put_details(&portal, &producer, |before| wanted.clone().over(before)).await)?;
    Ok(Json(written.into()))
}

/// Read what you say of yourself.
#[utoipa::path(
    get, path = "/api/v1/producer", tag = "producer", security(("key" = [])),
    responses(
        (status = 200, body = ProducerAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn get(
    State(portal): State<Portal>,
    Caller(producer): Caller,
) -> Result<Json<ProducerAnswer>, Refused> {
    Ok(Json(details(&portal, &producer).await?.into()))
}

/// What was asked for, read.
#[derive(Clone)]
struct Wanted {
    name: Option<Line>,
    language: Option<Language>,
    time_zone: Option<String>,
    /// What is replaced whole.
    said: (Legal, Contacts),
    /// What stays where it is absent.
    kept: (Option<Accent>, Sending),
}

impl Wanted {
    fn over(self, before: Details) -> Details {
        let ((legal, contacts), (accent, sending)) = (self.said, self.kept);
        let Particulars { look, sending: was, .. } = before.particulars;
        let look = Look { accent: accent.or(look.accent), ..look };
        let sending = Sending { name: sending.name.or(was.name), reply_to: sending.reply_to.or(was.reply_to) };
        Details {
            name: self.name.unwrap_or(before.name),
            language: self.language.unwrap_or(before.language),
            time_zone: self.time_zone.unwrap_or(before.time_zone),
            particulars: Particulars { legal, contacts, look, sending },
        }
    }
}

impl ProducerBody {
    fn check(self) -> Result<Wanted, Refused> {
        let mut checks = Checks::default();
        let name = checks.optional_line("name", self.name.as_deref());
        let language = checks
            .optional("language", self.language.as_deref(), |tag| Language::of_tag(tag).ok_or("must be pt-BR or en"));
        let time_zone =
            checks.optional("timezone", self.timezone.as_deref(), |zone| Zone::named(zone).map(|_| zone.to_owned()));
        let legal = self.legal.unwrap_or_default().check(&mut checks);
        let contacts = self.contacts.unwrap_or_default().check(&mut checks);
        let accent = checks.optional("accent", self.accent.as_deref(), Accent::parse);
        let sender_name = checks.optional_line("sender_name", self.sender_name.as_deref());
        let reply_to = checks.optional("reply_to", self.reply_to.as_deref(), Email::parse);
        let wanted = || {
            let said = (legal?, contacts?);
            let kept = (accent?, Sending { name: sender_name?, reply_to: reply_to? });
            Some(Wanted { name: name?, language: language?, time_zone: time_zone?, said, kept })
        };
        checks.done(wanted())
    }
}

impl LegalBody {
    fn check(self, checks: &mut Checks) -> Option<Legal> {
        let name = checks.optional_line("legal.name", self.name.as_deref());
        let tax_id = checks.optional("legal.tax_id", self.tax_id.as_deref(), TaxId::parse);
        let address = checks.optional_line("legal.address", self.address.as_deref());
        let privacy_url = checks.optional_web_address("legal.privacy_url", self.privacy_url.as_deref());
        let terms_url = checks.optional_web_address("legal.terms_url", self.terms_url.as_deref());
        Some(Legal {
            name: name?,
            tax_id: tax_id?,
            address: address?,
            privacy_url: privacy_url?,
            terms_url: terms_url?,
        })
    }
}

impl ContactsBody {
    fn check(self, checks: &mut Checks) -> Option<Contacts> {
        let email = checks.optional("contacts.email", self.email.as_deref(), Email::parse);
        let whatsapp = checks.optional("contacts.whatsapp", self.whatsapp.as_deref(), phone::parse);
        let phone = checks.optional("contacts.phone", self.phone.as_deref(), phone::parse);
        let url = checks.optional_web_address("contacts.url", self.url.as_deref());
        let hours = checks.optional_line("contacts.hours", self.hours.as_deref());
        Some(Contacts { email: email?, whatsapp: whatsapp?, phone: phone?, url: url?, hours: hours? })
    }
}

impl From<Details> for ProducerAnswer {
    fn from(details: Details) -> Self {
        let Details { name, language, time_zone, particulars } = details;
        let Particulars { legal, contacts, look, sending } = particulars;
        let text = |line: Option<Line>| line.map(String::from);
        Self {
            name: name.into(),
            language: language.tag().to_owned(),
            timezone: time_zone,
            legal: LegalBody {
                name: text(legal.name),
                tax_id: legal.tax_id.map(|id| id.to_string()),
                address: text(legal.address),
                privacy_url: legal.privacy_url,
                terms_url: legal.terms_url,
            },
            contacts: ContactsBody {
                email: contacts.email.map(|email| email.to_string()),
                whatsapp: text(contacts.whatsapp),
                phone: text(contacts.phone),
                url: contacts.url,
                hours: text(contacts.hours),
            },
            accent: look.accent.map(Accent::hex),
            sender_name: text(sending.name),
            reply_to: sending.reply_to.map(|email| email.to_string()),
        }
    }
}
