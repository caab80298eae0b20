//! Amounts as Stripe counts them: in the smallest unit of the currency, but not of each as ISO 4217 has it.
//!
//! ISK and UGX have no decimals and are sent as if they had two, both zero. MGA has two in ISO and none at Stripe. Of
//! three decimals the last is zero, because card networks know only two.

use super::failure::Failure;
use super::no;
use types::{Currency, Money};

/// Currencies that Stripe counts in whole units.
const WHOLE: &[&str] =
    &["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];
/// Currencies without decimals that are sent with two zeros.
const TWO_ZEROS: &[&str] = &["ISK", "UGX"];

/// The amount to be sent.
pub(super) fn to_stripe(money: Money) -> Result<i64, Failure> {
    let (ours, theirs) = decimals(money.currency);
    let sent = if theirs >= ours {
        money.amount.checked_mul(10_i64.pow(theirs - ours))
    } else {
        let step = 10_i64.pow(ours - theirs);
        (money.amount % step == 0).then(|| money.amount / step)
    };
    let fits = |sent: &i64| *sent > 0 && (theirs != 3 || sent % 10 == 0);
    sent.filter(fits).ok_or_else(|| no(format!("Stripe takes no such amount of {}", money.currency)))
}

/// The money that a sent amount stands for; none where the currency is unknown.
pub(super) fn of_stripe(amount: i64, currency: &str) -> Option<Money> {
    let currency = Currency::parse(currency).ok()?;
    let (ours, theirs) = decimals(currency);
    let amount = if theirs >= ours {
        amount / 10_i64.pow(theirs - ours)
    } else {
        amount.checked_mul(10_i64.pow(ours - theirs))?
    };
    Some(Money::new(amount, currency))
}

/// A currency as it is sent.
pub(super) fn code(currency: Currency) -> String {
    currency.as_str().to_ascii_lowercase()
}

/// How many decimals an amount has here and there.
fn decimals(currency: Currency) -> (u32, u32) {
    let theirs = match currency.as_str() {
        whole if WHOLE.contains(&whole) => 0,
        zeros if TWO_ZEROS.contains(&zeros) => 2,
        _ => currency.decimals(),
    };
    (currency.decimals(), theirs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, currency: &str) -> Money {
        Money::new(amount, Currency::parse(currency).unwrap())
    }

    #[test]
    fn amounts_go_there_and_come_back_in_every_kind_of_currency() {
        for (currency, ours, theirs) in [
            ("BRL", 9990, 9990),
            ("USD", 1, 1),
            ("JPY", 500, 500),
            ("CLP", 9990, 9990),
            ("ISK", 5, 500),
            ("UGX", 5000, 500_000),
            ("MGA", 500, 5),
            ("KWD", 5120, 5120),
            ("TND", 10, 10),
        ] {
            let money = money(ours, currency);
            assert_eq!(to_stripe(money).unwrap(), theirs, "{currency}");
            assert_eq!(of_stripe(theirs, &code(money.currency)), Some(money), "{currency}");
        }
    }

    #[test]
    fn what_stripe_cannot_count_is_refused() {
        for (currency, amount) in [("KWD", 5124), ("BHD", 1), ("MGA", 550), ("BRL", 0), ("BRL", -5), ("ISK", i64::MAX)]
        {
            assert!(matches!(to_stripe(money(amount, currency)), Err(Failure::No(_))), "{amount} {currency}");
        }
        assert_eq!(of_stripe(5, "xxx"), None);
    }
}
