//! Card and ways to pay (rule 10): what is on file, what is owed, one button to the gateway's page and back, and the
//! result on the same screen.

pub mod form;
pub(crate) mod open;
pub mod page;
pub(crate) mod refusal;
pub(crate) mod result;
pub(crate) mod view;

use crate::route::{Route, get, post};
use types::place::buyer::Page;

/// What answers at its addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(Page::SubscriptionCard, page::of_subscription),
        post(Page::SubscriptionCard, form::swap_of_subscription),
        post(Page::SubscriptionPay, form::pay_of_subscription),
        post(Page::SubscriptionMethod, form::method_of_subscription),
        get(Page::SubscriptionCardUpdate, page::update_of_subscription),
        post(Page::SubscriptionCardUpdate, form::others_of_subscription),
        get(Page::OrderCard, page::of_order),
        post(Page::OrderCard, form::swap_of_order),
        post(Page::OrderPay, form::pay_of_order),
        get(Page::OrderCardUpdate, page::update_of_order),
        post(Page::OrderCardUpdate, form::others_of_order),
    ]
}
