use super::*;
use crate::gateway::asaas::AsaasAccount;
use crate::gateway::failure::Words;
use crate::guard::{Guard, Times};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

fn books(status: &str, billing: &str, value: &str, refunds: &[(&str, &str, &str)]) -> Books {
    let refunds = refunds.iter().map(|(status, value, description)| {
        let value: Value = serde_json::from_str(value).unwrap();
        serde_json::from_value(json!({"status": status, "value": value, "description": description})).unwrap()
    });
    let value: Value = serde_json::from_str(value).unwrap();
    let payment = json!({"id": "pay_1", "status": status, "billingType": billing, "value": value});
    Books { payment: serde_json::from_value(payment).unwrap(), refunds: refunds.collect() }
}

fn refused(outcome: Result<Vec<(usize, i64)>, Failure>) -> GatewayRefusal {
    match outcome {
        Err(Failure::No(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_no_of_asaas_is_told_from_the_others() {
    let said = |code: &str, description: &str| {
        let said = Said { code: code.to_owned(), description: description.to_owned() };
        match refusal(Failure::Said(said)) {
            Failure::No(refusal) => refusal,
            Failure::Said(said) => GatewayRefusal::Other(said.words().to_owned()),
            other => panic!("{other:?}"),
        }
    };
    for (code, description, expected) in [
        ("invalid_action", "Esta cobrança já foi estornada.", GatewayRefusal::AlreadyRefunded),
        ("invalid_action", "Não é possível estornar uma cobrança em chargeback.", GatewayRefusal::Disputed),
        ("invalid_value", "O valor do estorno não pode ser maior que o restante.", GatewayRefusal::OverRefund),
        ("invalid_action", "Só é possível estornar cobranças recebidas ou confirmadas.", GatewayRefusal::NotPaid),
        ("invalid_action", "Não.", GatewayRefusal::Other("Não.".to_owned())),
    ] {
        assert_eq!(said(code, description), expected, "{description}");
    }
    let poor = said("invalid_action", "Saldo insuficiente.").to_string();
    assert_eq!(poor, "the balance at Asaas is too small: Saldo insuficiente.");
}

#[test]
fn a_refund_stands_where_those_with_its_key_stand() {
    let stands = |status: &str, refunds: &[(&str, &str, &str)]| {
        report(&[books(status, "CREDIT_CARD", "100", refunds)], "k1", 5_000).map(|report| report.state)
    };
    assert_eq!(stands("CONFIRMED", &[]), None);
    assert_eq!(stands("CONFIRMED", &[("DONE", "50", "by hand"), ("DONE", "50", "Aftersale k2")]), None);
    assert_eq!(stands("CONFIRMED", &[("DONE", "50", "Aftersale k1")]), Some(RefundProgress::Succeeded));
    for status in ["PENDING", "AWAITING_CRITICAL_ACTION_AUTHORIZATION", "SOMETHING_NEW"] {
        assert_eq!(stands("CONFIRMED", &[(status, "50", "Aftersale k1")]), Some(RefundProgress::Pending), "{status}");
    }
    let failed = stands("CONFIRMED", &[("CANCELLED", "50", "Aftersale k1")]);
    assert!(matches!(failed, Some(RefundProgress::Failed { .. })));
    assert_eq!(stands("CONFIRMED", &[("DONE", "20", "Aftersale k1")]), None, "only some of it was asked for");
}

#[test]
fn what_a_card_paid_in_parts_goes_back_from_the_first_part_on_and_goes_on_where_it_was() {
    let part = |refunds: &[(&str, &str, &str)]| books("CONFIRMED", "CREDIT_CARD", "29.16", refunds);
    let fresh = [part(&[]), part(&[]), part(&[])];
    assert_eq!(shares(&fresh, "k1", 4_000).unwrap(), [(0, 2_916), (1, 1_084)]);
    let begun = [part(&[("DONE", "29.16", "Aftersale k1")]), part(&[]), part(&[])];
    assert_eq!(shares(&begun, "k1", 4_000).unwrap(), [(1, 1_084)]);
    let other = [part(&[("DONE", "29.16", "Aftersale k0")]), part(&[]), part(&[])];
    assert_eq!(shares(&other, "k1", 4_000).unwrap(), [(1, 2_916), (2, 1_084)]);
    assert_eq!(refused(shares(&other, "k1", 9_000)), GatewayRefusal::OverRefund);
}

#[test]
fn what_cannot_go_back_is_refused_without_a_call() {
    let whole = |status: &str, billing: &str, refunds: &[(&str, &str, &str)]| {
        refused(shares(&[books(status, billing, "100", refunds)], "k1", 10_000))
    };
    assert_eq!(whole("PENDING", "PIX", &[]), GatewayRefusal::NotPaid);
    assert_eq!(whole("CHARGEBACK_REQUESTED", "CREDIT_CARD", &[]), GatewayRefusal::Disputed);
    assert_eq!(whole("REFUNDED", "PIX", &[("DONE", "100", "by hand")]), GatewayRefusal::AlreadyRefunded);
    assert_eq!(whole("RECEIVED", "PIX", &[("DONE", "40", "by hand")]), GatewayRefusal::OverRefund);
    let some = shares(&[books("RECEIVED", "BOLETO", "100", &[])], "k1", 4_000);
    assert!(matches!(refused(some), GatewayRefusal::Other(_)));
}

#[test]
fn the_one_refund_of_a_boleto_is_ours() {
    let waits = books("REFUND_REQUESTED", "BOLETO", "100", &[("AWAITING_CUSTOMER_EXTERNAL_AUTHORIZATION", "100", "")]);
    assert_eq!(report(&[waits], "k1", 10_000).unwrap().state, RefundProgress::WaitsForBuyer { page: None });
    let named = books("REFUND_IN_PROGRESS", "BOLETO", "100", &[("PENDING", "100", "")]);
    assert_eq!(report(&[named], "k1", 10_000).unwrap().state, RefundProgress::Pending);
    let done = books("REFUNDED", "BOLETO", "100", &[("CANCELLED", "100", ""), ("DONE", "100", "")]);
    assert_eq!(report(&[done], "k1", 10_000).unwrap().state, RefundProgress::Succeeded);
}

#[test]
fn a_buyer_is_led_to_https_or_to_where_this_accounts_asaas_is() {
    let account =
        AsaasAccount { base_url: "http://127.0.0.1:4000/v3".to_owned(), access_token: "$aact_hmlg_".to_owned() };
    let times = Times { connect: Duration::from_secs(1), total: Duration::from_secs(1) };
    let asaas = Asaas::new(Arc::new(Guard::new(&[], times)), Arc::new(crate::clock::SystemClock), account);
    for page in ["https://www.asaas.com/solicitar-estorno/1", "http://127.0.0.1:4000/solicitar-estorno/1"] {
        assert!(asaas.may_lead_to(page), "{page}");
    }
    for page in [
        "http://www.asaas.com/solicitar-estorno/1",
        "http://127.0.0.1:4001/solicitar-estorno/1",
        "https://www.asaas.com@evil.example/",
        "javascript:alert(1)",
        "/solicitar-estorno/1",
        "",
    ] {
        assert!(!asaas.may_lead_to(page), "{page}");
    }
}

#[test]
fn of_a_subscription_that_payment_gives_the_money_that_has_it_or_has_begun_to() {
    let card = |refunds: &[(&str, &str, &str)]| vec![books("CONFIRMED", "CREDIT_CARD", "100", refunds)];
    let at = |candidates: Vec<Vec<Books>>, key: &str, wanted: i64| {
        let chosen = choose(candidates, key, wanted).unwrap();
        (chosen[0].left(), chosen[0].refunds.len())
    };
    let gone = || card(&[("DONE", "100", "Aftersale k0")]);
    let begun = || card(&[("DONE", "20", "Aftersale k1")]);
    assert_eq!(at(vec![gone(), card(&[])], "k1", 10_000), (10_000, 0));
    assert_eq!(at(vec![card(&[]), begun()], "k1", 10_000), (8_000, 1));
    assert_eq!(at(vec![gone(), gone()], "k1", 10_000), (0, 1), "it is refused for the right reason");
    assert!(choose(Vec::new(), "k1", 10_000).is_none());
}

#[test]
fn which_of_several_boletos_of_a_subscription_is_meant_is_not_guessed() {
    let whole = |billing: &str| vec![books("RECEIVED", billing, "100", &[]).payment];
    let left =
        |reference: &str, kinds: &[&str]| told_apart(reference, kinds.iter().map(|kind| whole(kind)).collect()).len();
    assert_eq!(left("sub_1", &["BOLETO"]), 1);
    assert_eq!(left("sub_1", &["BOLETO", "BOLETO", "PIX"]), 1);
    assert_eq!(left("pay_1", &["BOLETO", "BOLETO"]), 2, "a payment, and the plan that it is a part of");
}
