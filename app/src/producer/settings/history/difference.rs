//! What differs between the two sides of a change, in words: each value by the name that its field has on the pages of
//! the settings.

use super::names::{NAMES, PARTS, WORDS};
use crate::phrase;
use crate::text::Texts;
use crate::zone;
use portal::policy::Change;
use serde_json::Value;
use std::collections::BTreeMap;
use types::plan::PlanPrice;
use types::{Currency, IntervalUnit, Money, PictureName};

/// More lines than anybody reads: the rest is not shown.
const MOST: usize = 40;

/// A field, and what stood in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Difference {
    pub(super) name: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// What a change changed. A secret that is new is said to be, and never shown: the log has none.
pub(super) fn differences(texts: Texts, change: &Change) -> Vec<Difference> {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    leaves(texts, "", &change.before, &mut before);
    leaves(texts, "", &change.after, &mut after);
    let mut paths: Vec<&String> = before.keys().chain(after.keys()).collect();
    paths.sort_unstable();
    paths.dedup();
    let nothing = texts.text("settings-value-none");
    let value = |side: &BTreeMap<String, String>, path| side.get(path).cloned().unwrap_or_else(|| nothing.clone());
    let all = paths.into_iter().map(|path| Difference {
        name: name(texts, path),
        before: value(&before, path),
        after: value(&after, path),
    });
    all.filter(|difference| difference.before != difference.after).take(MOST).collect()
}

/// Every value by its path. A list of plain values is one value.
fn leaves(texts: Texts, path: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) if fields.contains_key("price") => {
            let price = price(texts, value);
            let rest =
                fields.iter().filter(|(name, _)| price.is_none() || !["price", "interval"].contains(&name.as_str()));
            rest.for_each(|(name, value)| leaves(texts, &below(name), value, into));
            into.extend(price.map(|price| (below("price"), price)));
        }
        Value::Object(fields) => fields.iter().for_each(|(name, value)| leaves(texts, &below(name), value, into)),
        Value::Array(list) if list.iter().any(|value| value.is_object() || value.is_array()) => {
            let numbered = list.iter().enumerate();
            numbered.for_each(|(index, value)| leaves(texts, &below(&(index + 1).to_string()), value, into));
        }
        Value::Null => {}
        Value::String(zone) if path == "time_zone" => drop(into.insert(path.to_owned(), zone::place(texts, zone))),
        Value::String(text) if PictureName::parse(text).is_ok() => {
            drop(into.insert(path.to_owned(), picture(texts, text)))
        }
        value => drop(into.insert(path.to_owned(), plain(texts, value))),
    }
}

/// A picture is called by its bytes: the beginning is enough to tell two apart.
fn picture(texts: Texts, name: &str) -> String {
    texts.with("settings-value-picture", &[("name", name[..8].into())])
}

/// What an offer costs, as its buyers read it.
fn price(texts: Texts, offer: &Value) -> Option<String> {
    let price = &offer["price"];
    let amount = Money::new(price["amount"].as_i64()?, Currency::parse(price["currency"].as_str()?).ok()?);
    Some(match interval(&offer["interval"]) {
        Some(interval) => phrase::price(texts, PlanPrice { amount, interval }),
        None => phrase::money(texts, amount),
    })
}

fn interval(value: &Value) -> Option<(IntervalUnit, i64)> {
    Some((value[0].as_str()?.parse().ok()?, value[1].as_i64()?))
}

fn plain(texts: Texts, value: &Value) -> String {
    let named = match value {
        Value::Bool(true) => "settings-value-on",
        Value::Bool(false) => "settings-value-off",
        Value::String(text) => match WORDS.iter().find(|(word, _)| word == text) {
            Some((_, key)) => *key,
            // A reason of the built-in list is on file by its code.
            None => return texts.find(&format!("reason-{text}")).unwrap_or_else(|| text.clone()),
        },
        Value::Array(list) if list.is_empty() => "settings-value-none",
        Value::Array(list) => return list.iter().map(|value| plain(texts, value)).collect::<Vec<_>>().join(", "),
        other => return other.to_string(),
    };
    texts.text(named)
}

