//! Mails about a change of address and about erasure.

use super::change_email::token;
use super::content::{Content, RequestedFrom};
use super::state::{EmailChange, ErasureState, UndoneBy};
use super::store;
use crate::Portal;
use crate::db::Error;
use ground::letter::Draft;
use types::{Email, EmailChangeId, ErasureId, Language, PersonId};

/// The zone in which hours are written that belong to no seller.
const TIME_ZONE: &str = "America/Sao_Paulo";

/// The link, to the address that is to be confirmed. The same wish again has the same link.
pub(super) async fn mail_email_change(portal: &Portal, change: EmailChangeId) -> Result<Option<Draft<Content>>, Error> {
    let Some(wish) = waiting(portal, change).await? else { return Ok(None) };
    let content = Content::EmailChange {
        url: portal.url(&format!("/e/{}", token(portal, change))),
        from: wish.old.clone(),
        expires_at: wish.expires_at,
        asked: asked(&wish),
    };
    draft(&format!("email-{change}-confirm"), wish.new, wish.person, wish.language, content)
}

/// The notice, to the address so far.
pub(super) async fn mail_email_notice(portal: &Portal, change: EmailChangeId) -> Result<Option<Draft<Content>>, Error> {
    let Some(wish) = waiting(portal, change).await? else { return Ok(None) };
    let content = Content::EmailNotice {
        to: wish.new.clone(),
        account: portal.url("/account"),
        expires_at: wish.expires_at,
        asked: asked(&wish),
    };
    draft(&format!("email-{change}-notice"), wish.old, wish.person, wish.language, content)
}

/// The last word, to either address.
pub(super) async fn mail_email_changed(
    portal: &Portal,
    change: EmailChangeId,
    to_old: bool,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(EmailChange { person, language, old: from, new: to, .. }) = store::change(&portal.db, change).await?
    else {
        return Ok(None);
    };
    let recipient = if to_old { from.clone() } else { to.clone() };
    let sign_in = (!to_old).then(|| portal.url("/sign-in"));
    let word = if to_old { "old" } else { "new" };
    let erasure = store::erasure_of_moved(portal.db.read().await?.conn(), person).await?;
    let erasure = erasure.map(|erasure| (erasure.protocol, erasure.due_at));
    let content = Content::EmailChanged { from, to, sign_in, erasure };
    draft(&format!("email-{change}-{word}"), recipient, person, language, content)
}

/// The receipt of a request to erase, or of its undoing.
pub(super) async fn mail_erasure(
    portal: &Portal,
    erasure: ErasureId,
    is_undone: bool,
) -> Result<Option<Draft<Content>>, Error> {
    let asked = store::erasure(portal.db.read().await?.conn(), erasure).await?;
    let Some(asked) = asked.filter(|asked| is_undone || asked.state == ErasureState::Waiting) else { return Ok(None) };
    let to = Email::parse(&asked.email).map_err(|error| Error::inconsistent("people", asked.person, error))?;
    let protocol = asked.protocol;
    let (word, content) = if is_undone {
        let by_purchase = asked.state == ErasureState::Undone(UndoneBy::Purchase);
        ("undone", Content::ErasureUndone { protocol, by_purchase, account: portal.url("/account") })
    } else {
        let due_at = asked.due_at;
        ("asked", Content::ErasureAsked { protocol, due_at, account: portal.url("/account") })
    };
    draft(&format!("erasure-{erasure}-{word}"), to, asked.person, asked.language.unwrap_or_default(), content)
}

async fn waiting(portal: &Portal, change: EmailChangeId) -> Result<Option<EmailChange>, Error> {
    Ok(store::change(&portal.db, change).await?.filter(|change| change.waits(portal.now())))
}

fn asked(change: &EmailChange) -> RequestedFrom {
    RequestedFrom { at: change.asked_at, from: change.asked_from.clone(), browser: change.browser.clone() }
}

fn draft(
    id: &str,
    to: Email,
    person: PersonId,
    language: Language,
    content: Content,
) -> Result<Option<Draft<Content>>, Error> {
    Ok(Some(Draft::new(id, to, language, TIME_ZONE.to_owned(), content).about_person(person)))
}
