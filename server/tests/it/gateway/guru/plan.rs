//! Another plan costs what was shown, or nothing changes.

use super::{Account, BASIC, DAY, GOLD, Pays, brl, kind, refused, told};
use portal::ports::{PlanPreview, Subscriptions};
use reqwest::Method as Verb;
use serde_json::{Value, json};

async fn shown(account: &Account, id: &str, offer: &str) -> PlanPreview {
    account.adapter.preview(&told("ignored", id), &account.to(offer)).await.unwrap().unwrap()
}

/// Centavos of what was taken last.
fn last_taken(account: &Account) -> i64 {
    let text = account.taken().last().unwrap().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{fraction:0<2}").parse().unwrap()
}

fn next_cycle(account: &Account, id: &str) -> Value {
    account.now(id)["next_cycle_at"].clone()
}

#[tokio::test]
async fn what_was_shown_is_what_is_charged() {
    let account = Account::open();
    for offer in ["gold", "year"] {
        let id = account.subscribe();
        account.standin.forward(10 * DAY).await;
        let change = account.to(offer);
        let preview = shown(&account, &id, offer).await;
        assert!(preview.due.amount > 0 || offer == "year", "{preview:?}");
        assert!(preview.credit.amount > 3_000 && preview.credit.amount < 4_000, "two thirds of the old: {preview:?}");
        assert_eq!(account.adapter.preview(&told("k", &id), &change).await.unwrap(), Some(preview.clone()));
        let (before, cycle) = (account.taken().len(), next_cycle(&account, &id));
        for _ in 0..2 {
            account.adapter.change_plan(&told("change", &id), &change).await.unwrap();
            let charged = i64::from(preview.due.amount > 0);
            assert_eq!(account.taken().len() - before, usize::try_from(charged).unwrap(), "{offer}: once");
        }
        if preview.due.amount > 0 {
            assert_eq!(last_taken(&account), preview.due.amount, "{offer}");
        }
        assert_eq!(account.plans(&id).0, offer);
        assert_eq!(next_cycle(&account, &id), cycle, "the cycle goes on");
        let day = portal::time::Zone::named("America/Sao_Paulo").unwrap().day_of(preview.next_charge_at);
        assert_eq!(cycle, day.to_string(), "{offer}: and is charged when it was said");
    }
}

#[tokio::test]
async fn a_cheaper_plan_is_due_nothing_and_begins_with_the_next_cycle() {
    let account = Account::open();
    let id = account.subscribe();
    account.standin.forward(10 * DAY).await;
    let preview = shown(&account, &id, "basic").await;
    assert_eq!((preview.due, preview.credit), (brl(0), brl(0)));
    for _ in 0..2 {
        account.adapter.change_plan(&told("down", &id), &account.to("basic")).await.unwrap();
        assert_eq!(account.plans(&id), ("month".to_owned(), "basic".to_owned()));
    }
    assert_eq!(shown(&account, &id, "basic").await, preview, "it is to have it");
    assert_eq!(account.taken().len(), 1);
    account.standin.forward(22 * DAY).await;
    assert_eq!(last_taken(&account), BASIC);
}

#[tokio::test]
async fn who_stays_with_the_plan_after_all_pays_nothing() {
    let account = Account::open();
    let id = account.subscribe();
    account.adapter.change_plan(&told("down", &id), &account.to("basic")).await.unwrap();
    assert_eq!(shown(&account, &id, "month").await.due, brl(0));
    for _ in 0..2 {
        account.adapter.change_plan(&told("stay", &id), &account.to("month")).await.unwrap();
        assert_eq!(account.plans(&id), ("month".to_owned(), "month".to_owned()));
    }
    assert_eq!(account.taken().len(), 1);
}

