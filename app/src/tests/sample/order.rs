//! An order with every block filled, and what stands in it.

use super::{HOSTILE, NOW, brl, payment, producer, protocol, subscription};
use types::view::{
    AccessView, ChargeView, InstallmentView, ItemView, OrderView, OverdueView, PayeePageView, RefundOffer, RefundView,
    SaleView, SoldLine, TimelineEntry, TimelineEvent,
};
use types::{
    ChargeStatus, Code, DeclineReason, Email, InvoiceState, ItemId, Line, Method, OrderKind, OrderStatus, PictureName,
    PostalAddress, RefundState, SaleDetails, SubscriptionStatus,
};

/// Every way in which access can stand.
pub(crate) fn accesses() -> Vec<AccessView> {
    let content_url = Some("https://escola.example/\"><b id=x".to_owned());
    vec![
        AccessView::NotManaged,
        AccessView::None,
        AccessView::Sending,
        AccessView::Delayed { since: NOW },
        AccessView::Confirmed { at: NOW, until: Some(NOW), content_url },
        AccessView::Ending,
        AccessView::Removed { at: NOW },
    ]
}

/// Every answer to "may I have my money back".
pub(crate) fn offers() -> Vec<RefundOffer> {
    vec![
        RefundOffer::Open { until: NOW, amount: brl(29_700) },
        RefundOffer::Closed { until: NOW },
        RefundOffer::NotPaid,
        RefundOffer::ChargeNotReported,
        RefundOffer::NothingLeft,
        RefundOffer::UnderWay,
        RefundOffer::Disputed,
    ]
}

/// An instalment in every state.
fn installments() -> Vec<InstallmentView> {
    let states = InvoiceState::ALL.iter().copied().map(Some).chain([None]);
    let installment = |(number, state)| InstallmentView { number, due_at: NOW, amount: brl(4990), state };
    (1..).zip(states).map(installment).collect()
}

pub(crate) fn refund(state: RefundState) -> RefundView {
    RefundView {
        protocol: protocol(),
        state,
        amount: brl(29_700),
        back: brl(if state == RefundState::Failed { 9_990 } else { 0 }),
        items: vec![HOSTILE.to_owned()],
        requested_at: NOW,
        asking_since: (state == RefundState::Reconciling).then_some(NOW),
        sent_at: (state == RefundState::Sent || state == RefundState::Settled).then_some(NOW),
        ended_at: (state == RefundState::Settled).then_some(NOW),
        answer_by: None,
        answer: None,
        is_given: false,
        may_be_withdrawn: state == RefundState::Requested,
        is_by_hand: state == RefundState::Approved,
        by_hand_since: (state == RefundState::Approved).then_some(NOW),
        waits_for_payee: state == RefundState::Reconciling,
        payee: Some(HOSTILE.to_owned()),
        payee_pages: Vec::new(),
    }
}

/// A refund that waits at these pages of gateways.
pub(crate) fn refund_at(pages: &[Option<&str>]) -> RefundView {
    let page = |url: &Option<&str>| PayeePageView { amount: brl(4990), since: NOW, url: url.map(str::to_owned) };
    RefundView { payee_pages: pages.iter().map(page).collect(), ..refund(RefundState::Sent) }
}

fn items() -> Vec<ItemView> {
    let item = |(index, access): (usize, AccessView)| ItemView {
        id: ItemId(uuid::Uuid::from_u128(index as u128 + 1)),
        name: HOSTILE.to_owned(),
        offer: Some(format!("{HOSTILE}!")),
        amount: brl(4990),
        sold: SoldLine { name: HOSTILE.to_owned(), offer: Some(HOSTILE.to_owned()), amount: brl(4990) },
        picture: PictureName::parse(&"0123456789abcdef".repeat(4)).ok(),
        is_bump: index == 1,
        refund: RefundState::ALL.get(index).copied().filter(|_| index > 2),
        refundable: index < 2,
        askable: index == 2,
        access,
    };
    accesses().into_iter().enumerate().map(item).collect()
}

fn charges() -> Vec<ChargeView> {
    let charge = |status: &ChargeStatus| ChargeView {
        id: types::ChargeId(uuid::Uuid::nil()),
        amount: brl(29_700),
        status: *status,
        method: Method::Pix,
        installments: 3,
        created_at: NOW,
        paid_at: (*status == ChargeStatus::Paid).then_some(NOW),
        payment_code: Some(HOSTILE.to_owned()),
        payment_url: Some("javascript:alert(1)".to_owned()),
        due_on: Some("2026-11-24".to_owned()),
        back_by_source: (*status == ChargeStatus::Refunded).then_some((NOW, brl(29_700))),
        period: Some((NOW, NOW)),
    };
    ChargeStatus::ALL.iter().map(charge).collect()
}

fn timeline() -> Vec<TimelineEntry> {
    let events = [
        TimelineEvent::Ordered,
        TimelineEvent::Paid,
        TimelineEvent::AccessConfirmed,
        TimelineEvent::AccessRemoved,
        TimelineEvent::RefundRequested(protocol()),
        TimelineEvent::RefundSent(protocol()),
        TimelineEvent::RefundSettled(protocol()),
        TimelineEvent::RefundFailed(protocol()),
        TimelineEvent::RefundDeclined(protocol()),
        TimelineEvent::RefundWithdrawn(protocol()),
        TimelineEvent::SubscriptionCanceled,
        TimelineEvent::MailSent(types::MailKind::Purchase),
        TimelineEvent::CardChanged,
    ];
    events.into_iter().map(|event| TimelineEntry { at: NOW, event }).collect()
}

fn sale() -> SaleView {
    let line = |text: &str| Line::parse(text).ok();
    SaleView {
        tax_id: Some("529.982.247-25".to_owned()),
        phone: Some("+5511999990001".to_owned()),
        address: PostalAddress { street: line("Rua das Flores"), number: line("120"), ..PostalAddress::default() },
        details: SaleDetails {
            coupon: line("BEMVINDO10"),
            subtotal: Some(35_930),
            discount: Some(1_000),
            taxes: Some(500),
            transaction: line("NSU-1"),
        },
    }
}

/// An order with every block filled.
pub(crate) fn order(status: OrderStatus, offer: RefundOffer, plan: Option<SubscriptionStatus>) -> OrderView {
    OrderView {
        handle: "A-1~aurora".to_owned(),
        code: Code::parse("A-1").unwrap(),
        producer: producer(),
        kind: OrderKind::OneOff,
        status,
        buyer_name: HOSTILE.to_owned(),
        sale: sale(),
        email: Email::parse("ana@example.com").unwrap(),
        ordered_at: NOW,
        paid_at: (status == OrderStatus::Paid).then_some(NOW),
        total: brl(34_930),
        sold: brl(34_930),
        refunded: brl(4990),
        payment: payment(),
        items: items(),
        charges: charges(),
        subscription: plan.map(subscription),
        is_billed_here: true,
        changes_plans: true,
        takes_cards: true,
        installments: installments(),
        overdue: Some(overdue()),
        has_calendar: false,
        refund_offer: offer,
        refunds: RefundState::ALL.iter().map(|state| refund(*state)).collect(),
        timeline: timeline(),
    }
}

pub(super) fn overdue() -> OverdueView {
    OverdueView {
        since: Some(NOW),
        amount: brl(4990),
        method: Method::Card,
        reason: Some(DeclineReason::InsufficientFunds),
        retries: vec![NOW, NOW],
        access_stops: Some(NOW),
    }
}
