//! The token in a link: a JWT as RFC 7519 has it, and nothing more of that standard than one algorithm and these claims.
//!
//! Written here because it is what sign-in stands on: a hundred lines that refuse everything they do not know.

use crate::{Keys, mac};
use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use types::Instant;

const LONGEST: usize = 2048;
const LEEWAY_SECONDS: i64 = 30;
const AUDIENCE: &str = "aftersale";
const KEY_ID: &str = "1";

/// Unknown members (`crit`, `jku`, `jwk`, `x5u` …) and repeated ones are refused by the parser.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header<'a> {
    alg: &'a str,
    typ: &'a str,
    kid: &'a str,
}

/// The claims: no personal data. Times are whole seconds since 1970.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) aud: String,
    pub(super) sub: String,
    pub(super) jti: String,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    pub(super) purpose: String,
}

/// Not a token of ours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct NotOurs;

impl Claims {
    pub(super) fn new(issuer: &str, subject: String, id: String, purpose: &str, from: Instant, until: Instant) -> Self {
        Self {
            iss: issuer.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: subject,
            jti: id,
            nbf: from.seconds(),
            exp: until.seconds(),
            purpose: purpose.to_owned(),
        }
    }

    /// Signs the claims.
    pub(super) fn sign(&self, keys: &Keys) -> String {
        let header = Header { alg: "HS256", typ: "JWT", kid: KEY_ID };
        let encode = |json: Result<Vec<u8>, serde_json::Error>| BASE64URL_NOPAD.encode(&json.unwrap_or_default());
        let signed = format!("{}.{}", encode(serde_json::to_vec(&header)), encode(serde_json::to_vec(self)));
        let signature = BASE64URL_NOPAD.encode(&mac(keys.link(), &[signed.as_bytes()]));
        format!("{signed}.{signature}")
    }

    /// Reads a token of ours. Its end is left to the caller, who has something to say about an expired link.
    pub(super) fn verify(token: &str, keys: &Keys, issuer: &str, now: Instant) -> Result<Self, NotOurs> {
        if token.len() > LONGEST {
            return Err(NotOurs);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(NotOurs)?;
        let (header, claims) = signed.split_once('.').ok_or(NotOurs)?;
        let key = Self::key(&decode(header)?, keys)?;
        let expected = mac(key, &[signed.as_bytes()]);
        if !bool::from(expected.ct_eq(decode(signature)?.as_slice())) {
            return Err(NotOurs);
        }
        let claims: Self = serde_json::from_slice(&decode(claims)?).map_err(|_| NotOurs)?;
        let fits = claims.iss == issuer && claims.aud == AUDIENCE && claims.nbf <= now.seconds() + LEEWAY_SECONDS;
        if fits { Ok(claims) } else { Err(NotOurs) }
    }

    /// The key that the header names; there is one, and one algorithm.
    fn key<'k>(header: &[u8], keys: &'k Keys) -> Result<&'k [u8; 32], NotOurs> {
        let header: Header<'_> = serde_json::from_slice(header).map_err(|_| NotOurs)?;
        let known = header.alg == "HS256" && header.typ == "JWT" && header.kid == KEY_ID;
        if known { Ok(keys.link()) } else { Err(NotOurs) }
    }
}

fn decode(part: &str) -> Result<Vec<u8>, NotOurs> {
    BASE64URL_NOPAD.decode(part.as_bytes()).map_err(|_| NotOurs)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_seconds(1_000_000);

    fn keys() -> Keys {
        Keys::new(&[3; 32])
    }

    fn claims() -> Claims {
        Claims::new("https://portal", "someone".into(), "j".into(), "purchases", NOW, NOW)
    }

    fn verify(token: &str) -> Result<Claims, NotOurs> {
        Claims::verify(token, &keys(), "https://portal", NOW)
    }

    fn signed_with(header: &str, claims: &str) -> String {
        let signed =
            format!("{}.{}", BASE64URL_NOPAD.encode(header.as_bytes()), BASE64URL_NOPAD.encode(claims.as_bytes()));
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&mac(keys().link(), &[signed.as_bytes()])))
    }

    #[test]
    fn what_was_signed_is_read_back() {
        assert_eq!(verify(&claims().sign(&keys())), Ok(claims()));
    }

    #[test]
    fn a_changed_or_foreign_token_is_refused() {
        let token = claims().sign(&keys());
        for at in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(verify(&String::from_utf8(bytes).unwrap()), Err(NotOurs), "byte {at}");
        }
        assert_eq!(Claims::verify(&token, &Keys::new(&[4; 32]), "https://portal", NOW), Err(NotOurs));
        assert_eq!(Claims::verify(&token, &keys(), "https://other", NOW), Err(NotOurs));
        assert_eq!(
            Claims::verify(&token, &keys(), "https://portal", Instant::from_seconds(NOW.seconds() - 31)),
            Err(NotOurs)
        );
        for text in ["", ".", "..", "a.b.c", &"a".repeat(3000), &format!("{token}."), &format!("{token}=")] {
            assert_eq!(verify(text), Err(NotOurs), "{text:?}");
        }
    }

    #[test]
    fn headers_with_anything_else_in_them_are_refused_although_signed() {
        let body = serde_json::to_string(&claims()).unwrap();
        assert!(verify(&signed_with(r#"{"alg":"HS256","typ":"JWT","kid":"1"}"#, &body)).is_ok());
        for header in [
            r#"{"alg":"none","typ":"JWT","kid":"1"}"#,
            r#"{"alg":"HS512","typ":"JWT","kid":"1"}"#,
            r#"{"alg":"HS256","typ":"JWT","kid":"2"}"#,
            r#"{"alg":"HS256","typ":"JWT"}"#,
            r#"{"alg":"HS256","typ":"JWT","kid":"1","crit":["b64"]}"#,
            r#"{"alg":"HS256","typ":"JWT","kid":"1","jku":"https://x"}"#,
            r#"{"alg":"HS256","typ":"JWT","kid":"1","jwk":{}}"#,
            r#"{"alg":"none","alg":"HS256","typ":"JWT","kid":"1"}"#,
        ] {
            assert_eq!(verify(&signed_with(header, &body)), Err(NotOurs), "{header}");
        }
        let twice = body.replacen('{', r#"{"sub":"other","#, 1);
        assert_eq!(verify(&signed_with(r#"{"alg":"HS256","typ":"JWT","kid":"1"}"#, &twice)), Err(NotOurs));
        let without = body.replace(r#""exp":1000000,"#, "");
        assert_eq!(verify(&signed_with(r#"{"alg":"HS256","typ":"JWT","kid":"1"}"#, &without)), Err(NotOurs));
    }
}
