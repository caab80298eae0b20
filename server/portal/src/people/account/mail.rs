//! Mails about a change of address and about erasure.

use super::change_email::token;
use super::state::{EmailChange, ErasureState, UndoneBy};
use super::store;
use crate::Portal;
use crate::db::Error;
use crate::mails;
use ground::letter::Draft;
use types::place::buyer::Place;
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
        erasure: String,
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

/// The zone in which hours are written that belong to no producer.
const TIME_ZONE: &str = "America/Sao_Paulo";

/// The link, to the address that is to be confirmed. The same wish again has the same link.
async fn mail_email_change(portal: &Portal, change: EmailChangeId) -> Result<Option<Draft<Content>>, Error> {
    let Some(wish) = waiting(portal, change).await? else { return Ok(None) };
    let content = Content::EmailChange {
        url: portal.url(Place::EmailLink { token: &token(portal, change) }),
        from: wish.old.clone(),
        expires_at: wish.expires_at,
        asked: asked(&wish),
    };
    to_person(&format!("email-{change}-confirm"), wish.new, wish.person, wish.language, content)
}

/// The notice, to the address so far.
async fn mail_email_notice(portal: &Portal, change: EmailChangeId) -> Result<Option<Draft<Content>>, Error> {
    let Some(wish) = waiting(portal, change).await? else { return Ok(None) };
    let content = Content::EmailNotice {
        to: wish.new.clone(),
        account: portal.url(Place::Account),
        expires_at: wish.expires_at,
        asked: asked(&wish),
    };
    to_person(&format!("email-{change}-notice"), wish.old, wish.person, wish.language, content)
}

/// The last word, to either address.
async fn mail_email_changed(
    portal: &Portal,
    change: EmailChangeId,
    to_old: bool,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(EmailChange { person, language, old: from, new: to, .. }) = store::change(&portal.db, change).await?
    else {
        return Ok(None);
    };
    let recipient = if to_old { from.clone() } else { to.clone() };
    let sign_in = (!to_old).then(|| portal.url(Place::SignIn));
    let word = if to_old { "old" } else { "new" };
    let erasure = store::erasure_of_moved(portal.db.read().await?.conn(), person).await?;
    let erasure = erasure.map(|erasure| (erasure.protocol, erasure.due_at));
    let content = Content::EmailChanged { from, to, sign_in, erasure };
    to_person(&format!("email-{change}-{word}"), recipient, person, language, content)
}

/// The receipt of a request to erase, or of its undoing.
async fn mail_erasure(portal: &Portal, erasure: ErasureId, is_undone: bool) -> Result<Option<Draft<Content>>, Error> {
    let asked = store::erasure(portal.db.read().await?.conn(), erasure).await?;
    let Some(asked) = asked.filter(|asked| is_undone || asked.state == ErasureState::Waiting) else { return Ok(None) };
    let to = Email::parse(&asked.email).map_err(|error| Error::inconsistent("people", asked.person, error))?;
    let protocol = asked.protocol;
    let (word, content) = if is_undone {
        let by_purchase = asked.state == ErasureState::Undone(UndoneBy::Purchase);
        ("undone", Content::ErasureUndone { protocol, by_purchase, account: portal.url(Place::Account) })
    } else {
        let due_at = asked.due_at;
        ("asked", Content::ErasureAsked { protocol, due_at, erasure: portal.url(Place::Erasure) })
    };
    to_person(&format!("erasure-{erasure}-{word}"), to, asked.person, asked.language.unwrap_or_default(), content)
}

async fn waiting(portal: &Portal, change: EmailChangeId) -> Result<Option<EmailChange>, Error> {
    Ok(store::change(&portal.db, change).await?.filter(|change| change.waits(portal.now())))
}

fn asked(change: &EmailChange) -> RequestedFrom {
    RequestedFrom { at: change.asked_at, from: change.asked_from.clone(), browser: change.browser.clone() }
}

fn to_person(
    id: &str,
    to: Email,
    person: PersonId,
    language: Language,
    content: Content,
) -> Result<Option<Draft<Content>>, Error> {
    Ok(Some(Draft::new(id, to, language, TIME_ZONE.to_owned(), content).about_person(person)))
}
