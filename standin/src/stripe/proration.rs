//! The part of a price for the rest of a period, to the second.

/// `amount` times `remaining` of `period` seconds, rounded half up. The amount is not negative.
pub(super) fn part(amount: i64, remaining: i64, period: i64) -> i64 {
    let (amount, remaining, period) = (i128::from(amount), i128::from(remaining), i128::from(period.max(1)));
    i64::try_from((2 * amount * remaining + period) / (2 * period)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn the_figures_are_those_of_a_real_answer() {
        let remaining = 1_489_449_600 - 1_488_568_488;
        assert_eq!(part(1000, remaining, 28 * DAY), 364);
        assert_eq!(10_000 - part(1000, remaining, 28 * DAY), 9636);
    }

    #[test]
    fn each_line_is_rounded_for_itself() {
        let (old, new) = (part(9990, 7 * DAY, 31 * DAY), part(19_990, 7 * DAY, 31 * DAY));
        assert_eq!((old, new, new - old), (2256, 4514, 2258));
        assert_eq!((part(1, 1, 2), part(1, 0, 2), part(7, 2, 2)), (1, 0, 7));
    }
}
