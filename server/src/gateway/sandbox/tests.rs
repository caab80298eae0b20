use super::state::{Charge, FAILS_AFTER, OUTAGE, Progress, Refund, SETTLES_AFTER};
use super::*;
use portal::ports::RefundProgress;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use types::{Currency, Instant, Method, Money, Payee, PayeeFields};

/// A clock that stands until it is moved.
#[derive(Default)]
struct Hand(AtomicI64);

impl Hand {
    fn move_on(&self, by: Duration) {
        self.0.fetch_add(i64::try_from(by.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for Hand {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst))
    }
}

fn instruction(key: &str, charge: &str, card: &str, amount: i64) -> RefundInstruction {
    RefundInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        charge_reference: charge.to_owned(),
        charge_total: Money::new(10_000, Currency::BRL),
        method: Method::Card,
        payee: None,
        card_last4: Some(card.to_owned()),
        amount: Money::new(amount, Currency::BRL),
    }
}

async fn find_refund(sandbox: &Sandbox, key: &str) -> Result<Option<RefundReport>, GatewayError> {
    sandbox.find_refund(&instruction(key, "ch", "4242", 1)).await
}

async fn sandbox() -> (Sandbox, Arc<Hand>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}/t.db", folder.path().display())).await.unwrap();
    db.migrate().await.unwrap();
    let clock = Arc::new(Hand::default());
    let random = Arc::new(portal::testing::TestRandom::default());
    (Sandbox::new(db, clock.clone(), random, &Keys::new(&[7; 32]), Arc::default()), clock, folder)
}

#[tokio::test]
async fn a_refund_is_pending_and_then_succeeds() {
    let (sandbox, clock, _folder) = sandbox().await;
    let first = sandbox.refund(&instruction("k", "ch", "4242", 4000)).await.unwrap();
    assert_eq!(first.state, RefundProgress::Pending);
    assert_eq!(sandbox.refund(&instruction("k", "ch", "4242", 4000)).await.unwrap(), first);
    clock.move_on(SETTLES_AFTER);
    let found = find_refund(&sandbox, "k").await.unwrap().unwrap();
    assert_eq!((found.reference, found.state), (first.reference, RefundProgress::Succeeded));
    assert_eq!(find_refund(&sandbox, "unheard-of").await.unwrap(), None);
}

#[tokio::test]
async fn the_same_key_with_another_request_is_refused() {
    let (sandbox, _clock, _folder) = sandbox().await;
    sandbox.refund(&instruction("k", "ch", "4242", 4000)).await.unwrap();
    for other in [instruction("k", "ch", "4242", 4001), instruction("k", "other", "4242", 4000)] {
        assert!(matches!(refused(&sandbox, &other).await, GatewayRefusal::Other(_)));
    }
}

#[tokio::test]
async fn no_more_than_the_charge_comes_back() {
    let (sandbox, _clock, _folder) = sandbox().await;
    sandbox.refund(&instruction("a", "ch", "4242", 6000)).await.unwrap();
    assert_eq!(refused(&sandbox, &instruction("b", "ch", "4242", 4001)).await, GatewayRefusal::OverRefund);
    assert!(matches!(refused(&sandbox, &instruction("c", "ch", "4242", 0)).await, GatewayRefusal::Other(_)));
    sandbox.refund(&instruction("d", "ch", "4242", 4000)).await.unwrap();
    assert_eq!(refused(&sandbox, &instruction("e", "ch", "4242", 4000)).await, GatewayRefusal::AlreadyRefunded);
}

