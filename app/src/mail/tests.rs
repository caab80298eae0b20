//! Every letter in every language, as files beside this one. `INSTA_UPDATE=always` writes them anew.

use super::*;
use portal::message::{CancelLetter, ChargeLetter, Outlook, PaymentLetter, PlanLetter, RefundLetter};
use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::path::Path;
use types::plan::PlanPrice;
use types::view::CardView;
use types::{Currency, DeclineReason, Email, IntervalUnit, Language, Method, Protocol};

/// 8 November 2026, 14:25 in São Paulo.
const ASKED: Instant = Instant::from_seconds(1_794_158_700);

fn refund() -> RefundLetter {
    RefundLetter {
        seller: "Ana & Filhos".to_owned(),
        code: "A-1042".to_owned(),
        protocol: Protocol::on_file("R-7K2M-94QX".to_owned()),
        amount: Money::new(29_700, Currency::BRL),
        back: None,
        items: vec!["Curso de violão".to_owned(), "Apostila <em PDF>".to_owned()],
        order_link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz?to=order".to_owned(),
    }
}

fn in_part() -> RefundLetter {
    RefundLetter { back: Some(Money::new(9_990, Currency::BRL)), ..refund() }
}

fn plan() -> PlanLetter {
    PlanLetter {
        seller: "Ana & Filhos".to_owned(),
        code: "A-1042".to_owned(),
        from: "Clube mensal".to_owned(),
        plan: "Clube <anual>".to_owned(),
        price: PlanPrice { amount: Money::new(49_900, Currency::BRL), interval: (IntervalUnit::Year, 1) },
        paid: Some(Money::new(45_820, Currency::BRL)),
        installments: 3,
        begins_at: ASKED,
        next_charge_at: Some(Instant::from_seconds(ASKED.seconds() + 365 * 86_400)),
        link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz?to=plan".to_owned(),
    }
}

fn payment(method: Method) -> PaymentLetter {
    let card = CardView { brand: "visa".to_owned(), last4: "4242".to_owned(), exp_month: 12, exp_year: 2026 };
    PaymentLetter {
        seller: "Ana & Filhos".to_owned(),
        code: "A-1042".to_owned(),
        title: "Clube <de violão>".to_owned(),
        method,
        card: (method == Method::Card).then_some(card),
        link: "https://portal.example/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/card".to_owned(),
    }
}

fn cancellation(ends_at_once: bool) -> CancelLetter {
    CancelLetter {
        seller: "Ana & Filhos".to_owned(),
        code: "A-1042".to_owned(),
        plan: "Clube <mensal>".to_owned(),
        protocol: Protocol::on_file("C-7K2M-94QX".to_owned()),
        // Midnight in São Paulo: the last day is the one before.
        effective_at: Instant::from_seconds(ASKED.seconds() + 20 * 86_400 + 34_500),
        ends_at_once,
        page: "https://portal.example/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057".to_owned(),
    }
}

fn charge() -> ChargeLetter {
    ChargeLetter {
        seller: "Ana & Filhos".to_owned(),
        code: "A-1042".to_owned(),
        title: "Clube <em> mensal".to_owned(),
        amount: Money::new(4_990, Currency::BRL),
        order_link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz".to_owned(),
        card_link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz?to=card".to_owned(),
    }
}

fn charge_failed(reason: DeclineReason, outlook: Outlook, has_card: bool) -> Content {
    Content::ChargeFailed { charge: charge(), reason, outlook, has_card }
}

fn slip(method: Method) -> Content {
    Content::SlipIssued {
        charge: charge(),
        method,
        code: "00190.00009 00000.000000 00000.000000 0 00000000004990".to_owned(),
        url: "https://gateway.example/slip/1".to_owned(),
        until: Instant::from_seconds(ASKED.seconds() + 3 * 86_400),
    }
}

fn buyer() -> Email {
    Email::parse("joana@example.com").unwrap()
}

