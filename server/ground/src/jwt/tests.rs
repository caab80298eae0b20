use super::*;
use crate::keys::mac;
use data_encoding::BASE64URL;

const SECRET: &[u8] = b"a secret of the tests, long enough";
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT","kid":"a"}"#;
const CLAIMS: &str = r#"{"iss":"us","aud":"you","sub":"ana"}"#;

#[derive(Serialize, Deserialize, PartialEq, Eq, Debug)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
}

fn key() -> Key<'static> {
    Key { id: "a", secret: SECRET, algorithm: Algorithm::HS256 }
}

fn read_claims(token: &str) -> Result<Claims, Refused> {
    read(&key(), token, "us", "you")
}

/// Signed with the right secret, whatever is in it.
fn token(header: &str, claims: &str) -> String {
    let signed = format!("{}.{}", BASE64URL_NOPAD.encode(header.as_bytes()), BASE64URL_NOPAD.encode(claims.as_bytes()));
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&mac(SECRET, &[signed.as_bytes()])))
}

fn refused(header: &str, claims: &str) {
    assert_eq!(read_claims(&token(header, claims)), Err(Refused), "{header} {claims}");
}

#[test]
fn the_example_of_the_standard_is_verified() {
    // RFC 7515, appendix A.1.
    let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    let signed = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    provider::install();
    let key = DecodingKey::from_secret(&BASE64URL_NOPAD.decode(secret.as_bytes()).unwrap()).unwrap();
    let verify = |signed: &str| {
        jsonwebtoken::crypto::verify(signature, signed.as_bytes(), &key, Algorithm::HS256).is_ok_and(|fits| fits)
    };
    assert!(verify(signed));
    assert!(!verify(&signed[1..]));
}

#[test]
fn what_was_signed_is_read_by_its_parties_alone() {
    let claims = Claims { iss: "us".into(), aud: "you".into(), sub: "ana".into() };
    let signed = sign(&key(), &claims).unwrap();
    assert_eq!(signed, token(HEADER, CLAIMS));
    assert_eq!(read_claims(&signed), Ok(claims));
    for (issuer, audience) in [("they", "you"), ("us", "they")] {
        assert_eq!(read::<Claims>(&key(), &signed, issuer, audience), Err(Refused));
    }
    for other in [Key { id: "b", ..key() }, Key { secret: b"another", ..key() }] {
        assert_eq!(read::<Claims>(&other, &signed, "us", "you"), Err(Refused));
    }
}

