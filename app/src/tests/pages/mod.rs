//! Every page in every state and language: no text is missing, nothing that came from outside becomes markup.

mod every;

use self::every::pages;
use super::sample;
use super::sample::NOW;
use crate::card::page::Arrival;
use crate::refund::payee::Typed;
use crate::text::Texts;
use crate::{card, home, order, refund};
use portal::purchases::HomeQuery;
use std::collections::BTreeSet;
use std::time::Duration;
use types::view::{CardRefusal, RefundView};
use types::{CancellationState, Language, Method, OrderStatus, RefundState, RequestId, SubscriptionStatus};

#[test]
fn every_text_has_what_it_needs() {
    for language in Language::ALL {
        for page in pages(Texts::of(language)) {
            assert!(!page.body.contains("{$") && !page.body.contains("{ $"), "{}", page.body);
            assert!(
                !page.title.is_empty() && !page.body.contains("<!>") | page.body.contains("<leptos-island"),
                "{}",
                page.body
            );
        }
    }
}

#[test]
fn nothing_from_outside_becomes_markup_or_script() {
    for page in pages(Texts::of(Language::Portuguese)) {
        assert!(!page.body.contains("<b id=x") && !page.body.contains("</title>"), "{}", page.body);
        assert!(!page.body.contains("href=\"javascript:"), "{}", page.body);
    }
}

#[test]
fn every_form_and_link_stays_on_addresses_that_exist() {
    let known = |path: &str| {
        let fits = |route: &crate::Route| {
            let (pattern, path) = (route.address.pattern.split('/'), path.split('/'));
            pattern.clone().count() == path.clone().count()
                && pattern.zip(path).all(|(p, s)| p == s || p.starts_with('{'))
        };
        crate::all_routes().iter().any(fits)
    };
    for page in pages(Texts::of(Language::English)) {
        for attribute in ["href=\"/", "action=\"/"] {
            for found in page.body.split(attribute).skip(1) {
                let address = found.split('"').next().unwrap_or_default();
                let path = address.split(['?', '#']).next().unwrap_or_default();
                assert!(known(&format!("/{path}")), "{attribute}{address}");
            }
        }
    }
}

#[test]
fn an_open_boleto_leads_to_the_page_with_its_code_and_not_to_a_refusal() {
    let texts = Texts::of(Language::Portuguese);
    let mut order = sample::order(OrderStatus::Pending, sample::offers().remove(0), None);
    order.overdue = None;
    order.charges.truncate(1);
    order.charges[0].payment_url = Some("/sandbox/boleto/abc".to_owned());
    let page = order::view::order(texts, &order, NOW);
    assert_eq!(page.body.matches("href=\"/orders/A-1~aurora/card\"").count(), 2, "{}", page.body);
    assert!(!page.body.contains("href=\"#payment\""));
    // A code that only the gateway's own page shows.
    order.charges[0].payment_code = None;
    assert!(order::view::order(texts, &order, NOW).body.contains("href=\"/sandbox/boleto/abc\""));
    for refusal in [CardRefusal::OneOff, CardRefusal::NotPaid, CardRefusal::SlipInstallments] {
        let mut seen = sample::payment_page(Method::Boleto, Some(refusal));
        // Without the producer's name, which is escaped on a page.
        let words: String = card::refusal::reason(texts, refusal, &seen.producer).chars().take(30).collect();
        assert!(
            !card::view::page(texts, &seen, RequestId(uuid::Uuid::nil()), Arrival::Anywhere, NOW).body.contains(&words)
        );
        (seen.open, seen.may_pay) = (None, false);
        assert!(
            card::view::page(texts, &seen, RequestId(uuid::Uuid::nil()), Arrival::Anywhere, NOW).body.contains(&words)
        );
    }
}

#[test]
fn a_late_instalment_says_why_and_the_order_is_not_simply_paid() {
    let texts = Texts::of(Language::Portuguese);
    let mut order = sample::order(OrderStatus::Paid, sample::offers().remove(0), None);
    order.kind = types::OrderKind::SmartInstallments;
    order.refunds = Vec::new();
    let late = order::view::order(texts, &order, NOW).body;
    let head = |body: &str| body.split("</header>").next().unwrap_or_default().to_owned();
    assert!(head(&late).contains("Parcela em atraso") && head(&late).contains("/orders/A-1~aurora/card"), "{late}");
    for words in ["não há saldo ou limite", "Vamos tentar de novo nestes dias", "o acesso vai até"] {
        assert!(late.contains(words), "{words}: {late}");
    }
    order.overdue = None;
    assert!(!order::view::order(texts, &order, NOW).body.contains("Parcela em atraso"));
    let home = home::view::home(texts, &sample::home(), &HomeQuery::default(), NOW).body;
    assert!(home.contains("não foi paga. O cartão venceu."), "{home}");
}

#[test]
fn the_strip_of_a_subscription_says_why_and_its_charges_have_receipts() {
    let texts = Texts::of(Language::English);
    let offer = sample::retention_offers().remove(0);
    let seen = sample::subscription_page(SubscriptionStatus::PastDue, CancellationState::Undone, offer);
    let body = crate::subscription::view::page(texts, &seen, NOW).body;
    for words in ["not enough funds", "We will try again on these days", "your access lasts until"] {
        assert!(body.contains(words), "{words}: {body}");
    }
    assert!(body.contains("/orders/A-1~aurora/receipts/") && body.contains("Current period since"), "{body}");
}

#[test]
fn the_title_of_a_refund_says_where_it_stands_and_doubt_waits_a_minute() {
    let texts = Texts::of(Language::English);
    let order = sample::order(OrderStatus::Paid, sample::offers().remove(0), None);
    let page = |refund: &RefundView, now| refund::receipt::page(texts, &order, refund, &Typed::default(), now);
    let titles = RefundState::ALL.iter().map(|state| page(&sample::refund(*state), NOW).title);
    let different: BTreeSet<String> = titles.collect();
    assert_eq!(different.len(), RefundState::ALL.len() - 1, "approved and asked for are one: {different:?}");
    let asking = RefundView { waits_for_payee: false, ..sample::refund(RefundState::Reconciling) };
    for (seconds, words) in
        [(1, "sending it to your bank"), (60, "sending it to your bank"), (61, "not given a clear answer")]
    {
        let body = page(&asking, NOW.plus(Duration::from_secs(seconds))).body;
        assert!(body.contains(words), "{seconds} s: {body}");
    }
}
