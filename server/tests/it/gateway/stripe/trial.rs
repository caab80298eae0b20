//! The walk of `cargo xtask try-stripe` through a real test account, at the stand-in: so it is known to work.

use super::{Account, KEY};
use walk::{Outcome, Walk, is_test_key};

#[path = "../../../../examples/try_stripe/walk/mod.rs"]
mod walk;

#[tokio::test]
async fn an_account_is_walked_through_and_left_tidy() {
    let account = Account::open();
    let mut said = Vec::new();
    let walk = Walk::begin(account.standin.base_url(), KEY).unwrap();
    walk.through(&mut |step, outcome| said.push(format!("{step}: {:?}", outcome.told()))).await;
    let done = said.iter().filter(|line| line.contains(": (\"done\"")).count();
    assert!(done == said.len() && done == 16, "{done} of {}: {said:#?}", said.len());

    let standin = &account.standin;
    assert!(standin.all("customer").iter().all(|one| one["deleted"] == true), "{:?}", standin.all("customer"));
    assert!(standin.all("price").iter().chain(&standin.all("product")).all(|one| one["active"] == false));
    let is_over =
        |one: &serde_json::Value| matches!(one["status"].as_str(), Some("succeeded" | "canceled" | "expired"));
    let open: Vec<_> = standin.payment_intents().into_iter().filter(|one| !is_over(one)).collect();
    // A payment that was declined stays as it is, and is owed by nobody.
    assert!(open.iter().all(|one| one["status"] == "requires_payment_method"), "{open:?}");
    assert!(standin.all("checkout.session").iter().all(is_over));
}

#[tokio::test]
async fn what_an_account_cannot_do_is_said_and_the_rest_goes_on() {
    let account = Account::open();
    account.standin.faults().plan("POST", "/v1/checkout/sessions", standin::fault::Fault::Status(403));
    let mut wrong = Vec::new();
    let mut hear = |step: &str, outcome: &Outcome| {
        if !matches!(outcome, Outcome::Done(_)) {
            wrong.push(format!("{step}: {:?}", outcome.told()));
        }
    };
    Walk::begin(account.standin.base_url(), KEY).unwrap().through(&mut hear).await;
    assert!(wrong.len() == 1 && wrong[0].starts_with("a page for a card: (\"not possible here\""), "{wrong:?}");
}

#[test]
fn only_keys_of_test_accounts_are_taken() {
    assert!(is_test_key("sk_test_1") && is_test_key("rk_test_1"));
    for key in ["sk_live_1", "rk_live_1", "pk_test_1", "", "sk_test", "my_sk_test_1"] {
        assert!(!is_test_key(key), "{key}");
    }
}
