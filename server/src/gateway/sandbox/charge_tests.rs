use super::Sandbox;
use super::card::{Behaviour, Typed};
use super::card_update;
use super::payment::{self, Event, State};
use super::payment_store::By;
use super::state::Stand;
use super::tests::refused;
use jiff::civil::date;
use portal::Keys;
use portal::db::Db;
use portal::ports::{
    CardInstruction, CardProgress, Cards, ChargeInstruction, ChargeProgress, Charges, Clock, GatewayError,
    GatewayRefusal, RefundInstruction, Refunds, StoredCard,
};
use portal::testing::{TestClock, TestRandom};
use portal::time::parse_instant;
use std::sync::Arc;
use std::time::Duration;
use types::{Currency, DeclineReason, Instant, Method, Money};

const DAY: Duration = Duration::from_secs(86_400);

async fn sandbox() -> (Sandbox, Arc<TestClock>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}/t.db", folder.path().display())).await.unwrap();
    db.migrate().await.unwrap();
    let clock = TestClock::at(Instant::from_seconds(1_795_176_000));
    let sandbox =
        Sandbox::new(db, clock.clone(), Arc::new(TestRandom::default()), &Keys::new(&[7; 32]), Arc::default());
    (sandbox, clock, folder)
}

fn card(token: Option<&str>, last4: &str) -> Option<StoredCard> {
    Some(StoredCard { token: token.map(str::to_owned), last4: last4.to_owned(), paid: None })
}

fn instruction(key: &str, method: Method, card: Option<StoredCard>) -> ChargeInstruction {
    ChargeInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        amount: Money::new(4_990, Currency::BRL),
        method,
        card,
        installments: 1,
        pay_until: None,
        email: "ana@example.com".to_owned(),
        payer: None,
        description: "Clube Luz".to_owned(),
        return_url: "https://portal.example/subscriptions/1".to_owned(),
    }
}

async fn progress(sandbox: &Sandbox, key: &str) -> Option<ChargeProgress> {
    sandbox.find_charge(key).await.unwrap().map(|report| report.state)
}

/// Types a card on a new page; what became of it.
async fn typed(sandbox: &Sandbox, key: &str, number: &str) -> (CardProgress, String, String) {
    let instruction = CardInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        email: "ana@example.com".to_owned(),
        return_url: "https://portal.example/back".to_owned(),
        subscription: None,
    };
    let page = sandbox.begin_card(&instruction).await.unwrap();
    assert_eq!(sandbox.begin_card(&instruction).await.unwrap(), page, "the same key is the same page");
    let address = page.url.rsplit('/').next().unwrap().to_owned();
    assert!(address.len() >= 26);
    let typed = Typed { number, expiry: "12/31", security_code: "123" };
    sandbox.type_card(&address, typed.check(date(2026, 11, 20)).unwrap()).await.unwrap();
    (sandbox.find_card(&page.reference).await.unwrap(), address, page.reference)
}

#[tokio::test]
async fn a_charge_by_card_ends_as_its_card_says_and_a_key_is_one_charge() {
    let (sandbox, _clock, _folder) = sandbox().await;
    let table = [
        ("4242", ChargeProgress::Paid),
        ("0341", ChargeProgress::Declined(DeclineReason::Generic)),
        ("9995", ChargeProgress::Declined(DeclineReason::InsufficientFunds)),
        ("0069", ChargeProgress::Declined(DeclineReason::ExpiredCard)),
        ("0119", ChargeProgress::Declined(DeclineReason::ProcessingError)),
    ];
    for (last4, expected) in table {
        let instruction = instruction(last4, Method::Card, card(None, last4));
        let first = sandbox.charge(&instruction).await.unwrap();
        assert_eq!(first.state, expected, "{last4}");
        assert_eq!(sandbox.charge(&instruction).await.unwrap(), first);
        let dearer = ChargeInstruction { amount: Money::new(4_991, Currency::BRL), ..instruction };
        assert!(matches!(sandbox.charge(&dearer).await, Err(GatewayError::Refused(_))));
    }
    assert_eq!(progress(&sandbox, "unheard-of").await, None);
    assert!(matches!(
        sandbox.charge(&instruction("x", Method::Card, card(Some("nope"), "4242"))).await,
        Err(GatewayError::Refused(_))
    ));
    assert!(matches!(sandbox.charge(&instruction("y", Method::Card, None)).await, Err(GatewayError::Refused(_))));
}