fn sign_in_link(product: Option<&str>) -> Content {
    Content::SignInLink {
        url: "https://portal.example/l/eyJhbGciOi.x_y-z".to_owned(),
        code: "ABCD2345".to_owned(),
        expires_at: Instant::from_seconds(ASKED.seconds() + if product.is_some() { 6 * 3600 } else { 600 }),
        asked_at: ASKED,
        asked_from: "203.0.113.7".to_owned(),
        browser: "Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0 Mobile Safari/537.36".to_owned(),
        product: product.map(str::to_owned),
    }
}

fn purchase() -> Content {
    Content::Purchase {
        seller: "Ana & Filhos".to_owned(),
        items: refund().items,
        total: Money::new(123_456, Currency::BRL),
        code: "A-1042".to_owned(),
        order_link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz".to_owned(),
        refundable_until: Some(Instant::from_seconds(ASKED.seconds() + 6 * 86_400 + 34_499)),
    }
}

/// 13 November 2026, 23:59:59 in São Paulo.
const ANSWER_BY: Instant = Instant::from_seconds(1_794_625_199);

fn refund_request(is_late: bool) -> Content {
    Content::ProducerRefundAsked {
        refund: refund(),
        buyer: buyer(),
        message: "Fiquei doente.\nPosso <b>devolver</b>?".to_owned(),
        answer_by: ANSWER_BY,
        url: "https://portal.example/refund-requests/abc-def".to_owned(),
        is_late,
    }
}

fn asked() -> portal::message::Asked {
    portal::message::Asked {
        at: ASKED,
        from: "203.0.113.7".to_owned(),
        browser: "Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0 Mobile Safari/537.36".to_owned(),
    }
}

fn access() -> portal::message::AccessLetter {
    portal::message::AccessLetter {
        seller: "Ana & Filhos".to_owned(),
        item: "Curso de violão <1>".to_owned(),
        code: "A-1042".to_owned(),
        at: Instant::from_seconds(ASKED.seconds() + 6 * 86_400 + 34_499),
        order_link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz".to_owned(),
    }
}

/// Letters about a person, whatever they bought.
fn personal() -> Vec<(&'static str, Content)> {
    let (from, to) = (buyer(), Email::parse("joana.silva@example.org").unwrap());
    let expires_at = Instant::from_seconds(ASKED.seconds() + 3600);
    let account = "https://portal.example/account".to_owned();
    let protocol = Protocol::on_file("E-7K2M-94QX".to_owned());
    let due_at = Instant::from_seconds(ASKED.seconds() + 7 * 86_400);
    let changed = |sign_in: Option<&str>, erases: bool| Content::EmailChanged {
        from: from.clone(),
        to: to.clone(),
        sign_in: sign_in.map(str::to_owned),
        erasure: erases.then(|| (protocol.clone(), due_at)),
    };
    let undone =
        |by_purchase| Content::ErasureUndone { protocol: protocol.clone(), by_purchase, account: account.clone() };
    vec![
        (
            "email_change",
            Content::EmailChange {
                url: "https://portal.example/e/abcdefghijkmnpqrstuvwxyz23".to_owned(),
                from: from.clone(),
                expires_at,
                asked: asked(),
            },
        ),
        ("email_notice", Content::EmailNotice { to: to.clone(), account: account.clone(), expires_at, asked: asked() }),
        ("email_changed_old", changed(None, false)),
        ("email_changed_new", changed(Some("https://portal.example/sign-in"), false)),
        ("email_changed_erasure", changed(Some("https://portal.example/sign-in"), true)),
        ("erasure_asked", Content::ErasureAsked { protocol: protocol.clone(), due_at, account: account.clone() }),
        ("erasure_undone", undone(false)),
        ("erasure_undone_purchase", undone(true)),
        ("access_expiring", Content::AccessExpiring(access())),
        ("access_expired", Content::AccessExpired(access())),
    ]
}

