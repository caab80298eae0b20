//! Every page, in every state.

use crate::card::page::Arrival;
use crate::page::Page;
use crate::tests::sample;
use crate::tests::sample::{HOSTILE, NOW};
use crate::text::Texts;
use crate::{account, card, document, home, order, plan, refund, sign_in};
use portal::purchases::HomeQuery;
use portal::refund::RefundError;
use std::time::Duration;
use types::view::{
    AccountView, ActionRefusal, BillingData, CancelChoices, CancelPreview, CancelReason, CardRefusal, EmailChangeView,
    EndsNow, LinkView, OrderLinkView, OrderView, PaybackView, RefundOffer, RefundPreview, Target, WaitsFor,
};
use types::{
    CancellationState, Code, DeclineReason, LinkId, LinkPlace, Method, OrderRef, OrderStatus, PlanChangeState,
    RefundState, RequestId, SubscriptionStatus,
};

pub(super) fn pages(texts: Texts) -> Vec<Page> {
    let mut pages = sign_in_pages(texts);
    pages.extend(order_pages(texts));
    pages.extend(refund_pages(texts));
    pages.extend(plan_pages(texts));
    pages.extend(card_pages(texts));
    pages.extend(subscription_pages(texts));
    pages.extend(account_pages(texts));
    pages.extend(document_pages(texts));
    let query = HomeQuery { search: Some(HOSTILE.to_owned()), status: Some(OrderStatus::Paid), cursor: None };
    let nothing = types::view::HomeView {
        producers: Vec::new(),
        alerts: Vec::new(),
        has_any: false,
        next_cursor: None,
        ..sample::home()
    };
    pages.push(home::view::home(texts, &sample::home(), &query, NOW));
    pages.push(home::view::home(texts, &nothing, &HomeQuery::default(), NOW));
    pages
}

fn sign_in_pages(texts: Texts) -> Vec<Page> {
    use sign_in::view::{self, CodeError};
    let request = LinkId(uuid::Uuid::nil());
    let resend_after = Duration::from_secs(59);
    let masked_email = "a***@example.com".to_owned();
    let sent = portal::sign_in::SentView {
        request,
        masked_email,
        expires_at: NOW,
        mail_at: None,
        resend_after,
        tries_left: 5,
    };
    let mail_at = Some(NOW.plus(resend_after));
    let later = portal::sign_in::SentView { expires_at: NOW.plus(2 * resend_after), mail_at, ..sent.clone() };
    let link = LinkView { masked_email: HOSTILE.to_owned(), expires_at: NOW, language: texts.language() };
    let order_link = OrderLinkView {
        look: sample::producer().particulars.look,
        order_ref: OrderRef::parse("abcdefghijklmnopqrstuvwxyz").unwrap(),
        product: HOSTILE.to_owned(),
        more_items: 1,
        masked_email: HOSTILE.to_owned(),
        producer: HOSTILE.to_owned(),
    };
    let errors = [
        CodeError::Empty,
        CodeError::Wrong { tries_left: 1 },
        CodeError::Ended,
        CodeError::NoEmail,
        CodeError::InvalidEmail,
    ];
    let mut pages = vec![
        view::ask(texts, &Target::Home, HOSTILE, Some("sign-in-email-invalid")),
        view::ask(texts, &Target::Order { handle: "A-1".to_owned() }, "", Some("sign-in-email-empty")),
        view::sent(texts, None, &sent, HOSTILE, NOW, None),
        view::sent(texts, Some(HOSTILE), &sent, HOSTILE, NOW, None),
        view::link(texts, "a.b.c", &link, NOW),
        view::ended_link(texts, "a.b.c", "link-used-title", "link-used"),
        view::ended_link(texts, "a.b.c", "link-expired-title", "link-expired"),
        view::ended_link_inside(texts, "a.b.c", ("link-used-title", "link-used"), &sample::account().email),
        view::invalid_link(texts),
        view::order_link(texts, &order_link, LinkPlace::Cancel),
    ];
    pages.extend(errors.map(|error| view::sent(texts, None, &later, HOSTILE, NOW, Some(error))));
    pages.extend(errors.map(|error| view::code(texts, HOSTILE, Some(error))));
    pages
}

