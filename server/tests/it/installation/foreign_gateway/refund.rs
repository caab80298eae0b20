//! A refund that the producer pays: whose it is, what waits for it, and when it is done.

use super::house::{House, SELLER, SELLER_MAIL, each_house};
use super::words::{assert_kept, assert_says};
use crate::harness::ANA;
use crate::harness::browserless::{Browser, form, forms, plain};
use serde_json::json;

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
