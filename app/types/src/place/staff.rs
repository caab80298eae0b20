//! The addresses of the support staff.

use crate::OrderId;

super::places! {
    /// A page or form of the staff, and whose.
    Place<'a>

    /// The one box, and what it finds.
    Search = "/admin", Staff, Here;
    /// Ends the session.
    SignOut = "/admin/sign-out", Anyone, Home;
    /// An order.
    Order { id: OrderId } = "/admin/orders/{id}", Staff, Here;
}
