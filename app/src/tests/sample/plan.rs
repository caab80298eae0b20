//! Plans, quotes and changes of plan.

use super::{HOSTILE, NOW, brl, payment, plan_price, producer};
use types::plan::{
    PlanChangeView, PlanChoice, PlanOwner, PlanPrice, PlanRefusal, PlanTarget, PlanView, QuoteLine, QuoteView,
    ScheduledPlan,
};
use types::{Code, DeclineReason, IntervalUnit, PlanChangeState, QuoteId, SubscriptionId};

pub(crate) fn scheduled() -> ScheduledPlan {
    ScheduledPlan { id: QuoteId(uuid::Uuid::nil()), plan: HOSTILE.to_owned(), price: plan_price(), at: NOW }
}

fn owner() -> PlanOwner {
    PlanOwner {
        subscription: SubscriptionId(uuid::Uuid::nil()),
        handle: "A-1~aurora".to_owned(),
        code: Code::parse("A-1").unwrap(),
        producer: producer(),
        plan: HOSTILE.to_owned(),
        price: PlanPrice { amount: brl(4990), interval: (IntervalUnit::Month, 1) },
        period_end: NOW,
        payment: payment(),
    }
}

/// Plans of every choice; or why there are none.
pub(crate) fn plans(refusal: Option<PlanRefusal>) -> PlanView {
    let choices = [
        PlanChoice::Now,
        PlanChoice::At(NOW),
        PlanChoice::Unknown,
        PlanChoice::OtherCurrency,
        PlanChoice::NotAPlan,
        PlanChoice::Closed,
        PlanChoice::Gateway,
    ];
    let target = |choice| PlanTarget {
        code: Code::parse("anual").unwrap(),
        name: HOSTILE.to_owned(),
        product: Some(HOSTILE.to_owned()),
        price: Some(plan_price()),
        choice,
    };
    PlanView { owner: owner(), scheduled: Some(scheduled()), refusal, targets: choices.map(target).into() }
}

pub(crate) fn plan_refusals() -> [PlanRefusal; 12] {
    [
        PlanRefusal::NotASubscription,
        PlanRefusal::Ended,
        PlanRefusal::Ending,
        PlanRefusal::PastDue,
        PlanRefusal::Paused,
        PlanRefusal::NotPaid,
        PlanRefusal::Disputed,
        PlanRefusal::Refund,
        PlanRefusal::Renewing,
        PlanRefusal::UnderWay(QuoteId(uuid::Uuid::nil())),
        PlanRefusal::ProducerOnly,
        PlanRefusal::NoTargets,
    ]
}

/// Quotes of every kind: paid now, at no charge, in a trial, with the renewal.
pub(crate) fn quotes() -> Vec<QuoteView> {
    let paid = QuoteView {
        id: Some(QuoteId(uuid::Uuid::nil())),
        owner: owner(),
        target: Code::parse("anual").unwrap(),
        plan: HOSTILE.to_owned(),
        price: plan_price(),
        is_now: true,
        is_trial: false,
        lines: vec![QuoteLine::Credit(brl(2256)), QuoteLine::Plan { amount: brl(4514), until: NOW }],
        due: brl(2258),
        installments_max: 3,
        begins_at: NOW,
        next_charge_at: NOW,
        expires_at: NOW,
        replaces: Some(HOSTILE.to_owned()),
        ends_discount: Some(30),
    };
    let days = QuoteLine::Days { amount: brl(2258), days: 8 };
    vec![
        QuoteView { lines: vec![days], due: brl(0), installments_max: 1, ..paid.clone() },
        QuoteView { is_trial: true, lines: vec![], due: brl(0), installments_max: 1, ..paid.clone() },
        QuoteView { is_now: false, lines: vec![], due: brl(0), installments_max: 1, ..paid.clone() },
        paid,
    ]
}

pub(crate) fn plan_change(state: PlanChangeState, decline: Option<DeclineReason>) -> PlanChangeView {
    PlanChangeView {
        id: QuoteId(uuid::Uuid::nil()),
        owner: owner(),
        state,
        from: HOSTILE.to_owned(),
        plan: HOSTILE.to_owned(),
        price: plan_price(),
        due: brl(2258),
        installments: 12,
        begins_at: NOW,
        next_charge_at: NOW,
        decline,
        pay_url: Some("javascript:alert(1)".to_owned()),
        open: None,
        is_not_returned: false,
    }
}