fn letters() -> Vec<(&'static str, Content)> {
    let stopped = |is_grant| Content::ProducerDeliveryStopped {
        member_area: "escola".to_owned(),
        buyer: buyer(),
        is_grant,
        answer: "401 Unauthorized\n{\"error\":\"<bad key>\"}".to_owned(),
    };
    let by_hand = |is_undone| Content::ProducerCancelByHand {
        letter: cancellation(false),
        gateway: "guru".to_owned(),
        buyer: buyer(),
        is_undone,
    };
    let days = |count: i64| Instant::from_seconds(ASKED.seconds() + count * 86_400);
    let again = Outlook::Again { at: days(1), access_until: days(7) };
    let card = CardView { brand: "visa".to_owned(), last4: "4242".to_owned(), exp_month: 12, exp_year: 2030 };
    let mut letters = personal();
    letters.extend([
        ("sign_in_link", sign_in_link(None)),
        ("sign_in_link_product", sign_in_link(Some("Curso de violão"))),
        ("purchase", purchase()),
        ("charge_failed", charge_failed(DeclineReason::InsufficientFunds, again, true)),
        ("charge_failed_held", charge_failed(DeclineReason::Generic, Outlook::Held, true)),
        ("charge_failed_ended", charge_failed(DeclineReason::ExpiredCard, Outlook::Ended, true)),
        ("charge_failed_slip", charge_failed(DeclineReason::Expired, again, false)),
        ("charge_recovered", Content::ChargeRecovered(charge())),
        ("renewal_ahead", Content::RenewalAhead { charge: charge(), at: days(3), card: Some(card) }),
        ("slip_boleto", slip(Method::Boleto)),
        ("slip_pix", slip(Method::Pix)),
        ("refund_requested", Content::RefundRequested(refund())),
        ("refund_sent", Content::RefundSent(refund())),
        ("refund_settled", Content::RefundSettled(refund())),
        ("refund_failed", Content::RefundFailed(refund())),
        ("refund_asked", Content::RefundAsked { refund: refund(), answer_by: ANSWER_BY }),
        ("refund_approved", Content::RefundApproved(refund())),
        (
            "refund_declined",
            Content::RefundDeclined { refund: refund(), reason: Some("Curso <concluído>.".to_owned()) },
        ),
        ("refund_withdrawn", Content::RefundWithdrawn(refund())),
        ("refund_payee_needed", Content::RefundPayeeNeeded(refund())),
        ("refund_failed_in_part", Content::RefundFailed(in_part())),
        ("producer_refund_asked", refund_request(false)),
        ("producer_refund_late", refund_request(true)),
        ("plan_changed", Content::PlanChanged(plan())),
        ("plan_changed_free", Content::PlanChanged(PlanLetter { paid: None, installments: 1, ..plan() })),
        ("plan_scheduled", Content::PlanScheduled(PlanLetter { paid: None, next_charge_at: None, ..plan() })),
        ("plan_undone", Content::PlanUndone(PlanLetter { paid: None, next_charge_at: None, ..plan() })),
        ("plan_paid_back", Content::PlanPaidBack(PlanLetter { installments: 1, next_charge_at: None, ..plan() })),
        ("card_changed", Content::CardChanged { payment: payment(Method::Card), at: ASKED }),
        ("method_changed_pix", Content::MethodChanged(payment(Method::Pix))),
        ("method_changed_boleto", Content::MethodChanged(payment(Method::Boleto))),
        ("card_expiring", Content::CardExpiring(payment(Method::Card))),
        ("canceled", Content::Canceled(cancellation(false))),
        ("canceled_now", Content::Canceled(cancellation(true))),
        ("cancel_undone", Content::CancelUndone(cancellation(false))),
        ("subscription_ended", Content::SubscriptionEnded(cancellation(false))),
        ("producer_cancel_by_hand", by_hand(false)),
        ("producer_cancel_undone", by_hand(true)),
        (
            "producer_message",
            Content::ProducerMessage {
                code: "A-1042".to_owned(),
                plan: "Clube <mensal>".to_owned(),
                buyer_name: "Joana Prado".to_owned(),
                buyer: buyer(),
                message: "Posso mudar de turma?\n<b>Obrigada</b>".to_owned(),
            },
        ),
        (
            "producer_plan_not_returned",
            Content::ProducerPlanNotReturned {
                code: "A-1042".to_owned(),
                plan: "Clube <anual>".to_owned(),
                amount: Money::new(47_644, types::Currency::BRL),
                buyer: buyer(),
                reason: "expired_or_canceled_card".to_owned(),
            },
        ),
        (
            "producer_refund_failed",
            Content::ProducerRefundFailed { refund: refund(), reason: "account closed".to_owned(), buyer: buyer() },
        ),
        (
            "producer_refund_by_hand",
            Content::ProducerRefundByHand { refund: refund(), gateway: "asaas".to_owned(), buyer: buyer() },
        ),
        ("producer_delivery_stopped_grant", stopped(true)),
        ("producer_delivery_stopped_revoke", stopped(false)),
    ]);
    letters
}