pub(super) async fn refused(sandbox: &Sandbox, instruction: &RefundInstruction) -> GatewayRefusal {
    match sandbox.refund(instruction).await {
        Err(GatewayError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_boleto_goes_back_to_an_account_only() {
    let (sandbox, _clock, _folder) = sandbox().await;
    assert_eq!(sandbox.asks_payee_for(), [Method::Boleto]);
    let boleto = RefundInstruction { method: Method::Boleto, card_last4: None, ..instruction("k", "ch", "", 4000) };
    assert_eq!(refused(&sandbox, &boleto).await, GatewayRefusal::NeedsPayee);
    assert_eq!(find_refund(&sandbox, "k").await.unwrap(), None);
    let fields = PayeeFields {
        holder: "Ana Souza".to_owned(),
        tax_id: "52998224725".to_owned(),
        pix_key: "ana@example.com".to_owned(),
        ..PayeeFields::default()
    };
    let payee = Payee::parse(&fields).unwrap();
    sandbox.refund(&RefundInstruction { payee: Some(payee), ..boleto }).await.unwrap();
}

#[tokio::test]
async fn card_5126_is_paid_back_and_then_fails_and_may_be_tried_again() {
    let (sandbox, clock, _folder) = sandbox().await;
    assert_eq!(sandbox.refund(&instruction("a", "ch", "5126", 10_000)).await.unwrap().state, RefundProgress::Succeeded);
    clock.move_on(FAILS_AFTER);
    for _ in 0..2 {
        let state = find_refund(&sandbox, "a").await.unwrap().unwrap().state;
        assert!(matches!(state, RefundProgress::Failed { .. }));
    }
    sandbox.refund(&instruction("b", "ch", "5126", 10_000)).await.unwrap();
}

#[tokio::test]
async fn what_was_paid_by_pix_is_back_at_once() {
    let (sandbox, _clock, _folder) = sandbox().await;
    let pix = RefundInstruction { method: Method::Pix, card_last4: None, ..instruction("k", "ch", "", 4000) };
    assert_eq!(sandbox.refund(&pix).await.unwrap().state, RefundProgress::Succeeded);
    assert_eq!(sandbox.refund(&pix).await.unwrap().state, RefundProgress::Succeeded);
}

#[tokio::test]
async fn card_9999_is_an_outage_that_takes_some_instructions_and_ends() {
    let (sandbox, clock, _folder) = sandbox().await;
    let mut taken = 0;
    for number in 0..20 {
        let (key, charge) = (format!("k{number}"), format!("ch{number}"));
        for _ in 0..2 {
            let outcome = sandbox.refund(&instruction(&key, &charge, "9999", 100)).await;
            if find_refund(&sandbox, &key).await.unwrap().is_none() {
                assert!(matches!(outcome, Err(GatewayError::OutcomeUnknown(_))));
            }
        }
        taken += i32::from(find_refund(&sandbox, &key).await.unwrap().is_some());
    }
    assert!((1..20).contains(&taken), "{taken} of 20");
    clock.move_on(OUTAGE);
    for number in 0..20 {
        sandbox.refund(&instruction(&format!("k{number}"), &format!("ch{number}"), "9999", 100)).await.unwrap();
    }
}

#[tokio::test]
async fn eight_at_once_with_one_key_are_one_refund() {
    let (sandbox, _clock, _folder) = sandbox().await;
    let instruction = instruction("k", "ch", "4242", 6000);
    let outcomes = futures::future::join_all((0..8).map(|_| sandbox.refund(&instruction))).await;
    let references: std::collections::BTreeSet<String> =
        outcomes.into_iter().map(|outcome| outcome.unwrap().reference).collect();
    assert_eq!(references.len(), 1);
}

proptest! {
    /// Whatever is asked and in whatever instruction: the books never give back more than was charged, and a key means
    /// one refund.
    #[test]
    fn the_books_balance(steps in prop::collection::vec((0u8..6, 1i64..7000, 0u64..8), 1..60), fails in any::<bool>()) {
        let card = if fails { "5126" } else { "4242" };
        let total = Money::new(10_000, Currency::BRL);
        let heard_of_at = Instant::from_seconds(0);
        let card_last4 = Some(card.into());
        let mut charge = Charge { reference: "ch".into(), card_last4, total, refunded: 0, heard_of_at };
        let mut refunds: BTreeMap<String, Refund> = BTreeMap::new();
        let mut now = Instant::from_seconds(0);
        for (key, amount, seconds) in steps {
            now = now.plus(Duration::from_secs(seconds));
            for refund in refunds.values_mut() {
                if let Some(next) = refund.advanced(now) {
                    prop_assert!(matches!(refund.progress, Progress::Pending { .. }), "only what is pending changes");
                    if matches!(next.progress, Progress::Failed(_)) { charge.refunded -= next.amount.amount; }
                    *refund = next;
                }
            }
            let instruction = instruction(&format!("k{key}"), "ch", card, amount);
            if let Some(known) = refunds.get(&instruction.key) {
                prop_assert_eq!(known.answers(&instruction).is_ok(), known.amount.amount == amount);
            } else if let Ok(refund) = charge.take(&instruction, now) {
                charge.refunded += amount;
                refunds.insert(instruction.key.clone(), refund);
            }
            let stands = |refund: &&Refund| !matches!(refund.progress, Progress::Failed(_));
            let standing: i64 = refunds.values().filter(stands).map(|refund| refund.amount.amount).sum();
            prop_assert_eq!(charge.refunded, standing);
            prop_assert!(charge.refunded <= total.amount);
        }
    }
}