/// What a field is called. What stands below a known one is numbered as it is in its list; a field that no page has
/// goes by its own name.
fn name(texts: Texts, path: &str) -> String {
    let known = NAMES.iter().find_map(|(start, key)| Some((path.strip_prefix(start)?, key)));
    match known {
        Some(("", key)) => texts.text(key),
        Some((rest, key)) if rest.starts_with('.') => format!("{}, {}", texts.text(key), part(texts, &rest[1..])),
        _ => path.to_owned(),
    }
}

/// Which row of a list, and what of it: `1: Plan`.
fn part(texts: Texts, path: &str) -> String {
    let row = path.split_once('.').filter(|(row, _)| row.parse::<usize>().is_ok());
    let known = row.and_then(|(row, end)| Some((row, PARTS.iter().find(|(part, _)| *part == end)?.1)));
    known.map_or_else(|| path.replace('.', " "), |(row, key)| format!("{row}: {}", texts.text(key)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use types::{EventId, EventName, Instant, Language};

    fn between(before: Value, after: Value) -> Vec<(String, String, String)> {
        let change = Change {
            id: EventId(uuid::Uuid::nil()),
            at: Instant::from_seconds(0),
            actor: "producer".to_owned(),
            name: EventName::PolicyWritten,
            before,
            after,
        };
        let all = differences(Texts::of(Language::English), &change).into_iter();
        all.map(|difference| (difference.name, difference.before, difference.after)).collect()
    }

    #[test]
    fn only_what_differs_is_said_by_the_name_that_pages_give_it() {
        let policy = |swap: bool, days: Value| {
            let dunning = json!({"retry_days": days});
            json!({"policy": {"payment": {"card_swap": swap}, "dunning": dunning}})
        };
        assert_eq!(
            between(policy(true, json!([1, 3])), policy(false, json!([1, 3]))),
            [("Change card".into(), "on".into(), "off".into())]
        );
        assert_eq!(
            between(policy(true, json!([1, 3])), policy(true, json!([]))),
            [("Try again on these days".into(), "1, 3".into(), "nothing".into())]
        );
        assert_eq!(between(policy(true, json!([])), policy(true, json!([]))), []);
    }

    #[test]
    fn a_picture_is_not_told_by_all_its_digits() {
        let name = "0123456789abcdef".repeat(4);
        let lines = between(json!({"picture": null}), json!({"picture": name}));
        assert_eq!(lines, [("Product pictures".into(), "nothing".into(), "picture 01234567".into())]);
    }

    #[test]
    fn what_was_not_there_before_was_nothing_and_lists_are_numbered() {
        let reason = json!({"policy": {"cancel": {"reasons": [{"code": "price", "text": {"en": "Too dear"}}]}}});
        let none = json!({"policy": {"cancel": {"reasons": []}}});
        let lines = between(none, reason);
        assert!(lines.contains(&("Reasons, 1: Code".into(), "nothing".into(), "price".into())), "{lines:?}");
        assert_eq!(between(Value::Null, json!({"sort": "guru"})), [("sort".into(), "nothing".into(), "guru".into())]);
    }

    #[test]
    fn a_zone_is_said_by_its_place() {
        assert_eq!(
            between(json!({"time_zone": "America/Sao_Paulo"}), json!({"time_zone": "America/Campo_Grande"})),
            [("Time zone".into(), "São Paulo".into(), "Campo Grande".into())]
        );
    }

    #[test]
    fn a_price_is_said_as_buyers_read_it() {
        let price = |amount: i64| json!({"amount": amount, "currency": "BRL"});
        let offer = |amount: i64, interval: Value| json!({"price": price(amount), "interval": interval});
        assert_eq!(
            between(offer(4_990, json!(["month", 1])), offer(5_990, json!(["month", 1]))),
            [("Price".into(), "R$49.90 a month".into(), "R$59.90 a month".into())]
        );
        assert_eq!(
            between(Value::Null, offer(4_990, Value::Null)),
            [("Price".into(), "nothing".into(), "R$49.90".into())]
        );
    }
}