#[test]
fn a_list_in_the_place_of_an_object_is_no_token() {
    refused(r#"["HS256","JWT","a"]"#, CLAIMS);
    refused(HEADER, r#"["us","you","ana"]"#);
    refused(&format!(" {HEADER}"), CLAIMS);
}

#[test]
fn a_token_does_not_choose_its_algorithm() {
    for alg in ["none", "None", "hs256", "HS384", "HS512", "RS256", "ES256", "EdDSA", ""] {
        refused(&HEADER.replace("HS256", alg), CLAIMS);
    }
    // Without a signature, as "none" wants it.
    let unsigned = token(&HEADER.replace("HS256", "none"), CLAIMS);
    let unsigned = unsigned.rsplit_once('.').unwrap().0;
    assert_eq!(read_claims(&format!("{unsigned}.")), Err(Refused));
    assert_eq!(read_claims(unsigned), Err(Refused));
}

#[test]
fn a_key_signs_and_reads_with_its_own_algorithm_alone() {
    for algorithm in [Algorithm::HS512, Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA] {
        let other = Key { algorithm, ..key() };
        assert_eq!(sign(&other, &1), Err(Refused), "{algorithm:?}");
        // The public key of others, taken for a secret, is the classic of mixed-up algorithms.
        let name = serde_json::to_string(&algorithm).unwrap();
        let forged = token(&HEADER.replace("\"HS256\"", &name), CLAIMS);
        assert_eq!(read::<Claims>(&other, &forged, "us", "you"), Err(Refused), "{algorithm:?}");
        assert_eq!(read::<Claims>(&other, &token(HEADER, CLAIMS), "us", "you"), Err(Refused), "{algorithm:?}");
    }
}

#[test]
fn a_header_is_exactly_the_one_that_the_key_has() {
    for more in [
        r#""crit":["exp"]"#,
        r#""crit":["b64"],"b64":true"#,
        r#""b64":true"#,
        r#""crit":[]"#,
        r#""jku":"https://x""#,
        r#""jwk":{}"#,
        r#""x5u":"https://x""#,
        r#""cty":"JWT""#,
        r#""nonce":"1""#,
        r#""zip":"DEF""#,
        r#""own":1"#,
        r#""kid":"a""#,
        r#""alg":"HS256""#,
    ] {
        refused(&HEADER.replacen('{', &format!("{{{more},"), 1), CLAIMS);
    }
    for header in [r#"{"alg":"HS256","kid":"a"}"#, r#"{"alg":"HS256","typ":"JWT"}"#, r#"["HS256","JWT","a"]"#, "", "{}"]
    {
        refused(header, CLAIMS);
    }
    refused(&HEADER.replace("JWT", "jwt"), CLAIMS);
    refused(&format!("{HEADER}x"), CLAIMS);
}

#[test]
fn claims_are_exactly_those_asked_for() {
    for more in [r#""sub":"eve""#, r#""iss":"us""#, r#""aud":"you""#, r#""admin":true"#] {
        refused(HEADER, &CLAIMS.replacen('{', &format!("{{{more},"), 1));
    }
    let lists = r#"{"iss":["us"],"aud":"you","sub":"ana"}"#;
    for claims in [
        lists,
        r#"{"iss":"us","aud":["you"],"sub":"ana"}"#,
        r#"{"iss":"us","sub":"ana"}"#,
        r#"["us","you","ana"]"#,
        "{}",
    ] {
        refused(HEADER, claims);
    }
    refused(HEADER, &format!("{CLAIMS}{CLAIMS}"));
}

#[test]
fn a_token_has_three_parts_in_one_spelling_and_nothing_after() {
    let good = token(HEADER, CLAIMS);
    let parts: Vec<&str> = good.split('.').collect();
    for tail in ["=", "==", ".", "A", " ", "\n", ".e30", "\0"] {
        assert_eq!(read_claims(&format!("{good}{tail}")), Err(Refused), "{tail:?}");
    }
    for at in 0..3 {
        for changed in [format!("{}=", parts[at]), format!(" {}", parts[at]), format!("{}\n", parts[at]), String::new()]
        {
            let mut parts = parts.clone();
            parts[at] = &changed;
            assert_eq!(read_claims(&parts.join(".")), Err(Refused), "{at} {changed:?}");
        }
    }
    // The last letter of a signature carries two bits too many: they must be zero.
    let (start, last) = good.split_at(good.len() - 1);
    let next = char::from(last.as_bytes()[0] + 1);
    assert_eq!(read_claims(&format!("{start}{next}")), Err(Refused));
    assert_eq!(read_claims(&token(HEADER, &CLAIMS.replace("ana", &"a".repeat(LONGEST)))), Err(Refused));
}

#[test]
fn padding_is_refused_although_signed() {
    let claims = CLAIMS.replace("ana", "anna");
    for (header_code, claims_code) in [(BASE64URL, BASE64URL_NOPAD), (BASE64URL_NOPAD, BASE64URL)] {
        let signed = format!("{}.{}", header_code.encode(HEADER.as_bytes()), claims_code.encode(claims.as_bytes()));
        assert!(signed.contains('='));
        let token = format!("{signed}.{}", BASE64URL_NOPAD.encode(&mac(SECRET, &[signed.as_bytes()])));
        assert_eq!(read_claims(&token), Err(Refused), "{signed}");
    }
}

#[test]
fn an_empty_secret_neither_signs_nor_reads() {
    let empty = Key { secret: b"", ..key() };
    assert_eq!(sign(&empty, &1), Err(Refused));
    let signed = format!("{}.{}", BASE64URL_NOPAD.encode(HEADER.as_bytes()), BASE64URL_NOPAD.encode(CLAIMS.as_bytes()));
    let token = format!("{signed}.{}", BASE64URL_NOPAD.encode(&mac(b"", &[signed.as_bytes()])));
    assert_eq!(read::<Claims>(&empty, &token, "us", "you"), Err(Refused));
}
