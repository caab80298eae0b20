//! Views with everything in them, and with names that would be markup if somebody forgot to escape them.

use types::plan::{
    PlanChangeView, PlanChoice, PlanOwner, PlanPrice, PlanRefusal, PlanTarget, PlanView, QuoteLine, QuoteView,
    ScheduledPlan,
};
use types::view::{
    AccessView, AccountView, ActionRefusal, Alert, AlertKind, BillingData, CancellationView, CardPlace, CardRefusal,
    CardUpdateView, CardView, ChargeView, DocumentKind, DocumentView, ErasureOffer, ErasureView, HomeView, ItemView,
    NextCharge, OpenMatter, OpenPayment, OrderRow, OrderView, OtherPlan, OverdueView, OwedView, PartView, PaymentPage,
    PaymentView, RefundOffer, RefundView, RetentionOffer, RetentionView, SellerOrders, SellerView, SessionView,
    SubscriptionAction, SubscriptionPage, SubscriptionView, SwapOutcome, SwapState, TermsItem, TermsPlan, TermsView,
    TimelineEntry, TimelineEvent,
};
use types::{
    CancellationState, CardUpdateId, ChargeStatus, Code, Currency, DeclineReason, Email, Instant, IntervalUnit,
    InvoiceState, ItemId, Method, Money, OrderKind, OrderStatus, PlanChangeState, Protocol, QuoteId, RefundState,
    SubscriptionId, SubscriptionStatus,
};

/// A name that closes tags and quotes.
pub(crate) const HOSTILE: &str = "</title><b id=x onclick='y'>\"&";
/// 20 November 2026, 12:00 UTC.
pub(crate) const NOW: Instant = Instant::from_seconds(1_795_176_000);

pub(crate) fn brl(amount: i64) -> Money {
    Money::new(amount, Currency::BRL)
}

fn protocol() -> Protocol {
    Protocol::on_file("R-7K2M-94QX".to_owned())
}

pub(crate) fn seller() -> SellerView {
    SellerView {
        name: HOSTILE.to_owned(),
        slug: "aurora".to_owned(),
        contact: Email::parse("contato@aurora.example").unwrap(),
        time_zone: "America/Sao_Paulo".to_owned(),
    }
}

pub(crate) fn payment() -> PaymentView {
    let card = CardView { brand: HOSTILE.to_owned(), last4: "4242".to_owned(), exp_month: 4, exp_year: 2031 };
    PaymentView { method: Method::Card, card: Some(card) }
}

pub(crate) fn subscription(status: SubscriptionStatus) -> SubscriptionView {
    SubscriptionView {
        id: SubscriptionId(uuid::Uuid::nil()),
        plan: HOSTILE.to_owned(),
        price: brl(3990),
        interval: (IntervalUnit::Month, 1),
        status,
        period_start: NOW,
        period_end: NOW,
        discount: Some(30),
        next_charge_at: (status != SubscriptionStatus::Ending).then_some(NOW),
        canceled_at: Some(NOW),
        scheduled: Some(scheduled()),
    }
}

pub(crate) fn plan_price() -> PlanPrice {
    PlanPrice { amount: brl(49_900), interval: (IntervalUnit::Year, 1) }
}

pub(crate) fn scheduled() -> ScheduledPlan {
    ScheduledPlan { id: QuoteId(uuid::Uuid::nil()), plan: HOSTILE.to_owned(), price: plan_price(), at: NOW }
}

fn owner() -> PlanOwner {
    PlanOwner {
        subscription: SubscriptionId(uuid::Uuid::nil()),
        handle: "A-1~aurora".to_owned(),
        code: Code::parse("A-1").unwrap(),
        seller: seller(),
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
        PlanRefusal::SellerOnly,
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
        begins_at: NOW,
        next_charge_at: NOW,
        decline,
        pay_url: Some("javascript:alert(1)".to_owned()),
        open: None,
        is_not_returned: false,
    }
}

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
        RefundOffer::ChargeUntold,
        RefundOffer::NothingLeft,
        RefundOffer::UnderWay,
        RefundOffer::Disputed,
    ]
}

/// A part in every state.
fn parts() -> Vec<PartView> {
    let states = InvoiceState::ALL.iter().copied().map(Some).chain([None]);
    let part = |(number, state)| PartView { number, due_at: NOW, amount: brl(4990), state };
    (1..).zip(states).map(part).collect()
}

