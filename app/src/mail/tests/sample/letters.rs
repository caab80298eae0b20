//! Every letter, by what it is about.

use super::{
    ANSWER_BY, ASKED, access, asked, buyer, cancellation, charge, charge_failed, in_part, payment, plan, portal_link,
    purchase, refund, refund_request, sign_in_link, slip,
};
use crate::mail::Content;
use portal::billing::Outlook;
use portal::plan::PlanLetter;
use portal::refund::AskAgain;
use portal::subscription::CancelLetter;
use portal::{account, billing, card, drawer, login, subscription};
use types::view::CardView;
use types::{DeclineReason, Email, Instant, MemberRole, Method, Money, Protocol};

fn letter(name: &'static str, content: impl Into<Content>) -> (&'static str, Content) {
    (name, content.into())
}

fn days(count: i64) -> Instant {
    Instant::from_seconds(ASKED.seconds() + count * 86_400)
}

/// Letters to those who sign in with a password.
fn to_people_with_a_password() -> Vec<(&'static str, Content)> {
    let url = |path: &str| format!("https://portal.example/producer/{path}");
    let expires_at = Instant::from_seconds(ASKED.seconds() + 3600);
    vec![
        letter("password_reset", login::Content::Reset { url: url("password/0190-abc"), expires_at }),
        letter("password_changed", login::Content::PasswordChanged { at: ASKED, forgotten: url("password") }),
        letter(
            "member_invitation",
            login::Content::Invitation {
                producer: "Ana & Filhos".to_owned(),
                inviter: "Ana <Souza>".to_owned(),
                role: MemberRole::Agent,
                url: url("invitations/0190-abc"),
                expires_at: days(7),
            },
        ),
    ]
}

fn order_access() -> drawer::Content {
    let area = Some("https://area.example/curso".to_owned());
    drawer::Content::Access {
        producer: "Ana & Filhos".to_owned(),
        code: "A-1042".to_owned(),
        items: vec![("Curso <básico>".to_owned(), None, area), ("E-book".to_owned(), Some(days(30)), None)],
        link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz".to_owned(),
    }
}

/// Letters about a person, whatever they bought.
fn personal() -> Vec<(&'static str, Content)> {
    let (from, to) = (buyer(), Email::parse("joana.silva@example.org").unwrap());
    let expires_at = Instant::from_seconds(ASKED.seconds() + 3600);
    let account = "https://portal.example/account".to_owned();
    let protocol = Protocol::on_file("E-7K2M-94QX".to_owned());
    let due_at = Instant::from_seconds(ASKED.seconds() + 7 * 86_400);
    let changed = |sign_in: Option<&str>, erases: bool| account::Content::EmailChanged {
        from: from.clone(),
        to: to.clone(),
        sign_in: sign_in.map(str::to_owned),
        erasure: erases.then(|| (protocol.clone(), due_at)),
    };
    let undone = |by_purchase| account::Content::ErasureUndone {
        protocol: protocol.clone(),
        by_purchase,
        account: account.clone(),
    };
    vec![
        letter(
            "email_change",
            account::Content::EmailChange {
                url: "https://portal.example/e/abcdefghijkmnpqrstuvwxyz23".to_owned(),
                from: from.clone(),
                expires_at,
                asked: asked(),
            },
        ),
        letter(
            "email_notice",
            account::Content::EmailNotice { to: to.clone(), account: account.clone(), expires_at, asked: asked() },
        ),
        letter("email_changed_old", changed(None, false)),
        letter("email_changed_new", changed(Some("https://portal.example/sign-in"), false)),
        letter("email_changed_erasure", changed(Some("https://portal.example/sign-in"), true)),
        letter(
            "erasure_asked",
            account::Content::ErasureAsked {
                protocol: protocol.clone(),
                due_at,
                erasure: format!("{account}/erasure"),
            },
        ),
        letter("erasure_undone", undone(false)),
        letter("erasure_undone_purchase", undone(true)),
        letter("access_expiring", access::Content::Expiring(access())),
        letter("access_expired", access::Content::Expired(access())),
    ]
}

/// Every letter, under the name of its file.
pub(crate) fn letters() -> Vec<(&'static str, Content)> {
    [
        to_people_with_a_password(),
        personal(),
        purchase_letters(),
        charges(),
        refunds(),
        plans(),
        cards(),
        cancellations(),
        producers(),
    ]
    .concat()
}

