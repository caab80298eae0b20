//! What a sale says of itself beside its items, as its source told it.

use crate::Line;
use serde::{Deserialize, Serialize};

/// How the total came to be, and under what number the payment is known. Amounts are in minor units of the sale's
/// currency.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub struct SaleDetails {
    /// The code of the coupon that was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coupon: Option<Line>,
    /// Before discount and taxes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtotal: Option<i64>,
    /// What was taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<i64>,
    /// Taxes within the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxes: Option<i64>,
    /// The number that the gateway or the bank has for the payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction: Option<Line>,
}

impl SaleDetails {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Where somebody lives, as a checkout asked for it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub struct PostalAddress {
    /// Street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<Line>,
    /// Number in the street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Line>,
    /// Flat, floor, house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complement: Option<Line>,
    /// Part of the city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<Line>,
    /// City.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<Line>,
    /// State or province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Line>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Line>,
    /// Country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Line>,
}

impl PostalAddress {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As it stands on a letter, in one line: `Rua das Flores, 120, Centro, São Paulo, SP, 01001000, BR`.
    pub fn one_line(&self) -> String {
        let Self { street, number, complement, district, city, state, postal_code, country } = self;
        let parts = [street, number, complement, district, city, state, postal_code, country];
        parts.into_iter().flatten().map(Line::as_str).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_in_one_line_and_what_is_not_said_is_not_there() {
        let line = |text: &str| Line::parse(text).ok();
        let address = PostalAddress { street: line("Rua das Flores"), number: line("120"), ..PostalAddress::default() };
        assert_eq!(address.one_line(), "Rua das Flores, 120");
        assert!(PostalAddress::default().is_empty() && !address.is_empty());
    }
}
