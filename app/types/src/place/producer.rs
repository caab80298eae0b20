//! The addresses of producers: their area, and what a mail to a producer leads to.

use super::{Function, Handle, Token};
use crate::OrderViewId;

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
    /// The same list as a file.
    OrdersFile = "/producer/orders.csv", Producer, Home;
    /// One of them.
    Order { handle: Handle } = "/producer/orders/{handle}", Producer, Here;
    /// Keeps what is asked of the list, under a name.
    OrderViews = "/producer/views", Producer, Home;
    /// Forgets what was kept.
    OrderViewRemove { view: OrderViewId } = "/producer/views/{view}/remove", Producer, Home;

    /// A function that the code of a page in the producer's area calls.
    Function { function: Function } = "/producer/fn/{function}", Producer, Home;
}
