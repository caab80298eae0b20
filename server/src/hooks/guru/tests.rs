//! Thousands of bodies, each changed in one or two places as other programs would write them: what is taken is whole.

use super::NotTaken;
use super::event::Envelope;
use portal::intake::{NewOrder, Report};
use portal::time::Zone;
use proptest::prelude::*;
use serde_json::{Value, json};

const COURSE: &str = include_str!("../../../tests/fixtures/guru/transaction_approved_course.json");

/// What may stand in a place instead of what was there.
fn instead() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(null)),
        Just(json!("")),
        Just(json!([])),
        Just(json!({})),
        Just(json!(false)),
        Just(json!(true)),
        Just(json!("x")),
        Just(json!(["x"])),
        Just(json!({"x": "y"})),
        (-1000_i64..100_000).prop_map(|number| json!(number)),
        (0_i64..100_000).prop_map(|cents| json!(format!("{},{:02}", cents / 100, cents % 100))),
        (0_i64..100_000).prop_map(|cents| json!(format!("R$ 1.{:03},{:02}", cents / 100, cents % 100))),
        (0_i64..100_000).prop_map(|number| json!(format!("{number}e2"))),
        Just(json!("2026-11-18 13:02:41")),
        Just(json!("18/11/2026")),
        "\\PC{0,12}".prop_map(|text| json!(text)),
    ]
}

fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut below = |name: &str, value: &Value| {
        let at = format!("{at}/{name}");
        found.push(at.clone());
        places(value, &at, found);
    };
    match value {
        Value::Object(parts) => parts.iter().for_each(|(name, value)| below(name, value)),
        Value::Array(parts) => parts.iter().enumerate().for_each(|(at, value)| below(&at.to_string(), value)),
        _ => {}
    }
}

fn read(body: &Value) -> Result<Option<NewOrder>, NotTaken> {
    let zone = Zone::named("America/Sao_Paulo").unwrap();
    let event = Envelope::read(body.to_string().as_bytes())?.into_event(&zone, None)?;
    Ok(match event.report {
        Report::Order(order) => Some(*order),
        Report::Nothing => None,
    })
}

/// What was taken of a body: as many goods as it names, for the money that it names.
fn assert_whole(body: &Value, order: &NewOrder) {
    let sum: i64 = order.items.iter().map(|item| item.amount).sum();
    assert_eq!(order.charge.as_ref().map(|charge| charge.amount), Some(sum), "{body}");
    if let Some(total) = body["payment"]["total"].as_f64() {
        assert_eq!(sum, (total * 100.0).round() as i64, "{body}");
    }
    let names = |part: &Value| {
        let names = ["marketplace_id", "internal_id", "id"].map(|name| part[name].clone());
        names.into_iter().find(|name| name.as_str().is_some_and(|text| !text.trim().is_empty()) || name.is_number())
    };
    let listed = body["items"].as_array().into_iter().flatten().filter_map(names);
    let mut goods: Vec<String> = listed.map(|name| name.to_string()).collect();
    goods.sort();
    goods.dedup();
    assert!(order.items.len() >= goods.len(), "{} of {goods:?}: {body}", order.items.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_body_is_taken_whole_or_refused_by_name(
        changes in prop::collection::vec((any::<prop::sample::Index>(), instead()), 1..=2)
    ) {
        let mut body: Value = serde_json::from_str(COURSE).unwrap();
        let mut all = Vec::new();
        places(&body, "", &mut all);
        all.retain(|place| place != "/api_token" && place != "/webhook_type");
        for (index, value) in changes {
            let place: &String = index.get(&all);
            if let Some(place) = body.pointer_mut(place) {
                *place = value;
            }
        }
        match read(&body) {
            Ok(Some(order)) => assert_whole(&body, &order),
            Ok(None) => {}
            Err(error) => {
                let why = error.to_string();
                let ends = ["cannot be read", "is missing", "is too large", "is unknown"];
                let is_named = ends.iter().any(|end| why.ends_with(end));
                prop_assert!(is_named, "{}: {}", why, body);
            }
        }
    }
}