/// What leads to a purchase.
fn purchase_letters() -> Vec<(&'static str, Content)> {
    vec![
        ("sign_in_link", sign_in_link(None, &["Ana & Filhos"])),
        ("sign_in_link_product", sign_in_link(Some("Curso de violão"), &["Ana & Filhos"])),
        ("sign_in_link_producers", sign_in_link(None, &["Ana & Filhos", "Luz", "Casa do Som", "Mar"])),
        ("sign_in_link_nobody", sign_in_link(None, &[])),
        letter("purchase", purchase()),
        letter("portal_link", portal_link(types::LinkPlace::Refund)),
        letter("portal_link_order", portal_link(types::LinkPlace::Order)),
        letter("order_access", order_access()),
    ]
}

/// What was charged, is to be charged, or could not be.
fn charges() -> Vec<(&'static str, Content)> {
    let again = Outlook::Again { at: days(1), access_until: days(7) };
    let card = CardView { brand: "visa".to_owned(), last4: "4242".to_owned(), exp_month: 12, exp_year: 2030 };
    vec![
        ("charge_failed", charge_failed(DeclineReason::InsufficientFunds, again, true)),
        ("charge_failed_suspended", charge_failed(DeclineReason::Generic, Outlook::Suspended, true)),
        ("charge_failed_ended", charge_failed(DeclineReason::ExpiredCard, Outlook::Ended, true)),
        ("charge_failed_slip", charge_failed(DeclineReason::Generic, again, false)),
        ("charge_failed_slip_suspended", charge_failed(DeclineReason::Expired, Outlook::Suspended, false)),
        ("charge_failed_slip_ended", charge_failed(DeclineReason::Expired, Outlook::Ended, false)),
        letter("charge_recovered", billing::Content::ChargeRecovered(charge())),
        letter("surplus", billing::Content::Surplus(charge())),
        letter(
            "producer_surplus",
            billing::Content::ProducerSurplus {
                charge: charge(),
                buyer: Email::parse("ana@example.com").unwrap(),
                reference: "ch_<1>".to_owned(),
            },
        ),
        letter("renewal_ahead", billing::Content::RenewalAhead { charge: charge(), at: days(3), card: Some(card) }),
        ("slip_boleto", slip(Method::Boleto, false)),
        ("slip_boleto_again", slip(Method::Boleto, true)),
        ("slip_pix", slip(Method::Pix, false)),
        ("slip_pix_again", slip(Method::Pix, true)),
    ]
}

/// Money that goes back.
fn refunds() -> Vec<(&'static str, Content)> {
    let failed = |refund, again| refund::Content::Failed { refund, again };
    vec![
        letter("refund_requested", refund::Content::Requested(refund())),
        letter("refund_sent", refund::Content::Sent(refund())),
        letter("refund_settled", refund::Content::Settled(refund())),
        letter("refund_failed", failed(refund(), AskAgain::Until(days(5)))),
        letter("refund_failed_late", failed(refund(), AskAgain::OfProducer)),
        letter("refund_asked", refund::Content::Asked { refund: refund(), answer_by: ANSWER_BY }),
        letter(
            "refund_given",
            refund::Content::Given { refund: refund(), reason: Some("Sentimos muito <pelo atraso>.".to_owned()) },
        ),
        letter("refund_approved", refund::Content::Approved(refund())),
        letter(
            "refund_declined",
            refund::Content::Declined { refund: refund(), reason: Some("Curso <concluído>.".to_owned()) },
        ),
        letter("refund_withdrawn", refund::Content::Withdrawn(refund())),
        letter("refund_payee_needed", refund::Content::PayeeNeeded(refund())),
        letter("refund_payee_page", refund::Content::PayeePage { refund: refund(), waits_since: None }),
        letter("refund_payee_page_again", refund::Content::PayeePage { refund: refund(), waits_since: Some(ASKED) }),
        letter("refund_failed_in_part", failed(in_part(), AskAgain::No)),
    ]
}

/// Another plan.
fn plans() -> Vec<(&'static str, Content)> {
    vec![
        letter("plan_changed", plan::Content::Changed(plan())),
        letter("plan_changed_free", plan::Content::Changed(PlanLetter { paid: None, installments: 1, ..plan() })),
        letter("plan_scheduled", plan::Content::Scheduled(PlanLetter { paid: None, next_charge_at: None, ..plan() })),
        letter("plan_undone", plan::Content::Undone(PlanLetter { paid: None, next_charge_at: None, ..plan() })),
        letter(
            "plan_paid_back",
            plan::Content::PaidBack(PlanLetter { installments: 1, next_charge_at: None, ..plan() }),
        ),
    ]
}

