//! `Stripe-Signature`: a moment, and for each secret an HMAC over the moment and the body.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The header's value for a body that is sent at `now`, with one `v1` for each secret.
pub(super) fn header(secrets: &[String], now: i64, body: &str) -> String {
    let signed: String = secrets.iter().map(|secret| format!(",v1={}", sign(secret, now, body))).collect();
    format!("t={now}{signed}")
}

fn sign(secret: &str, now: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(format!("{now}.{body}").as_bytes());
    HEXLOWER.encode(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_which_the_clients_of_the_vendor_make() {
        let body = r#"{"id":"evt_1","object":"event","type":"customer.subscription.updated"}"#;
        let golden = "eb03864eff8a502eb2620746551ea017dde47de0ddff61da8d48248a0e8f8813";
        assert_eq!(header(&["whsec_test".to_owned()], 1_700_000_000, body), format!("t=1700000000,v1={golden}"));
    }

    #[test]
    fn while_a_secret_is_exchanged_both_sign() {
        let header = header(&["a".to_owned(), "b".to_owned()], 1, "{}");
        assert_eq!(header.matches(",v1=").count(), 2);
    }
}
