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
use types::view::{CardRefusal, RefundView, SwapOutcome, SwapState, WaitsFor};
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
    assert_eq!(page.body.matches("href=\"/orders/A-1~aurora/card\"").count(), 1, "{}", page.body);
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
    let beside_a_code = order::view::order(texts, &order, NOW).body;
    assert!(!beside_a_code.contains("Vamos tentar de novo"), "nothing is tried while a code is open: {beside_a_code}");
    order.charges.retain(|charge| !charge.is_open());
    let late = order::view::order(texts, &order, NOW).body;
    let head = |body: &str| body.split("</header>").next().unwrap_or_default().to_owned();
    assert!(head(&late).contains("Parcela em atraso"), "{late}");
    let strip = late.split("notice warn").nth(1).unwrap();
    assert!(strip.contains("Pagar R$\u{a0}49,90") && strip.contains("/orders/A-1~aurora/card"), "{late}");
    for words in ["não há saldo ou limite", "Vamos tentar de novo nestes dias", "o acesso vai até"] {
        assert!(late.contains(words), "{words}: {late}");
    }
    order.overdue = None;
    assert!(!order::view::order(texts, &order, NOW).body.contains("Parcela em atraso"));
    let home = home::view::home(texts, &sample::home(), &HomeQuery::default(), NOW).body;
    assert!(home.contains("parcela de R$\u{a0}49,90 em atraso. O cartão venceu."), "{home}");
}

