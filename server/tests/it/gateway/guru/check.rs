//! What a token may do is said before anything is done with it.

use super::super::guard_of;
use super::{Account, adapter, kind};
use portal::ports::{Checked, Checks};
use standin::fault::Fault;
use std::time::Duration;

#[tokio::test]
async fn a_good_token_lacks_nothing_and_webhooks_are_registered_by_a_person() {
    let account = Account::open();
    let checked = account.adapter.check().await.unwrap();
    assert_eq!(checked, Checked { is_live: false, account: None, lacks: Vec::new() });
    assert_eq!(account.adapter.register_webhook("https://portal.example/hooks/guru/1").await.unwrap(), None);
}

#[tokio::test]
async fn a_token_with_few_rights_says_which_it_lacks() {
    let account = Account::open();
    for what in ["transactions", "subscriptions"] {
        account.standin.faults().plan("GET", &format!("/{what}"), Fault::Status(403));
        assert_eq!(account.adapter.check().await.unwrap().lacks, [what]);
    }
}

#[tokio::test]
async fn a_wrong_token_and_a_guru_that_does_not_answer_are_said_and_show_no_token() {
    let account = Account::open();
    let secret = "user-token-of-nobody";
    let wrong = adapter(&account.standin.base_url(), &account.standin, secret, account.guard.clone());
    let refused = wrong.check().await.unwrap_err().to_string();
    assert!(refused.contains("does not take the token") && !refused.contains(secret), "{refused}");
    account.standin.faults().plan("GET", "/subscriptions", Fault::Status(500));
    assert_eq!(kind(&account.adapter.check().await), "unavailable");
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let away = format!("http://{nobody}/api/v2");
    let away = adapter(&away, &account.standin, secret, guard_of(Duration::from_secs(2)));
    assert_eq!(kind(&away.check().await), "unavailable");
}
