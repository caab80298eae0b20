//! The home page.

use super::order::overdue;
use super::{HOSTILE, NOW, brl, payment, producer, subscription};
use types::view::{Alert, AlertKind, Due, HomeView, OrderRow, ProducerOrders};
use types::{
    Code, Currency, DeclineReason, Email, Method, Money, OrderKind, OrderStatus, PictureName, RefundState,
    SubscriptionStatus,
};

fn row(status: OrderStatus, refund: Option<RefundState>, plan: Option<SubscriptionStatus>) -> OrderRow {
    OrderRow {
        handle: "A-1~aurora".to_owned(),
        code: Code::parse("A-1").unwrap(),
        kind: OrderKind::OneOff,
        title: HOSTILE.to_owned(),
        picture: PictureName::parse(&"0123456789abcdef".repeat(4)).ok(),
        more_items: 2,
        ordered_at: NOW,
        total: brl(34_930),
        status,
        refund,
        refundable_until: Some(NOW),
        subscription: plan.map(subscription),
        installments: None,
        overdue: Some(overdue()),
        owed: None,
        payment: payment(),
        content_url: Some("https://escola.example/\"><b id=x".to_owned()),
    }
}

/// Something to be paid.
pub(crate) fn due(method: Method) -> Due {
    let due_on = Some("2026-12-25".to_owned());
    Due { amount: Money::new(4_990, Currency::BRL), method, due_on, is_open: method != Method::Card }
}

/// A home page with an order in every state.
pub(crate) fn home() -> HomeView {
    let by_status = OrderStatus::ALL.iter().map(|status| row(*status, None, None));
    let by_refund = RefundState::ALL.iter().map(|state| row(OrderStatus::Paid, Some(*state), None));
    let by_plan = SubscriptionStatus::ALL.iter().map(|status| row(OrderStatus::Paid, None, Some(*status)));
    let (reason, access_stops) = (Some(DeclineReason::ExpiredCard), Some(NOW));
    let kinds = [
        AlertKind::PastDue { reason, access_stops },
        AlertKind::PartLate { reason, access_stops },
        AlertKind::RefundFailed,
        AlertKind::PaymentPending,
        AlertKind::ToPay,
        AlertKind::AccessEnds(NOW),
    ];
    let alert = |kind: AlertKind| Alert {
        handle: "A-1~aurora".to_owned(),
        subscription: None,
        title: HOSTILE.to_owned(),
        time_zone: "America/Sao_Paulo".to_owned(),
        owed: kind.is_about_money().then(|| due(if kind == AlertKind::ToPay { Method::Pix } else { Method::Card })),
        kind,
    };
    HomeView {
        email: Email::parse("ana@example.com").unwrap(),
        producers: vec![ProducerOrders {
            producer: producer(),
            orders: by_status.chain(by_refund).chain(by_plan).collect(),
        }],
        erased_at: Some(NOW),
        alerts: kinds.map(alert).into(),
        has_any: true,
        next_cursor: Some("a&b".to_owned()),
    }
}
