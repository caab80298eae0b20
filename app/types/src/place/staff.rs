//! The addresses of the support staff.

use crate::OrderId;

super::places! {
    /// A page or form of the staff, and whose.
    Place<'a>

    /// One order, for looking at.
    Order { id: OrderId } = "/admin/orders/{id}", Staff, Here;
    /// Shows one of the things that are masked there.
    OrderField { id: OrderId } = "/admin/orders/{id}/reveal", Staff, Home;
    /// Ends the session.
    SignOut = "/admin/sign-out", Anyone, Home;
}