fn account_pages(texts: Texts) -> Vec<Page> {
    use account::view::TypedProfile;
    use account::{data, email, view};
    let full = sample::account();
    let bare = AccountView {
        phone: None,
        tax_id: None,
        document_tax_ids: Vec::new(),
        new_email: None,
        years: Vec::new(),
        erasure: None,
        ..sample::account()
    };
    let wrong = TypedProfile {
        name: HOSTILE.to_owned(),
        phone: HOSTILE.to_owned(),
        tax_id: HOSTILE.to_owned(),
        errors: vec![
            ("name", "profile-name-wrong"),
            ("phone", "profile-phone-wrong"),
            ("tax_id", "profile-tax-id-wrong"),
        ],
    };
    let seen = EmailChangeView { from: HOSTILE.to_owned(), to: HOSTILE.to_owned(), expires_at: NOW };
    let request = RequestId(uuid::Uuid::nil());
    let mut pages = vec![
        view::account(texts, &full, NOW),
        view::account(texts, &bare, NOW),
        view::profile(texts, &full, &TypedProfile::of(&full)),
        view::profile(texts, &bare, &wrong),
        email::ask(texts, &full, "", None, NOW),
        email::ask(texts, &bare, HOSTILE, Some("email-same"), NOW),
        email::confirm(texts, "abcdefghijkmnpqrstuvwxyz23", &seen, NOW),
        email::changed(texts),
        email::ended(texts),
        email::invalid(texts),
    ];
    pages.extend(sample::erasures().iter().map(|offer| data::erasure(texts, offer, request, NOW)));
    pages
}

fn document_pages(texts: Texts) -> Vec<Page> {
    use document::view::{self, TypedBilling};
    let order = portal::document::OrderName { handle: "A-1".to_owned(), producer: HOSTILE.to_owned() };
    let billing = sample::billing();
    let wrong = TypedBilling {
        name: HOSTILE.to_owned(),
        tax_id: HOSTILE.to_owned(),
        address: HOSTILE.to_owned(),
        errors: vec![("name", "profile-name-wrong"), ("address", "billing-address-wrong")],
    };
    let mut pages: Vec<Page> = sample::documents()
        .iter()
        .map(|document| {
            let sheet = document::sheet::sheet(texts, document, NOW);
            view::sheet(texts, &sheet, "A-1", "/orders/A-1/receipts/1/receipt.pdf")
        })
        .collect();
    pages.push(view::terms(texts, &sample::terms(), NOW));
    pages.push(view::billing(texts, &order, &billing, &TypedBilling::of(&billing)));
    pages.push(view::billing(texts, &order, &BillingData { tax_id: None, ..billing }, &wrong));
    pages
}

fn order_pages(texts: Texts) -> Vec<Page> {
    let by_offer = sample::offers().into_iter().map(|offer| sample::order(OrderStatus::Paid, offer, None));
    let by_status = OrderStatus::ALL.iter().map(|status| sample::order(*status, RefundOffer::NotPaid, None));
    let by_plan =
        SubscriptionStatus::ALL.iter().map(|plan| sample::order(OrderStatus::Paid, RefundOffer::NotPaid, Some(*plan)));
    by_offer.chain(by_status).chain(by_plan).map(|view| order::view::order(texts, &view, NOW)).collect()
}

