//! Passwords of producers and staff: argon2id, 19 MiB, two passes.

use super::Error;
use crate::Portal;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use std::sync::LazyLock;

/// What is compared with where nobody has the address, so that it takes as long.
pub(super) static NOBODYS: LazyLock<String> =
    LazyLock::new(|| hash_with(b"of nobody at all", b"nobody has this one").unwrap_or_default());

/// Hashes a password of 12 to 200 characters for keeping. Takes tens of milliseconds, on a thread of its own.
pub(super) async fn hash(portal: &Portal, password: &str) -> Result<String, Error> {
    if !(12..=200).contains(&password.chars().count()) {
        return Err(Error::WeakPassword);
    }
    let (salt, password) = (portal.random::<16>(), password.to_owned());
    let hashed = tokio::task::spawn_blocking(move || hash_with(&salt, password.as_bytes())).await;
    hashed.ok().flatten().ok_or(Error::Unprotected)
}

/// Whether `hash` was made of this password; takes as long as making it.
pub(super) async fn is(password: &str, hash: &str) -> bool {
    let (password, hash) = (password.to_owned(), hash.to_owned());
    let compared = tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(&hash).ok()?;
        Argon2::default().verify_password(password.as_bytes(), &hash).ok()
    });
    compared.await.ok().flatten().is_some()
}

fn hash_with(salt: &[u8], password: &[u8]) -> Option<String> {
    let params = Params::new(19 * 1024, 2, 1, None).ok()?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Some(argon.hash_password_with_salt(password, salt).ok()?.to_string())
}
