//! Letters of every kind, as they are compared and looked into.

mod letters;

pub(crate) use self::letters::letters;

use crate::mail::Content;
use portal::access::AccessLetter;
use portal::account::RequestedFrom;
use portal::billing::{ChargeLetter, Outlook};
use portal::card::PaymentLetter;
use portal::message::Sender;
use portal::plan::PlanLetter;
use portal::refund::RefundLetter;
use portal::subscription::CancelLetter;
use portal::{access, billing, plan, portal_link, purchases, refund, sign_in};
use types::plan::PlanPrice;
use types::view::CardView;
use types::{Currency, DeclineReason, Email, Instant, IntervalUnit, Legal, Line, Look, Method, Money, Protocol, TaxId};

/// 8 November 2026, 14:25 in São Paulo.
const ASKED: Instant = Instant::from_seconds(1_794_158_700);

pub(crate) fn refund() -> RefundLetter {
    RefundLetter {
        producer: "Ana & Filhos".to_owned(),
        code: "A-1042".to_owned(),
        protocol: Protocol::on_file("R-7K2M-94QX".to_owned()),
        amount: Money::new(29_700, Currency::BRL),
        back: None,
        is_by_hand: false,
        items: vec!["Curso de violão".to_owned(), "Apostila <em PDF>".to_owned()],
        order_link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz?to=order".to_owned(),
    }
}

fn in_part() -> RefundLetter {
    RefundLetter { back: Some(Money::new(9_990, Currency::BRL)), ..refund() }
}

fn plan() -> PlanLetter {
    PlanLetter {
        producer: "Ana & Filhos".to_owned(),
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
        producer: "Ana & Filhos".to_owned(),
        code: "A-1042".to_owned(),
        title: "Clube <de violão>".to_owned(),
        method,
        card: (method == Method::Card).then_some(card),
        link: "https://portal.example/subscriptions/01890a5d-ac96-774b-bcce-b302099a8057/card".to_owned(),
    }
}

fn cancellation(ends_at_once: bool) -> CancelLetter {
    CancelLetter {
        producer: "Ana & Filhos".to_owned(),
        code: "A-1042".to_owned(),
        plan: "Clube <mensal>".to_owned(),
        protocol: Protocol::on_file("C-7K2M-94QX".to_owned()),
        // Midnight in São Paulo: the last day is the one before.
        effective_at: Instant::from_seconds(ASKED.seconds() + 20 * 86_400 + 34_500),
        is_by_seller: false,
        ends_at_once,
        is_by_producer: false,
        link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz?to=cancel".to_owned(),
    }
}

fn charge() -> ChargeLetter {
    ChargeLetter {
        producer: "Ana & Filhos".to_owned(),
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

fn slip(method: Method, replaces: bool) -> Content {
    billing::Content::SlipIssued {
        charge: charge(),
        method,
        code: "00190.00009 00000.000000 00000.000000 0 00000000004990".to_owned(),
        until: Instant::from_seconds(ASKED.seconds() + 3 * 86_400),
        replaces,
    }
    .into()
}

pub(crate) fn buyer() -> Email {
    Email::parse("joana@example.com").unwrap()
}

pub(crate) fn sign_in_link(product: Option<&str>, producers: &[&str]) -> Content {
    sign_in::Content::Link {
        url: "https://portal.example/l/eyJhbGciOi.x_y-z".to_owned(),
        code: "ABCD2345".to_owned(),
        expires_at: Instant::from_seconds(ASKED.seconds() + if product.is_some() { 6 * 3600 } else { 600 }),
        asked_at: ASKED,
        asked_from: "203.0.113.7".to_owned(),
        browser: "Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0 Mobile Safari/537.36".to_owned(),
        product: product.map(str::to_owned),
        producers: producers.iter().map(|name| (*name).to_owned()).collect(),
    }
    .into()
}

/// In whose name a letter of this content goes out: in that of the producer whose buyer it goes to.
pub(crate) fn sender(content: &Content) -> Option<Sender> {
    let goes_to_producer = content.kind().as_str().starts_with("producer");
    let is_of_producer = match content {
        Content::Account(_) => false,
        Content::SignIn(sign_in::Content::Link { producers, .. }) => producers.len() == 1,
        _ => !goes_to_producer,
    };
    is_of_producer.then(|| Sender {
        name: "Ana & Filhos".to_owned(),
        contact: Email::parse("contato@anaefilhos.example").unwrap(),
        legal: Legal {
            name: Some(Line::parse("Ana & Filhos Cursos Ltda").unwrap()),
            tax_id: Some(TaxId::parse("11222333000181").unwrap()),
            address: Some(Line::parse("Rua das Flores, 10, São Paulo, SP").unwrap()),
            privacy_url: Some("https://anaefilhos.example/privacidade".to_owned()),
            terms_url: None,
        },
        look: Look::default(),
        mail_name: None,
    })
}

pub(crate) fn portal_link(target: types::LinkPlace) -> portal_link::Content {
    portal_link::Content::Link {
        producer: "Ana & Filhos".to_owned(),
        items: refund().items,
        code: "A-1042".to_owned(),
        target,
        url: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz".to_owned(),
    }
}

pub(crate) fn purchase() -> purchases::Content {
    purchases::Content::Purchase {
        producer: "Ana & Filhos".to_owned(),
        items: refund().items,
        total: Money::new(123_456, Currency::BRL),
        is_free: false,
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
        producer: "Ana & Filhos".to_owned(),
        item: "Curso de violão <1>".to_owned(),
        code: "A-1042".to_owned(),
        at: Instant::from_seconds(ASKED.seconds() + 6 * 86_400 + 34_499),
        order_link: "https://portal.example/o/abcdefghijklmnopqrstuvwxyz".to_owned(),
    }
}
