//! Production with a gateway that it does not reach: page by page, mail by mail, no promise is made that nobody keeps.
//! Whoever pays back or ends the charges is named, what happens until then is said, and once it is reported money,
//! subscription and access move together.

mod house;
mod words;

use crate::door::hooks;
use crate::harness::ANA;
use crate::harness::browserless::{Browser, form, forms};
use house::{House, SELLER, SELLER_MAIL, each_house, read};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use types::SubscriptionStatus;
use words::{assert_kept, assert_says, plain};

/// Each language, and how the mail about a refund that was asked for begins in it.
const LANGUAGES: [(&str, &str); 2] = [("pt-BR", "Recebemos seu pedido"), ("en", "We have your refund request")];

/// One order of each kind and state that a shop may send.
fn every_order(house: &House) -> Vec<Value> {
    let mut orders = Vec::new();
    for (code, kind) in [("ONE-1", "one_off"), ("SMART-1", "smart_installments"), ("SLIP-1", "slip_installments")] {
        orders.push(house.order(code, kind));
    }
    orders[2]["payment"] = json!({"method": "boleto"});
    let mut waiting = house.order("WAIT-1", "one_off");
    waiting.as_object_mut().unwrap().remove("paid_at");
    waiting["payment"] = json!({"method": "pix"});
    let mut free = house.order("FREE-1", "one_off");
    free["items"][0]["amount"] = json!(0);
    let mut late = house.order("LATE-1", "one_off");
    (late["ordered_at"], late["paid_at"]) = (json!(house.day(-30)), json!(house.day(-30)));
    orders.extend([waiting, free, late]);
    for (code, status) in [("SUB-1", "active"), ("OWED-1", "past_due"), ("END-1", "ending"), ("OVER-1", "ended")] {
        let mut order = house.order(code, "subscription");
        order["subscription"]["status"] = json!(status);
        orders.push(order);
    }
    orders
}

/// Every page that Ana reaches by links from her home page, with its text; a link that leads to a refusal fails.
async fn walk(ana: &mut Browser, language: &str) -> Vec<(String, String)> {
    let (mut seen, mut ahead) = (BTreeSet::new(), vec!["/".to_owned()]);
    let mut pages = Vec::new();
    while let Some(path) = ahead.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = read(ana, &path, language).await;
        if answer.status == 303 {
            ahead.push(answer.header("location").unwrap().to_owned());
            continue;
        }
        assert_eq!(answer.status, 200, "a link leads to {path}: {answer:?}");
        if !answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            continue;
        }
        let text = answer.text();
        let links = text.split("href=\"/").skip(1).map(|rest| format!("/{}", rest.split('"').next().unwrap()));
        ahead.extend(links.filter(|link| !link.starts_with("/assets") && !link.contains('#')));
        pages.push((path, text));
    }
    pages
}

/// Forms that a page may have here: each is pressed by a story of this folder, or changes only what is ours.
const FORMS: [&str; 13] = [
    "/account",
    "/sign-out",
    "/language",
    "/cancel",
    "/cancel/begin",
    "/cancel/abort",
    "/cancel/accept",
    "/cancel/undo",
    "/refund",
    "/refund/preview",
    "/refund/ask",
    "/billing",
    "/",
];

#[tokio::test]
async fn no_page_and_no_mail_promises_what_nobody_keeps() {
    for (language, asked) in LANGUAGES {
        each_house(async |house| {
            let orders = every_order(house);
            for order in &orders {
                house.sell(order).await;
            }
            for (code, charge) in [("DISP-1", "disputed"), ("BACK-1", "refunded")] {
                house.tell(&house.order(code, "one_off"), charge).await;
            }
            house.report_by_guru().await;
            let mut ana = house.ana_in(language).await;
            let pages = walk(&mut ana, language).await;
            let of_orders = orders.iter().map(|order| format!("/orders/{}", order["code"].as_str().unwrap()));
            let told =
                ["DISP-1", "BACK-1", hooks::COURSE, hooks::BOLETO, hooks::PLAN].map(|code| format!("/orders/{code}"));
            for path in of_orders.chain(told).chain(["/account".to_owned()]) {
                assert!(pages.iter().any(|(reached, _)| *reached == path), "{path} is not reached");
            }
            for part in ["/orders/ONE-1/refund", "/orders/LATE-1/refund", "/subscriptions/", "/terms"] {
                assert!(pages.iter().any(|(path, _)| path.contains(part)), "{part} is not reached");
            }
            pages.iter().for_each(|(path, text)| assert_page_kept(language, path, text));
            assert_says_who_collects(&mut ana, language).await;
            let preview = ana.visit("/orders/ONE-1/refund").await.expect(200);
            ana.press(&form(&preview, "/orders/ONE-1/refund"), &[]).await.expect(303);
            // A month on, nobody is asked to change a card where it cannot be changed.
            house.days(40).await;
            let mails = house.mails(ANA);
            assert!(mails.iter().any(|mail| mail.starts_with(asked)), "no mail in {language}: {mails:?}");
            house.assert_mails_kept();
        })
        .await;
    }
}

