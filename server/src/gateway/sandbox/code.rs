//! Codes that look like those of a boleto or a Pix and that no bank takes: shaped, not spendable.

use super::state::hex;
use types::{Currency, Money};

/// A boleto's line of 47 digits. Its bank does not exist, and its general check digit is 0, which none ever is.
pub(super) fn boleto(reference: &str, amount: Money) -> String {
    let digits: String = hex(reference).bytes().map(|byte| char::from(b'0' + byte % 10)).collect();
    let value = amount.amount.clamp(0, 9_999_999_999);
    let (a, b, c, d) = (&digits[..4], &digits[4..9], &digits[9..14], &digits[14..19]);
    let (b2, c2) = (&digits[19..25], &digits[25..31]);
    format!("00090.{a}0 {b}.{b2} {c}.{c2} 0 {}{value:010}", &d[..4])
}

/// A Pix "copia e cola" with a right checksum, to a key below `.invalid`, which nobody can ever own.
pub(super) fn pix(reference: &str, amount: Money) -> String {
    let account = field("00", "br.gov.bcb.pix") + &field("01", "teste@sandbox.invalid");
    let decimals = amount.currency.decimals();
    let scale = 10_i64.pow(decimals);
    let value = if decimals == 0 {
        amount.amount.to_string()
    } else {
        format!("{}.{:0width$}", amount.amount / scale, amount.amount % scale, width = decimals as usize)
    };
    let mut code =
        field("00", "01") + &field("26", &account) + &field("52", "0000") + &field("53", number(amount.currency));
    code += &(field("54", &value) + &field("58", "BR") + &field("59", "SANDBOX SEM VALOR") + &field("60", "NENHUMA"));
    code += &(field("62", &field("05", &hex(reference)[..20])) + "6304");
    let sum = crc16(code.as_bytes());
    format!("{code}{sum:04X}")
}

/// The number of a currency (ISO 4217); 999 stands for none, which no bank takes either.
fn number(currency: Currency) -> &'static str {
    match currency.as_str() {
        "BRL" => "986",
        "EUR" => "978",
        "PLN" => "985",
        "USD" => "840",
        _ => "999",
    }
}

/// Id, length in two digits, value.
fn field(id: &str, value: &str) -> String {
    format!("{id}{:02}{value}", value.len())
}

/// CRC-16/CCITT-FALSE, as the Pix manual asks for.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(
            sum ^ (u16::from(*byte) << 8),
            |sum: u16, _| {
                if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_of_the_manual() {
        assert_eq!(crc16(b"123456789"), 0x29B1);
        // The example of the Central Bank's manual.
        let example = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***6304";
        assert_eq!(format!("{:04X}", crc16(example.as_bytes())), "1D3D");
    }

    #[test]
    fn a_pix_code_checks_and_a_boleto_line_does_not() {
        let code = pix("sbx_ch_1", Money::new(4_990, Currency::BRL));
        let (payload, sum) = code.split_at(code.len() - 4);
        assert_eq!(format!("{:04X}", crc16(payload.as_bytes())), sum);
        assert!(code.contains("540549.90") && code.len() < 180, "{code}");
        let dollars = pix("sbx_ch_1", Money::new(4_990, Currency::parse("USD").unwrap()));
        assert!(code.contains("5303986") && dollars.contains("5303840"), "{dollars}");
        let line = boleto("sbx_ch_1", Money::new(4_990, Currency::BRL));
        assert_eq!(line.bytes().filter(u8::is_ascii_digit).count(), 47, "{line}");
        assert!(line.contains(" 0 ") && line.ends_with("0000004990"), "{line}");
    }
}
