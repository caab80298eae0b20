//! The token in a link: a JWT with exactly these claims.

use crate::Keys;
use ground::jwt::{self, Algorithm, Key};
use serde::{Deserialize, Serialize};
use types::Instant;

const LEEWAY_SECONDS: i64 = 30;
const AUDIENCE: &str = "aftersale";
const KEY_ID: &str = "1";

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
        jwt::sign(&key(keys), self).unwrap_or_else(|_| unreachable!("the key has 32 bytes, and claims are plain JSON"))
    }

    /// Reads a token of ours. Its end is left to the caller, who has something to say about an expired link.
    pub(super) fn verify(token: &str, keys: &Keys, issuer: &str, now: Instant) -> Result<Self, NotOurs> {
        let claims: Self = jwt::read(&key(keys), token, issuer, AUDIENCE).map_err(|_| NotOurs)?;
        if claims.nbf <= now.seconds() + LEEWAY_SECONDS { Ok(claims) } else { Err(NotOurs) }
    }
}

fn key(keys: &Keys) -> Key<'_> {
    Key { id: KEY_ID, secret: keys.link(), algorithm: Algorithm::HS256 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mac;
    use data_encoding::BASE64URL_NOPAD;

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

    /// Written before `jsonwebtoken` did the reading: links that were mailed then still open.
    #[test]
    fn tokens_are_the_same_bytes_as_ever() {
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjEifQ.\
            eyJpc3MiOiJodHRwczovL3BvcnRhbCIsImF1ZCI6ImFmdGVyc2FsZSIsInN1YiI6InNvbWVvbmUiLCJqdGkiOiJqIiwibmJmIjoxMDAwMDAw\
            LCJleHAiOjEwMDAwMDAsInB1cnBvc2UiOiJwdXJjaGFzZXMifQ.fEqkSScalxZ89KVuwZlec2dVnlKjSuI_pCqIkiZRyXA";
        assert_eq!(claims().sign(&keys()), token);
        assert_eq!(verify(token), Ok(claims()));
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
