//! The secrets of the installation: one master key, and a key of its own for each use, derived from it.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Keys derived from the master key. Never printed.
#[derive(Clone)]
pub struct Keys {
    link: [u8; 32],
    code: [u8; 32],
    name: [u8; 32],
    seal: [u8; 32],
}

/// What was sealed cannot be opened: another key, or a changed row.
#[derive(Debug, thiserror::Error)]
#[error("cannot be opened with this installation's key")]
pub struct CannotOpen;

impl Keys {
    /// Keys from a master key of 32 bytes or more.
    pub fn new(master: &[u8]) -> Self {
        let derive = |purpose: &str| mac(master, &[b"aftersale:v1:", purpose.as_bytes()]);
        Self { link: derive("link"), code: derive("code"), name: derive("name"), seal: derive("seal") }
    }

    /// The key that signs link tokens.
    pub fn link(&self) -> &[u8; 32] {
        &self.link
    }

    /// 32 bytes that only this installation can make for `id`: the code of a link.
    pub fn code(&self, id: &[u8]) -> [u8; 32] {
        mac(&self.code, &[id])
    }

    /// An unguessable name for `id` in the given use: 26 lower-case letters and digits (130 bits).
    pub fn name(&self, purpose: &str, id: &[u8]) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let bytes = mac(&self.name, &[purpose.as_bytes(), b":", id]);
        bytes.iter().take(26).map(|byte| LETTERS[usize::from(byte % 32)] as char).collect()
    }

    /// A key for a use outside of this crate, such as signatures of what only this installation sends itself.
    pub fn of_use(&self, purpose: &str) -> [u8; 32] {
        mac(&self.name, &[b"key:", purpose.as_bytes()])
    }

    /// Encrypts a secret for the row that `place` names; it opens in that place only.
    pub fn seal(&self, place: &[u8], nonce: [u8; 12], secret: &str) -> Result<String, CannotOpen> {
        let payload = Payload { msg: secret.as_bytes(), aad: place };
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), payload).map_err(|_| CannotOpen)?;
        Ok(format!("v1.{}.{}", BASE64URL_NOPAD.encode(&nonce), BASE64URL_NOPAD.encode(&sealed)))
    }

    /// Decrypts what [`Keys::seal`] made for the same place.
    pub fn open(&self, place: &[u8], sealed: &str) -> Result<String, CannotOpen> {
        let (nonce, sealed) = sealed.strip_prefix("v1.").and_then(|rest| rest.split_once('.')).ok_or(CannotOpen)?;
        let decode = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| CannotOpen);
        let nonce: [u8; 12] = decode(nonce)?.try_into().map_err(|_| CannotOpen)?;
        let sealed = decode(sealed)?;
        let secret =
            self.cipher().decrypt(&Nonce::from(nonce), Payload { msg: &sealed, aad: place }).map_err(|_| CannotOpen)?;
        String::from_utf8(secret).map_err(|_| CannotOpen)
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&self.seal.into())
    }
}

/// Whether `sent` is the HMAC-SHA256 over the parts. Takes the same time whatever was sent.
pub fn is_mac(key: &[u8], parts: &[&[u8]], sent: &[u8]) -> bool {
    bool::from(mac(key, parts).ct_eq(sent))
}

/// HMAC-SHA256 over the parts, one after the other.
pub fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// SHA-256 in lower-case hexadecimal: how secrets that are looked up are kept.
pub fn fingerprint(secret: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_secret_opens_in_its_place_only() {
        let keys = Keys::new(&[7; 32]);
        let sealed = keys.seal(b"row 1", [1; 12], "chave").unwrap();
        assert!(!sealed.contains("chave"));
        assert_eq!(keys.open(b"row 1", &sealed).unwrap(), "chave");
        assert!(keys.open(b"row 2", &sealed).is_err());
        assert!(Keys::new(&[8; 32]).open(b"row 1", &sealed).is_err());
        assert!(keys.open(b"row 1", "v1.x").is_err());
    }

    #[test]
    fn names_differ_by_use_and_by_installation() {
        let keys = Keys::new(&[7; 32]);
        assert_eq!(keys.name("order", b"1").len(), 26);
        assert_ne!(keys.name("order", b"1"), keys.name("source", b"1"));
        assert_ne!(keys.name("order", b"1"), Keys::new(&[8; 32]).name("order", b"1"));
    }
}
