//! What differs between the two sides of a change, in words: each value by the name that its field has on the pages of
//! the settings.

use crate::text::Texts;
use portal::policy::Change;
use serde_json::Value;
use std::collections::BTreeMap;

/// More lines than anybody reads: the rest is not shown.
const MOST: usize = 40;

/// What fields are called, by how their paths begin; the first that fits counts.
const NAMES: &[(&str, &str)] = &[
    ("policy.cancel.effect", "settings-cancel-effect"),
    ("policy.cancel.reasons", "settings-reasons"),
    ("policy.cancel.retention", "settings-retention"),
    ("policy.refund.answer_days", "settings-answer-days"),
    ("policy.payment.card_swap", "settings-card-swap"),
    ("policy.payment.method_change", "settings-method-change"),
    ("policy.plan.change", "settings-plan-change"),
    ("policy.plan.upgrade", "settings-upgrade"),
    ("policy.plan.downgrade", "settings-downgrade"),
    ("policy.dunning.retry_days", "settings-retry-days"),
    ("policy.dunning.then", "settings-then"),
    ("policy.notice.renewal_days", "settings-renewal-days"),
    ("policy.notice.access_days", "settings-access-days"),
    ("policy.sign_in", "settings-links-order"),
    ("refund_window_days", "settings-windows"),
    ("change_targets", "settings-plans"),
    ("particulars.legal.name", "settings-legal-name"),
    ("particulars.legal.tax_id", "settings-tax-id"),
    ("particulars.legal.address", "settings-address"),
    ("particulars.legal.privacy_url", "settings-privacy-url"),
    ("particulars.legal.terms_url", "settings-terms-url"),
    ("particulars.contacts.email", "settings-email"),
    ("particulars.contacts.whatsapp", "settings-whatsapp"),
    ("particulars.contacts.phone", "settings-phone"),
    ("particulars.contacts.url", "settings-help-url"),
    ("particulars.contacts.hours", "settings-hours"),
    ("particulars.look.accent", "settings-accent"),
    ("particulars.look.logo", "settings-logo"),
    ("particulars.sending.name", "settings-sender-name"),
    ("particulars.sending.reply_to", "settings-reply-to"),
    ("language", "settings-language"),
    ("time_zone", "settings-zone"),
    ("name", "settings-name-of"),
];

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
        Value::Object(fields) => fields.iter().for_each(|(name, value)| leaves(texts, &below(name), value, into)),
        Value::Array(list) if list.iter().any(|value| value.is_object() || value.is_array()) => {
            let numbered = list.iter().enumerate();
            numbered.for_each(|(index, value)| leaves(texts, &below(&(index + 1).to_string()), value, into));
        }
        Value::Null => {}
        value => drop(into.insert(path.to_owned(), plain(texts, value))),
    }
}

fn plain(texts: Texts, value: &Value) -> String {
    let named = match value {
        Value::Bool(true) => "settings-value-on",
        Value::Bool(false) => "settings-value-off",
        Value::String(word) if word == "now" => "settings-effect-now",
        Value::String(word) if word == "period_end" => "settings-value-period-end",
        Value::String(word) if word == "end" => "settings-then-end",
        Value::String(word) if word == "keep" => "settings-then-keep",
        Value::String(text) => return text.clone(),
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
        Some((rest, key)) if rest.starts_with('.') => format!("{} ({})", texts.text(key), rest[1..].replace('.', " ")),
        _ => path.to_owned(),
    }
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
        let policy = |swap: bool, days: Value| json!({"policy": {"payment": {"card_swap": swap}, "dunning": {"retry_days": days}}});
        assert_eq!(
            between(policy(true, json!([1, 3])), policy(false, json!([1, 3]))),
            [("Use another card".into(), "on".into(), "off".into())]
        );
        assert_eq!(
            between(policy(true, json!([1, 3])), policy(true, json!([]))),
            [("Try again on these days".into(), "1, 3".into(), "nothing".into())]
        );
        assert_eq!(between(policy(true, json!([])), policy(true, json!([]))), []);
    }

    #[test]
    fn what_was_not_there_before_was_nothing_and_lists_are_numbered() {
        let reason = json!({"policy": {"cancel": {"reasons": [{"code": "price", "text": {"en": "Too dear"}}]}}});
        let none = json!({"policy": {"cancel": {"reasons": []}}});
        let lines = between(none, reason);
        assert!(lines.contains(&("Reasons (1 code)".into(), "nothing".into(), "price".into())), "{lines:?}");
        assert_eq!(between(Value::Null, json!({"kind": "guru"})), [("kind".into(), "nothing".into(), "guru".into())]);
    }
}
