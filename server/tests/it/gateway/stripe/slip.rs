//! A boleto or Pix is made, paid or not, and paid back.

use super::{Account, charge, refund, url_of};
use portal::ports::{ChargeInstruction, ChargeProgress, Charges, RefundInstruction, RefundProgress, Refunds};
use std::time::Duration;
use types::{DeclineReason, Instant, Method};

const DAY: Duration = Duration::from_secs(86_400);

#[tokio::test]
async fn what_is_paid_in_time_is_paid_and_the_rest_expires() {
    let account = Account::open();
    for (method, name) in [(Method::Boleto, "boleto"), (Method::Pix, "pix")] {
        let (paid, late) = (format!("{name}/paid"), format!("{name}/late"));
        for key in [&paid, &late] {
            let report = account.adapter.charge(&charge(key, method, None)).await.unwrap();
            let ChargeProgress::Waiting { code, .. } = &report.state else { panic!("waits: {report:?}") };
            assert!(code.len() >= 47 && url_of(&report).contains(name), "{report:?}");
            assert_eq!(account.adapter.find_charge(key).await.unwrap(), Some(report));
        }
        let reference = account.adapter.find_charge(&paid).await.unwrap().unwrap().reference;
        assert!(account.standin.pay(&reference));
        assert_eq!(account.found(&paid).await, Some(ChargeProgress::Paid));
        account.standin.forward(5 * DAY).await;
        assert_eq!(account.found(&late).await, Some(ChargeProgress::Declined(DeclineReason::Expired)), "{name}");
        assert_eq!(account.found(&paid).await, Some(ChargeProgress::Paid), "{name}");
    }
}

#[tokio::test]
async fn it_is_payable_as_long_as_it_is_wanted() {
    let account = Account::open();
    for (key, method, days) in [("b", Method::Boleto, 10), ("p", Method::Pix, 10), ("q", Method::Pix, 13)] {
        let until = Instant::from_seconds(account.standin.clock().now()).plus(days * DAY);
        let instruction = ChargeInstruction { pay_until: Some(until), ..charge(key, method, None) };
        let report = account.adapter.charge(&instruction).await.unwrap();
        let ChargeProgress::Waiting { until: last, .. } = report.state else { panic!("waits") };
        assert!(last >= until && last <= until.plus(DAY), "{key}: {last:?} for {until:?}");
    }
}

#[tokio::test]
async fn money_of_a_boleto_is_on_its_way_until_the_buyer_has_named_an_account() {
    let account = Account::open();
    let reference = account.adapter.charge(&charge("b", Method::Boleto, None)).await.unwrap().reference;
    account.standin.pay(&reference);
    let instruction = RefundInstruction { method: Method::Boleto, ..refund("part", &reference, 9_990) };
    let report = account.adapter.refund(&instruction).await.unwrap();
    assert_eq!(report.state, RefundProgress::Pending);
    assert!(account.adapter.asks_payee_for().is_empty(), "Stripe asks the buyer itself");
    account.standin.settle_refund(&report.reference);
    let found = account.adapter.find_refund(&instruction).await.unwrap().unwrap();
    assert_eq!((found.reference, found.state), (report.reference, RefundProgress::Succeeded));
}
