//! A subscription whose charges the producer ends.

use super::house::{SELLER, SELLER_MAIL, each_house};
use super::walk;
use super::words::{assert_kept, assert_says};
use crate::harness::ANA;
use crate::harness::browserless::{Browser, form, forms};
use serde_json::json;
use types::SubscriptionStatus;

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
