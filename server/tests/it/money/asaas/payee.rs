//! A boleto goes back to the account that its buyer names on a page of Asaas': the buyer is told of it and led there.

use super::{ANA, bought, give_back, place, shop};
use crate::harness::browserless::{Browser, plain};
use crate::harness::http::{Request, call};
use crate::harness::producers::signed_in;
use crate::harness::shop::sign_in;
use crate::harness::site::{Api, ENGINES, eventually};
use serde_json::Value;
use standin::asaas::Asaas;
use standin::fault::Fault;

/// Where the buyer of this payment names an account.
fn page_of(asaas: &Asaas, payment: &str) -> String {
    let root = asaas.base_url();
    format!("{}/solicitar-estorno/{}", root.trim_end_matches("/v3"), payment.trim_start_matches("pay_"))
}

/// The buyer names one.
pub(super) async fn name_account(asaas: &Asaas, payment: &str) {
    let path = format!("/solicitar-estorno/{}", payment.trim_start_matches("pay_"));
    let account = ["bank", "agency", "account"].map(|name| (name.to_owned(), "1".to_owned()));
    call(place(asaas).0, &Request::new("POST", &path).form(&account)).await.unwrap();
}

/// What the API tells of the refund, once it is at this state and waits for the buyer or not.
async fn refund_is(luz: &Api, code: &str, state: &str, waits: bool) -> Value {
    eventually(&format!("the refund of {code} to be {state}, and to wait: {waits}"), async || {
        let refund = luz.order(code).await["refunds"][0].clone();
        let is_waiting = refund["parts"][0]["waits_for_buyer_since"].is_string();
        (refund["state"] == state && is_waiting == waits).then_some(refund)
    })
    .await
}

/// The page of the refund, to which the order's one first button leads.
async fn receipt(ana: &mut Browser, code: &str, label: &str) -> String {
    let order = ana.visit(&format!("/orders/{code}")).await.expect(200).text();
    let (before, _) = order.split_once(&format!(">{label}</a>")).unwrap_or_else(|| panic!("no {label}: {order}"));
    let button = before.rsplit("<a ").next().unwrap();
    assert!(button.contains("primary"), "{button}");
    let address = button.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    ana.visit(&address).await.expect(200).text()
}

#[tokio::test]
async fn a_boleto_waits_until_its_buyer_has_named_an_account_at_asaas() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        let payment = bought(&luz, &asaas, "A-1", "BOLETO").await;
        let mut ana = sign_in(&site, ANA).await;
        give_back(&mut ana, "A-1").await;
        refund_is(&luz, "A-1", "sent", true).await;
        let mail = site.mail.wait(ANA, "precisa de uma conta para enviar o valor").await;
        assert!(mail.text.contains("boleto") && !mail.text.contains("solicitar-estorno"), "{}", mail.text);
        let shown = receipt(&mut ana, "A-1", "Informar conta do reembolso").await;
        let way = format!("<a href=\"{}\" rel=\"noreferrer\" class=\"button primary\">", page_of(&asaas, &payment));
        assert_eq!(shown.matches(&way).count(), 1, "{engine}: {shown}");
        assert!(plain(&shown).contains("Enquanto isso não for feito, o dinheiro espera."), "{engine}: {shown}");
        let mut desk = signed_in(&site, "luz").await;
        let drawer = plain(&desk.visit("/producer/orders/A-1").await.expect(200).text());
        assert!(drawer.contains("Espera o comprador") && drawer.contains("O gateway pede ao comprador"), "{drawer}");
        site.forward(3).await;
        site.mail.wait(ANA, "não tem outra forma de enviar o valor").await;
        name_account(&asaas, &payment).await;
        // Nothing of ours is in what Asaas tells of it: the portal asks by itself.
        site.forward(1).await;
        refund_is(&luz, "A-1", "settled", false).await;
        let order = ana.visit("/orders/A-1").await.expect(200).text();
        assert!(!order.contains("Informar conta do reembolso"), "{engine}: {order}");
        site.forward(4).await;
        let told = site.mail.to(ANA).iter().filter(|mail| mail.subject.contains("nforme a conta")).count();
        assert_eq!((told, asaas.refunds(&payment).len()), (2, 1), "{engine}");
        site.assert_sound().await;
    }
}

/// The address is only in the answer to the call that asks for the refund: where that is lost, it is asked for again,
/// and the refund is one all the same.
#[tokio::test]
async fn the_page_is_known_whatever_went_wrong_with_the_call_that_tells_it() {
    for engine in ENGINES {
        let (site, luz, asaas) = shop(engine).await;
        bought(&luz, &asaas, "A-9", "PIX").await;
        let mut ana = sign_in(&site, ANA).await;
        for (number, fault) in
            [Fault::Status(429), Fault::Status(500), Fault::Reset, Fault::Lost, Fault::StatusAfter(500)]
                .into_iter()
                .enumerate()
        {
            let code = format!("A-{number}");
            let payment = bought(&luz, &asaas, &code, "BOLETO").await;
            asaas.faults().plan("POST", "/bankSlip/refund", fault);
            give_back(&mut ana, &code).await;
            refund_is(&luz, &code, "sent", true).await;
            let way = format!("href=\"{}\"", page_of(&asaas, &payment));
            eventually(&format!("the way to Asaas after {fault:?}"), async || {
                receipt(&mut ana, &code, "Informar conta do reembolso").await.contains(&way).then_some(())
            })
            .await;
            assert_eq!(asaas.refunds(&payment).len(), 1, "{engine}: {fault:?}");
        }
        assert_eq!(asaas.faults().clear(), 0, "{engine}: every fault was met");
        site.assert_sound().await;
    }
}
