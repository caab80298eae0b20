//! What a key may do is said before anything is done with it.

use super::{Account, adapter};
use server::gateway::stripe::CheckError;
use standin::fault::Fault;

#[tokio::test]
async fn a_good_key_says_whose_account_it_opens_and_what_it_may() {
    let account = Account::open();
    let checked = account.adapter.check().await.unwrap();
    assert!(checked.account.is_some_and(|account| account.starts_with("acct_")));
    assert!(!checked.is_live);
    assert!(checked.name.is_some());
    let denied: Vec<&str> = checked.rights.iter().filter(|right| !right.is_allowed).map(|right| right.what).collect();
    assert!(denied.is_empty() && checked.rights.len() == 7, "{:?}", checked.rights);
}

#[tokio::test]
async fn a_key_with_few_rights_says_which_it_lacks() {
    let account = Account::open();
    for path in ["/v1/account", "/v1/refunds"] {
        account.standin.faults().plan("GET", path, Fault::Status(403));
    }
    let checked = account.adapter.check().await.unwrap();
    let denied: Vec<&str> = checked.rights.iter().filter(|right| !right.is_allowed).map(|right| right.what).collect();
    assert_eq!((denied, checked.account), (vec!["account", "refunds"], None));
}

#[tokio::test]
async fn a_wrong_key_and_a_stripe_that_does_not_answer_are_told_apart() {
    let account = Account::open();
    let wrong = adapter(&account.standin, "sk_test_wrong_and_secret", account.guard.clone());
    let refused = wrong.check().await.unwrap_err();
    assert!(matches!(refused, CheckError::Refused(_)) && !refused.to_string().contains("and_secret"), "{refused}");
    account.standin.faults().plan("GET", "/v1/account", Fault::Status(500));
    assert!(matches!(account.adapter.check().await, Err(CheckError::Unavailable(_))));
    let refused = account.adapter.register_webhook("not an address").await;
    assert!(matches!(refused, Err(CheckError::Refused(_))), "{refused:?}");
}