/// Another card or way to pay.
fn cards() -> Vec<(&'static str, Content)> {
    vec![
        letter("card_changed", card::Content::Changed { payment: payment(Method::Card), at: ASKED }),
        letter("method_changed_pix", card::Content::MethodChanged(payment(Method::Pix))),
        letter("method_changed_boleto", card::Content::MethodChanged(payment(Method::Boleto))),
        letter("card_expiring", card::Content::Expiring(payment(Method::Card))),
    ]
}

/// The end of a subscription.
fn cancellations() -> Vec<(&'static str, Content)> {
    vec![
        letter("canceled", subscription::Content::Canceled(cancellation(false))),
        letter(
            "canceled_by_seller",
            subscription::Content::Canceled(CancelLetter { is_by_seller: true, ..cancellation(false) }),
        ),
        letter("canceled_now", subscription::Content::Canceled(cancellation(true))),
        letter("cancel_undone", subscription::Content::CancelUndone(cancellation(false))),
        letter("subscription_ended", subscription::Content::Ended(cancellation(false))),
    ]
}

/// What a producer is told.
fn producers() -> Vec<(&'static str, Content)> {
    [producers_refunds(), producers_cancellations(), producers_others()].concat()
}

/// Refunds that wait for a producer.
fn producers_refunds() -> Vec<(&'static str, Content)> {
    let since = Instant::from_seconds(ASKED.seconds() - 3 * 86_400);
    let (refund, gateway) = (refund(), "asaas".to_owned());
    let failed =
        refund::Content::ProducerFailed { refund: refund.clone(), reason: "account closed".to_owned(), buyer: buyer() };
    let by_hand = refund::Content::ProducerByHand { refund: refund.clone(), gateway: gateway.clone(), buyer: buyer() };
    let not_done = refund::Content::ProducerNotDone { refund, gateway, buyer: buyer(), since };
    vec![
        ("producer_refund_asked", refund_request(false)),
        ("producer_refund_late", refund_request(true)),
        letter("producer_refund_failed", failed),
        letter("producer_refund_by_hand", by_hand),
        letter("producer_refund_not_done", not_done),
    ]
}

/// Subscriptions that a producer ends or keeps.
fn producers_cancellations() -> Vec<(&'static str, Content)> {
    let (letter_of, gateway) = (cancellation(false), "guru".to_owned());
    let by_hand = |is_undone| subscription::Content::ProducerCancelByHand {
        letter: letter_of.clone(),
        gateway: gateway.clone(),
        buyer: buyer(),
        is_undone,
    };
    let not_done = subscription::Content::ProducerNotDone {
        letter: letter_of.clone(),
        gateway: gateway.clone(),
        buyer: buyer(),
        since: ASKED,
    };
    let message = subscription::Content::ProducerMessage {
        code: "A-1042".to_owned(),
        plan: "Clube <mensal>".to_owned(),
        buyer_name: "Joana Prado".to_owned(),
        buyer: buyer(),
        message: "Posso mudar de turma?\n<b>Obrigada</b>".to_owned(),
    };
    vec![
        letter("producer_cancel_by_hand", by_hand(false)),
        letter("producer_cancel_undone", by_hand(true)),
        letter("producer_cancel_not_done", not_done),
        letter("producer_message", message),
    ]
}

/// Plans that were not paid back, and access that could not be given or taken.
fn producers_others() -> Vec<(&'static str, Content)> {
    let not_returned = plan::Content::ProducerNotReturned {
        code: "A-1042".to_owned(),
        plan: "Clube <anual>".to_owned(),
        amount: Money::new(47_644, types::Currency::BRL),
        buyer: buyer(),
        reason: "expired_or_canceled_card".to_owned(),
    };
    let next = |is_back| plan::Content::ProducerNext {
        code: "A-1042".to_owned(),
        plan: "Clube <mensal>".to_owned(),
        begins_at: Instant::from_seconds(ASKED.seconds() + 7 * 86_400),
        is_back,
        buyer: buyer(),
        reason: "No such price".to_owned(),
    };
    let stopped = |is_grant| access::Content::ProducerDeliveryStopped {
        member_area: "escola".to_owned(),
        buyer: buyer(),
        is_grant,
        answer: "401 Unauthorized\n{\"error\":\"<bad key>\"}".to_owned(),
    };
    vec![
        letter("producer_plan_next", next(false)),
        letter("producer_plan_next_back", next(true)),
        letter("producer_plan_not_returned", not_returned),
        letter("producer_delivery_stopped_grant", stopped(true)),
        letter("producer_delivery_stopped_revoke", stopped(false)),
    ]
}
