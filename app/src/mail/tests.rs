//! Every letter in every language, as files beside this one. `INSTA_UPDATE=always` writes them anew.

use super::*;
use portal::access::AccessLetter;
use portal::account::RequestedFrom;
use portal::billing::{ChargeLetter, Outlook};
use portal::card::PaymentLetter;
use portal::plan::PlanLetter;
use portal::refund::RefundLetter;
use portal::subscription::CancelLetter;
use portal::{access, account, billing, card, plan, purchases, refund, sign_in, subscription};
use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::path::Path;
use types::plan::PlanPrice;
use types::view::CardView;
use types::{Currency, DeclineReason, Email, IntervalUnit, Language, MailKind, Method, Protocol};

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
    billing::Content::ChargeFailed { charge: charge(), reason, outlook, has_card }.into()
}

fn slip(method: Method) -> Content {
    billing::Content::SlipIssued {
        charge: charge(),
        method,
        code: "00190.00009 00000.000000 00000.000000 0 00000000004990".to_owned(),
        url: "https://gateway.example/slip/1".to_owned(),
        until: Instant::from_seconds(ASKED.seconds() + 3 * 86_400),
    }
    .into()
}

fn buyer() -> Email {
    Email::parse("joana@example.com").unwrap()
}

fn sign_in_link(product: Option<&str>) -> Content {
    sign_in::Content::Link {
        url: "https://portal.example/l/eyJhbGciOi.x_y-z".to_owned(),
        code: "ABCD2345".to_owned(),
        expires_at: Instant::from_seconds(ASKED.seconds() + if product.is_some() { 6 * 3600 } else { 600 }),
        asked_at: ASKED,
        asked_from: "203.0.113.7".to_owned(),
        browser: "Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0 Mobile Safari/537.36".to_owned(),
        product: product.map(str::to_owned),
    }
    .into()
}

fn purchase() -> purchases::Content {
    purchases::Content::Purchase {
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
    refund::Content::ProducerAsked {
        refund: refund(),
        buyer: buyer(),
        message: "Fiquei doente.\nPosso <b>devolver</b>?".to_owned(),
        answer_by: ANSWER_BY,
        url: "https://portal.example/refund-requests/abc-def".to_owned(),
        is_late,
    }
    .into()
}

fn asked() -> RequestedFrom {
    RequestedFrom {
        at: ASKED,
        from: "203.0.113.7".to_owned(),
        browser: "Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0 Mobile Safari/537.36".to_owned(),
    }
}

fn access() -> AccessLetter {
    AccessLetter {
        seller: "Ana & Filhos".to_owned(),
        item: "Curso de violão <1>".to_owned(),
        code: "A-1042".to_owned(),
        at: Instant::from_seconds(ASKED.seconds() + 6 * 86_400 + 34_499),
        order_link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz".to_owned(),
    }
}

fn letter(name: &'static str, content: impl Into<Content>) -> (&'static str, Content) {
    (name, content.into())
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
            account::Content::ErasureAsked { protocol: protocol.clone(), due_at, account: account.clone() },
        ),
        letter("erasure_undone", undone(false)),
        letter("erasure_undone_purchase", undone(true)),
        letter("access_expiring", access::Content::Expiring(access())),
        letter("access_expired", access::Content::Expired(access())),
    ]
}