#[tokio::test]
async fn figures_of_another_day_are_no_figures() {
    let account = Account::open();
    let id = account.subscribe();
    account.standin.forward(10 * DAY).await;
    let change = account.to("gold");
    account.standin.forward(DAY).await;
    for outcome in [
        account.adapter.preview(&told("k", &id), &change).await.map(|_| ()),
        account.adapter.change_plan(&told("k", &id), &change).await,
    ] {
        assert!(refused(outcome).contains("another day"));
    }
    assert_eq!((account.plans(&id).0.as_str(), account.taken().len()), ("month", 1));
    // What was changed by then is done, whichever day it is.
    let change = account.to("gold");
    account.adapter.change_plan(&told("k", &id), &change).await.unwrap();
    account.standin.forward(DAY).await;
    account.adapter.change_plan(&told("k", &id), &change).await.unwrap();
    assert_eq!(account.taken().len(), 2);
}

#[tokio::test]
async fn what_is_not_paid_changes_nothing() {
    let account = Account::open();
    let id = account.subscribe();
    account.standin.decline_next("Saldo insuficiente");
    let declined = refused(account.adapter.change_plan(&told("k", &id), &account.to("gold")).await);
    assert!(declined.contains("was not paid"), "{declined}");
    assert_eq!((account.plans(&id).0.as_str(), account.taken().len()), ("month", 1));
    account.standin.forward(32 * DAY).await;
    assert_eq!((account.plans(&id).0.as_str(), last_taken(&account)), ("month", super::MONTH));
}

#[tokio::test]
async fn who_pays_by_boleto_keeps_the_plan_unless_nothing_is_due() {
    let account = Account::open();
    let bought = account.buy("month", Pays::Billet);
    account.standin.pay(&bought.transaction).unwrap();
    let id = bought.subscription.unwrap();
    let up = refused(account.adapter.change_plan(&told("up", &id), &account.to("gold")).await);
    assert!(up.contains("could not be taken"), "{up}");
    assert_eq!((account.standin.transactions().len(), account.plans(&id).0.as_str()), (1, "month"));
    account.adapter.change_plan(&told("down", &id), &account.to("basic")).await.unwrap();
    assert_eq!(account.plans(&id).1, "basic");
}

#[tokio::test]
async fn while_a_plan_waits_to_be_paid_nobody_knows() {
    let account = Account::open();
    let bought = account.buy("month", Pays::Billet);
    account.standin.pay(&bought.transaction).unwrap();
    let id = bought.subscription.unwrap();
    // By a page of Guru's own.
    let path = format!("/subscriptions/{id}/plans");
    let said = account.api(Verb::PUT, &path, &json!({ "offer_id": "gold" })).await;
    assert_eq!(said["status"], "billet_printed");
    let change = account.to("gold");
    assert_eq!(kind(&account.adapter.change_plan(&told("k", &id), &change).await), "unknown");
    account.standin.forward(DAY).await;
    assert_eq!(kind(&account.adapter.change_plan(&told("k", &id), &change).await), "unknown", "a day later");
    let waits = account.standin.transactions().pop().unwrap()["id"].as_str().unwrap().to_owned();
    account.standin.pay(&waits).unwrap();
    account.adapter.change_plan(&told("k", &id), &change).await.unwrap();
    assert_eq!((account.plans(&id).0.as_str(), account.taken().len()), ("gold", 2));
}

#[tokio::test]
async fn what_guru_does_not_offer_is_refused_by_its_name() {
    let account = Account::open();
    let id = account.subscribe();
    for offer in ["course", "platinum"] {
        for outcome in [
            account.adapter.preview(&told("k", &id), &account.to(offer)).await.map(|_| ()),
            account.adapter.change_plan(&told("k", &id), &account.to(offer)).await,
        ] {
            assert!(refused(outcome).contains(offer), "{offer}");
        }
    }
    assert_eq!(shown(&account, &id, "month").await.due, brl(0), "the plan that it has");
    // Guru reckons nothing for what is to end.
    account.adapter.cancel(&told("c", &id), portal::ports::CancelAt::PeriodEnd).await.unwrap();
    let ending = refused(account.adapter.preview(&told("k", &id), &account.to("gold")).await);
    assert!(ending.contains("cancelar"), "in Guru's words: {ending}");
    assert!(GOLD > last_taken(&account));
}