#[tokio::test]
async fn a_typed_card_is_kept_as_a_token_and_charged_by_it() {
    let (sandbox, _clock, _folder) = sandbox().await;
    let (CardProgress::Saved(saved), ..) = typed(&sandbox, "k", "4000000000000341").await else { panic!("not saved") };
    assert_eq!((saved.brand.as_str(), saved.last4.as_str()), ("visa", "0341"));
    let declined = sandbox.charge(&instruction("c", Method::Card, card(Some(&saved.token), "0341"))).await.unwrap();
    assert_eq!(declined.state, ChargeProgress::Declined(DeclineReason::Generic));
    let (refused, ..) = typed(&sandbox, "l", "4000000000009995").await;
    assert_eq!(refused, CardProgress::Declined(DeclineReason::InsufficientFunds));
    let other = ChargeInstruction {
        account: "sol".to_owned(),
        ..instruction("d", Method::Card, card(Some(&saved.token), "0341"))
    };
    assert!(matches!(sandbox.charge(&other).await, Err(GatewayError::Refused(_))), "another account's card");
}

#[tokio::test]
async fn a_kept_card_is_good_until_the_last_day_of_its_month() {
    let (sandbox, clock, _folder) = sandbox().await;
    let (CardProgress::Saved(saved), ..) = typed(&sandbox, "k", "4242424242424242").await else { panic!("not saved") };
    for (day, expected) in [
        ("2031-12-31T23:59:59Z", ChargeProgress::Paid),
        ("2032-01-01T00:00:00Z", ChargeProgress::Declined(DeclineReason::ExpiredCard)),
    ] {
        clock.jump(portal::time::parse_instant(day).unwrap());
        let charged = sandbox.charge(&instruction(day, Method::Card, card(Some(&saved.token), "4242"))).await.unwrap();
        assert_eq!(charged.state, expected, "{day}");
    }
}

#[tokio::test]
async fn a_card_may_have_to_be_confirmed_when_it_is_saved_and_when_it_is_charged() {
    let (sandbox, clock, _folder) = sandbox().await;
    let (open, address, reference) = typed(&sandbox, "k", "4000002760003184").await;
    assert_eq!(open, CardProgress::Open);
    sandbox.do_on_page(&address, card_update::Event::Confirm).await.unwrap();
    let CardProgress::Saved(saved) = sandbox.find_card(&reference).await.unwrap() else { panic!("not saved") };
    for (key, event, expected) in [
        ("yes", Event::Confirm, ChargeProgress::Paid),
        ("no", Event::Refuse, ChargeProgress::Declined(DeclineReason::AuthenticationFailed)),
    ] {
        let asked = sandbox.charge(&instruction(key, Method::Card, card(Some(&saved.token), "3184"))).await.unwrap();
        let ChargeProgress::ActionRequired { url } = asked.state else { panic!("{asked:?}") };
        sandbox.happen(By::Page(url.rsplit('/').next().unwrap()), event).await.unwrap().unwrap().unwrap();
        assert_eq!(progress(&sandbox, key).await, Some(expected));
    }
    sandbox.charge(&instruction("late", Method::Card, card(Some(&saved.token), "3184"))).await.unwrap();
    clock.forward(DAY);
    sandbox.let_time_pass(clock.now()).await.unwrap();
    let failed = ChargeProgress::Declined(DeclineReason::AuthenticationFailed);
    assert_eq!(progress(&sandbox, "late").await, Some(failed));
    let (_, address, reference) = typed(&sandbox, "m", "4000008260003178").await;
    sandbox.do_on_page(&address, card_update::Event::Confirm).await.unwrap();
    let refused = CardProgress::Declined(DeclineReason::InsufficientFunds);
    assert_eq!(sandbox.find_card(&reference).await.unwrap(), refused);
}

