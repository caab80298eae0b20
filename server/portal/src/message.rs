//! What a mail says, as data: the contents of all features' mails, and the trait of whoever puts them into words.

use crate::{
    access, account, billing, card, drawer, login, plan, portal_link, purchases, refund, sign_in, subscription,
};
pub use ground::letter::{Draft, Letter, Sender, Words};
use types::MailKind;

/// What a mail says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// About access.
    Access(access::Content),
    /// About a person's own account.
    Account(account::Content),
    /// About a charge.
    Billing(billing::Content),
    /// About a way to pay.
    Card(card::Content),
    /// About signing in with a password.
    Login(login::Content),
    /// What a producer asks to be sent.
    Drawer(drawer::Content),
    /// About a change of plan.
    Plan(plan::Content),
    /// With a link that a producer made.
    PortalLink(portal_link::Content),
    /// About a purchase.
    Purchase(purchases::Content),
    /// About a refund.
    Refund(refund::Content),
    /// About coming in.
    SignIn(sign_in::Content),
    /// About the end of a subscription.
    Subscription(subscription::Content),
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Access(content) => content.kind(),
            Self::Account(content) => content.kind(),
            Self::Billing(content) => content.kind(),
            Self::Card(content) => content.kind(),
            Self::Login(content) => content.kind(),
            Self::Drawer(content) => content.kind(),
            Self::Plan(content) => content.kind(),
            Self::PortalLink(content) => content.kind(),
            Self::Purchase(content) => content.kind(),
            Self::Refund(content) => content.kind(),
            Self::SignIn(content) => content.kind(),
            Self::Subscription(content) => content.kind(),
        }
    }
}

macro_rules! from {
    ($($feature:ident => $case:ident,)*) => {$(
        impl From<$feature::Content> for Content {
            fn from(content: $feature::Content) -> Self {
                Self::$case(content)
            }
        }
    )*};
}

from! {
    access => Access,
    account => Account,
    billing => Billing,
    card => Card,
    login => Login,
    drawer => Drawer,
    plan => Plan,
    portal_link => PortalLink,
    purchases => Purchase,
    refund => Refund,
    sign_in => SignIn,
    subscription => Subscription,
}

/// Puts a mail into words: implemented where the screens' texts are.
pub trait Writer: Send + Sync + 'static {
    /// Subject, text part and HTML part. Never fails: every mail has words in every language.
    /// Pictures are at the portal's own address, `base_url`.
    fn write(&self, draft: &Draft<Content>, base_url: &str) -> Words;
}
