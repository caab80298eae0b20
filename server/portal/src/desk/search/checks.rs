//! What a row must agree with beside the mark by which its stream found it.

use super::filter::Filter;
use super::found::FoundOrder;
use super::shape::{has_words, is_phone};
use super::stream::Branch;
use types::{Instant, Method, OrderKind, OrderRisk, OrderStatus, RefundState, SubscriptionStatus};

/// A filter and the calendar that it is read by.
#[derive(Clone, Debug)]
pub(super) struct Checks {
    pub filter: Filter,
    pub from: Option<Instant>,
    /// Year and month of the cards that are about to fail: last month, this one and the next.
    pub months: [(i64, i64); 3],
}

impl Checks {
    /// Returns whether an order is one of those that are asked for.
    pub(super) fn takes(&self, branch: &Branch, order: &FoundOrder) -> bool {
        let Filter { status, kind, product, risk, .. } = &self.filter;
        status.is_none_or(|status| order.status == status)
            && kind.is_none_or(|kind| order.kind == kind)
            && (product.is_none() || order.has_product)
            && risk.is_none_or(|risk| self.is_at_risk(risk, order))
            && self.from.is_none_or(|from| order.ordered_at >= from)
            && has_words(&order.buyer_name, &branch.names)
            && branch.phone.as_ref().is_none_or(|before| is_phone(order.phone.as_deref(), before))
    }

    /// Whether rows of this branch may be refused.
    pub(super) fn is_needed(&self, branches: &[Branch]) -> bool {
        let Filter { status, kind, product, risk, .. } = &self.filter;
        let asked = [status.is_some(), kind.is_some(), product.is_some(), risk.is_some()];
        let asked = asked.into_iter().filter(|is_asked| *is_asked).count();
        // The one filter that drives is true of each row.
        let is_driven = self.filter.text.is_none();
        asked > usize::from(is_driven) || !branches.iter().all(Branch::is_exact)
    }

    fn is_at_risk(&self, risk: OrderRisk, order: &FoundOrder) -> bool {
        match risk {
            OrderRisk::Money => {
                order.status == OrderStatus::Disputed || order.is_overdue || self.has_failing_card(order)
            }
            OrderRisk::Overdue => order.is_overdue,
            OrderRisk::Card => self.has_failing_card(order),
            OrderRisk::Refund => order.refund == Some(RefundState::Requested),
        }
    }

    /// An order that is still charged by a card that ended or is about to.
    fn has_failing_card(&self, order: &FoundOrder) -> bool {
        use SubscriptionStatus::{Active, PastDue, Paused, Trialing};
        order.method == Method::Card
            && matches!(order.kind, OrderKind::Subscription | OrderKind::SmartInstallments)
            && matches!(order.status, OrderStatus::Paid | OrderStatus::PartlyRefunded)
            && order.plan.is_none_or(|plan| matches!(plan, Trialing | Active | PastDue | Paused))
            && order.card_end.is_some_and(|end| self.months.contains(&end))
    }
}
