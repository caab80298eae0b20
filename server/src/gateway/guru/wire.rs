//! Guru's objects as its API shows them, as far as they are read. Transactions have the shape that they have in
//! webhooks; subscriptions have their times beside the other fields.

use crate::hooks::guru::loose::Shape;
use crate::hooks::guru::wire::shapes;

pub(super) use crate::hooks::guru::wire::{Offer, Payment, Product, Transaction};

shapes! {
    /// Some of the objects of a kind, and from where on there are more.
    Page { data, has_more_pages, next_cursor }
    /// A subscription.
    Subscription {
        id, last_status, payment_method, cancel_at_cycle_end, cancelled_at, started_at, cycle_start_date,
        cycle_end_date, next_cycle_at, trial_finished_at, current_invoice, next_cycle_value, product, next_product,
    }
    /// What a subscription is to pay for a cycle, or for another plan.
    Invoice { status, r#type }
    /// The plans that a subscription can change to.
    Choices { upgrade, downgrade }
    /// One of them.
    Choice { id, value }
    /// What it would cost.
    Quote { balance, credit, currency, charge_date, days_until_complete_cycle }
    /// What became of a call.
    Outcome { status }
}
