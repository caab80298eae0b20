//! Boleto and Pix: something is shown, and is paid later or expires. What is shown has the right shape and can be paid
//! nowhere.

use super::outcome::fail;
use crate::stripe::agenda::Due;
use crate::stripe::books::Books;
use crate::stripe::error::Failure;
use crate::stripe::value::{text, whole};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::{Value, json};

/// Of a Pix, in seconds.
const DAY: i64 = 86_400;

/// Stripe lets a boleto be of 5 to 49,999.99.
const BOLETO: std::ops::RangeInclusive<i64> = 500..=4_999_999;

/// Makes a boleto.
pub(super) fn boleto(books: &mut Books, id: &str) -> Result<(), Failure> {
    let intent = brazilian(books, id)?;
    let amount = whole(&intent, "amount");
    if !BOLETO.contains(&amount) {
        let code = if amount < 500 { "amount_too_small" } else { "amount_too_large" };
        return Err(Failure::refused(code, "A boleto must be of at least R$ 5.00 and at most R$ 49,999.99."));
    }
    let days = intent["payment_method_options"]["boleto"]["expires_after_days"].as_i64().unwrap_or(3);
    let expires = end_of_day(books.now(), days);
    let page = format!("{}/boleto/{id}", books.base_url);
    let shown = json!({"type": "boleto_display_details", "boleto_display_details": {"expires_at": expires,
        "hosted_voucher_url": page, "number": line(amount), "pdf": format!("{page}/pdf")}});
    show(books, id, shown, expires);
    Ok(())
}

/// Makes a Pix.
pub(super) fn pix(books: &mut Books, id: &str) -> Result<(), Failure> {
    let intent = brazilian(books, id)?;
    let (options, now) = (&intent["payment_method_options"]["pix"], books.now());
    let after = options["expires_after_seconds"].as_i64().unwrap_or(DAY);
    let expires = options["expires_at"].as_i64().unwrap_or(now + after);
    if !(now + 10..=now + 14 * DAY).contains(&expires) {
        let message = "A Pix expires at least 10 seconds and at most 14 days from now.";
        return Err(Failure::parameter(
            "parameter_invalid_integer",
            "payment_method_options[pix][expires_at]",
            message,
        ));
    }
    let page = format!("{}/pix/{id}", books.base_url);
    let shown = json!({"type": "pix_display_qr_code", "pix_display_qr_code": {
        "data": copy_and_paste(id, whole(&intent, "amount")), "expires_at": expires, "hosted_instructions_url": page,
        "image_url_png": format!("{page}/qr.png"), "image_url_svg": format!("{page}/qr.svg")}});
    show(books, id, shown, expires);
    Ok(())
}

fn brazilian(books: &Books, id: &str) -> Result<Value, Failure> {
    let intent = books.find("payment_intent", id, "id")?;
    if intent["currency"] == "brl" {
        return Ok(intent);
    }
    let message = "Boleto and Pix are only for payments in brl.";
    Err(Failure::refused("payment_intent_incompatible_payment_method", message))
}

fn show(books: &mut Books, id: &str, shown: Value, expires: i64) {
    books.change(id, |intent| {
        intent["status"] = "requires_action".into();
        intent["next_action"] = shown;
    });
    books.due(expires, Due::Voucher(id.to_owned()));
    books.tell("payment_intent.requires_action", id);
    super::follow(books, id);
}

/// It was not paid in time, unless another one was made since.
pub(in crate::stripe) fn expire(books: &mut Books, id: &str) {
    let now = books.now();
    let Some(action) = books.get(id).map(|intent| &intent["next_action"]) else { return };
    let kind = text(action, "type");
    let is_due =
        matches!(kind, "boleto_display_details" | "pix_display_qr_code") && whole(&action[kind], "expires_at") <= now;
    if is_due {
        lapse(books, id);
    }
}

/// It is not paid.
pub(in crate::stripe) fn lapse(books: &mut Books, id: &str) {
    let message = "The latest payment attempt for the PaymentIntent has expired.";
    fail(books, id, Failure::refused("payment_intent_payment_attempt_expired", message));
}

/// 23:59:59 in São Paulo, so many days from now.
fn end_of_day(now: i64, days: i64) -> i64 {
    let zone = TimeZone::get("America/Sao_Paulo").unwrap_or(TimeZone::UTC);
    let today = Timestamp::from_second(now).unwrap_or_default().to_zoned_datetime(zone);
    let end = today.checked_add(days.days()).and_then(|day| day.with().hour(23).minute(59).second(59).build());
    end.map_or(now + days * DAY, |end| end.timestamp().as_second())
}

/// The 47 digits of a boleto of a bank that does not exist.
fn line(amount: i64) -> String {
    format!("00090000000000000000000000000000000000{amount:09}")
}

/// The text of a Pix (EMV), with its right check sum, to a key that does not exist.
fn copy_and_paste(id: &str, amount: i64) -> String {
    let field = |name: &str, text: &str| format!("{name}{:02}{text}", text.len());
    let key: String = id.chars().rev().take(16).collect();
    let account = field("00", "br.gov.bcb.pix") + &field("01", &format!("{key}@standin.invalid"));
    let sum = format!("{}.{:02}", amount / 100, amount % 100);
    let text = field("00", "01")
        + &field("26", &account)
        + &field("52", "0000")
        + &field("53", "986")
        + &field("54", &sum)
        + &field("58", "BR")
        + &field("59", "STAND-IN OF STRIPE")
        + &field("60", "SAO PAULO")
        + &field("62", &field("05", "***"))
        + "6304";
    format!("{text}{:04X}", check_sum(&text))
}

/// CRC-16 as Pix wants it: CCITT, beginning with 0xFFFF.
fn check_sum(text: &str) -> u16 {
    text.bytes().fold(0xFFFF, |sum: u16, byte| {
        (0..8)
            .fold(sum ^ (u16::from(byte) << 8), |sum, _| if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_that_of_the_standard() {
        assert_eq!(check_sum("123456789"), 0x29B1);
        assert_eq!(line(12345).len(), 47);
    }

    #[test]
    fn a_boleto_expires_at_the_end_of_a_day_in_sao_paulo() {
        let at = end_of_day(1_700_000_000, 3);
        assert_eq!(Timestamp::from_second(at).unwrap().to_string(), "2023-11-18T02:59:59Z");
    }
}