/// The page promises nothing that nobody keeps, and has no form but those that are known.
#[track_caller]
fn assert_page_kept(language: &str, path: &str, text: &str) {
    // Of these two the source itself says that they have ended: there it is certain.
    let is_over = path.starts_with("/subscriptions/") && (text.contains("END-1") || text.contains("OVER-1"));
    if !is_over {
        assert_kept(&format!("{language} {path}"), text);
    }
    for form in forms(text) {
        let action = form.action.split('?').next().unwrap();
        let is_known = FORMS.iter().any(|known| action.ends_with(known)) || action.starts_with("/account");
        assert!(is_known, "{path} has a form for {action}");
    }
}

/// What is overdue elsewhere is paid elsewhere, and the page says where.
async fn assert_says_who_collects(ana: &mut Browser, language: &str) {
    let owed = read(ana, "/orders/OWED-1", language).await.expect(200).text();
    let words = if language == "en" { "collects this payment" } else { "faz esta cobrança" };
    assert_says("what is overdue", &owed, &[words, SELLER]);
    let owed = plain(&owed).to_lowercase();
    assert!(!owed.contains("atraso desde") && !owed.contains("overdue since"), "its next day is ahead: {owed}");
}

/// The refund pages of an order, from its page to the receipt; gives the protocol number.
async fn refund(ana: &mut Browser, code: &str) -> String {
    let preview = ana.visit(&format!("/orders/{code}/refund")).await.expect(200);
    assert_kept("the preview", &preview.text());
    assert_says(
        "the preview",
        &preview.text(),
        &[SELLER, "no próprio sistema de pagamento", "até o valor ser reembolsado"],
    );
    let answer = ana.press(&form(&preview, &format!("/orders/{code}/refund")), &[]).await.expect(303);
    let protocol = answer.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    let receipt = ana.follow(answer).await.expect(200).text();
    assert_kept("the receipt at once", &receipt);
    protocol
}

async fn tracker(ana: &mut Browser, code: &str, protocol: &str) -> String {
    let text = ana.visit(&format!("/orders/{code}/refund/{protocol}")).await.expect(200).text();
    assert_kept("the tracker", &text);
    text
}

#[tokio::test]
async fn a_refund_is_the_producers_until_it_is_done_and_then_everything_moves_together() {
    each_house(async |house| {
        for (code, kind) in [("ONE-1", "one_off"), ("SUB-1", "subscription"), ("SMART-1", "smart_installments")] {
            // One after the other: what another order gives would stay.
            house.sell(&house.order(code, kind)).await;
            let mut ana = house.ana().await;
            let protocol = refund(&mut ana, code).await;
            house.world.settle().await;
            is_the_producers(house, &mut ana, code, &protocol).await;
            waits_and_is_followed_up(house, code, &protocol).await;
            is_done(house, code, &protocol).await;
            if kind == "subscription" {
                assert_eq!(house.api.order(code).await["subscription"]["status"], "ended", "{code}");
            }
            let mails = house.mails(SELLER_MAIL).len();
            house.days(8).await;
            assert_eq!(house.mails(SELLER_MAIL).len(), mails, "nobody is reminded of what is done");
            house.assert_mails_kept();
        }
    })
    .await;
}

/// Buyer and producer are told whose it is.
async fn is_the_producers(house: &House, ana: &mut Browser, code: &str, protocol: &str) {
    let told = tracker(ana, code, protocol).await;
    assert_says("the tracker", &told, &[SELLER, "recebeu o aviso em", "3 e de 7 dias", "não muda o seu acesso"]);
    let mails = house.mails(ANA);
    let is_told = mails.iter().any(|mail| mail.contains(protocol) && mail.contains("não muda o seu acesso"));
    assert!(is_told, "{code}: {mails:?}");
    let asked = house.mails(SELLER_MAIL).pop().unwrap();
    let done = format!("/orders/{code}/refunds/{protocol}/done");
    assert_says("the mail to the producer", &asked, &[protocol, "guru", &done]);
}

