//! Checks what a policy may say. Every fault is reported at once, by field.
//!
//! What the law gives to buyers has no field: nobody can switch off cancelling, or shorten the days in which money
//! comes back.

use super::{CancelPolicy, CancelReason, Policy, RetentionOffer, Texts};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use types::{Code, Language, Line};

/// The reasons that are offered when a producer names none. Their words are the screens' business.
pub const BUILT_IN_REASONS: [&str; 6] =
    ["too-expensive", "no-time", "not-as-expected", "not-using", "technical-problem", "other"];

/// Reasons, offers and tries are lists that people read: more than this is a mistake.
const MOST: usize = 20;
/// A cycle may be a year.
const CYCLES: RangeInclusive<i64> = 1..=24;

/// How long a link may live, in minutes (rule 1).
pub const LINK_MINUTES: RangeInclusive<i64> = 10..=360;

/// Something that a policy may not say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Path of the field: `cancel.retention[0].offer.percent`.
    pub field: String,
    /// What it must be.
    pub reason: String,
}

/// Everything that is wrong with a policy by itself; whether the offers it names exist is asked when it is written.
pub fn faults(policy: &Policy) -> Vec<Fault> {
    let mut found = Faults::default();
    found.cancel(&policy.cancel);
    found.within("refund.answer_days", policy.refund.answer_days, 1..=30);
    found.retries(&policy.dunning.retry_days);
    found.within("notice.renewal_days", policy.notice.renewal_days, 0..=60);
    found.within("notice.access_days", policy.notice.access_days, 0..=60);
    if let Some(minutes) = policy.sign_in.order_link_minutes {
        found.within("sign_in.order_link_minutes", minutes, LINK_MINUTES);
    }
    found.0
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn refuse(&mut self, field: impl Into<String>, reason: impl Into<String>) {
        self.0.push(Fault { field: field.into(), reason: reason.into() });
    }

    fn within(&mut self, field: &str, value: i64, bounds: RangeInclusive<i64>) {
        if !bounds.contains(&value) {
            self.refuse(field, format!("must be between {} and {}", bounds.start(), bounds.end()));
        }
    }

    fn few(&mut self, field: &str, length: usize) {
        if length > MOST {
            self.refuse(field, format!("must have {MOST} entries at most"));
        }
    }

    fn cancel(&mut self, cancel: &CancelPolicy) {
        self.few("cancel.reasons", cancel.reasons.len());
        self.few("cancel.retention", cancel.retention.len());
        let mut codes = BTreeSet::new();
        for (index, reason) in cancel.reasons.iter().enumerate() {
            let field = format!("cancel.reasons[{index}]");
            if !codes.insert(&reason.code) {
                self.refuse(format!("{field}.code"), "must not be there twice");
            }
            self.texts(&format!("{field}.text"), &reason.text);
        }
        for (index, retention) in cancel.retention.iter().enumerate() {
            let field = format!("cancel.retention[{index}]");
            if retention.reason.as_ref().is_some_and(|code| !is_reason(&cancel.reasons, code)) {
                self.refuse(format!("{field}.reason"), "must be the code of one of the reasons");
            }
            self.offer(&field, &retention.offer);
        }
    }

    fn offer(&mut self, field: &str, offer: &RetentionOffer) {
        match offer {
            RetentionOffer::Discount { percent, cycles } => {
                self.within(&format!("{field}.offer.percent"), *percent, 1..=100);
                self.within(&format!("{field}.offer.cycles"), *cycles, CYCLES);
            }
            RetentionOffer::Pause { cycles } => self.within(&format!("{field}.offer.cycles"), *cycles, CYCLES),
            RetentionOffer::Plan { .. } | RetentionOffer::Message => {}
        }
    }

    /// Words in one of our languages at least; each a line.
    fn texts(&mut self, field: &str, texts: &Texts) {
        if texts.is_empty() {
            self.refuse(field, "must have a text in one language at least");
        }
        for (tag, text) in texts {
            if !Language::ALL.iter().any(|language| language.tag() == tag) {
                let known: Vec<_> = Language::ALL.iter().map(|language| language.tag()).collect();
                self.refuse(field, format!("must name its languages by {}", known.join(", ")));
            }
            if let Err(reason) = Line::parse(text) {
                self.refuse(field, reason.to_string());
            }
        }
    }

    fn retries(&mut self, days: &[i64]) {
        self.few("dunning.retry_days", days.len());
        for (index, day) in days.iter().enumerate() {
            self.within(&format!("dunning.retry_days[{index}]"), *day, 1..=60);
        }
        if !days.is_sorted_by(|day, next| day < next) {
            self.refuse("dunning.retry_days", "must rise from day to day");
        }
    }
}

fn is_reason(reasons: &[CancelReason], code: &Code) -> bool {
    match reasons {
        [] => BUILT_IN_REASONS.contains(&code.as_str()),
        reasons => reasons.iter().any(|reason| reason.code == *code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Vec<String> {
        faults(&serde_json::from_str(json).unwrap()).into_iter().map(|fault| fault.field).collect()
    }

    #[test]
    fn what_nobody_says_has_no_fault() {
        assert_eq!(faults(&Policy::default()), []);
        assert_eq!(
            fields(r#"{"cancel": {"retention": [{"reason": "no-time", "offer": {"kind": "pause", "cycles": 2}}]}}"#),
            [""; 0]
        );
    }

    #[test]
    fn every_fault_is_named_by_its_field() {
        let json = r#"{
            "cancel": {
                "reasons": [{"code": "a", "text": {}}, {"code": "a", "text": {"pt-BR": "Caro", "xx": "y"}}],
                "retention": [{"reason": "b", "offer": {"kind": "discount", "percent": 101, "cycles": 0}}]
            },
            "refund": {"answer_days": 0}, "dunning": {"retry_days": [3, 1, 61]},
            "notice": {"renewal_days": -1, "access_days": 61}
        }"#;
        assert_eq!(
            fields(json),
            [
                "cancel.reasons[0].text",
                "cancel.reasons[1].code",
                "cancel.reasons[1].text",
                "cancel.retention[0].reason",
                "cancel.retention[0].offer.percent",
                "cancel.retention[0].offer.cycles",
                "refund.answer_days",
                "dunning.retry_days[2]",
                "dunning.retry_days",
                "notice.renewal_days",
                "notice.access_days"
            ]
        );
    }

    #[test]
    fn what_the_law_gives_has_no_field() {
        for json in [r#"{"cancel": {"enabled": false}}"#, r#"{"refund": {"window_days": 3}}"#, r#"{"refund": false}"#] {
            assert!(serde_json::from_str::<Policy>(json).is_err(), "{json}");
        }
    }
}
