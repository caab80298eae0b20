//! The page of a subscription.

use super::order::{offers, order, overdue};
use super::{HOSTILE, NOW, brl, protocol, subscription};
use types::view::{
    ActionRefusal, CancellationView, NextCharge, RetentionOffer, RetentionView, SubscriptionAction, SubscriptionPage,
};
use types::{CancellationState, OrderStatus, SubscriptionStatus};

/// A subscription with everything that its page can say.
pub(crate) fn subscription_page(
    status: SubscriptionStatus,
    state: CancellationState,
    offer: RetentionOffer,
) -> SubscriptionPage {
    let refusals = [
        ActionRefusal::Installments,
        ActionRefusal::Ending { until: NOW },
        ActionRefusal::Ended,
        ActionRefusal::PastDue,
        ActionRefusal::Producer,
        ActionRefusal::Gateway,
    ];
    let refused = refusals.map(|refusal| (SubscriptionAction::Card, Some(refusal)));
    SubscriptionPage {
        order: order(OrderStatus::Paid, offers().remove(0), Some(status)),
        plan: subscription(status),
        next: Some(NextCharge { at: NOW, amount: brl(3493), percent: Some(30) }),
        overdue: Some(overdue()),
        cancellation: Some(CancellationView {
            protocol: protocol(),
            state,
            asked_at: NOW,
            effective_at: NOW,
            can_undo: state == CancellationState::Asked,
            is_by_producer: state == CancellationState::Done,
            is_being_told: false,
        }),
        retention: Some(RetentionView { accepted_at: NOW, offer: Some(offer) }),
        actions: refused
            .into_iter()
            .chain([(SubscriptionAction::Cancel, None), (SubscriptionAction::Card, None)])
            .collect(),
    }
}

/// Everything that may be offered instead of cancelling.
pub(crate) fn retention_offers() -> Vec<RetentionOffer> {
    vec![
        RetentionOffer::Discount { percent: 30, cycles: 3, price: brl(3493) },
        RetentionOffer::Pause { from: NOW, until: NOW },
        RetentionOffer::Plan { name: HOSTILE.to_owned(), price: brl(990) },
        RetentionOffer::Message,
    ]
}
