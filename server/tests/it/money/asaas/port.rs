//! The adapter by itself, for what no page and no calendar asks of it.

use super::{ANA, TOKEN, paid};
use portal::ports::{
    ChargeInstruction, ChargeProgress, ConnectedAccount, Gateway, GatewayError, GatewayRefusal, Gateways, Payer,
    RefundInstruction, RefundProgress, StoredCard,
};
use serde_json::json;
use server::clock::SystemClock;
use server::gateway::Configured;
use server::gateway::connected::Connected;
use standin::asaas::Asaas;
use standin::fault::Fault;
use std::sync::Arc;
use types::{Currency, DeclineReason, Method, Money, PostalAddress, TaxId};

fn account() -> (Asaas, Arc<dyn Gateway>) {
    let asaas = Asaas::start(([127, 0, 0, 1], 0).into(), TOKEN).unwrap();
    let connected = Connected::new(&["127.0.0.0/8".parse().unwrap()], Arc::new(SystemClock), false);
    let secrets = json!({"access_token": TOKEN, "base_url": asaas.base_url()}).to_string();
    let opened = Configured::new(None, connected).connect(ConnectedAccount { kind: "asaas".to_owned(), secrets });
    (asaas, opened.unwrap().unwrap())
}

fn reais(centavos: i64) -> Money {
    Money::new(centavos, Currency::BRL)
}

fn refund(key: &str, payment: &str, total: i64, amount: i64) -> RefundInstruction {
    RefundInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        charge_reference: payment.to_owned(),
        charge_total: reais(total),
        method: Method::Card,
        card_last4: None,
        amount: reais(amount),
        payee: None,
    }
}

fn charge(key: &str, method: Method, paid: Option<&str>, installments: i64) -> ChargeInstruction {
    let card = paid.map(|paid| StoredCard { token: None, last4: "4242".to_owned(), paid: Some(paid.to_owned()) });
    let tax_id = TaxId::parse("52998224725").ok();
    ChargeInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        amount: reais(35_000),
        method,
        card,
        installments,
        pay_until: None,
        email: ANA.to_owned(),
        payer: Some(Payer { name: "Ana Souza".to_owned(), tax_id, address: PostalAddress::default() }),
        description: "Clube Luz".to_owned(),
        return_url: "https://portal.example/back".to_owned(),
    }
}

