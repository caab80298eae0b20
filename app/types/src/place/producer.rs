//! The addresses of producers: their area, and what a mail to a producer leads to.

use super::{Function, Token};
use crate::{ApiKeyId, EventId};

super::places! {
    /// A page or form of producers, and whose.
    Place<'a>

    /// A refund that waits for the producer's word. Whoever knows the token may answer: only the producer's mailbox got
    /// it.
    RefundRequest { token: Token } = "/refund-requests/{token}", Anyone, Home;

    /// The way into the area, where every sign-in leads.
    Home = "/producer", Producer, Home;
    /// Ends the session.
    SignOut = "/producer/sign-out", Anyone, Home;

    /// The producer's orders.
    Orders = "/producer/orders", Producer, Here;

    /// What the producer decides: the themes.
    Settings = "/producer/settings", Producer, Here;
    /// What buyers may do by themselves.
    SettingsBuyers = "/producer/settings/buyers", Producer, Here;
    /// What buyers would see of it.
    SettingsBuyersPreview = "/producer/settings/buyers/preview", Producer, Home;
    /// How a subscription ends, reasons and offers to stay.
    SettingsCancel = "/producer/settings/cancel", Producer, Here;
    /// What buyers would see of it.
    SettingsCancelPreview = "/producer/settings/cancel/preview", Producer, Home;
    /// Money back: days, and the deadline of answers.
    SettingsRefunds = "/producer/settings/refunds", Producer, Here;
    /// In how many days the money of each product comes back.
    SettingsWindows = "/producer/settings/refunds/windows", Producer, Home;
    /// Mails ahead of something, and charges that failed.
    SettingsMails = "/producer/settings/mails", Producer, Here;
    /// In whose name mails to buyers go out.
    SettingsSender = "/producer/settings/mails/sender", Producer, Home;
    /// Who the producer is, and how its pages look.
    SettingsIdentity = "/producer/settings/identity", Producer, Here;
    /// What buyers would see of it.
    SettingsIdentityPreview = "/producer/settings/identity/preview", Producer, Home;
    /// Takes a picture.
    SettingsLogo = "/producer/settings/identity/logo", Producer, Home;
    /// Takes the picture away.
    SettingsLogoRemove = "/producer/settings/identity/logo/remove", Producer, Home;
    /// The keys of the producer's programs.
    SettingsKeys = "/producer/settings/keys", Producer, Here;
    /// Ends a key.
    SettingsKeyRevoke { key: ApiKeyId } = "/producer/settings/keys/{key}/revoke", Producer, Home;
    /// The systems that send orders.
    SettingsSources = "/producer/settings/sources", Producer, Here;
    /// The producer's accounts at gateways.
    SettingsConnections = "/producer/settings/connections", Producer, Here;
    /// Which plan may be changed to which.
    SettingsPlans = "/producer/settings/plans", Producer, Here;
    /// How long links live by which buyers come in.
    SettingsSignIn = "/producer/settings/sign-in", Producer, Here;
    /// Who changed what.
    SettingsHistory = "/producer/settings/history", Producer, Here;
    /// Takes a change back.
    SettingsUndo { event: EventId } = "/producer/settings/history/{event}/undo", Producer, Home;
    /// Takes the rules of one product away.
    SettingsFollow = "/producer/settings/follow", Producer, Home;

    /// A function that the code of a page in the producer's area calls.
    Function { function: Function } = "/producer/fn/{function}", Producer, Home;
}