#[tokio::test]
async fn boleto_and_pix_wait_are_paid_or_run_out() {
    let (sandbox, clock, _folder) = sandbox().await;
    for (method, days) in [(Method::Boleto, 3), (Method::Pix, 1)] {
        let (paid, late) = (format!("{method}-paid"), format!("{method}-late"));
        for key in [&paid, &late] {
            let email = "expire+ana@example.com".to_owned();
            let report = sandbox.charge(&ChargeInstruction { email, ..instruction(key, method, None) }).await.unwrap();
            let ChargeProgress::Waiting { url, until, code } = report.state else { panic!("not waiting") };
            assert_eq!(until, clock.now().plus(DAY * days));
            assert!(url.starts_with(&format!("/sandbox/{method}/")) && !code.is_empty());
        }
        sandbox.happen(By::Key(&paid), Event::Pay).await.unwrap().unwrap().unwrap();
        clock.forward(DAY * days);
        let too_late = sandbox.happen(By::Key(&late), Event::Pay).await.unwrap().unwrap();
        assert!(too_late.is_err(), "{method}");
        sandbox.let_time_pass(clock.now()).await.unwrap();
        assert_eq!(progress(&sandbox, &paid).await, Some(ChargeProgress::Paid));
        assert_eq!(progress(&sandbox, &late).await, Some(ChargeProgress::Declined(DeclineReason::Expired)));
    }
}

#[tokio::test]
async fn a_boleto_is_paid_with_the_next_business_day_and_a_pix_is_not() {
    let (sandbox, clock, _folder) = sandbox().await;
    // A Friday, and the Monday after it, as São Paulo's days begin.
    for (asked, paid) in
        [("2026-11-27T15:00:00Z", "2026-11-30T03:00:00Z"), ("2026-12-01T02:59:00Z", "2026-12-01T03:00:00Z")]
    {
        clock.jump(parse_instant(asked).unwrap());
        sandbox.charge(&instruction(asked, Method::Boleto, None)).await.unwrap();
        sandbox.charge(&instruction(&format!("pix {asked}").replace(' ', "-"), Method::Pix, None)).await.unwrap();
        let paid = parse_instant(paid).unwrap();
        clock.jump(paid.minus(Duration::from_secs(1)));
        sandbox.let_time_pass(clock.now()).await.unwrap();
        assert!(matches!(progress(&sandbox, asked).await, Some(ChargeProgress::Waiting { .. })), "{asked}");
        clock.jump(paid);
        sandbox.let_time_pass(clock.now()).await.unwrap();
        assert_eq!(progress(&sandbox, asked).await, Some(ChargeProgress::Paid), "{asked}");
        let pix = progress(&sandbox, &format!("pix-{asked}")).await;
        assert!(!matches!(pix, Some(ChargeProgress::Paid)), "{pix:?}");
    }
}

#[tokio::test]
async fn an_outage_takes_some_charges_and_says_of_none() {
    let (sandbox, clock, _folder) = sandbox().await;
    let mut taken = 0;
    for number in 0..20 {
        let instruction = instruction(&format!("k{number}"), Method::Card, card(None, "9999"));
        assert!(matches!(sandbox.charge(&instruction).await, Err(GatewayError::OutcomeUnknown(_))));
        taken += i32::from(progress(&sandbox, &instruction.key).await.is_some());
    }
    assert!((1..20).contains(&taken), "{taken} of 20");
    clock.forward(Duration::from_secs(60));
    for number in 0..20 {
        let instruction = instruction(&format!("k{number}"), Method::Card, card(None, "9999"));
        assert_eq!(sandbox.charge(&instruction).await.unwrap().state, ChargeProgress::Paid);
    }
}

