//! What the producer pays back on Asaas' own pages is on file, and is no refund of ours.

use super::payee::name_account;
use super::{ANA, ask, bought, course, give_back, paid, shop, status_is, text};
use crate::harness::browserless::form;
use crate::harness::shop::{sell, sign_in};
use crate::harness::site::{Api, ENGINES, eventually};
use serde_json::{Value, json};
use standin::asaas::Asaas;

async fn pay_back(asaas: &Asaas, what: &str, body: &Value) {
    ask(asaas, "POST", &format!("{what}/refund"), body).await.expect(200);
}

/// What went back beside refunds of ours.
async fn given_back_is(luz: &Api, code: &str, centavos: i64) {
    eventually(&format!("{centavos} of {code} to be back"), async || {
        (luz.order(code).await["charges"][0]["given_back"] == centavos).then_some(())
    })
    .await;
}

async fn refund_is(luz: &Api, code: &str, state: &str) {
    eventually(&format!("the refund of {code} to be {state}"), async || {
        (luz.order(code).await["refunds"][0]["state"] == state).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_the_producer_pays_back_at_asaas_is_on_file_in_part_and_whole() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        for (code, kind) in [("A-1", "CREDIT_CARD"), ("A-2", "PIX")] {
            let payment = bought(&luz, &asaas, code, kind).await;
            pay_back(&asaas, &format!("/payments/{payment}"), &json!({"value": 97})).await;
            status_is(&luz, code, "partly_refunded").await;
            given_back_is(&luz, code, 9_700).await;
            pay_back(&asaas, &format!("/payments/{payment}"), &json!({})).await;
            status_is(&luz, code, "refunded").await;
            assert_eq!(luz.order(code).await["refunds"], json!([]), "{engine}");
        }
        let page = sign_in(&site, ANA).await.visit("/orders/A-1").await.expect(200).text();
        assert!(page.contains("Reembolsado"), "{engine}: {page}");
        site.assert_sound().await;
    }
}

/// It is back when its buyer has named an account, and not before. One that was asked for from here is one refund.
#[tokio::test]
async fn a_boleto_that_the_producer_pays_back_is_told_from_one_that_was_asked_for_here() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let theirs = bought(&luz, &asaas, "A-1", "BOLETO").await;
        pay_back(&asaas, &format!("/payments/{theirs}/bankSlip"), &json!({})).await;
        asaas.hooks().settle().await;
        assert_eq!(luz.order("A-1").await["status"], "paid", "{engine}: its buyer has named no account");
        name_account(&asaas, &theirs).await;
        status_is(&luz, "A-1", "refunded").await;

        let ours = bought(&luz, &asaas, "A-2", "BOLETO").await;
        let mut ana = sign_in(&site, ANA).await;
        give_back(&mut ana, "A-2").await;
        refund_is(&luz, "A-2", "sent").await;
        name_account(&asaas, &ours).await;
        refund_is(&luz, "A-2", "settled").await;
        let order = luz.order("A-2").await;
        assert_eq!((&order["status"], &order["charges"][0]["given_back"]), (&json!("refunded"), &json!(0)), "{engine}");
        site.assert_sound().await;
    }
}

/// A card that paid in parts is one charge, which an order calls by its first part or by the plan.
#[tokio::test]
async fn of_a_card_that_paid_in_parts_each_part_counts_whichever_the_order_names() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        for (code, is_plan) in [("A-1", false), ("A-2", true)] {
            let first = paid(&asaas, "CREDIT_CARD", "297", 3).await;
            let plan = text(&asaas.payment(&first).unwrap(), "installment");
            let name = if is_plan { &plan } else { &first };
            sell(&luz, &course(code, "CREDIT_CARD", name)).await;
            let parts = asaas.payments().into_iter().filter(|payment| payment["installment"] == plan.as_str());
            let last = parts.map(|part| text(&part, "id")).find(|part| *part != first).unwrap();
            pay_back(&asaas, &format!("/payments/{last}"), &json!({"value": 40})).await;
            given_back_is(&luz, code, 4_000).await;
            assert_eq!(luz.order(code).await["status"], "partly_refunded", "{engine}");
            pay_back(&asaas, &format!("/installments/{plan}"), &json!({})).await;
            status_is(&luz, code, "refunded").await;
        }
        site.assert_sound().await;
    }
}

/// What a buyer asked for after the window, the producer pays back there without a word here: nothing is left to be
/// answered.
#[tokio::test]
async fn what_waits_for_the_producers_answer_is_done_when_it_pays_all_of_it_back_there() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let first = paid(&asaas, "CREDIT_CARD", "297", 3).await;
        sell(&luz, &course("A-1", "CREDIT_CARD", &first)).await;
        let payment = bought(&luz, &asaas, "A-2", "PIX").await;
        let mut ana = sign_in(&site, ANA).await;
        site.forward(10).await;
        for code in ["A-1", "A-2"] {
            let address = format!("/orders/{code}/refund/ask");
            let page = ana.visit(&address).await.expect(200);
            ana.submit(&form(&page, &address), &[("message", "Fiquei doente.")]).await.expect(200);
        }
        let plan = text(&asaas.payment(&first).unwrap(), "installment");
        pay_back(&asaas, &format!("/installments/{plan}"), &json!({})).await;
        pay_back(&asaas, &format!("/payments/{payment}"), &json!({})).await;
        for code in ["A-1", "A-2"] {
            refund_is(&luz, code, "settled").await;
            assert_eq!(luz.order(code).await["status"], "refunded", "{engine}");
        }
        site.assert_sound().await;
    }
}

/// An item that could not go back from here, and went back there with all the rest: the books add up all the same.
#[tokio::test]
async fn what_failed_from_here_for_one_item_goes_back_there_with_all_the_others() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let payment = paid(&asaas, "PIX", "316.9", 1).await;
        let mut order = course("A-1", "PIX", &payment);
        let item = |product: &str, amount: i64| json!({"product": product, "offer": product, "amount": amount});
        order["items"] = json!([item("foto", 29_700), item("ebook", 1_990)]);
        sell(&luz, &order).await;
        asaas.set_balance(0);
        let mut ana = sign_in(&site, ANA).await;
        let page = ana.visit("/orders/A-1/refund").await.expect(200).text();
        let item = &page.split("name=\"item\" value=\"").nth(1).unwrap()[..36];
        let preview = ana.visit(&format!("/orders/A-1/refund/preview?item={item}")).await.expect(200);
        ana.submit(&form(&preview, "/orders/A-1/refund"), &[]).await.expect(200);
        refund_is(&luz, "A-1", "failed").await;
        asaas.set_balance(1_000_000);
        pay_back(&asaas, &format!("/payments/{payment}"), &json!({})).await;
        status_is(&luz, "A-1", "refunded").await;
        site.assert_sound().await;
    }
}