pub(crate) fn refund(state: RefundState) -> RefundView {
    RefundView {
        protocol: protocol(),
        state,
        amount: brl(29_700),
        back: brl(if state == RefundState::Failed { 9_990 } else { 0 }),
        items: vec![HOSTILE.to_owned()],
        requested_at: NOW,
        sent_at: (state == RefundState::Sent || state == RefundState::Settled).then_some(NOW),
        ended_at: (state == RefundState::Settled).then_some(NOW),
        answer_by: None,
        answer: None,
        may_be_withdrawn: state == RefundState::Requested,
        is_by_hand: state == RefundState::Approved,
        waits_for_payee: state == RefundState::Reconciling,
        payee: Some(HOSTILE.to_owned()),
    }
}

fn items() -> Vec<ItemView> {
    let item = |(index, access): (usize, AccessView)| ItemView {
        id: ItemId(uuid::Uuid::from_u128(index as u128 + 1)),
        name: HOSTILE.to_owned(),
        offer: Some(format!("{HOSTILE}!")),
        amount: brl(4990),
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

/// An order with every block filled.
pub(crate) fn order(status: OrderStatus, offer: RefundOffer, plan: Option<SubscriptionStatus>) -> OrderView {
    OrderView {
        handle: "A-1~aurora".to_owned(),
        code: Code::parse("A-1").unwrap(),
        seller: seller(),
        kind: OrderKind::OneOff,
        status,
        buyer_name: HOSTILE.to_owned(),
        email: Email::parse("ana@example.com").unwrap(),
        ordered_at: NOW,
        paid_at: (status == OrderStatus::Paid).then_some(NOW),
        total: brl(34_930),
        refunded: brl(4990),
        payment: payment(),
        items: items(),
        charges: charges(),
        subscription: plan.map(subscription),
        parts: parts(),
        overdue: Some(overdue()),
        refund_offer: offer,
        refunds: RefundState::ALL.iter().map(|state| refund(*state)).collect(),
        timeline: timeline(),
    }
}

fn overdue() -> OverdueView {
    OverdueView {
        since: Some(NOW),
        amount: brl(4990),
        reason: Some(DeclineReason::InsufficientFunds),
        retries: vec![NOW, NOW],
        access_stops: Some(NOW),
    }
}

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
        ActionRefusal::Seller,
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

fn row(status: OrderStatus, refund: Option<RefundState>, plan: Option<SubscriptionStatus>) -> OrderRow {
    OrderRow {
        handle: "A-1~aurora".to_owned(),
        code: Code::parse("A-1").unwrap(),
        kind: OrderKind::OneOff,
        title: HOSTILE.to_owned(),
        more_items: 2,
        ordered_at: NOW,
        total: brl(34_930),
        status,
        refund,
        refundable_until: Some(NOW),
        subscription: plan.map(subscription),
        overdue: Some(overdue()),
        payment: payment(),
        content_url: Some("https://escola.example/\"><b id=x".to_owned()),
    }
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
        AlertKind::ToPay { amount: Money::new(4_990, Currency::BRL), method: Method::Pix },
        AlertKind::AccessEnds(NOW),
    ];
    let alert = |kind| Alert {
        handle: "A-1~aurora".to_owned(),
        title: HOSTILE.to_owned(),
        time_zone: "America/Sao_Paulo".to_owned(),
        kind,
    };
    HomeView {
        email: Email::parse("ana@example.com").unwrap(),
        sellers: vec![SellerOrders { seller: seller(), orders: by_status.chain(by_refund).chain(by_plan).collect() }],
        alerts: kinds.map(alert).into(),
        has_any: true,
        next_cursor: Some("a&b".to_owned()),
    }
}

/// An account with everything in it.
pub(crate) fn account() -> AccountView {
    let session = |is_this| SessionView {
        id: types::SessionId(uuid::Uuid::nil()),
        browser: HOSTILE.to_owned(),
        address: HOSTILE.to_owned(),
        since: NOW,
        seen: NOW,
        is_this,
    };
    AccountView {
        email: Email::parse("ana@example.com").unwrap(),
        name: HOSTILE.to_owned(),
        phone: Some(HOSTILE.to_owned()),
        tax_id: types::TaxId::parse("12ABC34501DE35").ok(),
        language: None,
        new_email: Some((Email::parse("bia@example.com").unwrap(), NOW)),
        sessions: vec![session(true), session(false)],
        years: vec![2026, 2025],
        erasure: Some(erasure()),
    }
}

fn erasure() -> ErasureView {
    ErasureView { protocol: protocol(), requested_at: NOW, due_at: NOW }
}

/// Every way in which the page about erasing can stand.
pub(crate) fn erasures() -> Vec<ErasureOffer> {
    let free = ErasureOffer {
        email: Email::parse("ana@example.com").unwrap(),
        open: Vec::new(),
        kept_until: Some("2031-11-20".to_owned()),
        waiting: None,
    };
    let matters = [OpenMatter::Refund, OpenMatter::Subscription, OpenMatter::Payment, OpenMatter::Dispute];
    vec![
        ErasureOffer { kept_until: None, ..free.clone() },
        ErasureOffer { waiting: Some(erasure()), ..free.clone() },
        ErasureOffer { open: matters.map(|matter| (matter, "A-1~aurora".to_owned())).into(), ..free.clone() },
        free,
    ]
}

pub(crate) fn billing() -> BillingData {
    let text = || Some(HOSTILE.to_owned());
    BillingData { name: HOSTILE.to_owned(), tax_id: text(), address: text() }
}

/// Every kind of document.
pub(crate) fn documents() -> Vec<DocumentView> {
    let note = |is_settled| DocumentKind::CreditNote { protocol: protocol(), is_settled };
    let receipt =
        |refunded| DocumentKind::Receipt { charge: types::ChargeId(uuid::Uuid::nil()), refunded: brl(refunded) };
    let document = |kind| DocumentView {
        handle: "A-1~aurora".to_owned(),
        code: Code::parse("A-1").unwrap(),
        seller: seller(),
        billing: billing(),
        email: Email::parse("ana@example.com").unwrap(),
        items: vec![(HOSTILE.to_owned(), Some(brl(29_700))), (HOSTILE.to_owned(), None)],
        amount: brl(29_700),
        payment: payment(),
        installments: 3,
        at: NOW,
        ordered_at: NOW,
        reference: HOSTILE.to_owned(),
        kind,
    };
    let by_source = DocumentKind::SourceCreditNote { charge: types::ChargeId(uuid::Uuid::nil()) };
    [receipt(0), receipt(100), note(true), note(false), by_source].map(document).into()
}

pub(crate) fn terms() -> TermsView {
    let item = |is_bump| TermsItem {
        name: HOSTILE.to_owned(),
        offer: Some(format!("{HOSTILE}!")),
        amount: brl(4990),
        is_bump,
        window_days: if is_bump { 30 } else { 7 },
    };
    TermsView {
        handle: "A-1".to_owned(),
        code: Code::parse("A-1").unwrap(),
        seller: seller(),
        ordered_at: NOW,
        items: vec![item(false), item(true)],
        total: brl(9980),
        plan: Some(TermsPlan { name: HOSTILE.to_owned(), price: plan_price() }),
        parts: 12,
    }
}

/// The page of a card with everything on it.
pub(crate) fn payment_page(method: Method, refusal: Option<CardRefusal>) -> PaymentPage {
    let owed = OwedView {
        amount: brl(3990),
        due_at: NOW,
        failure: Some(DeclineReason::InsufficientFunds),
        is_unclear: false,
        access_until: Some(NOW),
    };
    let open = OpenPayment {
        method,
        amount: brl(3990),
        code: HOSTILE.to_owned(),
        url: Some(format!("javascript:{HOSTILE}")),
        until: None,
        due_on: Some(HOSTILE.to_owned()),
    };
    PaymentPage {
        place: CardPlace::Subscription(SubscriptionId(uuid::Uuid::nil())),
        handle: "A-1".to_owned(),
        code: Code::parse("A-1").unwrap(),
        title: HOSTILE.to_owned(),
        seller: seller(),
        kind: OrderKind::Subscription,
        payment: PaymentView { method, ..payment() },
        owed: Some(owed),
        open: (method != Method::Card).then_some(open),
        refusal,
        methods: vec![Method::Pix, Method::Boleto],
        may_pay: true,
    }
}

/// Every way in which a visit to the gateway's page can stand.
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
    };
    states.into_iter().map(view).collect()
}
