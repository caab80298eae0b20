//! One order of a list.

use types::{
    Code, Email, Instant, Method, Money, OrderId, OrderKind, OrderStatus, ProducerId, RefundState, Slug,
    SubscriptionStatus,
};

/// Whose an order is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderSeller {
    /// The producer.
    pub id: ProducerId,
    /// Its short name.
    pub slug: Slug,
    /// The name buyers see.
    pub name: String,
    /// The zone in which it counts days.
    pub time_zone: String,
}

/// An order as a list shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundOrder {
    /// Its id.
    pub id: OrderId,
    /// Who sold it.
    pub seller: OrderSeller,
    /// The producer's code.
    pub code: Code,
    /// How the order is paid for: once, in instalments, again and again.
    pub kind: OrderKind,
    /// Where the order stands now.
    pub status: OrderStatus,
    /// The buyer's address.
    pub email: Email,
    /// The buyer's name.
    pub buyer_name: String,
    /// CPF or CNPJ, as it came.
    pub tax_id: Option<String>,
    /// Phone number, as it came.
    pub phone: Option<String>,
    /// Name of its first item.
    pub title: String,
    /// How many items stand behind the first.
    pub more_items: i64,
    /// Sum of the items.
    pub total: Money,
    /// The way in which it is paid.
    pub method: Method,
    /// The last four digits of its card.
    pub last4: Option<String>,
    /// Year and month in which its card ends.
    pub card_end: Option<(i64, i64)>,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// Where its subscription stands.
    pub plan: Option<SubscriptionStatus>,
    /// Where its latest refund stands.
    pub refund: Option<RefundState>,
    /// Whether a charge of its subscription or an instalment is overdue.
    pub is_overdue: bool,
    /// Whether it has the product that was asked for.
    pub(super) has_product: bool,
}

impl FoundOrder {
    /// Where it stands in a list: newest first, of one instant by code.
    pub(super) fn place(&self) -> (i64, &str) {
        (self.ordered_at.micros(), self.code.as_str())
    }
}
