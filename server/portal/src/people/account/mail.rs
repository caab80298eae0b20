//! Mails about a change of address and about erasure.

use super::change_email::{addresses, token};
use super::store::{self, ChangeRow};
use crate::Portal;
use crate::db::Error;
use crate::mails;
use ground::letter::Draft;
use types::{Email, EmailChangeId, ErasureId, Instant, Language, MailKind, PersonId, Protocol};

mails! {
    /// The mail with the link that confirms another address; goes to that address.
    EmailChange("mail_email_change") about change, read by mail_email_change {
        /// The wish.
        change: EmailChangeId,
    }

    /// The mail that tells the old address of the wish.
    EmailNotice("mail_email_notice") about change, read by mail_email_notice {
        /// The wish.
        change: EmailChangeId,
    }

    /// The mail that tells of the change, to either address.
    EmailChanged("mail_email_changed") about change, read by mail_email_changed {
        /// The wish.
        change: EmailChangeId,
        /// Whether it goes to the old address.
        to_old: bool,
    }

    /// The mail with the protocol number of a request to erase, or that it was undone.
    Erasure("mail_erasure") about erasure, read by mail_erasure {
        /// The request.
        erasure: ErasureId,
        /// Whether it was undone.
        is_undone: bool,
    }
}

/// What a mail about a person's own account says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To an address that is to be used from now on: the link that confirms it.
    EmailChange {
        /// Address of the page with the button.
        url: String,
        /// The address so far.
        from: Email,
        /// When the link ends.
        expires_at: Instant,
        /// Where and when the request came from.
        asked: RequestedFrom,
    },
    /// To the address so far: somebody asked for another one.
    EmailNotice {
        /// The new address.
        to: Email,
        /// Where it can be taken back.
        account: String,
        /// When the link ends.
        expires_at: Instant,
        /// Where and when the request came from.
        asked: RequestedFrom,
    },
    /// To both addresses: it is done.
    EmailChanged {
        /// The address so far.
        from: Email,
        /// The new one.
        to: Email,
        /// Where to sign in; none for the old address, which cannot any more.
        sign_in: Option<String>,
        /// A request to erase that came along: its number, and when it is done.
        erasure: Option<(Protocol, Instant)>,
    },
    /// To the person: the request to erase is on file.
    ErasureAsked {
        /// Receipt number.
        protocol: Protocol,
        /// When it is done.
        due_at: Instant,
        /// Where it can be undone.
        account: String,
    },
    /// To the person: the request is undone.
    ErasureUndone {
        /// Receipt number.
        protocol: Protocol,
        /// Whether a purchase undid it, and not the person's own press.
        by_purchase: bool,
        /// Where it can be asked for again.
        account: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::EmailChange { .. } => MailKind::EmailChange,
            Self::EmailNotice { .. } => MailKind::EmailNotice,
            Self::EmailChanged { .. } => MailKind::EmailChanged,
            Self::ErasureAsked { .. } => MailKind::ErasureAsked,
            Self::ErasureUndone { .. } => MailKind::ErasureUndone,
        }
    }
}

/// Where and when a request came from.
#[derive(Clone, PartialEq, Debug)]
pub struct RequestedFrom {
    /// When.
    pub at: Instant,
    /// Network address.
    pub from: String,
    /// The browser, as it names itself, shortened.
    pub browser: String,
}

/// The zone in which hours are written that belong to no seller.
const TIME_ZONE: &str = "America/Sao_Paulo";

/// The link, to the address that is to be confirmed. The same wish again has the same link.
async fn mail_email_change(portal: &Portal, change: EmailChangeId) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = waiting(portal, change).await? else { return Ok(None) };
    let (from, to) = addresses(&row)?;
    let content = Content::EmailChange {
        url: portal.url(&format!("/e/{}", token(portal, change))),
        from,
        expires_at: Instant::from_micros(row.expires_at),
        asked: asked(&row),
    };
    to_person(&format!("email-{change}-confirm"), to, PersonId(row.person_id), &row.language, content)
}

/// The notice, to the address so far.
async fn mail_email_notice(portal: &Portal, change: EmailChangeId) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = waiting(portal, change).await? else { return Ok(None) };
    let (from, to) = addresses(&row)?;
    let content = Content::EmailNotice {
        to,
        account: portal.url("/account"),
        expires_at: Instant::from_micros(row.expires_at),
        asked: asked(&row),
    };
    to_person(&format!("email-{change}-notice"), from, PersonId(row.person_id), &row.language, content)
}

/// The last word, to either address.
async fn mail_email_changed(
    portal: &Portal,
    change: EmailChangeId,
    to_old: bool,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = store::change(&portal.db, change).await? else { return Ok(None) };
    let (from, to) = addresses(&row)?;
    let recipient = if to_old { from.clone() } else { to.clone() };
    let sign_in = (!to_old).then(|| portal.url("/sign-in"));
    let word = if to_old { "old" } else { "new" };
    let erasure = store::erasure_of_moved(portal.db.read().await?.conn(), PersonId(row.person_id)).await?;
    let erasure = erasure.map(|row| (Protocol::on_file(row.protocol), Instant::from_micros(row.due_at)));
    let content = Content::EmailChanged { from, to, sign_in, erasure };
    to_person(&format!("email-{change}-{word}"), recipient, PersonId(row.person_id), &row.language, content)
}

/// The receipt of a request to erase, or of its undoing.
async fn mail_erasure(portal: &Portal, erasure: ErasureId, is_undone: bool) -> Result<Option<Draft<Content>>, Error> {
    let row = store::erasure(portal.db.read().await?.conn(), erasure).await?;
    let Some(row) = row.filter(|row| is_undone || row.state == "waiting") else { return Ok(None) };
    let to = Email::parse(&row.email).map_err(|error| Error::inconsistent("people", row.person_id, error))?;
    let protocol = Protocol::on_file(row.protocol);
    let (word, content) = if is_undone {
        let by_purchase = row.undone_by.as_deref() == Some("purchase");
        ("undone", Content::ErasureUndone { protocol, by_purchase, account: portal.url("/account") })
    } else {
        let due_at = Instant::from_micros(row.due_at);
        ("asked", Content::ErasureAsked { protocol, due_at, account: portal.url("/account") })
    };
    to_person(
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

fn to_person(
    id: &str,
    to: Email,
    person: PersonId,
    language: &str,
    content: Content,
) -> Result<Option<Draft<Content>>, Error> {
    let language = Language::of_tag(language).unwrap_or_default();
    Ok(Some(Draft::new(id, to, language, TIME_ZONE.to_owned(), content).about_person(person)))
}