fn refund_pages(texts: Texts) -> Vec<Page> {
    let open = sample::order(OrderStatus::Paid, sample::offers().remove(0), None);
    let mut pages: Vec<Page> = RefundState::ALL
        .iter()
        .map(|state| refund::receipt::page(texts, &open, &sample::refund(*state), &typed(), NOW))
        .collect();
    for at in [None, Some("javascript:alert(1)"), Some("https://asaas.example/1")] {
        let waits = sample::refund_at(&[at]);
        pages.push(refund::receipt::page(texts, &open, &waits, &typed(), NOW));
        pages.push(order::view::order(texts, &OrderView { refunds: vec![waits], ..open.clone() }, NOW));
    }
    pages.extend(
        sample::offers()
            .into_iter()
            .map(|offer| refund::refusal::of_offer(texts, &sample::order(OrderStatus::Paid, offer, None), NOW)),
    );
    for error in [RefundError::UnknownItem, RefundError::OtherRequest, RefundError::WindowClosed { until: NOW }] {
        let (_, reason) = refund::refusal::reason(error).unwrap();
        pages.push(refund::refusal::page(texts, &open, &reason, NOW));
    }
    pages.push(refund::choose::page(texts, &open, Some("choose-none")));
    pages.extend(
        Method::ALL
            .iter()
            .map(|method| refund::preview::page(texts, &preview(*method), RequestId(uuid::Uuid::nil()), &typed(), NOW)),
    );
    pages
}

fn plan_pages(texts: Texts) -> Vec<Page> {
    let mut pages = vec![
        plan::choose::page(texts, &sample::plans(None), Some("change-choose-none"), NOW),
        plan::quote::without_consent(texts, &sample::quotes()[3], NOW),
    ];
    let refused =
        sample::plan_refusals().map(|refusal| plan::choose::page(texts, &sample::plans(Some(refusal)), None, NOW));
    pages.extend(refused);
    for quote in sample::quotes() {
        pages.push(plan::quote::page(texts, &quote, Some("change-quote-over"), true, NOW));
        pages.push(plan::quote::page(texts, &quote, Some("change-quote-fresh"), false, NOW));
    }
    let stuck =
        types::plan::PlanChangeView { is_not_returned: true, ..sample::plan_change(PlanChangeState::Returning, None) };
    let to_pay = types::plan::PlanChangeView {
        open: sample::payment_page(Method::Pix, None).open,
        ..sample::plan_change(PlanChangeState::Waiting, None)
    };
    let changes = PlanChangeState::ALL.iter().map(|state| sample::plan_change(*state, None)).chain([stuck, to_pay]);
    let declined =
        DeclineReason::ALL.iter().map(|reason| sample::plan_change(PlanChangeState::Declined, Some(*reason)));
    pages.extend(changes.chain(declined).map(|change| plan::result::page(texts, &change, None, NOW)));
    let waiting = sample::plan_change(PlanChangeState::Waiting, None);
    pages.push(plan::result::page(texts, &waiting, Some(1), NOW));
    pages
}

fn card_pages(texts: Texts) -> Vec<Page> {
    let request = RequestId(uuid::Uuid::nil());
    let mut pages: Vec<Page> = [Method::Card, Method::Boleto, Method::Pix]
        .iter()
        .map(|method| card::view::page(texts, &sample::payment_page(*method, None), request, Arrival::Try, NOW))
        .collect();
    let refusals = [
        CardRefusal::OneOff,
        CardRefusal::NotPaid,
        CardRefusal::SlipInstallments,
        CardRefusal::Ended,
        CardRefusal::Disputed,
        CardRefusal::Gateway,
        CardRefusal::Policy,
    ];
    pages.extend(refusals.map(|refusal| {
        card::view::page(texts, &sample::payment_page(Method::Card, Some(refusal)), request, Arrival::Try, NOW)
    }));
    let seen = sample::payment_page(Method::Card, None);
    let mut asking = sample::payment_page(Method::Card, None);
    asking.open = None;
    asking.owed.iter_mut().for_each(|owed| owed.waits_for = Some(WaitsFor::Bank));
    pages.push(card::view::page(texts, &asking, request, Arrival::Bank(1), NOW));
    pages.push(card::refusal::page(texts, &seen, "card-unavailable-title", texts.text("card-unavailable")));
    pages.extend(sample::card_updates().iter().map(|seen| card::result::page(texts, seen, request)));
    pages
}

