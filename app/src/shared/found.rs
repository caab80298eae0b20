//! An order of a list, as producers and staff see it.

use crate::status::{Standing, order_chip};
use crate::text::Texts;
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portal::search::FoundOrder;
use types::{OrderKind, OrderStatus};

/// Its chip.
pub(crate) fn chip(texts: Texts, order: &FoundOrder) -> impl IntoView + use<> {
    let standing = Standing {
        status: order.status,
        refund: order.refund,
        plan: order.plan,
        kind: order.kind,
        installments: None,
        has_late_installment: order.is_overdue,
        is_free: order.total.amount == 0 && order.status == OrderStatus::Paid,
    };
    order_chip(texts, standing)
}

/// Its first item, and how many stand behind it.
pub(crate) fn title(texts: Texts, order: &FoundOrder) -> String {
    match order.more_items {
        0 => order.title.clone(),
        more => format!("{} {}", order.title, texts.with("and-more", &[("count", more.into())])),
    }
}

/// The name of a kind.
pub(crate) fn kind(texts: Texts, kind: OrderKind) -> String {
    texts.text(match kind {
        OrderKind::OneOff => "orders-kind-once",
        OrderKind::Subscription => "orders-kind-subscription",
        OrderKind::SmartInstallments => "orders-kind-installments",
        OrderKind::SlipInstallments => "orders-kind-slips",
    })
}

/// An address with what is asked behind it.
pub(crate) fn asked(path: &str, pairs: &[(&str, &str)]) -> String {
    match question(pairs) {
        question if question.is_empty() => path.to_owned(),
        question => format!("{path}?{question}"),
    }
}

/// What stands behind the `?` of an address.
pub(crate) fn question(pairs: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC));
    pairs.iter().map(pair).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_cannot_end_its_address() {
        assert_eq!(asked("/x", &[]), "/x");
        assert_eq!(asked("/x", &[("q", "a&b=c #?"), ("to", "1")]), "/x?q=a%26b%3Dc%20%23%3F&to=1");
    }
}