#[tokio::test]
async fn what_is_not_paid_or_disputed_is_not_paid_back() {
    let (sandbox, clock, _folder) = sandbox().await;
    let refund = |key: &str, reference: &str| RefundInstruction {
        key: key.to_owned(),
        account: "luz".to_owned(),
        charge_reference: reference.to_owned(),
        charge_total: Money::new(4_990, Currency::BRL),
        method: Method::Pix,
        card_last4: None,
        amount: Money::new(4_990, Currency::BRL),
        payee: None,
    };
    let pix = sandbox.charge(&instruction("pix", Method::Pix, None)).await.unwrap().reference;
    assert_eq!(refused(&sandbox, &refund("a", &pix)).await, GatewayRefusal::NotPaid);
    sandbox.happen(By::Key("pix"), Event::Pay).await.unwrap();
    sandbox.refund(&refund("a", &pix)).await.unwrap();
    assert_eq!(refused(&sandbox, &refund("b", &pix)).await, GatewayRefusal::AlreadyRefunded);
    let charged = sandbox.charge(&instruction("card", Method::Card, card(None, "0259"))).await.unwrap().reference;
    clock.forward(DAY);
    sandbox.let_time_pass(clock.now()).await.unwrap();
    let mut books = sandbox.books().await.unwrap();
    assert_eq!(books.payment(By::Reference(&charged)).await.unwrap().unwrap().state, State::Disputed);
    drop(books);
    assert_eq!(refused(&sandbox, &refund("c", &charged)).await, GatewayRefusal::Disputed);
}

#[tokio::test]
async fn the_operator_can_let_the_next_charges_fail() {
    let (sandbox, _clock, _folder) = sandbox().await;
    sandbox.fail_next(1).await.unwrap();
    let declined = sandbox.charge(&instruction("a", Method::Card, card(None, "4242"))).await.unwrap();
    assert_eq!(declined.state, ChargeProgress::Declined(DeclineReason::Generic));
    assert_eq!(
        sandbox.charge(&instruction("b", Method::Card, card(None, "4242"))).await.unwrap().state,
        ChargeProgress::Paid
    );
}

#[tokio::test]
async fn eight_at_once_with_one_key_are_one_charge() {
    let (sandbox, _clock, _folder) = sandbox().await;
    let instruction = instruction("k", Method::Card, card(None, "4242"));
    let outcomes = futures::future::join_all((0..8).map(|_| sandbox.charge(&instruction))).await;
    let references: std::collections::BTreeSet<String> =
        outcomes.into_iter().map(|outcome| outcome.unwrap().reference).collect();
    assert_eq!(references.len(), 1);
}

#[tokio::test]
async fn a_call_that_is_lost_on_its_way_is_not_the_one_that_was_to_fail() {
    let (sandbox, clock, _folder) = sandbox().await;
    sandbox.fail_next(1).await.unwrap();
    let dead = Some(Behaviour::of_last4("9999"));
    let is_lost = |key: &String| payment::outage(dead, key, clock.now(), clock.now()) == Stand::BreaksBefore;
    let key = (0..100).map(|number| format!("k{number}")).find(is_lost).unwrap();
    let lost = sandbox.charge(&instruction(&key, Method::Card, card(None, "9999"))).await;
    assert!(matches!(lost, Err(GatewayError::OutcomeUnknown(_))), "{lost:?}");
    let next = sandbox.charge(&instruction("next", Method::Card, card(None, "4242"))).await.unwrap();
    assert!(matches!(next.state, ChargeProgress::Declined(_)), "{next:?}");
}

#[tokio::test]
async fn the_same_key_in_another_number_of_instalments_is_another_request() {
    let (sandbox, _clock, _folder) = sandbox().await;
    let once = instruction("k", Method::Card, card(None, "4242"));
    sandbox.charge(&once).await.unwrap();
    let in_parts = ChargeInstruction { installments: 3, ..once };
    assert!(matches!(sandbox.charge(&in_parts).await, Err(GatewayError::Refused(_))));
}

#[tokio::test]
async fn time_does_nothing_to_what_was_paid_before_it_looked() {
    let (sandbox, clock, _folder) = sandbox().await;
    let report = sandbox.charge(&instruction("k", Method::Pix, None)).await.unwrap();
    sandbox.happen(By::Reference(&report.reference), Event::Pay).await.unwrap();
    clock.forward(DAY * 5);
    assert!(!sandbox.let_time_do(&report.reference, clock.now()).await.unwrap());
}
