//! What the mails about a person's own account say, as data. The words are the business of the screens.

use types::{Email, Instant, MailKind, Protocol};

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
