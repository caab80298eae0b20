//! The periods of a subscription, counted from its anchor, so that one of the 31st ends on the last day of each month.

use super::value::{text, whole};
use jiff::{Span, Timestamp, ToSpan, tz::TimeZone};
use serde_json::Value;

/// The first end of a period after `start`, for an anchor and the `recurring` of a price.
pub(super) fn next_end(anchor: i64, start: i64, recurring: &Value) -> i64 {
    let mut count = 1;
    loop {
        let end = after(anchor, recurring, count);
        if end > start {
            return end;
        }
        count += 1;
    }
}

/// So many intervals after a moment.
pub(super) fn after(moment: i64, recurring: &Value, count: i64) -> i64 {
    let count = count * whole(recurring, "interval_count").max(1);
    let span: Span = match text(recurring, "interval") {
        "day" => return moment + count * 86_400,
        "week" => return moment + count * 7 * 86_400,
        "year" => (count * 12).months(),
        _ => count.months(),
    };
    let begin = Timestamp::from_second(moment).unwrap_or_default().to_zoned_datetime(TimeZone::UTC);
    begin.checked_add(span).map_or(i64::MAX, |end| end.timestamp().as_second())
}

/// Returns whether two prices are paid as often.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    text(one, "interval") == text(other, "interval") && whole(one, "interval_count") == whole(other, "interval_count")
}

/// A day for people: `1 Dec 2026`.
pub(super) fn day(moment: i64) -> String {
    Timestamp::from_second(moment).unwrap_or_default().strftime("%-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_month_from_the_31st_ends_on_the_last_day_and_comes_back() {
        let monthly = json!({"interval": "month", "interval_count": 1});
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
        let anchor = at("2026-01-31T10:00:00Z");
        let february = next_end(anchor, anchor, &monthly);
        assert_eq!(february, at("2026-02-28T10:00:00Z"));
        assert_eq!(next_end(anchor, february, &monthly), at("2026-03-31T10:00:00Z"));
        let yearly = json!({"interval": "year", "interval_count": 1});
        assert_eq!(
            next_end(at("2028-02-29T00:00:00Z"), at("2028-02-29T00:00:00Z"), &yearly),
            at("2029-02-28T00:00:00Z")
        );
        assert_eq!(day(anchor), "31 Jan 2026");
    }
}