async fn refused(gateway: &dyn Gateway, instruction: &RefundInstruction) -> GatewayRefusal {
    match gateway.refunds().unwrap().refund(instruction).await {
        Err(GatewayError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_cannot_go_back_is_refused_for_its_own_reason() {
    let (asaas, gateway) = account();
    let payment = paid(&asaas, "CREDIT_CARD", "100", 1).await;
    assert_eq!(refused(&*gateway, &refund("k1", &payment, 10_000, 10_001)).await, GatewayRefusal::OverRefund);
    let refunds = gateway.refunds().unwrap();
    let some = refunds.refund(&refund("k2", &payment, 10_000, 4_000)).await.unwrap();
    assert_eq!(some.state, RefundProgress::Succeeded);
    assert_eq!(refunds.refund(&refund("k2", &payment, 10_000, 4_000)).await.unwrap(), some, "the same key again");
    assert_eq!(asaas.refunds(&payment).len(), 1);
    assert_eq!(refused(&*gateway, &refund("k3", &payment, 10_000, 6_001)).await, GatewayRefusal::OverRefund);
    refunds.refund(&refund("k4", &payment, 10_000, 6_000)).await.unwrap();
    assert_eq!(refused(&*gateway, &refund("k5", &payment, 10_000, 100)).await, GatewayRefusal::AlreadyRefunded);
    let disputed = paid(&asaas, "CREDIT_CARD", "100", 1).await;
    asaas.chargeback(&disputed).unwrap();
    assert_eq!(refused(&*gateway, &refund("k6", &disputed, 10_000, 100)).await, GatewayRefusal::Disputed);
    let boleto = paid(&asaas, "BOLETO", "100", 1).await;
    assert!(matches!(refused(&*gateway, &refund("k7", &boleto, 10_000, 100)).await, GatewayRefusal::Other(_)));
    assert_eq!(refunds.find_refund(&refund("k8", "pay_of_nobody", 10_000, 100)).await.unwrap(), None);
}

/// A call for the second part that fails leaves the first one paid back: nobody is told that it failed, and the same
/// key again pays back what is left.
#[tokio::test]
async fn a_refund_of_several_parts_that_is_cut_off_goes_on_where_it_was() {
    for fault in [Fault::Status(429), Fault::Status(500), Fault::Lost, Fault::StatusAfter(500)] {
        let (asaas, gateway) = account();
        let first = paid(&asaas, "CREDIT_CARD", "300", 3).await;
        let (refunds, instruction) = (gateway.refunds().unwrap(), refund("k1", &first, 30_000, 25_000));
        let second = asaas.payments()[1]["id"].as_str().unwrap().to_owned();
        asaas.faults().plan("POST", &second, fault);
        let cut = refunds.refund(&instruction).await;
        assert!(matches!(cut, Err(GatewayError::OutcomeUnknown(_))), "{fault:?}: {cut:?}");
        assert_eq!(refunds.find_refund(&instruction).await.unwrap(), None, "{fault:?}");
        assert_eq!(refunds.refund(&instruction).await.unwrap().state, RefundProgress::Succeeded, "{fault:?}");
        let back: Vec<String> = asaas.payments().iter().map(|part| part["refunds"][0]["value"].to_string()).collect();
        assert_eq!(back, ["100", "100", "50"], "{fault:?}");
        assert!(refunds.find_refund(&instruction).await.unwrap().is_some(), "{fault:?}");
    }
}

#[tokio::test]
async fn a_card_is_charged_in_parts_and_the_first_of_them_stands_for_all() {
    let (asaas, gateway) = account();
    let before = paid(&asaas, "CREDIT_CARD", "10", 1).await;
    let charges = gateway.charges().unwrap();
    let instruction = charge("k1", Method::Card, Some(&before), 12);
    let report = charges.charge(&instruction).await.unwrap();
    assert_eq!(report.state, ChargeProgress::Paid);
    assert_eq!(charges.charge(&instruction).await.unwrap(), report, "the same key again");
    assert_eq!(charges.find_charge("k1").await.unwrap(), Some(report.clone()));
    let parts: Vec<_> = asaas.payments().into_iter().filter(|one| one["externalReference"] == "k1").collect();
    assert_eq!((parts.len(), &parts[0]["id"]), (12, &json!(report.reference)));
    let back = gateway.refunds().unwrap().refund(&refund("r1", &report.reference, 35_000, 35_000)).await.unwrap();
    assert_eq!(back.state, RefundProgress::Succeeded);
    assert!(
        asaas.payments().iter().filter(|one| one["externalReference"] == "k1").all(|one| one["status"] == "REFUNDED")
    );
}

#[tokio::test]
async fn a_slip_says_what_it_is_paid_with_and_a_declined_card_is_no_error() {
    let (asaas, gateway) = account();
    let charges = gateway.charges().unwrap();
    for (key, method) in [("k1", Method::Boleto), ("k2", Method::Pix)] {
        let report = charges.charge(&charge(key, method, None, 1)).await.unwrap();
        let ChargeProgress::Waiting { code, url, .. } = &report.state else { panic!("{report:?}") };
        assert!(code.len() > 40 && url.contains("/i/"), "{code} {url}");
        asaas.pay(&report.reference).unwrap();
        assert_eq!(charges.find_charge(key).await.unwrap().unwrap().state, ChargeProgress::Paid);
    }
    let nobody = ChargeInstruction { payer: None, ..charge("k3", Method::Boleto, None, 1) };
    assert!(matches!(charges.charge(&nobody).await, Err(GatewayError::Refused(_))));
    let before = paid(&asaas, "CREDIT_CARD", "10", 1).await;
    asaas.decline_next("invalid_action");
    let declined = charges.charge(&charge("k4", Method::Card, Some(&before), 1)).await.unwrap();
    assert_eq!(declined.state, ChargeProgress::Declined(DeclineReason::Generic));
    assert_eq!(charges.find_charge("k4").await.unwrap(), None);
}
