//! Schedules: what changes with a renewal.

use super::changes::amounts;
use super::{Caller, id};
use serde_json::Value;

#[tokio::test]
async fn a_schedule_changes_the_price_with_the_renewal() {
    let caller = Caller::start();
    let (customer, sub) = caller.subscription("pm_card_visa", 19_990).await;
    let price = caller.monthly(9990).await;
    let schedule = caller.post("/v1/subscription_schedules", &format!("from_subscription={sub}")).await;
    assert_eq!(caller.refused("/v1/subscription_schedules", &format!("from_subscription={sub}")).await.0, 400);
    let (start, end) = (&schedule["phases"][0]["start_date"], &schedule["phases"][0]["end_date"]);
    let old = schedule["phases"][0]["items"][0]["price"].as_str().unwrap();
    let phases = format!(
        "phases[0][items][0][price]={old}&phases[0][start_date]={start}&phases[0][end_date]={end}\
         &phases[1][items][0][price]={price}&phases[1][duration][interval]=month&proration_behavior=none"
    );
    let schedule = id(&schedule);
    caller.post(&format!("/v1/subscription_schedules/{schedule}"), &phases).await;
    assert_eq!(caller.read(&sub).await["schedule"], schedule.as_str());
    caller.days(31).await;
    let now = caller.read(&sub).await;
    assert_eq!(now["items"]["data"][0]["price"]["id"], price.as_str());
    assert_eq!(caller.stripe.paid_by(&customer)["brl"], 19_990 + 9990);
    assert_eq!(amounts(&now["latest_invoice"]), [9990]);
    caller.days(31).await;
    let now = caller.read(&sub).await;
    assert_eq!((&now["schedule"], &now["status"]), (&Value::Null, &"active".into()));
    assert_eq!(caller.stripe.object(&schedule).unwrap()["status"], "released");
    assert_eq!(caller.stripe.paid_by(&customer)["brl"], 19_990 + 2 * 9990);
}

#[tokio::test]
async fn a_schedule_may_be_let_go_or_end_its_subscription() {
    let caller = Caller::start();
    let (_, one) = caller.subscription("pm_card_visa", 9990).await;
    let (_, two) = caller.subscription("pm_card_visa", 9990).await;
    let (_, three) = caller.subscription("pm_card_visa", 9990).await;
    let mut schedules = Vec::new();
    for sub in [&one, &two, &three] {
        schedules.push(id(&caller.post("/v1/subscription_schedules", &format!("from_subscription={sub}")).await));
    }
    caller.post(&format!("/v1/subscription_schedules/{}/release", schedules[0]), "").await;
    caller.post(&format!("/v1/subscription_schedules/{}/cancel", schedules[1]), "").await;
    caller.post(&format!("/v1/subscription_schedules/{}", schedules[2]), "end_behavior=cancel").await;
    caller.days(32).await;
    let mut statuses = Vec::new();
    for (sub, schedule) in [&one, &two, &three].into_iter().zip(&schedules) {
        let status = |id: &str| caller.stripe.object(id).unwrap()["status"].as_str().unwrap().to_owned();
        statuses.push((status(sub), status(schedule)));
    }
    let expected = [("active", "released"), ("canceled", "canceled"), ("canceled", "completed")];
    assert_eq!(statuses, expected.map(|(sub, schedule)| (sub.to_owned(), schedule.to_owned())));
}
