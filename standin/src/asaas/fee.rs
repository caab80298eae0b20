//! What Asaas keeps of what is paid.

use super::payment::Billing;

/// What Asaas keeps of a payment by this method, in so many instalments: of all of them together.
pub(super) fn fee(method: Billing, total: i64, instalments: i64) -> i64 {
    match method {
        Billing::CreditCard => {
            let rate = match instalments {
                ..=1 => 299,
                2..=6 => 349,
                _ => 399,
            };
            49 + (total * rate + 5_000) / 10_000
        }
        Billing::Boleto | Billing::Pix | Billing::Undefined => 199 * instalments.max(1),
    }
}