fn subscription_pages(texts: Texts) -> Vec<Page> {
    use crate::subscription::{cancel, reason, receipt, refusal, view};
    let mut pages = Vec::new();
    for (index, offer) in sample::retention_offers().into_iter().enumerate() {
        let status = SubscriptionStatus::ALL[index];
        let state = CancellationState::ALL[index % 3];
        let seen = sample::subscription_page(status, state, offer.clone());
        pages.push(view::page(texts, &seen, NOW));
        pages.push(receipt::page(texts, &seen, seen.cancellation.as_ref().unwrap(), NOW));
        pages.push(refusal::of_action(texts, &seen, ActionRefusal::Ending { until: NOW }, NOW));
        pages.push(refusal::of_request(texts, &seen, HOSTILE));
        let ends_now = [None, Some(EndsNow::Overdue), Some(EndsNow::Producer), Some(EndsNow::NothingPaid)][index];
        let preview = CancelPreview {
            handle: seen.order.handle,
            producer: seen.order.producer,
            plan: seen.plan,
            overdue: seen.overdue,
            refund_offer: seen.order.refund_offer,
            effective_at: NOW,
            ends_now,
            is_by_producer: index % 2 == 0,
            is_refund_by_hand: index % 2 == 0,
        };
        pages.push(cancel::page(texts, &preview, NOW));
        let texts_of = |text: &str| [("pt-BR".to_owned(), text.to_owned())].into();
        let reasons = ["too-expensive", "no-time", "not-as-expected", "not-using", "technical-problem", "other", "own"]
            .map(|code| CancelReason {
                code: Code::parse(code).unwrap(),
                texts: if code == "own" { texts_of(HOSTILE) } else { Default::default() },
                offer: (code == "own").then(|| offer.clone()),
            });
        let choices = CancelChoices { preview, reasons: reasons.into(), offer: Some(offer) };
        let mut form = reason::Form::new(RequestId(uuid::Uuid::nil()));
        pages.push(reason::page(texts, &choices, &form, NOW));
        form.comment = HOSTILE.to_owned();
        form.reason = HOSTILE.to_owned();
        form.error = Some("cancel-message-empty");
        pages.push(reason::page(texts, &choices, &form, NOW));
    }
    pages
}

/// Every field of an account, wrong.
fn typed() -> refund::payee::Typed {
    let text = || HOSTILE.to_owned();
    let fields = types::PayeeFields {
        holder: text(),
        tax_id: text(),
        pix_key: text(),
        bank: text(),
        branch: text(),
        account: text(),
        digit: text(),
    };
    let faults = |fields: &types::PayeeFields| types::Payee::parse(fields).unwrap_err();
    refund::payee::Typed { faults: faults(&fields), fields }
}

fn preview(method: Method) -> RefundPreview {
    let order = sample::order(OrderStatus::Paid, sample::offers().remove(0), None);
    RefundPreview {
        chosen: order.items.iter().map(|item| item.id).collect(),
        order,
        amount: sample::brl(29_700),
        until: NOW,
        parts: vec![
            PaybackView { amount: sample::brl(19_800), paid_at: Some(NOW), method, card: None, bank_days: (0, 1) },
            PaybackView {
                amount: sample::brl(9_900),
                paid_at: None,
                method,
                card: sample::payment().card,
                bank_days: (0, 1),
            },
        ],
        needs_payee: true,
        is_by_hand: method == Method::Pix,
        cancels_subscription: true,
        stops_installments: true,
        access_kept: vec![HOSTILE.to_owned()],
        access_lost: vec![HOSTILE.to_owned()],
    }
}