/// Nothing moves by itself, and the producer is reminded twice.
async fn waits_and_is_followed_up(house: &House, code: &str, protocol: &str) {
    house.days(8).await;
    assert_stands(house, code, "paid", "confirmed").await;
    assert_eq!(house.late().iter().filter(|mail| mail.contains(protocol)).count(), 2, "{code}");
    let told = tracker(&mut house.ana().await, code, protocol).await;
    assert_says("the tracker", &told, &["dois lembretes depois", "Escreva para"]);
}

/// The producer says that it is done: money and access move in one, and the pages say so.
async fn is_done(house: &House, code: &str, protocol: &str) {
    let done = format!("orders/{code}/refunds/{protocol}/done");
    house.api.post(&done, &json!({"reference": "guru-back-1"})).await.expect(200);
    house.world.settle().await;
    assert_stands(house, code, "refunded", "removed").await;
    let mut ana = house.ana().await;
    let told = tracker(&mut ana, code, protocol).await;
    assert_says("the tracker", &told, &["Reembolso concluído"]);
    let page = ana.visit(&format!("/orders/{code}")).await.expect(200).text();
    assert_says("the order", &page, &["Comprovante de reembolso"]);
    for text in [told, page] {
        assert!(!text.contains("ao banco"), "no bank of ours was asked: {}", plain(&text));
    }
}

/// Where the money of an order stands, and the access to its first item.
async fn assert_stands(house: &House, code: &str, money: &str, access: &str) {
    let order = house.api.order(code).await;
    let stands = (&order["status"], &order["items"][0]["access"]["state"]);
    assert_eq!(stands, (&json!(money), &json!(access)), "{code}");
}

#[tokio::test]
async fn a_late_refund_that_the_producer_approves_is_theirs_to_pay() {
    each_house(async |house| {
        let mut order = house.order("LATE-1", "one_off");
        (order["ordered_at"], order["paid_at"]) = (json!(house.day(-30)), json!(house.day(-30)));
        house.sell(&order).await;
        let mut ana = house.ana().await;
        let page = ana.visit("/orders/LATE-1/refund").await.expect(200);
        let answer = ana.press(&form(&page, "/orders/LATE-1/refund"), &[("message", "Não gostei.")]).await.expect(303);
        ana.follow(answer).await.expect(200);
        house.world.settle().await;
        let asked = house.mails(SELLER_MAIL).pop().unwrap();
        let link = asked.lines().find(|line| line.starts_with("https://")).unwrap().to_owned();
        let mut seller = house.browser();
        let page = seller.visit(&link).await.expect(200);
        assert_says("the answer's page", &page.text(), &["no seu próprio sistema de pagamento"]);
        let approve =
            forms(&page.text()).into_iter().find(|form| form.fields.iter().any(|(_, value)| value == "approve"));
        seller.submit(&approve.unwrap(), &[]).await.expect(200);
        house.world.settle().await;
        let approved = house.mails(ANA).into_iter().find(|mail| mail.contains("aprovou seu pedido")).unwrap();
        assert_kept("the mail", &approved);
        assert_says("the mail", &approved, &["no próprio sistema de pagamento", "não muda o seu acesso"]);
        let told = house.mails(SELLER_MAIL).pop().unwrap();
        assert_says("the mail to the producer", &told, &["guru", "/done"]);
    })
    .await;
}

/// The way out, screen by screen; gives the receipt's page and its protocol number.
async fn cancel(ana: &mut Browser, code: &str, words: &[&str]) -> (String, String) {
    let page = ana.visit(&format!("/orders/{code}")).await.expect(200).text();
    let way = page.split("href=\"").find(|rest| rest.split('"').next().unwrap().ends_with("/cancel")).unwrap();
    let address = way.split('"').next().unwrap().to_owned();
    let what = ana.visit(&address).await.expect(200);
    assert_kept("the first screen", &what.text());
    assert_says("the first screen", &what.text(), words);
    let why = ana.submit(&form(&what, &format!("{address}/begin")), &[]).await.expect(200);
    assert_kept("the second screen", &why.text());
    assert_says("the second screen", &why.text(), &[SELLER, "encerra as cobranças"]);
    let confirm = forms(&why.text()).into_iter().find(|form| form.action == address).unwrap();
    let receipt = ana.submit(&confirm, &[]).await.expect(200).text();
    assert_kept("the receipt", &receipt);
    let protocol = receipt.split("C-").nth(1).map(|rest| format!("C-{}", &rest[..9])).unwrap();
    (receipt, protocol)
}