fn write(content: &Content, language: Language) -> Words {
    let time_zone = "America/Sao_Paulo".to_owned();
    Letters.write(&Message { to: buyer(), language, time_zone, content: content.clone() })
}

#[test]
fn every_letter_reads_as_it_was_approved() {
    let mut written = BTreeSet::new();
    let mut changed = Vec::new();
    for (name, content) in letters() {
        for language in Language::ALL {
            let words = write(&content, language);
            let letter = format!("Subject: {}\n\n{}\n=== HTML ===\n{}", words.subject, words.text, words.html);
            let name = format!("{name}.{}", language.tag());
            // One letter that changed does not keep the others from being compared.
            if catch_unwind(|| is_on_file(&name, &letter)).is_err() {
                changed.push(name.clone());
            }
            written.insert(name + ".snap");
        }
    }
    assert!(changed.is_empty(), "look at these letters, then run with INSTA_UPDATE=always: {changed:?}");
    assert_eq!(on_file(), written, "a file for each letter, and a letter for each file");
}

fn is_on_file(name: &str, letter: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, letter));
}

/// The files in the folder, but for those that insta proposes beside a letter that changed.
fn on_file() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mail/snapshots");
    let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.ends_with(".snap.new")).collect()
}

#[test]
fn link_and_code_stand_alone_on_a_line() {
    for language in Language::ALL {
        let words = write(&sign_in_link(None), language);
        let lines: Vec<&str> = words.text.lines().collect();
        assert!(lines.contains(&"https://portal.example/l/eyJhbGciOi.x_y-z"), "{}", words.text);
        assert!(lines.contains(&"ABCD2345"), "{}", words.text);
        let order = write(&purchase(), language);
        assert!(
            order.text.lines().any(|line| line == "https://portal.example/o/abcdefghijklmnopqrstuvwxyz"),
            "{}",
            order.text
        );
    }
}

#[test]
fn nothing_in_a_letter_becomes_markup_or_a_second_header() {
    let mut letter = refund();
    letter.seller = "<img src=x>\r\nBcc: evil@example.com".to_owned();
    for content in [Content::RefundFailed(letter.clone()), Content::RefundRequested(letter)] {
        let words = write(&content, Language::Portuguese);
        assert!(!words.html.contains("<img"), "{}", words.html);
        assert!(!words.subject.contains(['\r', '\n']), "{:?}", words.subject);
    }
    let Content::Purchase { items, total, code, order_link, refundable_until, .. } = purchase() else { unreachable!() };
    let seller = "Ana\r\nBcc: evil@example.com".to_owned();
    let words =
        write(&Content::Purchase { seller, items, total, code, order_link, refundable_until }, Language::English);
    assert!(!words.subject.contains(['\r', '\n']), "{:?}", words.subject);
}
