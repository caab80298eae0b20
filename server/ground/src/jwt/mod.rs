//! JSON Web Tokens (RFC 7519), read strictly. `jsonwebtoken` takes a token apart and checks signature, issuer and
//! audience. The shell around it refuses what the library would accept: a header with any member that the key does not
//! expect, and claims other than exactly those that the caller names.
//!
//! A key belongs to one algorithm, so a token cannot choose another. The library never looks at the system's clock:
//! times are claims, and whoever reads a token checks them with the clock of the installation.

mod provider;
#[cfg(test)]
mod tests;

use data_encoding::BASE64URL_NOPAD;
pub use jsonwebtoken::Algorithm;
use jsonwebtoken::{DecodingKey, EncodingKey, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

const LONGEST: usize = 2048;
const TYPE: &str = "JWT";

/// What signs and checks tokens: a secret, the name that headers call it by, and the one algorithm it is for.
pub struct Key<'a> {
    /// The name that headers call it by.
    pub id: &'a str,
    /// The secret.
    pub secret: &'a [u8],
    /// The one algorithm it is for.
    pub algorithm: Algorithm,
}

/// Not a token that this key signed, for these parties, in this form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Refused;

/// Unknown members (`crit`, `jku`, `jwk`, `x5u` …) and repeated ones are refused by the parser.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Header<'a> {
    alg: Algorithm,
    typ: &'a str,
    kid: &'a str,
}

impl Key<'_> {
    fn header(&self) -> Header<'_> {
        Header { alg: self.algorithm, typ: TYPE, kid: self.id }
    }
}

/// Signs `claims`. The header is written here, because its members keep their order: a token that is made again for a
/// mail that goes out again is the same token.
pub fn sign(key: &Key<'_>, claims: &impl Serialize) -> Result<String, Refused> {
    provider::install();
    let secret = EncodingKey::from_secret(key.secret).map_err(|_| Refused)?;
    let signed = format!("{}.{}", encode(&key.header())?, encode(claims)?);
    let signature = jsonwebtoken::crypto::sign(signed.as_bytes(), &secret, key.algorithm).map_err(|_| Refused)?;
    Ok(format!("{signed}.{signature}"))
}

/// Reads the claims of a token that `key` signed, by `issuer` for `audience`. `C` must deny unknown fields; its times
/// are left to the caller.
pub fn read<C: DeserializeOwned>(key: &Key<'_>, token: &str, issuer: &str, audience: &str) -> Result<C, Refused> {
    provider::install();
    let has_objects = token.split('.').take(2).all(|part| object(part).is_some());
    if token.len() > LONGEST || !has_objects || !has_header(token, key) {
        return Err(Refused);
    }
    let secret = DecodingKey::from_secret(key.secret).map_err(|_| Refused)?;
    let read = jsonwebtoken::decode(token, &secret, &validation(key.algorithm, issuer, audience));
    read.map(|token| token.claims).map_err(|_| Refused)
}

/// A part that is a JSON object. A list of the members in their order would be read as the same.
fn object(part: &str) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(part.as_bytes()).ok().filter(|json| json.first() == Some(&b'{'))
}

/// Whether the token begins with the one header that this key has.
fn has_header(token: &str, key: &Key<'_>) -> bool {
    let part = token.split('.').next().unwrap_or_default();
    let json = object(part).unwrap_or_default();
    serde_json::from_slice::<Header<'_>>(&json).is_ok_and(|header| header == key.header())
}

fn validation(algorithm: Algorithm, issuer: &str, audience: &str) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["iss", "aud"]);
    validation
}

fn encode(part: &impl Serialize) -> Result<String, Refused> {
    serde_json::to_vec(part).map(|json| BASE64URL_NOPAD.encode(&json)).map_err(|_| Refused)
}
