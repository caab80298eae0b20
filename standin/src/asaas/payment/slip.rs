//! What a boleto and a Pix are paid with. It looks like the real thing, and no bank takes it: the check digits of the
//! boleto are wrong on purpose, and the key of the Pix is no key.

use super::{Billing, Payment};
use crate::asaas::books::Books;
use data_encoding::BASE64;
use serde_json::{Value, json};

impl Payment {
    /// Asaas' own number of a boleto.
    pub(in crate::asaas) fn bank_number(&self) -> String {
        format!("9{:07}", self.number)
    }

    /// The 44 digits below a boleto. Bank 000 does not exist.
    fn bar_code(&self) -> String {
        format!("00090{:04}{:010}{:025}", 0, self.value, self.number)
    }

    /// The 47 digits that people type.
    pub(in crate::asaas) fn typed_line(&self) -> String {
        format!("00090{:027}0{:04}{:010}", self.number, 0, self.value)
    }

    /// The text of a Pix, with a checksum that is right.
    pub(in crate::asaas) fn pix_code(&self) -> String {
        let field = |id: &str, value: &str| format!("{id}{:02}{value}", value.len());
        let account = field("00", "br.gov.bcb.pix") + &field("01", "standin@no-money.example");
        let amount = format!("{}.{:02}", self.value / 100, self.value % 100);
        let reference = field("05", &format!("STANDIN{:08}", self.number));
        let mut code = field("00", "01") + &field("26", &account) + &field("52", "0000") + &field("53", "986");
        code += &(field("54", &amount) + &field("58", "BR") + &field("59", "STANDIN NO MONEY"));
        code += &(field("60", "BRASILIA") + &field("62", &reference) + "6304");
        let sum = checksum(code.as_bytes());
        format!("{code}{sum:04X}")
    }

    fn pix_shape(&self) -> Value {
        let expires = self.due.saturating_add(jiff::Span::new().years(1));
        json!({
            "encodedImage": BASE64.encode(PICTURE),
            "payload": self.pix_code(),
            "expirationDate": format!("{expires} 23:59:59"),
        })
    }

    fn boleto_shape(&self) -> Value {
        json!({
            "identificationField": self.typed_line(),
            "nossoNumero": self.bank_number(),
            "barCode": self.bar_code(),
        })
    }
}

/// CRC-16/CCITT, as the code of a Pix ends with.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(
            sum ^ (u16::from(*byte) << 8),
            |sum, _| {
                if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
            },
        )
    })
}

/// A PNG of one white dot, where Asaas has the picture of the code.
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00,
    0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00, 0x00, 0x00, 0x0A, 0x49,
    0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0xF8, 0x0F, 0x00, 0x01, 0x01, 0x01, 0x00, 0x1C, 0xB0, 0x8C, 0x99, 0x00, 0x00,
    0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

impl Books {
    /// `GET /payments/{id}/pixQrCode`.
    pub(super) fn pix_of(payment: &Payment) -> Value {
        payment.pix_shape()
    }

    /// `GET /payments/{id}/identificationField`.
    pub(super) fn boleto_of(payment: &Payment) -> Value {
        payment.boleto_shape()
    }

    /// `GET /payments/{id}/billingInfo`: what it can be paid with, and what it was paid with.
    pub(super) fn billing_info(&self, payment: &Payment) -> Value {
        let any = payment.billing == Billing::Undefined;
        let has_boleto = any || payment.billing == Billing::Boleto;
        let mut boleto = payment.boleto_shape();
        boleto["bankSlipUrl"] = format!("{}/b/pdf/{}", self.address, payment.slug()).into();
        boleto["daysAfterDueDateToRegistrationCancellation"] = Value::Null;
        json!({
            "pix": if has_boleto || payment.billing == Billing::Pix { payment.pix_shape() } else { Value::Null },
            "creditCard": self.card_shape(payment.card.as_deref()),
            "bankSlip": if has_boleto { boleto } else { Value::Null },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn the_checksum_is_the_one_that_banks_expect() {
        assert_eq!(checksum(b"123456789"), 0x29B1);
    }
}