#[tokio::test]
async fn the_producer_ends_the_charges_of_a_cancelled_subscription_and_is_reminded_until_the_source_says_so() {
    each_house(async |house| {
        let order = house.subscribe("SUB-1").await;
        let mut ana = house.ana().await;
        let words = [
            SELLER,
            "faz as cobranças e as encerra",
            "com o número do protocolo",
            "acesso termina quando isso for feito",
        ];
        let (receipt, protocol) = cancel(&mut ana, "SUB-1", &words).await;
        assert_says("the receipt", &receipt, &[SELLER, "faz as cobranças e as encerra"]);
        house.world.settle().await;
        let mail = house.mails(ANA).into_iter().find(|mail| mail.contains(&protocol)).unwrap();
        assert_kept("the mail", &mail);
        assert_says("the mail", &mail, &["Seu acesso continua até", "recebeu o pedido de encerrá-las"]);
        assert_says(
            "the mail to the producer",
            &house.mails(SELLER_MAIL).pop().unwrap(),
            &["Encerre em guru", &protocol],
        );
        house.days(25).await;
        assert_eq!(house.late().len(), 0);
        house.days(2).await;
        assert_eq!(house.late().len(), 1, "three days before the last one");
        for (path, text) in walk(&mut house.ana().await, "pt-BR").await {
            assert_kept(&path, &text);
        }
        // From here on it is certain, and said.
        let certain = || {
            house.mails(ANA).into_iter().filter(|mail| mail.contains("Não haverá novas cobranças")).collect::<Vec<_>>()
        };
        assert_eq!(certain(), [""; 0], "it is not over there");
        house.reports(order, SubscriptionStatus::Ended).await;
        house.days(12).await;
        assert_eq!(house.late().len(), 1, "what has ended there is not asked for");
        let page = house.ana().await.visit("/orders/SUB-1").await.expect(200).text();
        assert_says("the order", &page, &["Encerrada"]);
        let told = certain();
        assert!(told.len() == 1 && told[0].contains("O último dia"), "once it is over there: {told:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_past_due_ends_at_once_here_and_the_producer_ends_it_there() {
    each_house(async |house| {
        let mut order = house.order("OWED-1", "subscription");
        order["subscription"]["status"] = json!("past_due");
        house.sell(&order).await;
        let mut ana = house.ana().await;
        let (receipt, protocol) = cancel(&mut ana, "OWED-1", &["ainda pode tentar cobrar este valor"]).await;
        assert_says("the receipt", &receipt, &["Assinatura encerrada", "faz as cobranças e as encerra"]);
        house.days(8).await;
        assert_eq!(house.late().iter().filter(|mail| mail.contains(&protocol)).count(), 2);
        house.assert_mails_kept();
        let order = house.api.order("OWED-1").await;
        assert_eq!(
            (&order["subscription"]["status"], &order["items"][0]["access"]["state"]),
            (&json!("ended"), &json!("none"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_cancellation_taken_back_is_told_to_the_producer_and_nobody_is_reminded() {
    each_house(async |house| {
        house.sell(&house.order("SUB-1", "subscription")).await;
        let mut ana = house.ana().await;
        let (receipt, protocol) = cancel(&mut ana, "SUB-1", &[SELLER]).await;
        house.world.settle().await;
        let undo = forms(&receipt).into_iter().find(|form| form.action.ends_with("/cancel/undo")).unwrap();
        ana.submit(&undo, &[]).await.expect(200);
        house.world.settle().await;
        assert_says(
            "the mail to the producer",
            &house.mails(SELLER_MAIL).pop().unwrap(),
            &["Mantenha em guru", &protocol],
        );
        let undone = house.mails(ANA).pop().unwrap();
        assert_kept("the mail", &undone);
        assert_says("the mail", &undone, &["A assinatura continua", SELLER, "recebeu o aviso"]);
        let before = house.mails(SELLER_MAIL).len();
        house.days(28).await;
        assert_eq!(house.mails(SELLER_MAIL).len(), before);
    })
    .await;
}
