//! Mails about a change of address and about erasure.

use super::change_email::{addresses, token};
use super::content::{Content, RequestedFrom};
use super::store::{self, ChangeRow};
use crate::Portal;
use crate::db::Error;
use ground::letter::Draft;
use types::place::buyer::Place;
use types::{Email, EmailChangeId, ErasureId, Instant, Language, PersonId, Protocol};

/// The zone in which hours are written that belong to no seller.
const TIME_ZONE: &str = "America/Sao_Paulo";

/// The link, to the address that is to be confirmed. The same wish again has the same link.
pub(super) async fn mail_email_change(portal: &Portal, change: EmailChangeId) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = waiting(portal, change).await? else { return Ok(None) };
    let (from, to) = addresses(&row)?;
    let content = Content::EmailChange {
        url: portal.url(Place::EmailLink { token: &token(portal, change) }),
        from,
        expires_at: Instant::from_micros(row.expires_at),
        asked: asked(&row),
    };
    draft(&format!("email-{change}-confirm"), to, PersonId(row.person_id), &row.language, content)
}

/// The notice, to the address so far.
pub(super) async fn mail_email_notice(portal: &Portal, change: EmailChangeId) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = waiting(portal, change).await? else { return Ok(None) };
    let (from, to) = addresses(&row)?;
    let content = Content::EmailNotice {
        to,
        account: portal.url(Place::Account),
        expires_at: Instant::from_micros(row.expires_at),
        asked: asked(&row),
    };
    draft(&format!("email-{change}-notice"), from, PersonId(row.person_id), &row.language, content)
}

/// The last word, to either address.
pub(super) async fn mail_email_changed(
    portal: &Portal,
    change: EmailChangeId,
    to_old: bool,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = store::change(&portal.db, change).await? else { return Ok(None) };
    let (from, to) = addresses(&row)?;
    let recipient = if to_old { from.clone() } else { to.clone() };
    let sign_in = (!to_old).then(|| portal.url(Place::SignIn));
    let word = if to_old { "old" } else { "new" };
    let erasure = store::erasure_of_moved(portal.db.read().await?.conn(), PersonId(row.person_id)).await?;
    let erasure = erasure.map(|row| (Protocol::on_file(row.protocol), Instant::from_micros(row.due_at)));
    let content = Content::EmailChanged { from, to, sign_in, erasure };
    draft(&format!("email-{change}-{word}"), recipient, PersonId(row.person_id), &row.language, content)
}

/// The receipt of a request to erase, or of its undoing.
pub(super) async fn mail_erasure(
    portal: &Portal,
    erasure: ErasureId,
    is_undone: bool,
) -> Result<Option<Draft<Content>>, Error> {
    let row = store::erasure(portal.db.read().await?.conn(), erasure).await?;
    let Some(row) = row.filter(|row| is_undone || row.state == "waiting") else { return Ok(None) };
    let to = Email::parse(&row.email).map_err(|error| Error::inconsistent("people", row.person_id, error))?;
    let protocol = Protocol::on_file(row.protocol);
    let (word, content) = if is_undone {
        let by_purchase = row.undone_by.as_deref() == Some("purchase");
        ("undone", Content::ErasureUndone { protocol, by_purchase, account: portal.url(Place::Account) })
    } else {
        let due_at = Instant::from_micros(row.due_at);
        ("asked", Content::ErasureAsked { protocol, due_at, account: portal.url(Place::Account) })
    };
    draft(
        &format!("erasure-{erasure}-{word}"),
        to,
        PersonId(row.person_id),
        row.language.as_deref().unwrap_or_default(),
        content,
    )
}

async fn waiting(portal: &Portal, change: EmailChangeId) -> Result<Option<ChangeRow>, Error> {
    let row = store::change(&portal.db, change).await?;
    let now = portal.now().micros();
    Ok(row.filter(|row| row.confirmed_at.is_none() && row.withdrawn_at.is_none() && row.expires_at > now))
}

fn asked(row: &ChangeRow) -> RequestedFrom {
    RequestedFrom {
        at: Instant::from_micros(row.created_at),
        from: row.asked_from.clone(),
        browser: row.browser.clone(),
    }
}

fn draft(
    id: &str,
    to: Email,
    person: PersonId,
    language: &str,
    content: Content,
) -> Result<Option<Draft<Content>>, Error> {
    let language = Language::of_tag(language).unwrap_or_default();
    Ok(Some(Draft::new(id, to, language, TIME_ZONE.to_owned(), content).about_person(person)))
}
