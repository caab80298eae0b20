//! What a sale says beside its items, and where its buyer lives: taken and shown in one shape.

use crate::api::checks::{Checks, MOST};
use serde::{Deserialize, Serialize};
use types::{Line, PostalAddress, SaleDetails};
use utoipa::ToSchema;

/// How the total came to be, and under what number the payment is known. What is absent is not shown.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct DetailsBody {
    /// The code of the coupon that was used.
    #[schema(example = "BLACK10")]
    #[serde(skip_serializing_if = "Option::is_none")]
    coupon: Option<String>,
    /// Before discount and taxes, minor units.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64, example = 29700)]
    #[serde(skip_serializing_if = "Option::is_none")]
    subtotal: Option<i64>,
    /// What was taken off, minor units.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64, example = 2970)]
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<i64>,
    /// Taxes within the total, minor units.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    taxes: Option<i64>,
    /// The number that the gateway or the bank has for the payment.
    #[schema(example = "10069930690A1B2C3D4E")]
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction: Option<String>,
}

/// Where somebody lives. Every part may be absent.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct AddressBody {
    /// Street.
    #[schema(example = "Rua das Flores")]
    #[serde(skip_serializing_if = "Option::is_none")]
    street: Option<String>,
    /// Number in the street.
    #[schema(example = "120")]
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// Flat, floor, house.
    #[serde(skip_serializing_if = "Option::is_none")]
    complement: Option<String>,
    /// Part of the city.
    #[serde(skip_serializing_if = "Option::is_none")]
    district: Option<String>,
    /// City.
    #[schema(example = "São Paulo")]
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    /// State or province.
    #[schema(example = "SP")]
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// Postal code.
    #[schema(example = "01001-000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<String>,
    /// Country.
    #[schema(example = "BR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
}

impl DetailsBody {
    pub(super) fn check(self, checks: &mut Checks) -> Option<SaleDetails> {
        let coupon = checks.optional_line("details.coupon", self.coupon.as_deref());
        let transaction = checks.optional_line("details.transaction", self.transaction.as_deref());
        let mut amount = |field, amount: Option<i64>| match amount {
            Some(amount) => checks.within(field, amount, 0..=MOST).map(Some),
            None => Some(None),
        };
        let subtotal = amount("details.subtotal", self.subtotal);
        let discount = amount("details.discount", self.discount);
        let taxes = amount("details.taxes", self.taxes);
        Some(SaleDetails {
            coupon: coupon?,
            subtotal: subtotal?,
            discount: discount?,
            taxes: taxes?,
            transaction: transaction?,
        })
    }

    pub(super) fn of(details: SaleDetails) -> Option<Self> {
        let text = |line: Option<Line>| line.map(String::from);
        let SaleDetails { coupon, subtotal, discount, taxes, transaction } = details.clone();
        let body = Self { coupon: text(coupon), subtotal, discount, taxes, transaction: text(transaction) };
        (!details.is_empty()).then_some(body)
    }
}

impl AddressBody {
    pub(super) fn check(self, checks: &mut Checks) -> Option<PostalAddress> {
        let mut line = |field, text: Option<String>| checks.optional_line(field, text.as_deref());
        let street = line("buyer.address.street", self.street);
        let number = line("buyer.address.number", self.number);
        let complement = line("buyer.address.complement", self.complement);
        let district = line("buyer.address.district", self.district);
        let city = line("buyer.address.city", self.city);
        let state = line("buyer.address.state", self.state);
        let postal_code = line("buyer.address.postal_code", self.postal_code);
        let country = line("buyer.address.country", self.country);
        Some(PostalAddress {
            street: street?,
            number: number?,
            complement: complement?,
            district: district?,
            city: city?,
            state: state?,
            postal_code: postal_code?,
            country: country?,
        })
    }

    pub(super) fn of(address: PostalAddress) -> Option<Self> {
        if address.is_empty() {
            return None;
        }
        let text = |line: Option<Line>| line.map(String::from);
        Some(Self {
            street: text(address.street),
            number: text(address.number),
            complement: text(address.complement),
            district: text(address.district),
            city: text(address.city),
            state: text(address.state),
            postal_code: text(address.postal_code),
            country: text(address.country),
        })
    }
}