fn letters() -> Vec<(&'static str, Content)> {
    let stopped = |is_grant| access::Content::ProducerDeliveryStopped {
        member_area: "escola".to_owned(),
        buyer: buyer(),
        is_grant,
        answer: "401 Unauthorized\n{\"error\":\"<bad key>\"}".to_owned(),
    };
    let by_hand = |is_undone| subscription::Content::ProducerCancelByHand {
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
        letter("purchase", purchase()),
        ("charge_failed", charge_failed(DeclineReason::InsufficientFunds, again, true)),
        ("charge_failed_held", charge_failed(DeclineReason::Generic, Outlook::Held, true)),
        ("charge_failed_ended", charge_failed(DeclineReason::ExpiredCard, Outlook::Ended, true)),
        ("charge_failed_slip", charge_failed(DeclineReason::Expired, again, false)),
        letter("charge_recovered", billing::Content::ChargeRecovered(charge())),
        letter("renewal_ahead", billing::Content::RenewalAhead { charge: charge(), at: days(3), card: Some(card) }),
        ("slip_boleto", slip(Method::Boleto)),
        ("slip_pix", slip(Method::Pix)),
        letter("refund_requested", refund::Content::Requested(refund())),
        letter("refund_sent", refund::Content::Sent(refund())),
        letter("refund_settled", refund::Content::Settled(refund())),
        letter("refund_failed", refund::Content::Failed(refund())),
        letter("refund_asked", refund::Content::Asked { refund: refund(), answer_by: ANSWER_BY }),
        letter("refund_approved", refund::Content::Approved(refund())),
        letter(
            "refund_declined",
            refund::Content::Declined { refund: refund(), reason: Some("Curso <concluído>.".to_owned()) },
        ),
        letter("refund_withdrawn", refund::Content::Withdrawn(refund())),
        letter("refund_payee_needed", refund::Content::PayeeNeeded(refund())),
        letter("refund_failed_in_part", refund::Content::Failed(in_part())),
        ("producer_refund_asked", refund_request(false)),
        ("producer_refund_late", refund_request(true)),
        letter("plan_changed", plan::Content::Changed(plan())),
        letter("plan_changed_free", plan::Content::Changed(PlanLetter { paid: None, installments: 1, ..plan() })),
        letter("plan_scheduled", plan::Content::Scheduled(PlanLetter { paid: None, next_charge_at: None, ..plan() })),
        letter("plan_undone", plan::Content::Undone(PlanLetter { paid: None, next_charge_at: None, ..plan() })),
        letter(
            "plan_paid_back",
            plan::Content::PaidBack(PlanLetter { installments: 1, next_charge_at: None, ..plan() }),
        ),
        letter("card_changed", card::Content::Changed { payment: payment(Method::Card), at: ASKED }),
        letter("method_changed_pix", card::Content::MethodChanged(payment(Method::Pix))),
        letter("method_changed_boleto", card::Content::MethodChanged(payment(Method::Boleto))),
        letter("card_expiring", card::Content::Expiring(payment(Method::Card))),
        letter("canceled", subscription::Content::Canceled(cancellation(false))),
        letter("canceled_now", subscription::Content::Canceled(cancellation(true))),
        letter("cancel_undone", subscription::Content::CancelUndone(cancellation(false))),
        letter("subscription_ended", subscription::Content::Ended(cancellation(false))),
        letter("producer_cancel_by_hand", by_hand(false)),
        letter("producer_cancel_undone", by_hand(true)),
        letter(
            "producer_message",
            subscription::Content::ProducerMessage {
                code: "A-1042".to_owned(),
                plan: "Clube <mensal>".to_owned(),
                buyer_name: "Joana Prado".to_owned(),
                buyer: buyer(),
                message: "Posso mudar de turma?\n<b>Obrigada</b>".to_owned(),
            },
        ),
        letter(
            "producer_plan_not_returned",
            plan::Content::ProducerNotReturned {
                code: "A-1042".to_owned(),
                plan: "Clube <anual>".to_owned(),
                amount: Money::new(47_644, types::Currency::BRL),
                buyer: buyer(),
                reason: "expired_or_canceled_card".to_owned(),
            },
        ),
        letter(
            "producer_refund_failed",
            refund::Content::ProducerFailed { refund: refund(), reason: "account closed".to_owned(), buyer: buyer() },
        ),
        letter(
            "producer_refund_by_hand",
            refund::Content::ProducerByHand { refund: refund(), gateway: "asaas".to_owned(), buyer: buyer() },
        ),
        letter("producer_delivery_stopped_grant", stopped(true)),
        letter("producer_delivery_stopped_revoke", stopped(false)),
    ]);
    letters
}

fn write(content: &Content, language: Language) -> Words {
    let time_zone = "America/Sao_Paulo".to_owned();
    Letters.write(&Due::new("letter", buyer(), language, time_zone, content.clone()))
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

#[test]
fn every_kind_of_mail_has_a_letter_on_file() {
    let kinds: BTreeSet<MailKind> = letters().into_iter().map(|(_, content)| content.kind()).collect();
    assert_eq!(kinds, MailKind::ALL.iter().copied().collect());
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
        let order = write(&purchase().into(), language);
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
    for content in [refund::Content::Failed(letter.clone()), refund::Content::Requested(letter)] {
        let words = write(&content.into(), Language::Portuguese);
        assert!(!words.html.contains("<img"), "{}", words.html);
        assert!(!words.subject.contains(['\r', '\n']), "{:?}", words.subject);
    }
    let purchases::Content::Purchase { items, total, code, order_link, refundable_until, .. } = purchase();
    let seller = "Ana\r\nBcc: evil@example.com".to_owned();
    let words = write(
        &purchases::Content::Purchase { seller, items, total, code, order_link, refundable_until }.into(),
        Language::English,
    );
    assert!(!words.subject.contains(['\r', '\n']), "{:?}", words.subject);
}
