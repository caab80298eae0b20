//! What the mails about coming in say, as data. The words are the business of the screens.

use types::{Instant, MailKind};

/// What a mail about coming in says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// The link and the code that bring a buyer in.
    Link {
        /// Address of the link page.
        url: String,
        /// Eight characters.
        code: String,
        /// When both end.
        expires_at: Instant,
        /// When it was asked for.
        asked_at: Instant,
        /// Network address it was asked from.
        asked_from: String,
        /// The browser it was asked from, as it names itself, shortened.
        browser: String,
        /// The product, when the link leads to an order.
        product: Option<String>,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Link { .. } => MailKind::SignInLink,
        }
    }
}
