//! The addresses of producers: their area, and what a mail to a producer leads to.

use super::{Function, Token};
use crate::{LinkCampaignId, PortalLinkId, Protocol};

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

    /// A function that the code of a page in the producer's area calls.
    Function { function: Function } = "/producer/fn/{function}", Producer, Home;
}
