//! The shape of Guru's bodies, as far as it concerns us. Every field may be absent, empty or of another type: what is
//! needed is asked for where it is used.

use super::loose::Shape;

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Default, serde::Deserialize)]
        #[serde(default)]
        pub(crate) struct $name { $(pub(crate) $field: $crate::hooks::guru::loose::Loose),* }

        impl Shape for $name {
            fn stand(&mut self, at: &str) {
                let prefix = if at.is_empty() { String::new() } else { format!("{at}.") };
                $(self.$field.stand(format!("{prefix}{}", stringify!($field)));)*
            }
        }
    )*};
}

pub(crate) use shapes;

shapes! {
    /// `webhook_type: transaction`.
    Transaction { id, status, contact, dates, invoice, items, payment, product, subscription }
    /// `webhook_type: subscription`.
    Subscription {
        internal_id, subscription_code, name, last_status, payment_method, charged_times, cancel_at_cycle_end, cancelled_by,
        credit_card,
        current_invoice, dates, next_cycle_value, product, subscriber, last_transaction, trial_finished_at,
    }
    /// Buyer or subscriber.
    Contact {
        name, email, doc, phone_local_code, phone_number, address, address_number, address_comp, address_district,
        address_city, address_state, address_country, address_zip_code,
    }
    /// Times of a transaction or a subscription.
    Dates {
        created_at, ordered_at, confirmed_at, canceled_at, updated_at, started_at, cycle_start_date, cycle_end_date,
        next_cycle_at,
        last_status_at,
    }
    /// What a cycle owes.
    Invoice { period_start, period_end, status, value, updated_at }
    /// A line, or the product of a transaction or subscription. `id` means another thing in each of the two;
    /// `marketplace_id` is the same in both.
    Product { id, internal_id, marketplace_id, name, offer, qty, total_value, unit_value }
    /// An offer.
    Offer { id, name, value, plan }
    /// The plan of an offer.
    Plan { interval, interval_type }
    /// How a transaction is paid. Two fields have two spellings, and a body may have both.
    Payment {
        method, gross, total, currency, installments, instalments, credit_card, creditcard, billet, pix, coupon,
        discount_value, tax, acquirer, marketplace_id, refund_reason,
    }
    /// A coupon that was used.
    Coupon { code, coupon_code, name }
    /// Taxes within the total.
    Tax { value }
    /// Who took the money.
    Acquirer { tid, nsu }
    /// Instalments.
    Installments { qty }
    /// A card: transactions say `last_digits`, subscriptions `last_four`.
    Card { brand, last_digits, last_four, expiration_month, expiration_year, updated_at }
    /// A boleto.
    Billet { line, url, expiration_date }
    /// A Pix.
    Pix { qrcode, expiration_date }
    /// The code of a Pix.
    QrCode { signature, url }
    /// The subscription of a transaction.
    SubscriptionOfTransaction { id, subscription_code, last_status, charged_every_days, started_at, canceled_at }
    /// Who cancelled, and when.
    CancelledBy { date }
}
