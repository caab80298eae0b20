//! The addresses of producers: their area, and what a mail to a producer leads to.

use super::{Function, Handle, Token};
use crate::Protocol;

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
