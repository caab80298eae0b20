//! The page of a card, and card updates.

use super::{HOSTILE, NOW, brl, payment, producer};
use types::view::{
    CardPlace, CardRefusal, CardUpdateView, CardView, OpenPayment, OtherPlan, OwedView, PaymentPage, PaymentView,
    SwapOutcome, SwapState,
};
use types::{CardUpdateId, Code, DeclineReason, Method, OrderKind, SubscriptionId};

/// The page of a card with everything on it.
pub(crate) fn payment_page(method: Method, refusal: Option<CardRefusal>) -> PaymentPage {
    let owed = OwedView {
        amount: brl(3990),
        due_at: NOW,
        failure: Some(DeclineReason::InsufficientFunds),
        waits_for: None,
        access_until: Some(NOW),
    };
    let open = OpenPayment {
        method,
        amount: brl(3990),
        code: HOSTILE.to_owned(),
        url: Some(format!("javascript:{HOSTILE}")),
        until: None,
        due_on: Some(HOSTILE.to_owned()),
        replaces: false,
    };
    PaymentPage {
        place: CardPlace::Subscription(SubscriptionId(uuid::Uuid::nil())),
        handle: "A-1".to_owned(),
        code: Code::parse("A-1").unwrap(),
        title: HOSTILE.to_owned(),
        producer: producer(),
        kind: OrderKind::Subscription,
        payment: PaymentView { method, ..payment() },
        owed: Some(owed),
        open: (method != Method::Card).then_some(open),
        refusal,
        methods: vec![Method::Pix, Method::Boleto],
        may_pay: true,
        pays: None,
        leads_to: Some("https://gateway.example".to_owned()),
    }
}

/// Every way in which a card update can stand.
pub(crate) fn card_updates() -> Vec<CardUpdateView> {
    let card = || CardView { brand: HOSTILE.to_owned(), last4: "4242".to_owned(), exp_month: 4, exp_year: 2031 };
    let saved = |outcome| SwapState::Saved { card: card(), outcome };
    let declined = DeclineReason::ALL.iter().map(|reason| SwapOutcome::Declined { reason: *reason, amount: brl(1) });
    let outcomes = [
        SwapOutcome::Nothing,
        SwapOutcome::Paid(brl(1)),
        SwapOutcome::PaidBefore(brl(1)),
        SwapOutcome::Void(brl(1)),
        SwapOutcome::Unknown,
    ];
    let mut states: Vec<SwapState> = outcomes.into_iter().chain(declined).map(saved).collect();
    states.push(saved(SwapOutcome::Action { url: "https://bank.example/\"><b id=x".to_owned() }));
    let gateway = || "https://gateway.example/\"><b id=x".to_owned();
    states.extend([
        SwapState::Open { url: gateway(), declined: None },
        SwapState::Open { url: gateway(), declined: Some(DeclineReason::IncorrectCvc) },
        SwapState::Closed,
        SwapState::Telling { card: card() },
    ]);
    let other = |is_changed| OtherPlan {
        id: SubscriptionId(uuid::Uuid::nil()),
        plan: HOSTILE.to_owned(),
        card: Some(card()),
        is_changed,
    };
    let view = |state| CardUpdateView {
        id: CardUpdateId(uuid::Uuid::nil()),
        page: payment_page(Method::Card, None),
        state,
        others: vec![other(false), other(true)],
        has_dead_code: true,
    };
    states.into_iter().map(view).collect()
}
