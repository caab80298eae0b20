//! The addresses of producers: their area, and what a mail to a producer leads to.

use super::{Function, Handle, Token};
use crate::{
    ApiKeyId, Code, EventId, InvitationId, LinkCampaignId, LoginId, OrderViewId, PortalLinkId, Protocol, SessionId,
};

super::places! {
    /// A page or form of producers, and whose.
    Place<'a>

    /// A refund that waits for the producer's word. Whoever knows the token may answer: only the producer's mailbox got
    /// it.
    RefundRequest { token: Token } = "/refund-requests/{token}", Anyone, Home;

    /// The way into the area, where every sign-in leads.
    Home = "/producer", Producer, Home;
    /// Takes e-mail and password.
    SignIn = "/producer/sign-in", Anyone, Here;
    /// Takes the code of the second step.
    SignInCode = "/producer/sign-in/code", Anyone, Here;
    /// Asks for the address of whoever forgot the password.
    Password = "/producer/password", Anyone, Here;
    /// Takes another password, by the link of a mail.
    PasswordLink { token: Token } = "/producer/password/{token}", Anyone, Here;
    /// Accepts an invitation to work for a producer.
    Invitation { token: Token } = "/producer/invitations/{token}", Anyone, Here;
    /// Ends the session.
    SignOut = "/producer/sign-out", Anyone, Home;

    /// The producer's orders.
    Orders = "/producer/orders", Producer, Here;
    /// The same list as a file.
    OrdersFile = "/producer/orders.csv", Producer, Home;
    /// Keeps what is asked of the list, under a name.
    OrderViews = "/producer/views", Producer, Home;
    /// Forgets what was kept.
    OrderViewRemove { view: OrderViewId } = "/producer/views/{view}/remove", Producer, Home;

    /// Somebody's own login: password, second step, sessions, for whom they work.
    Account = "/producer/account", Producer, Here;
    /// Changes the password.
    AccountPassword = "/producer/account/password", Producer, Home;
    /// Shows a second step that is being set up, and begins one.
    SecondStep = "/producer/account/second-step", Producer, Here;
    /// Confirms it by its first code.
    SecondStepCode = "/producer/account/second-step/code", Producer, Home;
    /// Takes the second step away.
    SecondStepRemoval = "/producer/account/second-step/removal", Producer, Home;
    /// Makes other recovery codes.
    RecoveryCodes = "/producer/account/recovery-codes", Producer, Home;
    /// Ends all sessions.
    Sessions = "/producer/account/sessions", Producer, Home;
    /// Ends one session.
    Session { session: SessionId } = "/producer/account/sessions/{session}", Producer, Home;
    /// Goes on for another producer.
    Switch = "/producer/account/switch", Producer, Home;
    /// Asks for the password once more before something that opens or moves much.
    Proof = "/producer/proof", Producer, Here;
    /// The people of the producer; invites one.
    People = "/producer/people", Owner, Here;
    /// Withdraws an invitation.
    Invited { invitation: InvitationId } = "/producer/people/invitations/{invitation}", Owner, Home;
    /// Gives somebody another role.
    MemberRole { login: LoginId } = "/producer/people/{login}/role", Owner, Home;
    /// Somebody works for the producer no more.
    MemberRemoval { login: LoginId } = "/producer/people/{login}/removal", Owner, Home;
    /// Refunds that wait for the producer.
    Requests = "/producer/requests", Producer, Here;
    /// One of them, and the producer's answer.
    Request { protocol: Protocol } = "/producer/requests/{protocol}", Producer, Here;
    /// The producer's word that it is paid back by hand.
    RequestDone { protocol: Protocol } = "/producer/requests/{protocol}/done", Producer, Home;

    /// The links that the producer made, and one more.
    Links = "/producer/links", Producer, Here;
    /// Links for many orders at once.
    LinksBulk = "/producer/links/bulk", Producer, Here;
    /// The same as a file.
    LinksFile = "/producer/links.csv", Producer, Home;
    /// Mails a link.
    LinkSend { link: PortalLinkId } = "/producer/links/{link}/send", Producer, Home;
    /// Revokes a link.
    LinkRevoke { link: PortalLinkId } = "/producer/links/{link}/revoke", Producer, Home;
    /// Stops links for many orders.
    CampaignStop { campaign: LinkCampaignId } = "/producer/links/campaigns/{campaign}/stop", Producer, Home;

    /// What became of it all.
    Report = "/producer/report", Producer, Here;

    /// What the producer decides: the themes.
    Settings = "/producer/settings", Owner, Here;
    /// What buyers may do by themselves.
    SettingsBuyers = "/producer/settings/buyers", Owner, Here;
    /// What buyers would see of it.
    SettingsBuyersPreview = "/producer/settings/buyers/preview", Owner, Home;
    /// How a subscription ends, reasons and offers to stay.
    SettingsCancel = "/producer/settings/cancel", Owner, Here;
    /// What buyers would see of it.
    SettingsCancelPreview = "/producer/settings/cancel/preview", Owner, Home;
    /// Money back: days, and the deadline of answers.
    SettingsRefunds = "/producer/settings/refunds", Owner, Here;
    /// In how many days the money of each product comes back.
    SettingsWindows = "/producer/settings/refunds/windows", Owner, Home;
    /// Mails ahead of something, and charges that failed.
    SettingsMails = "/producer/settings/mails", Owner, Here;
    /// In whose name mails to buyers go out.
    SettingsSender = "/producer/settings/mails/sender", Owner, Home;
    /// Who the producer is, and how its pages look.
    SettingsIdentity = "/producer/settings/identity", Owner, Here;
    /// What buyers would see of it.
    SettingsIdentityPreview = "/producer/settings/identity/preview", Owner, Home;
    /// Takes a picture.
    SettingsLogo = "/producer/settings/identity/logo", Owner, Home;
    /// Takes the picture away.
    SettingsLogoRemove = "/producer/settings/identity/logo/remove", Owner, Home;
    /// The pictures of the products.
    SettingsPictures = "/producer/settings/pictures", Owner, Here;
    /// Takes a product's picture.
    SettingsPicture { product: Code } = "/producer/settings/pictures/{product}", Owner, Home;
    /// Takes it away.
    SettingsPictureRemove { product: Code } = "/producer/settings/pictures/{product}/remove", Owner, Home;
    /// The keys of the producer's programs.
    SettingsKeys = "/producer/settings/keys", Owner, Here;
    /// Ends a key.
    SettingsKeyRevoke { api_key: ApiKeyId } = "/producer/settings/keys/{api_key}/revoke", Owner, Home;
    /// The systems that send orders.
    SettingsSources = "/producer/settings/sources", Owner, Here;
    /// The producer's accounts at gateways.
    SettingsConnections = "/producer/settings/connections", Owner, Here;
    /// Looks at a connected account.
    SettingsConnectionTest { connection: Code } = "/producer/settings/connections/{connection}/test", Owner, Home;
    /// Puts it out of use, or in use again.
    SettingsConnectionSwitch { connection: Code } = "/producer/settings/connections/{connection}/switch", Owner, Home;
    /// Which plan may be changed to which.
    SettingsPlans = "/producer/settings/plans", Owner, Here;
    /// How long links live by which buyers come in.
    SettingsSignIn = "/producer/settings/sign-in", Owner, Here;
    /// Who changed what.
    SettingsHistory = "/producer/settings/history", Owner, Here;
    /// Takes a change back.
    SettingsUndo { event: EventId } = "/producer/settings/history/{event}/undo", Owner, Home;
    /// Takes the rules of one product away.
    SettingsFollow = "/producer/settings/follow", Owner, Home;
    /// One order, with everything that may be done about it.
    Order { handle: Handle } = "/producer/orders/{handle}", Producer, Here;
    /// Puts its address right.
    OrderEmail { handle: Handle } = "/producer/orders/{handle}/email", Producer, Home;
    /// Sends a mail about it once more.
    OrderMail { handle: Handle } = "/producer/orders/{handle}/mail", Producer, Home;
    /// Mails a link to one of its places.
    OrderLink { handle: Handle } = "/producer/orders/{handle}/links", Producer, Home;
    /// Tells its member areas once more.
    OrderAccess { handle: Handle } = "/producer/orders/{handle}/access", Producer, Home;
    /// Keeps a note about it.
    OrderNote { handle: Handle } = "/producer/orders/{handle}/notes", Producer, Home;
    /// Cancels its subscription.
    OrderCancel { handle: Handle } = "/producer/orders/{handle}/cancel", Producer, Home;
    /// Takes that back.
    OrderUndo { handle: Handle } = "/producer/orders/{handle}/undo-cancel", Producer, Home;
    /// Gives money back.
    OrderRefund { handle: Handle } = "/producer/orders/{handle}/refund", Producer, Here;
    /// Answers a request for money.
    OrderAnswer { handle: Handle, protocol: Protocol } =
        "/producer/orders/{handle}/refund/{protocol}/answer", Producer, Home;
    /// Says that money was paid back by hand.
    OrderDone { handle: Handle, protocol: Protocol } =
        "/producer/orders/{handle}/refund/{protocol}/done", Producer, Home;

    /// A function that the code of a page in the producer's area calls.
    Function { function: Function } = "/producer/fn/{function}", Producer, Home;
}