#[test]
fn the_strip_of_a_subscription_says_why_and_its_charges_have_receipts() {
    let texts = Texts::of(Language::English);
    let offer = sample::retention_offers().remove(0);
    let mut seen = sample::subscription_page(SubscriptionStatus::PastDue, CancellationState::Undone, offer);
    seen.order.charges.retain(|charge| !charge.is_open());
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

#[test]
fn a_refund_that_waits_at_the_gateways_page_leads_there_first_and_says_whose_it_is() {
    let texts = Texts::of(Language::English);
    let mut order = sample::order(OrderStatus::Refunded, sample::offers().remove(0), None);
    (order.overdue, order.charges) = (None, Vec::new());
    let page =
        |at: &[Option<&str>]| refund::receipt::page(texts, &order, &sample::refund_at(at), &Typed::default(), NOW);
    let (first, second) = ("https://asaas.example/solicitar-estorno/1", "https://asaas.example/solicitar-estorno/2");
    let shown = page(&[Some(first), Some(second)]);
    assert_eq!(shown.title, "Your refund waits for an account");
    assert_eq!(shown.body.matches("class=\"button primary\"").count(), 1, "{}", shown.body);
    for words in [
        &format!("<a href=\"{first}\" rel=\"noreferrer\" class=\"button primary\">"),
        second,
        "at asaas.example",
        "R$49.90 goes",
    ] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    assert!(!shown.body.contains("Refund sent to your bank"), "{}", shown.body);
    for unknown in [None, Some("javascript:alert(1)"), Some("https://good.example@evil.example/")] {
        let body = page(&[unknown]).body;
        assert!(body.contains("whose address we do not have yet") && !body.contains("button primary"), "{body}");
    }
    order.refunds = vec![sample::refund_at(&[Some(first)])];
    let body = order::view::order(texts, &order, NOW).body;
    let head = body.split("</header>").next().unwrap();
    assert!(head.contains(">Say where the money goes</a>") && !head.contains("Track refund"), "{head}");
    assert!(head.contains("Waiting for your bank details") && !head.contains("sent to your bank"), "{head}");
    order.refunds = vec![sample::refund(RefundState::Sent)];
    assert!(order::view::order(texts, &order, NOW).body.contains("Track refund"));
}

#[test]
fn a_price_in_instalments_is_not_paid_before_its_last_one() {
    let texts = Texts::of(Language::Portuguese);
    let mut order = sample::order(OrderStatus::Paid, sample::offers().remove(0), None);
    (order.kind, order.overdue, order.refunds) = (types::OrderKind::SmartInstallments, None, Vec::new());
    let body = order::view::order(texts, &order, NOW).body;
    let head = body.split("</header>").next().unwrap();
    assert!(head.contains("Em dia · 1 de 5") && !head.contains(">Pago<"), "{head}");
    assert!(body.contains("Próxima parcela: sexta-feira, 20/11, R$\u{a0}49,90."), "{body}");
    let mut home = sample::home();
    let row = &mut home.producers[0].orders[0];
    (row.status, row.kind, row.overdue) = (OrderStatus::Paid, order.kind, None);
    row.installments = types::view::InstallmentsView::of(&order.installments);
    home.producers[0].orders.truncate(1);
    let body = home::view::home(texts, &home, &HomeQuery::default(), NOW).body;
    assert!(body.contains("Em dia · 1 de 5"), "{body}");
    assert!(body.contains("Próxima parcela em 20/11/2026: R$\u{a0}49,90. Falta pagar R$\u{a0}149,70."), "{body}");
    // Nobody knows how many somebody else has charged.
    home.producers[0].orders[0].installments = None;
    assert!(home::view::home(texts, &home, &HomeQuery::default(), NOW).body.contains("Parcelado"));
}

#[test]
fn what_is_to_be_paid_says_how_much_and_leads_there_and_is_the_first_button_of_its_card() {
    let texts = Texts::of(Language::Portuguese);
    let mut home = sample::home();
    let order = home.producers[0].orders.last_mut().unwrap();
    order.owed = Some(sample::due(Method::Card));
    let last = home.producers[0].orders.pop().unwrap();
    home.producers[0].orders = vec![last];
    let body = home::view::home(texts, &home, &HomeQuery::default(), NOW).body;
    let (strip, cards) = body.split_once("class=\"producer\"").unwrap();
    assert!(strip.contains("em atraso") && strip.contains(">Pagar R$\u{a0}49,90</a>"), "{strip}");
    assert!(strip.contains("Pague até sexta-feira, 25/12/2026"), "{strip}");
    assert!(strip.contains("para apagar seus dados") && strip.contains("/account/erasure/undo"), "{strip}");
    assert_eq!(cards.matches("button primary").count(), 1, "{cards}");
    assert!(cards.split("button primary").nth(1).unwrap().contains("Pagar R$\u{a0}49,90"), "{cards}");
    // What the buyer chose for later is no warning, and is taken back where it is seen.
    assert!(cards.contains("/plan/undo") && !cards.contains("state wait"), "{cards}");
}

#[test]
fn an_open_pix_is_copied_first_and_its_code_comes_after_the_button() {
    let texts = Texts::of(Language::Portuguese);
    let request = RequestId(uuid::Uuid::nil());
    let mut seen = sample::payment_page(Method::Pix, None);
    let body = card::view::page(texts, &seen, request, Arrival::Anywhere, NOW).body;
    assert_eq!(body.matches("class=\"button primary\"").count(), 1, "{body}");
    assert!(body.find("Copiar código Pix").unwrap() < body.find("<code").unwrap(), "{body}");
    assert_eq!(body.matches("class=\"amount\"").count(), 1, "the amount stands there once: {body}");
    // A code that ran out is nobody's refusal.
    seen.open.as_mut().unwrap().replaces = true;
    let body = card::view::page(texts, &seen, request, Arrival::Anywhere, NOW).body;
    assert!(body.contains("O código anterior venceu; aqui está outro."), "{body}");
    // Without a code, to get one is the first thing.
    seen.open = None;
    let body = card::view::page(texts, &seen, request, Arrival::Anywhere, NOW).body;
    assert!(body.split("class=\"button primary\"").nth(1).unwrap().contains("Gerar Pix de"), "{body}");
    assert_eq!(body.matches("class=\"button primary\"").count(), 1, "{body}");
}

#[test]
fn while_the_bank_is_asked_nobody_is_told_to_pay() {
    let texts = Texts::of(Language::Portuguese);
    let mut seen = sample::payment_page(Method::Card, None);
    seen.owed.as_mut().unwrap().waits_for = Some(WaitsFor::Answer);
    let body = card::view::page(texts, &seen, RequestId(uuid::Uuid::nil()), Arrival::Try, NOW).body;
    assert!(body.contains("Estamos conferindo o pagamento com o banco"), "{body}");
    assert!(!body.contains("Pague antes") && !body.contains("<button"), "{body}");
}

#[test]
fn another_way_to_pay_says_what_it_means_before_it_is_taken() {
    let texts = Texts::of(Language::Portuguese);
    let seen = sample::payment_page(Method::Card, None);
    let body = card::view::page(texts, &seen, RequestId(uuid::Uuid::nil()), Arrival::Anywhere, NOW).body;
    let way = body.split("<summary>Mudar para Pix</summary>").nth(1).unwrap();
    let (effect, form) = way.split_once("<form").unwrap();
    assert!(effect.contains("A cada cobrança enviamos um código Pix") && effect.contains("39,90"), "{effect}");
    assert!(form.contains("Pagar por Pix de agora em diante"), "{form}");
}

#[test]
fn an_order_shows_what_was_sold_whatever_plan_runs_now() {
    let texts = Texts::of(Language::Portuguese);
    let offer = sample::offers().remove(0);
    let mut order = sample::order(OrderStatus::Paid, offer, Some(SubscriptionStatus::Active));
    order.items.truncate(1);
    (order.items[0].amount, order.total) = (sample::brl(49_900), sample::brl(49_900));
    order.sold = sample::brl(4_990);
    let body = order::view::order(texts, &order, NOW).body;
    let items = body.split("id=\"items\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(items.contains("49,90") && !items.contains("499,00"), "{items}");
}

#[test]
fn a_boleto_or_pix_is_never_said_to_be_tried_again() {
    let texts = Texts::of(Language::Portuguese);
    let offer = sample::retention_offers().remove(0);
    let mut seen = sample::subscription_page(SubscriptionStatus::PastDue, CancellationState::Undone, offer);
    seen.order.kind = types::OrderKind::Subscription;
    let overdue = seen.overdue.as_mut().unwrap();
    (overdue.method, overdue.reason) = (Method::Pix, Some(types::DeclineReason::Expired));
    let body = crate::subscription::view::page(texts, &seen, NOW).body;
    assert!(body.contains("em atraso desde") && body.contains("com Pix</a>"), "{body}");
    for words in ["tentar de novo", "não conseguimos cobrar", "não passou."] {
        assert!(!body.contains(words), "{words}: {body}");
    }
    // What is overdue ends at once, and says so; another plan comes after the payment.
    assert!(body.contains("Encerrar assinatura agora"), "{body}");
}

#[test]
fn whoever_pays_by_a_new_card_is_told_not_to_pay_the_code_as_well() {
    let texts = Texts::of(Language::Portuguese);
    let request = RequestId(uuid::Uuid::nil());
    let words = "Não pague mais o código";
    for mut seen in sample::card_updates() {
        let has_paid_or_may = matches!(
            &seen.state,
            SwapState::Saved { outcome: SwapOutcome::Paid(_) | SwapOutcome::Unknown | SwapOutcome::Action { .. }, .. }
        );
        let body = card::result::page(texts, &seen, request).body;
        assert_eq!(body.contains(words), has_paid_or_may, "{:?}: {body}", seen.state);
        seen.has_dead_code = false;
        assert!(!card::result::page(texts, &seen, request).body.contains(words));
    }
}

#[test]
fn a_card_rests_beside_a_code_and_the_page_notices_a_pix() {
    let texts = Texts::of(Language::Portuguese);
    let request = RequestId(uuid::Uuid::nil());
    for (open, rests, looks) in [(Method::Pix, true, true), (Method::Boleto, true, false)] {
        let mut seen = sample::payment_page(open, None);
        seen.payment.method = Method::Card;
        let page = card::view::page(texts, &seen, request, Arrival::Anywhere, NOW);
        assert_eq!(page.body.contains("Enquanto este código valer, não cobramos"), rests, "{}", page.body);
        assert_eq!(page.body.contains("se atualiza sozinha"), looks, "{}", page.body);
        assert_eq!(page.reads_next.as_deref().is_some_and(|next| next.contains("?tried")), looks);
        assert!(page.body.contains("não pague mais o código acima"), "{}", page.body);
    }
}

#[test]
fn an_erasure_that_was_asked_for_is_said_first() {
    let texts = Texts::of(Language::Portuguese);
    let request = RequestId(uuid::Uuid::nil());
    let mut tried = 0;
    for offer in sample::erasures() {
        let body = crate::account::data::erasure(texts, &offer, request, NOW).body;
        let (what_goes, undo) = (body.find("O que apagamos").unwrap(), body.find("/account/erasure/undo"));
        assert_eq!(undo.is_some(), offer.waiting.is_some());
        assert!(undo.is_none_or(|undo| undo < what_goes), "{body}");
        tried += usize::from(offer.waiting.is_some());
    }
    assert!(tried > 0);
}
